import { leadOf } from './alignment.ts';
import type { Deck } from './deck.ts';
import { WATCH } from './policy.ts';

/** Why another deck is being prepared; the order is the order of urgency. */
export type HandoverReason =
  | 'decoder_failed'
  | 'frozen'
  | 'no_frames'
  | 'load_failed'
  | 'sequence_reset'
  | 'loader_stalled'
  | 'new_address'
  | 'source_down'
  | 'source_back'
  | 'sources_changed'
  | 'source_chosen'
  | 'came_back';

/** now: as soon as the next deck is ready · drain: when the present one has played out · aligned: when both are at the same programme date-time. */
export type HandoverMoment = 'now' | 'drain' | 'aligned';

const EARLY_S = 0.06;

/** The next deck, prepared under the present one, and the moment at which it takes over. */
export class Handover {
  readonly deck: Deck;
  readonly reason: HandoverReason;
  readonly moment: HandoverMoment;
  readonly since = performance.now();
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The next deck was moved to the place where the present one stands; once is enough. */
  #aligned = false;

  constructor(deck: Deck, reason: HandoverReason, moment: HandoverMoment) {
    this.deck = deck;
    this.reason = reason;
    this.moment = moment;
  }

  /** The trouble that asked for another deck is over: the present one may stay. */
  needless(active: Deck): boolean {
    if (this.reason === 'sequence_reset') return !active.wasReset;
    if (this.reason === 'source_down') return !this.deck.ready && active.fetchedSince(this.since);
    return (this.reason === 'loader_stalled' || this.reason === 'load_failed') && active.fetchedSince(this.since);
  }

  /** The next deck never came to life, or never came to the same place. */
  hopeless(now: number): boolean {
    const waited = now - this.since;
    if (this.moment === 'aligned' && waited > WATCH.alignGiveUpMs) return true;
    return !this.deck.ready && waited > WATCH.standbyGiveUpMs;
  }

  /** Calls `swap` when the moment has come, at most a tick later. */
  check(active: Deck, activeMoves: boolean, swap: () => void): void {
    if (this.#timer || !this.deck.ready) return;
    const waitS = this.#waitS(active, activeMoves);
    if (waitS === null) return;
    if (waitS <= EARLY_S) swap();
    else if (waitS <= (2 * WATCH.tickMs) / 1000)
      this.#timer = setTimeout(
        () => {
          this.#timer = null;
          swap();
        },
        (waitS - EARLY_S) * 1000,
      );
  }

  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Seconds until the change; null while the next deck has to be moved first. */
  #waitS(active: Deck, activeMoves: boolean): number | null {
    if (this.moment === 'now') return 0;
    if (!activeMoves && this.moment === 'drain') return 0;
    const present = active.timeline.programmeAt(active.video.currentTime);
    const next = this.deck.timeline.programmeAt(this.deck.video.currentTime);
    if (this.moment === 'drain') {
      const remaining = active.aheadS;
      if (remaining < 3 && present !== null && next !== null) this.#catchUp(present / 1000 + remaining - next / 1000);
      return this.deck.ready ? remaining : null;
    }
    const lead = leadOf(active, this.deck);
    if (lead === null) return 0;
    if (lead < -0.25 && activeMoves) {
      this.#catchUp(-lead + 0.6);
      return null;
    }
    if (activeMoves) return lead;
    // The present picture stands: what lies between is shown first, where the next deck can have it.
    if (Math.abs(lead) > 0.25 && !this.#aligned) {
      this.#aligned = true;
      this.deck.video.currentTime = Math.max(0, this.deck.video.currentTime - lead);
      return null;
    }
    return 0;
  }

  /** Moves the next deck forward so that nothing is shown twice; only inside what it has buffered. */
  #catchUp(byS: number): void {
    if (byS > 0.25 && byS < this.deck.aheadS - 1) this.deck.video.currentTime += byS;
  }
}
