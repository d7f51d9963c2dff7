/**
 * Where the hall is in what the cache holds, in media seconds. It moves with the clock, stands where nothing more is there, and is
 * put right by what the stage says it shows.
 */
export class HallPlace {
  #atS: number;
  /** Milliseconds of the monotonic clock at which `#atS` held; null while the hall does not move. */
  #sinceMs: number | null = null;
  /** Until then the stage is on its way to another place, and what it says is not believed. */
  #movingUntilMs = Number.NEGATIVE_INFINITY;

  constructor(atS: number) {
    this.#atS = atS;
  }

  /** The hall moves from now on. */
  start(nowMs: number): void {
    this.#sinceMs ??= nowMs;
  }

  get started(): boolean {
    return this.#sinceMs !== null;
  }

  /** The place at `nowMs`, at most `endS`. Times must not go back. */
  at(nowMs: number, endS: number): number {
    if (this.#sinceMs === null) return Math.min(this.#atS, endS);
    this.#atS = Math.max(this.#atS, Math.min(endS, this.#atS + (nowMs - this.#sinceMs) / 1000));
    this.#sinceMs = nowMs;
    return Math.min(this.#atS, endS);
  }

  /** The stage shows this place. */
  noteShown(atS: number, nowMs: number, toleranceS: number): void {
    if (nowMs < this.#movingUntilMs || Math.abs(atS - this.#atS) <= toleranceS) return;
    this.#atS = atS;
    if (this.#sinceMs !== null) this.#sinceMs = nowMs;
  }

  /** The hall is sent to another place; the stage has `settleMs` to get there. */
  jump(atS: number, nowMs: number, settleMs: number): void {
    this.#atS = atS;
    if (this.#sinceMs !== null) this.#sinceMs = nowMs;
    this.#movingUntilMs = nowMs + settleMs;
  }
}
