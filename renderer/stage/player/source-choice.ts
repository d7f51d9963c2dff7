import type { SourceAddresses } from './source-addresses.ts';
import type { Deck } from './deck.ts';
import type { Source } from './deck-options.ts';
import type { HandoverMoment, HandoverReason } from './handover.ts';
import { plainUrl } from './load-request.ts';
import type { ToTransportUrl } from './player.ts';
import { SOURCES, WATCH } from './policy.ts';
import { SourceChain } from './source-chain.ts';
import { SourceProbe } from './source-probe.ts';
import { staleAfterMs } from './watchdog.ts';

export interface Choice {
  reason: HandoverReason;
  source: Source;
  moment: HandoverMoment;
}

/** Decides when another source should carry the picture, and asks the better ones whether they are back. */
export class SourceChoice {
  readonly chain: SourceChain;
  readonly #addresses: SourceAddresses;
  readonly #probe: SourceProbe;
  #tried = new Set<string>();
  #probedAt = 0;
  #masterAskedAt = 0;

  constructor(sources: Source[], addresses: SourceAddresses, toTransportUrl: ToTransportUrl) {
    this.chain = new SourceChain(sources);
    this.#addresses = addresses;
    this.#probe = new SourceProbe(toTransportUrl);
  }

  stop(): void {
    this.#probe.stop();
  }

  /** A deck on this source never came to life. */
  recordHopeless(source: Source): void {
    this.#tried.add(source.id);
  }

  recordSwap(reason: HandoverReason, now: number): void {
    if (reason === 'source_down') this.chain.recordLeft(now);
    if (reason === 'source_back') this.chain.recordReturn(now);
  }

  consider(deck: Deck, now: number): Choice | null {
    return deck.endListSeen ? null : (this.#failover(deck, now) ?? this.#failback(deck, now));
  }

  /** After the end: is the source live again? Calls `back` at most once in a few seconds. */
  askForReturn(source: Source, now: number, back: () => void): void {
    if (now - this.#probedAt < WATCH.probeMs) return;
    this.#probedAt = now;
    void this.#probe.read(this.#addresses.of(source)).then((view) => {
      if (view && !view.ended) back();
    });
  }

  /** Its lists fail for long: does the master name some that can be had? Calls `found` at most once in a few seconds. */
  askForOtherLists(deck: Deck, now: number, found: () => void): void {
    const longMs = Math.max(SOURCES.listsGoneMs, 2500 * (deck.view?.targetDurationS ?? 2));
    if (!deck.view || deck.endListSeen || deck.viewAge < longMs || now - this.#masterAskedAt < SOURCES.probeMs) return;
    this.#masterAskedAt = now;
    void this.#probe.find(this.#addresses.of(deck.source)).then((alive) => {
      // At the same address the deck finds it by itself.
      const other = alive && !alive.list.ended && !deck.levelUrls.includes(plainUrl(alive.url));
      if (other && deck.viewAge >= longMs) found();
    });
  }

  #failover(deck: Deck, now: number): Choice | null {
    const lastGoodAt = Math.max(deck.startedAt, deck.lastSuccessAt ?? 0);
    const advancedAt = deck.loader.guard.newest()?.advancedAt ?? deck.startedAt;
    const silent = now - lastGoodAt > SOURCES.failoverMs;
    const stale = now - advancedAt > staleAfterMs(deck.view?.targetDurationS ?? 4);
    if (!silent && !stale && !isStarved(deck, now)) {
      this.#tried.clear();
      return null;
    }
    this.#tried.add(deck.source.id);
    let source = this.chain.after(deck.source.id, this.#tried);
    if (!source && this.chain.all.length > 1) {
      this.#tried = new Set([deck.source.id]);
      source = this.chain.after(deck.source.id, this.#tried);
    }
    if (source) return { reason: 'source_down', source, moment: 'aligned' };
    // The master came and its playlists never did: it may name new ones by now.
    const never = deck.loader.answered && !deck.view && now - deck.startedAt > WATCH.rereadMasterMs;
    return never ? { reason: 'load_failed', source: deck.source, moment: 'now' } : null;
  }

  #failback(deck: Deck, now: number): Choice | null {
    const better = this.chain.better(deck.source.id);
    if (better.length === 0) return null;
    if (now - this.#probedAt >= SOURCES.probeMs) {
      this.#probedAt = now;
      for (const source of better) void this.#ask(source);
    }
    const source = this.chain.returnTo(deck.source.id, now);
    return source ? { reason: 'source_back', source, moment: 'aligned' } : null;
  }

  async #ask(source: Source): Promise<void> {
    const healthy = await this.#probe.advanced(source.id, this.#addresses.of(source));
    this.chain.recordProbe(source.id, healthy, performance.now());
  }
}

/** Lists advance, and what they name cannot be had: segments or keys. */
function isStarved(deck: Deck, now: number): boolean {
  const behind = (deck.unfetchedS ?? 0) > 3 * (deck.view?.targetDurationS ?? 4);
  return deck.view !== null && behind && now - (deck.lastSegmentAt ?? deck.startedAt) > SOURCES.starvedMs;
}
