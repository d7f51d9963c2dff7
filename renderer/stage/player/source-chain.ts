import type { Source } from './deck-options.ts';
import { SOURCES } from './policy.ts';

/**
 * Which source is next. Sources are ordered by the province; the hall goes back to a better one only after that one has
 * been healthy for a while, and waits longer each time a return did not last.
 */
export class SourceChain {
  #sources: Source[];
  #failbackMs: number = SOURCES.failbackMs;
  #returnedAt: number | null = null;
  readonly #healthySince = new Map<string, number>();

  constructor(sources: Source[]) {
    this.#sources = sources;
  }

  get all(): readonly Source[] {
    return this.#sources;
  }

  replace(sources: Source[]): void {
    this.#sources = sources;
    this.#healthySince.clear();
  }

  first(): Source | null {
    return this.#sources[0] ?? null;
  }

  /** The source to try after `id` failed; wraps round; null when there is no other. */
  after(id: string, tried: ReadonlySet<string> = new Set()): Source | null {
    const at = this.#sources.findIndex((s) => s.id === id);
    for (let i = 1; i < this.#sources.length; i++) {
      const source = this.#sources[(at + i) % this.#sources.length]!;
      if (!tried.has(source.id)) return source;
    }
    return null;
  }

  /** Sources that stand before `id` in the province's order. */
  better(id: string): Source[] {
    return this.#sources.slice(
      0,
      Math.max(
        0,
        this.#sources.findIndex((s) => s.id === id),
      ),
    );
  }

  recordProbe(id: string, healthy: boolean, now: number): void {
    if (!healthy) this.#healthySince.delete(id);
    else if (!this.#healthySince.has(id)) this.#healthySince.set(id, now);
  }

  /** The better source that has earned a return, or null. */
  returnTo(current: string, now: number): Source | null {
    return this.better(current).find((s) => now - (this.#healthySince.get(s.id) ?? now) >= this.#failbackMs) ?? null;
  }

  recordReturn(now: number): void {
    this.#returnedAt = now;
    this.#healthySince.clear();
  }

  /** The hall had to leave `id`: a return that did not last makes the next one rarer. */
  recordLeft(now: number): void {
    const short = this.#returnedAt !== null && now - this.#returnedAt < 10 * this.#failbackMs;
    this.#failbackMs = short ? Math.min(this.#failbackMs * 2, SOURCES.failbackMaxMs) : SOURCES.failbackMs;
    this.#returnedAt = null;
    this.#healthySince.clear();
  }
}
