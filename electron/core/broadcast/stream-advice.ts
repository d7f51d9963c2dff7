import { StreamLack } from '../../contract/broadcast.ts';
import type { Alternatives } from '../../shared/hls/alternatives.ts';
import type { MediaPlaylist } from '../../shared/hls/read-playlist.ts';

/** Who asks; a server that allows every page answers `*`, or repeats this. */
export const ASKING_ORIGIN = 'http://kiosk.invalid';

/** What an answer said about itself; null: nothing. */
export interface AnswerHeaders {
  status: number;
  cors: string | null;
  encoding: string | null;
  cacheControl: string | null;
  date: string | null;
}

/** What one playlist and its surroundings show. */
export interface ListFacts {
  playlist: MediaPlaylist;
  headers: AnswerHeaders;
  /** Size after decoding. */
  bytes: number;
  /** Segments have left the list while it was watched: it is as long as it will become. */
  slid: boolean;
  alternatives: Alternatives;
}

/** A window shorter than this cannot hide an outage of minutes: content slides out before the line is back. */
const ADVISED_WINDOW_MS = 5 * 60_000;
/** A list that moves by whole segments is a little shorter now and then. */
const WINDOW_TOLERANCE = 0.9;
/** A list longer than this costs more with every hour. */
const LONGEST_LIST_MS = 30 * 60_000;
const ADVISED_SEGMENT_S = { from: 2, to: 6 };
/** Below this a playlist is small enough to go uncompressed. */
const WORTH_COMPRESSING_BYTES = 4_000;
/** All venues of a stream ask for a segment within this time. */
const SEGMENT_CACHE_MS = 60_000;
/** A proxy or portal on the way answers so, never the centre. */
const NOT_OF_THE_CENTRE = [407, 511];

/** What one answer with a media playlist lacks of what the centre should provide. */
export function findListLacks({ playlist, headers, bytes, slid, alternatives }: ListFacts): StreamLack[] {
  const lengthS = segmentSeconds(playlist);
  const windowMs = playlist.totalS * 1000;
  const dated = playlist.segments.filter((segment) => segment.dated).length;
  const lifetimeMs = readLifetime(headers.cacheControl);
  const lacks: Partial<Record<StreamLack, boolean>> = {
    // Before anything slid out, a short list is only young.
    short_window: slid && windowMs < ADVISED_WINDOW_MS * WINDOW_TOLERANCE,
    long_list: windowMs > LONGEST_LIST_MS,
    no_date_time: dated === 0,
    sparse_date_time: dated > 0 && dated < playlist.segments.length,
    no_redundancy: alternatives === 'none',
    redundancy_same_host: alternatives === 'same_host',
    short_segments: lengthS < ADVISED_SEGMENT_S.from,
    long_segments: lengthS > ADVISED_SEGMENT_S.to,
    // RFC 8216 §4.3.3.1 compares the rounded EXTINF.
    segment_over_target: Math.round(longestS(playlist)) > playlist.targetDurationS,
    no_compression: isPlain(headers.encoding) && bytes > WORTH_COMPRESSING_BYTES,
    no_cache_lifetime: lifetimeMs === 0,
    long_cache_lifetime: lifetimeMs > playlist.targetDurationS * 1000,
    no_cors: !isOpenToAll(headers.cors),
    no_date_header: headers.date === null,
  };
  return StreamLack.options.filter((lack) => lacks[lack]);
}

/** What an error answer lacks; null when it says nothing about the centre. */
export function findErrorLacks(headers: AnswerHeaders): StreamLack[] | null {
  if (headers.status < 400 || NOT_OF_THE_CENTRE.includes(headers.status)) return null;
  return isOpenToAll(headers.cors) ? [] : ['no_cors_on_errors'];
}

/** What the answer to the newest listed segment shows; null when it shows nothing. */
export function findSegmentLacks(headers: AnswerHeaders): StreamLack[] | null {
  if (headers.status === 404) return ['listed_too_early'];
  if (headers.status !== 200 && headers.status !== 206) return null;
  return readLifetime(headers.cacheControl) < SEGMENT_CACHE_MS ? ['short_segment_cache'] : [];
}

/** The master's own alternatives, or better ones that the package adds with further sources on `otherHosts`. */
export function addSources(inMaster: Alternatives, host: string | null, otherHosts: (string | null)[]): Alternatives {
  if (inMaster === 'other_host' || otherHosts.some((other) => other !== host)) return 'other_host';
  return otherHosts.length > 0 ? 'same_host' : inMaster;
}

/** Length of the segments as declared; packagers that round 6.006 s up to 7 mean 6. */
function segmentSeconds(playlist: MediaPlaylist): number {
  const declared = playlist.targetDurationS;
  const longest = Math.round(longestS(playlist));
  return declared === longest + 1 ? longest : declared;
}

function longestS(playlist: MediaPlaylist): number {
  return playlist.segments.reduce((longest, segment) => Math.max(longest, segment.durationS), 0);
}

/** How long an answer may be kept, ms; 0 when it says nothing, or forbids it. */
function readLifetime(cacheControl: string | null): number {
  if (cacheControl === null || /\bno-(?:store|cache)\b/iu.test(cacheControl)) return 0;
  // For the centre's caches and for all others; a list that either may keep for long comes late.
  const ages = [...cacheControl.matchAll(/\b(?:s-maxage|max-age)\s*=\s*"?(\d+)/giu)].map((m) => Number(m[1]) * 1000);
  return Math.max(0, ...ages);
}

function isPlain(encoding: string | null): boolean {
  return encoding === null || encoding.trim().toLowerCase() === 'identity';
}

function isOpenToAll(cors: string | null): boolean {
  return cors === '*' || cors === ASKING_ORIGIN;
}
