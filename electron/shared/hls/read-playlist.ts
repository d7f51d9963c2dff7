import { M3U8Parser, PlaylistLevelType, type Fragment } from 'hls.js';
import type { Cause } from '../causes.ts';
import { findAlternatives, type Alternatives, type Variant } from './alternatives.ts';
import { mendPlaylist, type PlaylistOrigin } from './mend-playlist.ts';
import type { Variables } from './variables.ts';

export interface Segment {
  sn: number;
  /** Seconds from the start of the list. */
  offsetS: number;
  durationS: number;
  /** Absolute address. */
  url: string;
  /** Programme date-time of the first frame, epoch ms, counted on and back from the list's tags; null where it has none. */
  programmeMs: number | null;
  /** Part of the file that it is; `end` is exclusive. Null: the whole file. */
  range: { start: number; end: number } | null;
  /** The list says that it does not exist (EXT-X-GAP). */
  gap: boolean;
  /** It has a programme date-time tag of its own. */
  dated: boolean;
  /** Counts EXT-X-DISCONTINUITY, with the list's own EXT-X-DISCONTINUITY-SEQUENCE. */
  discontinuities: number;
  /** Its initialisation segment (EXT-X-MAP); null where it needs none. */
  map: { url: string; range: Segment['range'] } | null;
  /** How it is encrypted (EXT-X-KEY); null in clear. */
  key: SegmentKey | null;
}

/** How to decrypt a segment; of several ways the plain one. */
export interface SegmentKey {
  method: string;
  /** Absolute address. */
  url: string;
  /** 32 hex digits; null where it is the sequence number. */
  iv: string | null;
  /** `identity` for a key that is the 16 bytes at its address. */
  format: string;
}

/** Sound of its own, of a multivariant playlist. */
export interface Sound {
  group: string;
  name: string;
  language: string | null;
  isDefault: boolean;
  /** Absolute address; null where it is in the variant itself. */
  url: string | null;
}

export interface MediaPlaylist {
  kind: 'media';
  targetDurationS: number;
  /** Sequence numbers of the first and last segment, as the player counts them. */
  startSn: number;
  endSn: number;
  segments: Segment[];
  totalS: number;
  ended: boolean;
  /** Nothing leaves the list (EVENT or VOD). */
  event: boolean;
}

export interface MasterPlaylist {
  kind: 'master';
  /** In the order of the list. */
  variants: Variant[];
  /** Addresses of sound and subtitles of their own. */
  renditionUrls: string[];
  sounds: Sound[];
  alternatives: Alternatives;
  variables: Variables;
}

export type Playlist = MediaPlaylist | MasterPlaylist;
export type PlaylistError = 'empty' | 'portal' | 'not_playlist' | 'no_segments' | 'master_needed';
export type ReadResult = { ok: true; playlist: Playlist } | { ok: false; error: PlaylistError };

/** What a text that cannot be read is called in the table of causes. */
export const CAUSE_OF_PLAYLIST: Record<PlaylistError, Cause> = {
  empty: 'empty',
  portal: 'portal',
  not_playlist: 'not_playlist',
  no_segments: 'empty',
  master_needed: 'not_playlist',
};

/**
 * Reads an HLS playlist (RFC 8216bis) as the player will: the mended text, by hls.js's own parser. The one reader of the
 * kiosk; core and stage both use it. Never throws.
 */
export function readPlaylist(text: string, origin: Partial<PlaylistOrigin> & { url: string }): ReadResult {
  const { url, masterVariables = null, nearSequence = null } = origin;
  const mended = mendPlaylist(text, { url, masterVariables, nearSequence });
  if (!mended.ok) return mended;
  const body = withoutCutLine(mended.text);
  if (body === '') return { ok: false, error: 'empty' };
  if (!body.startsWith('#EXTM3U'))
    return { ok: false, error: /^<(!doctype|html|head|body|\?xml)/iu.test(body) ? 'portal' : 'not_playlist' };
  try {
    return M3U8Parser.isMediaPlaylist(body) ? readMedia(body, url) : readMaster(body, url, mended.variables);
  } catch {
    return { ok: false, error: 'not_playlist' };
  }
}

/**
 * A list of segments without the last line where that one has no line end: the list may have been cut, and half an
 * address names another segment. The only address of a list is kept, and so is a tag that is whole.
 */
export function withoutCutLine(text: string): string {
  const body = text.replace(/^\uFEFF/u, '').trimStart();
  const lastLine = body.slice(Math.max(body.lastIndexOf('\n'), body.lastIndexOf('\r')) + 1);
  if (lastLine.startsWith('#EXTINF')) return body.slice(0, -lastLine.length);
  const mayBeCut = lastLine.trim() !== '' && !lastLine.startsWith('#') && !/[\r\n]#EXT-X-STREAM-INF:/u.test(body);
  if (!mayBeCut || !/^[^#\s].*[\r\n]/mu.test(body)) return body;
  return body.slice(0, -lastLine.length);
}

function readMaster(body: string, url: string, variables: Variables): ReadResult {
  const parsed = M3U8Parser.parseMasterPlaylist(body, url);
  const variants = parsed.levels
    .filter((level) => URL.canParse(level.url))
    .map((level) => ({ url: level.url, attributes: { ...level.attrs } as Record<string, string | undefined> }));
  if (variants.length === 0) return { ok: false, error: 'no_segments' };
  const media = M3U8Parser.parseMasterPlaylistMedia(body, url, parsed);
  return {
    ok: true,
    playlist: {
      kind: 'master',
      variants,
      renditionUrls: Object.values(media).flatMap((group) => (group ?? []).map((track) => track.url).filter(Boolean)),
      sounds: (media['AUDIO'] ?? []).map(({ groupId, name, lang, default: isDefault, url: soundUrl }) => ({
        group: groupId,
        name,
        language: lang ?? null,
        isDefault,
        url: soundUrl || null,
      })),
      // A steering server names pathways as the broadcast goes on; which ones cannot be seen from the playlist.
      alternatives: parsed.contentSteering ? 'other_host' : findAlternatives(variants),
      variables,
    },
  };
}

function readMedia(body: string, url: string): ReadResult {
  const details = M3U8Parser.parseLevelPlaylist(body, url, 0, PlaylistLevelType.MAIN, 0, null);
  // A delta update that nobody asked for stands for segments that it does not name.
  const fragments = details.fragments.filter((fragment) => (fragment as Fragment | null) !== null);
  if (fragments.length === 0) return { ok: false, error: 'no_segments' };
  let offsetS = 0;
  const segments = fragments.map((fragment): Segment => {
    const { programDateTime } = fragment;
    const segment = {
      sn: fragment.sn,
      offsetS,
      durationS: fragment.duration,
      url: fragment.url,
      programmeMs: typeof programDateTime === 'number' && Number.isFinite(programDateTime) ? programDateTime : null,
      range: rangeOf(fragment),
      gap: fragment.gap === true,
      dated: fragment.rawProgramDateTime !== null,
      discontinuities: fragment.cc,
      map: mapOf(fragment),
      key: keyOf(fragment),
    };
    offsetS += fragment.duration;
    return segment;
  });
  return {
    ok: true,
    playlist: {
      kind: 'media',
      targetDurationS: details.targetduration,
      startSn: segments[0]!.sn,
      endSn: segments.at(-1)!.sn,
      segments,
      totalS: offsetS,
      ended: !details.live,
      event: details.type === 'EVENT' || details.type === 'VOD',
    },
  };
}

function mapOf({ initSegment }: Fragment): Segment['map'] {
  return initSegment ? { url: initSegment.url, range: rangeOf(initSegment) } : null;
}

function keyOf({ levelkeys }: Fragment): SegmentKey | null {
  const keys = Object.values(levelkeys ?? {}).filter((key) => key?.encrypted === true);
  const key = levelkeys?.['identity']?.encrypted ? levelkeys['identity'] : keys[0];
  if (!key) return null;
  const iv = key.iv === null ? null : hexOf(key.iv);
  return { method: key.method, url: key.uri, iv, format: key.keyFormat };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function rangeOf(fragment: Fragment): Segment['range'] {
  if (fragment.byteRange.length !== 2) return null;
  const [start, end] = fragment.byteRange;
  return { start, end };
}

/** Seconds from the list's start at which the programme reads `programmeMs`; null when the list does not hold it. */
export function offsetOfProgramme(list: MediaPlaylist, programmeMs: number): number | null {
  const segment = list.segments.findLast((s) => s.programmeMs !== null && s.programmeMs <= programmeMs);
  if (!segment) return null;
  const into = (programmeMs - segment.programmeMs!) / 1000;
  return into <= segment.durationS + 0.5 ? segment.offsetS + Math.min(into, segment.durationS) : null;
}

/** Programme date-time at the end of the list, epoch ms; null without dates. */
export function programmeAtEdge(list: MediaPlaylist): number | null {
  const last = list.segments.at(-1);
  return last && last.programmeMs !== null ? last.programmeMs + last.durationS * 1000 : null;
}
