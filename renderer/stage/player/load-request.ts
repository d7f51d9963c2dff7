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

/** Nobody waits for the answer any more. */
export const ABORTED: LoadResult = { ok: false, failure: { cause: 'no_answer', status: 0, text: 'aborted' } };

/** The address without what CMCD adds: the same segment must be the same key. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])CMCD=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

/**
 * Names a segment; byte ranges of one file are different segments, and so is the same file under another number: a filler
 * that is listed again, or an address that a restarted encoder uses again. `sn` is null for an initialisation segment.
 */
export function segmentKey(url: string, rangeStart: number | null | undefined, sn: number | null): string {
  return `${plainUrl(url)} ${rangeStart ?? ''} ${sn ?? ''}`;
}

/** Segments that were given up or broke a decoder, shared by all decks: a repeated request fails at once, and hls.js makes them a gap. */
export class KnownGaps {
  /** When the verdict ends, ms of `performance.now()`. */
  readonly #until = new Map<string, number>();

  /** `forMs`: a segment that was only missing may be there later. */
  add(key: string, forMs = Number.POSITIVE_INFINITY): void {
    this.#until.set(key, performance.now() + forMs);
    if (this.#until.size > 200) this.#until.delete(this.#until.keys().next().value!);
  }

  has(key: string): boolean {
    return performance.now() < (this.#until.get(key) ?? Number.NEGATIVE_INFINITY);
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

/** A steering manifest is JSON; a page of a portal is not. */
export function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
