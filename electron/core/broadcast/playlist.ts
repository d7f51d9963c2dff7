import { Parser, type ParsedAttributes, type ParsedManifest } from 'm3u8-parser';

/** A playlist larger than this is refused: six hours of an EVENT list are about 1.2 MB. */
export const PLAYLIST_LIMIT_BYTES = 8 * 1024 * 1024;

/** Where a player can go when the server it reads from fails: nowhere, elsewhere on that server, or to another server. */
export type Alternatives = 'none' | 'same_host' | 'other_host';

export interface MasterPlaylist {
  ok: true;
  kind: 'master';
  /** Lightest first. */
  variants: string[];
  alternatives: Alternatives;
}

export interface MediaPlaylist {
  ok: true;
  kind: 'media';
  /** Sequence number of the first segment (EXT-X-MEDIA-SEQUENCE). */
  firstSequence: number;
  /** Sequence number of the last segment; grows as the broadcast goes on. */
  lastSequence: number;
  segments: number;
  windowMs: number;
  targetDurationMs: number;
  /** The longest EXTINF, ms. */
  longestMs: number;
  ended: boolean;
  /** Programme date-time of the end of the last segment, epoch ms. */
  edgeAtMs: number | null;
  withDateTime: number;
  /** Address of the last segment; null when the list itself says that it does not exist (EXT-X-GAP). */
  newestUrl: string | null;
}

export type Playlist = MasterPlaylist | MediaPlaylist | { ok: false; error: 'not_a_playlist' | 'empty' };

/** Reads an HLS playlist (RFC 8216); addresses come out absolute. A captive portal's page is `not_a_playlist`. */
export function parsePlaylist(text: string, baseUrl: string): Playlist {
  const body = text.replace(/^\uFEFF/u, '').trimStart();
  if (!body.startsWith('#EXTM3U')) return { ok: false, error: 'not_a_playlist' };
  const parser = new Parser();
  parser.push(body);
  parser.end();
  const { manifest } = parser;
  if (manifest.playlists && manifest.playlists.length > 0) return readMaster(manifest, baseUrl);
  const { segments } = manifest;
  const last = segments.at(-1);
  if (!last) return { ok: false, error: 'empty' };
  const startMs = last.programDateTime ?? last.dateTimeObject?.getTime() ?? null;
  const firstSequence = manifest.mediaSequence ?? 0;
  return {
    ok: true,
    kind: 'media',
    firstSequence,
    lastSequence: firstSequence + segments.length - 1,
    segments: segments.length,
    windowMs: segments.reduce((sum, s) => sum + s.duration * 1000, 0),
    targetDurationMs: (manifest.targetDuration ?? last.duration) * 1000,
    longestMs: segments.reduce((longest, s) => Math.max(longest, s.duration * 1000), 0),
    ended: manifest.endList === true,
    edgeAtMs: startMs === null ? null : startMs + last.duration * 1000,
    withDateTime: (body.match(/^#EXT-X-PROGRAM-DATE-TIME:/gmu) ?? []).length,
    newestUrl: isLastAGap(body) ? null : addressOf(last.uri, baseUrl),
  };
}

function readMaster(manifest: ParsedManifest, baseUrl: string): MasterPlaylist {
  const variants = (manifest.playlists ?? [])
    // The lightest variant is enough to see the broadcast move, and costs the line least.
    .toSorted((a, b) => (a.attributes?.BANDWIDTH ?? 0) - (b.attributes?.BANDWIDTH ?? 0))
    .map((p) => ({ url: new URL(p.uri, baseUrl), attributes: p.attributes ?? {} }));
  return {
    ok: true,
    kind: 'master',
    variants: [...new Set(variants.map((v) => v.url.href))],
    // A steering server names pathways as the broadcast goes on; which ones cannot be seen from the playlist.
    alternatives: manifest.contentSteering ? 'other_host' : findAlternatives(variants),
  };
}

/**
 * The same rendition at several addresses, as players see it (RFC 8216 §6.2.4 and pathways of its successor): variants that
 * differ in nothing but the address and the pathway.
 */
function findAlternatives(variants: readonly { url: URL; attributes: ParsedAttributes }[]): Alternatives {
  const renditions = new Map<string, URL[]>();
  for (const { url, attributes } of variants) {
    const { BANDWIDTH, RESOLUTION, 'FRAME-RATE': rate, CODECS, 'VIDEO-RANGE': range, 'HDCP-LEVEL': hdcp } = attributes;
    const key = JSON.stringify([BANDWIDTH, RESOLUTION, rate, CODECS, range, hdcp]);
    renditions.set(key, [...(renditions.get(key) ?? []), url]);
  }
  const copies = [...renditions.values()];
  if (copies.some((urls) => new Set(urls.map((u) => u.host)).size > 1)) return 'other_host';
  // One address named twice is one variant with several sound tracks.
  if (copies.some((urls) => new Set(urls.map((u) => u.href)).size > 1)) return 'same_host';
  // Pathways may differ in their bandwidths, then no two variants are equal.
  const pathways = new Map(variants.map((v) => [v.attributes['PATHWAY-ID'] ?? '.', v.url.host]));
  if (pathways.size < 2) return 'none';
  return new Set(pathways.values()).size > 1 ? 'other_host' : 'same_host';
}

/** EXT-X-GAP stands between the address of the segment before and that of its own. */
function isLastAGap(body: string): boolean {
  const lines = body.split(/\r?\n/u).map((line) => line.trim());
  const isAddress = (line: string): boolean => line !== '' && !line.startsWith('#');
  const last = lines.findLastIndex(isAddress);
  const before = lines.slice(0, last).findLastIndex(isAddress);
  return lines.slice(before + 1, last).includes('#EXT-X-GAP');
}

function addressOf(uri: string, baseUrl: string): string | null {
  return URL.canParse(uri, baseUrl) ? new URL(uri, baseUrl).href : null;
}
