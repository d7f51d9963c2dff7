import type { Deck, Source } from './deck.ts';
import { DeckFactory, type DeckFactoryOptions } from './deck-factory.ts';
import type { CauseBook, FailureKind } from './failure.ts';
import { Handover, type HandoverMoment, type HandoverReason } from './handover.ts';
import type { Target } from './join.ts';
import { SOURCES, WATCH } from './policy.ts';
import type { Remembered, ResumeMemory } from './resume.ts';
import { SourceChain } from './source-chain.ts';
import { SourceProbe } from './source-probe.ts';
import { staleAfterMs, Watchdog, type Trouble } from './watchdog.ts';

export interface SuccessionEvents {
  onActive(deck: Deck, old: Deck | null, reason: HandoverReason | null): void;
  onLog(detail: string): void;
}

export interface SuccessionState {
  released: boolean;
  moves: boolean;
  ended: boolean;
}

type Options = DeckFactoryOptions & {
  sources: Source[];
  refreshUrl?: (sourceId: string) => Promise<string | null>;
};

/** Which deck plays, which is prepared, and why: every trouble ends in another deck or in patience, never in nothing. */
export class Succession {
  active: Deck | null = null;
  readonly #options: Options;
  readonly #causes: CauseBook;
  readonly #events: SuccessionEvents;
  readonly #factory: DeckFactory;
  readonly #chain: SourceChain;
  readonly #probe: SourceProbe;
  readonly #urls = new Map<string, string>();
  #watchdog = new Watchdog();
  #next: Handover | null = null;
  #tried = new Set<string>();
  #probedAt = 0;
  #awaitingReturn = false;
  #fatals: number[] = [];
  #denied = 0;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #holeSkips = 0;
  #lastFailureAt: number | null = null;
  #stopped = false;

  constructor(options: Options, shared: { causes: CauseBook; memory: ResumeMemory }, events: SuccessionEvents) {
    this.#options = options;
    this.#causes = shared.causes;
    this.#events = events;
    this.#factory = new DeckFactory(options, shared);
    this.#chain = new SourceChain(options.sources);
    this.#probe = new SourceProbe(options.toTransportUrl);
  }

  start(remembered: Remembered | null): void {
    const source = this.#chain.first();
    if (!source) return;
    const target: Target = remembered
      ? { at: 'place', fallback: 'delay', ...remembered }
      : { at: 'delay', delayS: this.#options.delaySeconds };
    this.#activate(this.#create(source, target), null);
  }

  stop(): void {
    this.#stopped = true;
    this.#probe.stop();
    this.#dropNext();
    this.active?.stop();
    this.active = null;
  }

  setSources(sources: Source[]): void {
    const same = JSON.stringify(sources) === JSON.stringify(this.#chain.all);
    this.#chain.replace(sources);
    const { active } = this;
    if (same || this.#stopped) return;
    if (!active) {
      this.start(null);
      return;
    }
    const still = sources.find((s) => s.id === active.source.id);
    const first = sources[0];
    if (still && still.url === active.source.url) return;
    if (still ?? first) this.#prepare('sources_changed', (still ?? first)!, this.#placeAhead(active, 4), 'aligned');
  }

  /** The broadcast ended; should the source go on after all, it is shown again. */
  watchForReturn(): void {
    this.#awaitingReturn = true;
    this.#probedAt = performance.now();
  }

  tick(now: number, state: SuccessionState): void {
    const { active } = this;
    if (!active) return;
    active.tend();
    if (state.ended) {
      if (this.#awaitingReturn) this.#probeForReturn(active, now);
    } else {
      for (const trouble of this.#watchdog.observe(this.#observe(active, now, state)))
        this.#onTrouble(trouble, active, now);
      this.#considerFailover(active, now);
      this.#considerFailback(active, now);
      this.#considerCatchUp(active, state);
    }
    this.#tendNext(active, now, state);
  }

  #observe(deck: Deck, now: number, state: SuccessionState) {
    const shouldPlay = state.released && deck.frames > 0 && !deck.video.ended;
    const advancedAt = deck.line.guard.newest()?.advancedAt ?? null;
    if (advancedAt !== null && now - advancedAt < WATCH.staleMs) this.#causes.recordStale(null);
    return {
      now,
      shouldPlay,
      time: deck.video.currentTime,
      aheadS: deck.aheadS,
      untilHoleS: deck.untilHoleS,
      nextRangeStart: deck.nextRangeStart,
      frames: deck.frames,
      countsFrames: document.visibilityState === 'visible' && deck.video.videoWidth > 0,
      targetDurationS: deck.view?.targetDurationS ?? 4,
      unfetchedS: deck.unfetchedS,
      advancedAt,
      lastSegmentAt: deck.lastSegmentAt,
      lastFailureAt: this.#lastFailureAt,
      activeAt: deck.line.activeAt,
      ended: deck.endListSeen,
    };
  }

  #onTrouble(trouble: Trouble, deck: Deck, now: number): void {
    switch (trouble.kind) {
      case 'slept':
        this.#events.onLog(`slept ${Math.round(trouble.ms)} ms`);
        break;
      case 'hole':
        deck.video.currentTime = trouble.to + 0.02;
        break;
      case 'frozen_nudge':
        if (deck.video.paused) void deck.video.play().catch(() => undefined);
        else deck.video.currentTime += 0.1;
        break;
      case 'frozen':
      case 'no_frames':
        this.#prepare(trouble.kind, deck.source, this.#placeAhead(deck, 0.2), 'now');
        break;
      case 'loader_stalled':
        this.#prepare('loader_stalled', deck.source, this.#placeAfterBuffer(deck, this.#holeSkips++), 'drain');
        break;
      case 'stale':
        if (deck.wasReset) break;
        this.#causes.recordStale(now);
        this.#events.onLog(
          deck.avoidLevel(WATCH.variantPenaltyMs) ? 'playlist stale, other rendition' : 'playlist stale',
        );
        break;
    }
  }

  /** The present source gives nothing: the next one is prepared and takes over at the same place. */
  #considerFailover(deck: Deck, now: number): void {
    if (this.#next || deck.endListSeen) return;
    const lastGoodAt = Math.max(deck.startedAt, deck.lastSuccessAt ?? 0);
    const advancedAt = deck.line.guard.newest()?.advancedAt ?? deck.startedAt;
    const silent = now - lastGoodAt > SOURCES.failoverMs;
    const stale = now - advancedAt > staleAfterMs(deck.view?.targetDurationS ?? 4);
    if (!silent && !stale) {
      this.#tried.clear();
      return;
    }
    this.#tried.add(deck.source.id);
    let source = this.#chain.after(deck.source.id, this.#tried);
    if (!source && this.#chain.all.length > 1) {
      this.#tried = new Set([deck.source.id]);
      source = this.#chain.after(deck.source.id, this.#tried);
    }
    if (source) this.#prepare('source_down', source, this.#placeAhead(deck, 4), 'aligned');
    else if (!deck.view && now - deck.startedAt > WATCH.rereadMasterMs)
      this.#prepare('load_failed', deck.source, { at: 'delay', delayS: this.#options.delaySeconds }, 'now');
  }

  #considerFailback(deck: Deck, now: number): void {
    const better = this.#chain.better(deck.source.id);
    if (better.length === 0 || this.#next) return;
    if (now - this.#probedAt >= SOURCES.probeMs) {
      this.#probedAt = now;
      for (const source of better)
        void this.#probe
          .advanced(source.id, this.#urlOf(source))
          .then((healthy) => this.#chain.recordProbe(source.id, healthy, performance.now()));
    }
    const source = this.#chain.returnTo(deck.source.id, now);
    if (source) this.#prepare('source_back', source, this.#placeAhead(deck, 4), 'aligned');
  }

  /** "In step": after an outage longer than the cushion the hall jumps forward to its usual delay. */
  #considerCatchUp(deck: Deck, state: SuccessionState): void {
    if (this.#options.afterOutage !== 'in_step' || !state.released || deck.endListSeen || this.#next) return;
    const excess = (deck.delayS ?? 0) - this.#options.delaySeconds;
    if (excess > Math.max(10, 3 * (deck.view?.targetDurationS ?? 2)) && deck.viewAge < 5000)
      deck.seekToDelay(this.#options.delaySeconds);
  }

  #probeForReturn(deck: Deck, now: number): void {
    if (this.#next || now - this.#probedAt < WATCH.probeMs) return;
    this.#probedAt = now;
    const { source } = deck;
    void this.#probe.read(this.#urlOf(source)).then((view) => {
      if (!view || view.ended || this.#stopped || this.active !== deck || this.#next) return;
      this.#prepare(
        'came_back',
        source,
        { at: 'place', fallback: 'delay', ...deck.drainPlace, delayS: this.#options.delaySeconds },
        'now',
      );
    });
  }

  #tendNext(active: Deck, now: number, state: SuccessionState): void {
    const next = this.#next;
    if (!next) return;
    const recovered =
      next.reason === 'source_down' &&
      active.lastSuccessAt !== null &&
      active.lastSuccessAt - next.since > 2000 &&
      active.viewAge < 3000;
    if (recovered && state.moves && !next.deck.ready) {
      this.#dropNext();
      return;
    }
    if (next.hopeless(now)) {
      this.#events.onLog(`gave up preparing ${next.deck.source.id} (${next.reason})`);
      this.#tried.add(next.deck.source.id);
      this.#dropNext();
      return;
    }
    next.check(active, state.moves && state.released && active.frames > 0, () => this.#swap());
  }

  #swap(): void {
    const next = this.#next;
    const old = this.active;
    if (!next || !old) return;
    this.#next = null;
    next.cancel();
    const now = performance.now();
    if (next.reason === 'source_down') this.#chain.recordLeft(now);
    if (next.reason === 'source_back') this.#chain.recordReturn(now);
    this.#activate(next.deck, next.reason, old);
    // The old picture stays until the new one is on top of it.
    old.video.pause();
    setTimeout(() => old.stop(), 300);
  }

  #activate(deck: Deck, reason: HandoverReason | null, old: Deck | null = null): void {
    this.active = deck;
    this.#watchdog = new Watchdog();
    this.#awaitingReturn = false;
    deck.video.style.zIndex = '1';
    // Attached first: giving an element its source ends a play() that was asked before.
    if (!old) deck.start();
    this.#events.onActive(deck, old, reason);
  }

  #prepare(reason: HandoverReason, source: Source, target: Target, moment: HandoverMoment): void {
    if (this.#stopped || (this.#next && this.#next.moment === 'now')) return;
    if (this.#next && moment !== 'now') return;
    this.#dropNext();
    this.#events.onLog(`preparing ${source.id}: ${reason}`);
    const deck = this.#create(source, target);
    this.#next = new Handover(deck, reason, moment);
    deck.start();
  }

  #dropNext(): void {
    const next = this.#next;
    this.#next = null;
    next?.cancel();
    // Not at once: the reason may be an event of the very hls.js that is stopped.
    if (next) setTimeout(() => next.deck.stop(), 0);
  }

  #create(source: Source, target: Target): Deck {
    return this.#factory.create(source, this.#urlOf(source), target, {
      onReset: (deck) => this.#onReset(deck),
      onFatal: (deck, data) => this.#onFatal(deck, data),
      onFailure: (deck, kind) => this.#onFailure(deck, kind),
      onLog: (detail) => this.#events.onLog(detail),
    });
  }

  #onReset(deck: Deck): void {
    if (deck !== this.active) return;
    this.#prepare(
      'sequence_reset',
      deck.source,
      { at: 'place', fallback: 'oldest', ...deck.drainPlace, sn: null },
      'drain',
    );
  }

  #onFatal(deck: Deck, data: { media: boolean; details: string }): void {
    this.#events.onLog(`fatal ${data.details}`);
    if (deck !== this.active) {
      if (this.#next?.deck === deck) this.#dropNext();
      return;
    }
    const now = performance.now();
    this.#fatals = this.#fatals.filter((at) => now - at < 30_000);
    this.#fatals.push(now);
    if (data.media) {
      for (const url of deck.timeline.urlsAt(deck.video.currentTime)) this.#factory.markGap(url);
      this.#prepare('decoder_failed', deck.source, this.#placeAhead(deck, 0.3), 'now');
    } else if (this.#fatals.length > 3 || deck.levels === 0) {
      this.#prepare('load_failed', deck.source, this.#placeAfterBuffer(deck, 0), deck.frames > 0 ? 'drain' : 'now');
    } else
      setTimeout(
        () => {
          if (this.active === deck) deck.resumeLoading();
        },
        500 + Math.random() * 1000,
      );
  }

  #onFailure(deck: Deck, kind: FailureKind): void {
    if (deck === this.active) this.#lastFailureAt = performance.now();
    this.#denied = kind === 'denied' ? this.#denied + 1 : 0;
    const refresh = this.#options.refreshUrl;
    const now = performance.now();
    if (!refresh || this.#denied < 2 || now - this.#refreshedAt < 5000) return;
    this.#refreshedAt = now;
    void refresh(deck.source.id)
      .catch(() => null)
      .then((url) => {
        if (!url || this.#stopped || !this.active) return;
        this.#urls.set(deck.source.id, url);
        this.#prepare(
          'new_address',
          deck.source,
          this.#placeAhead(this.active, 4),
          this.active.frames > 0 ? 'aligned' : 'now',
        );
      });
  }

  #urlOf(source: Source): string {
    return this.#urls.get(source.id) ?? source.url;
  }

  #placeAhead(deck: Deck, byS: number): Target {
    if (deck.frames === 0) return { at: 'delay', delayS: this.#options.delaySeconds };
    return { at: 'place', fallback: 'delay', ...deck.timeline.placeAt(deck.video.currentTime + byS) };
  }

  #placeAfterBuffer(deck: Deck, skips: number): Target {
    const place = deck.drainPlace;
    const skipS = skips * (deck.view?.targetDurationS ?? 2);
    return {
      at: 'place',
      fallback: 'delay',
      ...place,
      programmeMs: place.programmeMs === null ? null : place.programmeMs + skipS * 1000,
      sn: place.sn === null ? null : place.sn + skips,
    };
  }
}
