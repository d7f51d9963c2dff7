import type { Wanted } from './cache-options.ts';
import { FOLLOW } from './cache-policy.ts';

const ASK_EVERY_MS = 10_000;

/**
 * Which source is followed: the one that was put first by hand, else the first of the package; the next one when it is lost, and the
 * first again when that was healthy for a while.
 */
export class SourceTurn {
  readonly #ids: readonly string[];
  readonly #chosen: () => string | null;
  #first: string;
  #current: string;
  #failingSince: number | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  readonly #seen = new Map<string, { endSn: number; healthySince: number | null }>();

  constructor({ sources, chosen }: Pick<Wanted, 'sources' | 'chosen'>) {
    this.#ids = sources.map(({ id }) => id);
    this.#chosen = () => chosen();
    this.#first = this.#current = this.#order[0] ?? '';
  }

  get current(): string {
    return this.#current;
  }

  get #order(): readonly string[] {
    const chosen = this.#chosen();
    return this.#ids.toSorted((a, b) => Number(b === chosen) - Number(a === chosen));
  }

  /** Goes to the source that was put first since the last call; true when another one is followed from now on. */
  followChoice(): boolean {
    const first = this.#order[0] ?? '';
    if (first === this.#first) return false;
    this.#first = first;
    const isOther = first !== this.#current;
    this.#seen.clear();
    this.#go(first);
    return isOther;
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
    const order = this.#order;
    this.#go(order[(order.indexOf(this.current) + 1) % order.length]!);
    return true;
  }

  /** The better source to ask now; null when none is due. */
  toAsk(nowMs: number): string | null {
    if (this.#current === this.#first || nowMs - this.#askedAt < ASK_EVERY_MS) return null;
    this.#askedAt = nowMs;
    return this.#first;
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
    this.#go(id);
    return true;
  }

  #go(id: string): void {
    this.#current = id;
    this.#failingSince = null;
  }
}
