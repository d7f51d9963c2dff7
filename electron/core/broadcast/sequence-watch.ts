/** A copy of the list in a cache lags by seconds; numbers that stay low for so long are a new count, ms. */
const LAG_LIMIT_MS = 30_000;

export interface Numbers {
  startSn: number;
  endSn: number;
  /** Programme date-time at the end of the list, epoch ms; null without dates. */
  edgeAtMs: number | null;
}

/**
 * Distinguishes an encoder that restarted its numbering from an old copy of the list, which a lagging cache serves now and then: both have
 * smaller numbers than the list before, but only the new count comes with a later time, or goes on below the old numbers.
 */
export class SequenceWatch {
  /** The list with the highest numbers of this count. */
  #highest: Numbers | null = null;
  /** The first list below the highest, and when it came; null while the numbers are in order. */
  #low: { first: Numbers; sinceMs: number } | null = null;
  #wentBack = false;
  #slid = false;

  /** The numbering restarted while watched; stays true. */
  get wentBack(): boolean {
    return this.#wentBack;
  }

  /** Segments have left the list: it is as long as it will become. */
  get slid(): boolean {
    return this.#slid;
  }

  /** One more list from one address; the time is of the monotonic clock. */
  note(list: Numbers, atMs: number): void {
    const highest = this.#highest;
    if (highest === null || list.endSn >= highest.endSn) {
      this.#low = null;
      this.#slid ||= highest !== null && list.startSn > highest.startSn;
      this.#highest = list;
      return;
    }
    this.#low ??= { first: list, sinceMs: atMs };
    if (!this.#isNewCount(highest, this.#low, list, atMs)) return;
    this.#wentBack = true;
    this.#forget();
    this.#highest = list;
  }

  /** Another address, or another broadcast: its numbers have nothing to do with those before. */
  restart(): void {
    this.#forget();
    this.#highest = null;
  }

  #isNewCount(highest: Numbers, low: { first: Numbers; sinceMs: number }, list: Numbers, atMs: number): boolean {
    if (highest.edgeAtMs !== null && list.edgeAtMs !== null && list.edgeAtMs > highest.edgeAtMs) return true;
    return list.endSn > low.first.endSn && atMs - low.sinceMs >= LAG_LIMIT_MS;
  }

  #forget(): void {
    this.#low = null;
    this.#slid = false;
  }
}
