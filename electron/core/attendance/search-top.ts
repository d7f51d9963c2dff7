import type { Indexed } from './search-index.ts';

export interface Hit {
  indexed: Indexed;
  score: number;
}

function isBefore(a: Hit, b: Hit): boolean {
  return a.score !== b.score ? a.score > b.score : a.indexed.sortKey < b.indexed.sortKey;
}

/** Keeps the best hits: by score, then in the customary order of names. */
export class TopHits {
  readonly #size: number;
  readonly #hits: Hit[] = [];
  /** Everyone offered. */
  count = 0;

  /** `size` ≥ 1 */
  constructor(size: number) {
    this.#size = size;
  }

  offer(indexed: Indexed, score: number): void {
    this.count++;
    const hits = this.#hits;
    const last = hits.at(-1);
    const isFull = hits.length >= this.#size;
    if (isFull && last && score < last.score) return;
    const hit = { indexed, score };
    if (isFull && last && !isBefore(hit, last)) return;
    let low = 0;
    let high = hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = hits[middle];
      if (other && isBefore(other, hit)) low = middle + 1;
      else high = middle;
    }
    hits.splice(low, 0, hit);
    if (hits.length > this.#size) hits.pop();
  }

  list(): readonly Hit[] {
    return this.#hits;
  }
}
