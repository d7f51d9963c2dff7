import type { Playlist } from './playlist.ts';

/** What an answer said about itself. */
export interface AnswerHeaders {
  cors: string | null;
  encoding: string | null;
  cacheControl: string | null;
  /** Size after decoding. */
  bytes: number;
}

/** A window shorter than this cannot hide an outage of minutes: content slides out before the line is back. */
export const ADVISED_WINDOW_MS = 5 * 60_000;
/** Below this a playlist is small enough to go uncompressed. */
const WORTH_COMPRESSING_BYTES = 4_000;

/** Stable codes of what the centre should provide and this stream lacks; the console puts them in words. */
export function findMissing(playlist: Extract<Playlist, { kind: 'media' }>, headers: AnswerHeaders): string[] {
  const missing: string[] = [];
  if (playlist.withDateTime < playlist.segments)
    missing.push(playlist.withDateTime === 0 ? 'no_date_time' : 'sparse_date_time');
  if (!playlist.ended && playlist.windowMs < ADVISED_WINDOW_MS * 0.9) missing.push('short_window');
  if (headers.cors === null) missing.push('no_cors');
  if (headers.encoding === null && headers.bytes > WORTH_COMPRESSING_BYTES) missing.push('no_compression');
  if (headers.cacheControl === null) missing.push('no_cache_lifetime');
  return missing;
}
