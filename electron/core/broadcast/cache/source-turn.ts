import { FOLLOW } from './cache-policy.ts';

const ASK_EVERY_MS = 10_000;

/** Which source is followed: the next one when it is lost, and a better one when that was healthy again for a while. */
export class SourceTurn {
  readonly #ids: readonly string[];
  #at = 0;
  #failingSince: number | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #seen = new Map<string, { endSn: number; healthySince: number | null }>();

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  get current(): string {
    return this.#ids[this.#at] ?? '';
  }

  noteGood(): void {
    this.#failingSince = null;
  }

  noteFailure(nowMs: number): void {
    this.#failingSince ??= nowMs;
  }

  /** Goes to the next source when this one has failed for long; true when it did. */
  leave(nowMs: number): boolean {
    if (this.#ids.length < 2 || this.#failingSince === null || nowMs - this.#failingSince < FOLLOW.sourceDownMs)
      return false;
    this.#seen.delete(this.current);
    this.#go((this.#at + 1) % this.#ids.length);
    return true;
  }

  /** The better source to ask now; null when none is due. */
  toAsk(nowMs: number): string | null {
    if (this.#at === 0 || nowMs - this.#askedAt < ASK_EVERY_MS) return null;
    this.#askedAt = nowMs;
    return this.#ids[0]!;
  }

  /** Its list ends at `endSn`, or did not come; true when the cache goes back to it now. */
  noteAsked(id: string, endSn: number | null, nowMs: number): boolean {
    if (endSn === null) {
      this.#seen.delete(id);
      return false;
    }
    const before = this.#seen.get(id);
    const moved = before !== undefined && before.endSn !== endSn;
    const healthySince = moved ? (before.healthySince ?? nowMs) : null;
    this.#seen.set(id, { endSn, healthySince });
    if (healthySince === null || nowMs - healthySince < FOLLOW.sourceBackMs) return false;
    this.#seen.clear();
    this.#go(this.#ids.indexOf(id));
    return true;
  }

  #go(at: number): void {
    this.#at = at;
    this.#failingSince = null;
  }
}
