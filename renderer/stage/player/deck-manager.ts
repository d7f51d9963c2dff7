import { SourceAddresses } from './source-addresses.ts';
import type { Deck } from './deck.ts';
import type { Source } from './deck-options.ts';
import { DeckFactory, type DeckFactoryOptions } from './deck-factory.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import type { FailureHistory } from './failure.ts';
import { Handover, type HandoverMoment, type HandoverReason } from './handover.ts';
import type { StartTarget } from './start-position.ts';
import { observeDeck } from './observation.ts';
import { afterBuffer, aheadOf, onSource } from './handover-targets.ts';
import { FATALS, WATCH } from './policy.ts';
import type { Remembered, ResumeMemory } from './resume.ts';
import { SourceChoice } from './source-choice.ts';
import { Watchdog, type Trouble } from './watchdog.ts';

export interface DeckManagerEvents {
  /** A deck exists that may come on screen later. */
  onPrepared(deck: Deck): void;
  onActive(deck: Deck, old: Deck | null, reason: HandoverReason | null): void;
  onLog(detail: string): void;
  /** This PC cannot decode the sound of the stream. */
  onSoundDropped(codec: string): void;
}

export interface DeckManagerState {
  /** Not held before the sitting. */
  released: boolean;
  /** The picture moves, or stood for less than a second. */
  moves: boolean;
  /** The last frame was shown. */
  ended: boolean;
}

type Options = DeckFactoryOptions & {
  sources: Source[];
  refreshUrl?: (sourceId: string) => Promise<string | null>;
};

/** Which deck plays, which is prepared, and why: every trouble ends in another deck or in patience, never in nothing. */
export class DeckManager {
  active: Deck | null = null;
  readonly #options: Options;
  readonly #causes: FailureHistory;
  readonly #events: DeckManagerEvents;
  readonly #factory: DeckFactory;
  readonly #addresses: SourceAddresses;
  readonly #sources: SourceChoice;
  #watchdog = new Watchdog();
  #next: Handover | null = null;
  #fatals: number[] = [];
  #holeSkips = 0;
  #loaderStalledAt = 0;
  #lastFailureAt: number | null = null;
  /** When a deck failed while it was being prepared. */
  #failedPreparingAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: Options, shared: { causes: FailureHistory; memory: ResumeMemory }, events: DeckManagerEvents) {
    this.#options = options;
    this.#causes = shared.causes;
    this.#events = events;
    this.#factory = new DeckFactory(options, shared);
    this.#addresses = new SourceAddresses(options.refreshUrl);
    this.#sources = new SourceChoice(options.sources, this.#addresses, options.toTransportUrl);
  }

  start(remembered: Remembered | null): void {
    const source = this.#sources.chain.first();
    if (!source) return;
    const target: StartTarget = remembered
      ? { at: 'place', fallback: 'delay', ...remembered }
      : { at: 'delay', delayS: this.#options.delaySeconds };
    this.#activate(this.#create(source, target), null, null);
  }

  stop(): void {
    this.#stopped = true;
    this.#sources.stop();
    this.#dropNext();
    this.active?.stop();
    this.active = null;
  }

  setSources(sources: Source[]): void {
    if (this.#stopped || JSON.stringify(sources) === JSON.stringify(this.#sources.chain.all)) return;
    const firstBefore = this.#sources.chain.first()?.id;
    this.#sources.chain.replace(sources);
    this.#addresses.forget();
    const { active } = this;
    if (!active) {
      this.start(null);
      return;
    }
    const wanted = sources.find((s) => s.id === active.source.id) ?? sources[0];
    const [first] = sources;
    if (first && first.id !== firstBefore && first.id !== active.source.id) {
      // Another one was put first: the hall goes there as soon as it has a picture, and stays where it is until then.
      this.#dropNext();
      this.#prepare('source_chosen', first, onSource(first, active, aheadOf(active, 4)), 'aligned');
      return;
    }
    // A fresh address may already be in use, or on its way to the screen.
    if (!wanted || wanted.url === active.url || wanted.url === this.#next?.deck.url) return;
    this.#dropNext();
    this.#prepare('sources_changed', wanted, aheadOf(active, 4), active.frames > 0 ? 'aligned' : 'now');
  }

  tick(now: number, state: DeckManagerState): void {
    const { active } = this;
    if (!active) return;
    active.update();
    if (state.ended) this.#awaitReturn(active, now);
    else {
      const observation = observeDeck(active, now, state.released, this.#lastFailureAt);
      const { advancedAt } = observation;
      if (advancedAt !== null && now - advancedAt < WATCH.staleMs) this.#causes.recordStale(null);
      for (const trouble of this.#watchdog.observe(observation)) this.#onTrouble(trouble, active, now);
      const free = !this.#next && now - this.#failedPreparingAt > WATCH.betweenDecksMs;
      if (active.wasReset && free) this.#onReset(active);
      const choice = this.#next || !free ? null : this.#sources.consider(active, now);
      // Where little is left to show, the next source goes on behind it: nothing between is skipped.
      const target = active.aheadS < 5 ? afterBuffer(active, 0) : aheadOf(active, 4);
      if (choice) this.#prepare(choice.reason, choice.source, onSource(choice.source, active, target), choice.moment);
      this.#catchUp(active, state);
      if (free && !this.#next)
        this.#sources.askForOtherLists(active, now, () => {
          if (this.active === active) this.#prepare('load_failed', active.source, afterBuffer(active, 0), 'drain');
        });
    }
    this.#updateNext(active, now, state);
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
        this.#prepare(trouble.kind, deck.source, aheadOf(deck, 0.2), 'now');
        break;
      case 'loader_stalled':
        // The same place again: further on each time. Long ago: another matter.
        if (now - this.#loaderStalledAt > 90_000) this.#holeSkips = 0;
        this.#loaderStalledAt = now;
        this.#prepare('loader_stalled', deck.source, afterBuffer(deck, this.#holeSkips++), 'drain');
        break;
      case 'stale': {
        if (deck.wasReset) break;
        const left = deck.avoidLevel();
        if (left || !this.#causes.stale)
          this.#events.onLog(left ? 'playlist stale, other rendition' : 'playlist stale');
        this.#causes.recordStale(now);
        break;
      }
    }
  }

  /** "In step": after an outage longer than the cushion the hall jumps forward to its usual delay. */
  #catchUp(deck: Deck, state: DeckManagerState): void {
    if (this.#options.afterOutage() !== 'in_step' || !state.released || deck.endListSeen || this.#next) return;
    const excessS = (deck.delayS ?? 0) - this.#options.delaySeconds;
    const allowedS = Math.max(10, 3 * (deck.view?.targetDurationS ?? 2));
    if (excessS > allowedS && deck.viewAge < 5000) deck.seekToDelay(this.#options.delaySeconds);
  }

  /** The broadcast ended; should the source go on after all, it is shown again. */
  #awaitReturn(deck: Deck, now: number): void {
    if (this.#next) return;
    this.#sources.askForReturn(deck.source, now, () => {
      if (this.#stopped || this.active !== deck || this.#next) return;
      this.#prepare('came_back', deck.source, afterBuffer(deck, 0), 'now');
    });
  }

  #updateNext(active: Deck, now: number, state: DeckManagerState): void {
    const next = this.#next;
    if (!next) return;
    if (state.moves && next.needless(active)) this.#dropNext();
    else if (next.hopeless(now)) {
      this.#events.onLog(`gave up preparing ${next.deck.source.id} (${next.reason})`);
      this.#sources.recordHopeless(next.deck.source);
      this.#dropNext();
    } else next.check(active, state.moves && state.released && active.frames > 0, () => this.#swap());
  }

  #swap(): void {
    const next = this.#next;
    const old = this.active;
    if (!next || !old) return;
    this.#next = null;
    next.cancel();
    this.#sources.recordSwap(next.reason, performance.now());
    this.#activate(next.deck, next.reason, old);
    // The old picture stays until the new one is on top of it.
    old.video.pause();
    setTimeout(() => old.stop(), 300);
  }

  #activate(deck: Deck, reason: HandoverReason | null, old: Deck | null): void {
    this.active = deck;
    this.#watchdog = new Watchdog();
    deck.video.style.zIndex = '1';
    // Attached first: giving an element its source ends a play() that was asked before.
    if (!old) deck.start();
    this.#events.onActive(deck, old, reason);
  }

  #prepare(reason: HandoverReason, source: Source, target: StartTarget, moment: HandoverMoment): void {
    if (this.#stopped || (this.#next && (this.#next.moment === 'now' || moment !== 'now'))) return;
    this.#dropNext();
    this.#events.onLog(`preparing ${source.id}: ${reason}`);
    const deck = this.#create(source, target);
    this.#next = new Handover(deck, reason, moment);
    deck.start();
    this.#events.onPrepared(deck);
  }

  #dropNext(): void {
    const next = this.#next;
    this.#next = null;
    next?.cancel();
    // Not at once: the reason may be an event of the very hls.js that is stopped.
    if (next) setTimeout(() => next.deck.stop(), 0);
  }

  #create(source: Source, target: StartTarget): Deck {
    return this.#factory.create(source, this.#addresses.of(source), target, {
      onReset: (deck) => {
        this.#factory.forgetGaps();
        this.#onReset(deck);
      },
      onFatal: (deck, data) => this.#onFatal(deck, data),
      onFailure: (deck, cause) => this.#onFailure(deck, cause),
      onLog: (detail) => this.#events.onLog(detail),
      onSoundDropped: (codec) => this.#events.onSoundDropped(codec),
      spareS: (deck) => (deck === this.#next?.deck && this.#next.moment !== 'now' ? (this.active?.aheadS ?? 0) : 0),
    });
  }

  #onReset(deck: Deck): void {
    if (deck !== this.active) return;
    const target: StartTarget = { at: 'place', ...deck.drainPlace, fallback: 'oldest', sn: null };
    this.#prepare('sequence_reset', deck.source, target, 'drain');
  }

  #onFatal(deck: Deck, data: { media: boolean; details: string }): void {
    this.#events.onLog(`fatal ${data.details}`);
    if (data.media) for (const key of deck.timeline.keysAt(deck.video.currentTime)) this.#factory.markGap(key);
    if (deck !== this.active) {
      if (this.#next?.deck !== deck) return;
      this.#failedPreparingAt = performance.now();
      this.#dropNext();
      return;
    }
    const now = performance.now();
    this.#fatals = [...this.#fatals.filter((at) => now - at < FATALS.withinMs), now];
    if (data.media) this.#prepare('decoder_failed', deck.source, aheadOf(deck, 0.3), 'now');
    else if (this.#fatals.length > FATALS.restarts || deck.levels === 0)
      this.#prepare('load_failed', deck.source, afterBuffer(deck, 0), deck.frames > 0 ? 'drain' : 'now');
    else setTimeout(() => this.active === deck && deck.resumeLoading(), FATALS.restartMs * (0.5 + Math.random()));
  }

  #onFailure(deck: Deck, cause: Cause): void {
    if (deck !== this.active) return;
    const now = performance.now();
    this.#lastFailureAt = now;
    this.#addresses.recordFailure(deck.source, cause, now, () => {
      if (this.#stopped || this.active !== deck) return;
      this.#dropNext();
      this.#prepare('new_address', deck.source, aheadOf(deck, 4), deck.frames > 0 ? 'aligned' : 'now');
    });
  }
}
