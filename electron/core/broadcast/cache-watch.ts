import { createHash } from 'node:crypto';

/** A cached answer older than this is suspicious when it does not change, seconds. */
const OLD_S = 6;
/** So long after a stuck cache was found it is passed by at once, ms. */
const PASS_BY_MS = 60_000;
const MOST = 200;

/**
 * Finds playlists that a cache on the way keeps serving: the same text with a growing `Age`. They are then asked for past
 * the cache.
 */
export class CacheWatch {
  readonly #seen = new Map<string, { hash: string; ageS: number }>();
  readonly #stuckAt = new Map<string, number>();

  /** One more answer for `url`; true when it shows that a cache is stuck. `ageS`: the Age header, null without one. */
  note(url: string, text: string, ageS: number | null): boolean {
    const hash = createHash('sha256').update(text).digest('base64');
    const before = this.#seen.get(url);
    this.#seen.delete(url);
    if (ageS === null) return false;
    this.#seen.set(url, { hash, ageS });
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value!);
    const stuck = before?.hash === hash && ageS > before.ageS && ageS >= OLD_S;
    if (stuck) this.#stuckAt.set(url, performance.now());
    return stuck;
  }

  /** The cache in front of `url` was stuck a short while ago. */
  isStuck(url: string): boolean {
    const at = this.#stuckAt.get(url);
    if (at === undefined) return false;
    if (performance.now() - at < PASS_BY_MS) return true;
    this.#stuckAt.delete(url);
    return false;
  }
}
