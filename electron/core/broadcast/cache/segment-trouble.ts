import { FOLLOW } from './cache-policy.ts';
import type { Piece } from './fetch-segment.ts';

interface Trouble {
  key: string;
  tries: number;
  sinceMs: number;
  /** Size of the last bad body, and how often one of that size came in a row. */
  sent: number | null;
  same: number;
}

/** The segment that does not come: how long it is worth while to ask again. */
export class SegmentTrouble {
  #trouble: Trouble | null = null;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  get exists(): boolean {
    return this.#trouble !== null;
  }

  clear(): void {
    this.#trouble = null;
  }

  /**
   * One more failure of the segment `key`; `piece` is null where its key is what is missing. `lost`: it counts as a gap from now
   * on. A line that is out makes no gaps, however long it is.
   */
  note(
    key: string,
    piece: Extract<Piece, { ok: false }> | null,
    targetDurationS: number,
    now = performance.now(),
  ): { lost: boolean; waitMs: number } {
    if (this.#trouble?.key !== key) this.#trouble = { key, tries: 0, sinceMs: now, sent: null, same: 0 };
    const trouble = this.#trouble;
    trouble.tries += 1;
    const sent = piece?.sent ?? null;
    trouble.same = sent === null ? 0 : sent === trouble.sent ? trouble.same + 1 : 1;
    trouble.sent = sent;
    const gone = sent !== null || piece?.status === 404 || piece?.status === 410;
    const longMs = FOLLOW.targetDurationsBeforeGap * targetDurationS * 1000;
    const tried = trouble.tries >= FOLLOW.triesBeforeGap && now - trouble.sinceMs >= longMs;
    const waitMs = Math.min(FOLLOW.longestFailMs, FOLLOW.firstFailMs * 1.6 ** (trouble.tries - 1));
    return {
      lost: gone && (tried || trouble.same >= FOLLOW.sameBadBody),
      waitMs: waitMs * (0.6 + 0.4 * this.#random()),
    };
  }
}
