/** A turn of work that others wait for, ms. */
const TURN_MS = 6;
const MOST = 20;

/**
 * How much of a long list is done before other work gets its turn: as much as took about 6 ms by the clock lately, so that a
 * slow disk or a busy machine makes the portions smaller and not the waits longer. At least one, at most 20.
 */
export class Portion {
  #size = 5;
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that nobody sets. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get size(): number {
    return Math.floor(this.#size);
  }

  /** Does one portion, and learns from how long it took. */
  run<T>(work: (size: number) => T): T {
    const begun = this.#now();
    try {
      return work(this.size);
    } finally {
      const fitting = (this.size * TURN_MS) / Math.max(0.1, this.#now() - begun);
      // One slow portion halves it at most, and it grows slowly again.
      this.#size = Math.min(MOST, Math.max(1, this.#size / 2, Math.min(fitting, this.#size * 1.5)));
    }
  }
}
