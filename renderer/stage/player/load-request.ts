import type { Failure } from './failure.ts';
import type { HttpReply } from './http-request.ts';

/** A request of hls.js, as the stream loader gets it. */
export interface LoadRequest {
  url: string;
  headers: Record<string, string>;
  range: { start: number; end: number } | null;
}

export interface SegmentRequest extends LoadRequest {
  /** The rendition it belongs to: hls.js's fragment type. */
  track: string;
  /** Media sequence number; null for an initialisation segment. */
  sn: number | null;
  durationS: number;
  encrypted: boolean;
}

export type LoadResult = { ok: true; reply: HttpReply } | { ok: false; failure: Failure };

/** The address without what CMCD adds: the same segment must be the same key. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])CMCD=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

/** Names a segment; byte ranges of one file are different segments. */
export function segmentKey(url: string, rangeStart: number | null | undefined): string {
  return `${plainUrl(url)} ${rangeStart ?? ''}`;
}

/** Segments that were given up or broke a decoder, shared by all decks: a repeated request fails at once, and hls.js makes them a gap. */
export class KnownGaps {
  readonly #keys = new Set<string>();

  add(key: string): void {
    this.#keys.add(key);
    if (this.#keys.size > 200) this.#keys.delete(this.#keys.values().next().value!);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}

/** Waits, or returns at once when aborted or when the network adapter comes back. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    globalThis.addEventListener('online', done);
    if (signal.aborted) done();
  });
}
