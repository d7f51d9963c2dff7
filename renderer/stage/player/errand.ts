import type { Failure } from './failure.ts';
import type { Reply } from './request.ts';

/** What one request is for. */
export interface Errand {
  url: string;
  headers: Record<string, string>;
  range: { start: number; end: number } | null;
}

export interface SegmentErrand extends Errand {
  /** The rendition it belongs to: hls.js's fragment type. */
  track: string;
  /** Media sequence number; null for an initialisation segment. */
  sn: number | null;
  durationS: number;
  encrypted: boolean;
}

export type Outcome = { ok: true; reply: Reply } | { ok: false; failure: Failure };

/** The address without what CMCD adds: the same segment must be the same key. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])CMCD=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

/** Names a segment; byte ranges of one file are different segments. */
export function segmentKey(url: string, rangeStart: number | null | undefined): string {
  return `${plainUrl(url)} ${rangeStart ?? ''}`;
}

/** Segments that were given up or broke a decoder, shared by all decks: asked again they fail at once, and hls.js makes them a gap. */
export class GapBook {
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
