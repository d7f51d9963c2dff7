import { FOLLOW } from './cache-policy.ts';

/** The hall is about to run dry with less than this on disk, media seconds. */
const FREE_BELOW_S = 30;
/** Smaller bodies tell nothing of a line's speed, bytes. */
const TELLING_BYTES = 30_000;

/** A refill is kept from becoming a stampede of thousands of halls; one that is about to run dry is not held back. */
export class Pace {
  #budgetS: number = FOLLOW.burstS;
  #at = performance.now();

  /** Milliseconds to wait before a segment of `durationS`, with `aheadS` on disk in front of the hall. */
  waitMs(durationS: number, aheadS: number, now = performance.now()): number {
    this.#budgetS = Math.min(FOLLOW.burstS, this.#budgetS + ((now - this.#at) / 1000) * FOLLOW.rate);
    this.#at = now;
    if (this.#budgetS >= durationS || aheadS < FREE_BELOW_S) return 0;
    return ((durationS - this.#budgetS) / FOLLOW.rate) * 1000;
  }

  spend(durationS: number): void {
    this.#budgetS = Math.max(0, this.#budgetS - durationS);
  }
}

/** How fast the line is, and when another rendition should be thought of. */
export class LineSpeed {
  /** Bits a second; null before anything was measured. */
  bitsPerSecond: number | null = null;
  #chosenAt = performance.now();

  /** One more body; true when the rendition should be chosen again. */
  note(body: { bytes: number; ms: number; durationS: number }, now = performance.now()): boolean {
    if (body.bytes < TELLING_BYTES) return false;
    const bits = (body.bytes * 8000) / Math.max(1, body.ms);
    this.bitsPerSecond = this.bitsPerSecond === null ? bits : 0.7 * this.bitsPerSecond + 0.3 * bits;
    const slow = body.ms > body.durationS * 1000;
    if (!slow && now - this.#chosenAt < FOLLOW.betterAfterMs) return false;
    this.#chosenAt = now;
    return true;
  }
}
