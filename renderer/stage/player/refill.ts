import { REFILL } from './policy.ts';

/**
 * Keeps the refill after an outage from becoming a stampede of thousands of halls: media seconds are fetched at line
 * speed up to a burst, then at a few times real time. A hall that is about to run dry is never held back.
 */
export class RefillLimit {
  #budgetS: number;
  #at = performance.now();

  /** `firstS`: media seconds that may be fetched at line speed at first. */
  constructor(firstS: number = REFILL.burstS) {
    this.#budgetS = firstS;
  }

  /** Milliseconds to wait before fetching `durationS` of media with `aheadS` in the buffer. */
  waitMs(durationS: number, aheadS: number, now: number = performance.now()): number {
    const refilled = this.#budgetS + ((now - this.#at) / 1000) * REFILL.rate;
    this.#budgetS = Math.min(Math.max(REFILL.burstS, this.#budgetS), refilled);
    this.#at = now;
    if (aheadS < REFILL.freeBelowS || this.#budgetS >= durationS) {
      this.#budgetS = Math.max(0, this.#budgetS - durationS);
      return 0;
    }
    const waitS = (durationS - this.#budgetS) / REFILL.rate;
    this.#budgetS = 0;
    this.#at = now + waitS * 1000;
    return waitS * 1000;
  }
}
