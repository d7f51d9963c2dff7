import { Parser } from 'm3u8-parser';

/** A playlist larger than this is refused: six hours of an EVENT list are about 1.2 MB. */
export const PLAYLIST_LIMIT_BYTES = 8 * 1024 * 1024;

export type Playlist =
  | { ok: true; kind: 'master'; variants: string[] }
  | {
      ok: true;
      kind: 'media';
      /** Sequence number of the last segment; grows as the broadcast goes on. */
      lastSequence: number;
      segments: number;
      windowMs: number;
      targetDurationMs: number;
      ended: boolean;
      /** Programme date-time of the end of the last segment, epoch ms. */
      edgeAtMs: number | null;
      withDateTime: number;
    }
  | { ok: false; error: 'not_a_playlist' | 'empty' };

/** Reads an HLS playlist (RFC 8216); addresses come out absolute. A captive portal's page is `not_a_playlist`. */
export function parsePlaylist(text: string, baseUrl: string): Playlist {
  const body = text.replace(/^\uFEFF/u, '').trimStart();
  if (!body.startsWith('#EXTM3U')) return { ok: false, error: 'not_a_playlist' };
  const parser = new Parser();
  parser.push(body);
  parser.end();
  const { manifest } = parser;
  if (manifest.playlists && manifest.playlists.length > 0) {
    // The lightest variant is enough to see the broadcast move, and costs the line least.
    const variants = manifest.playlists
      .toSorted((a, b) => (a.attributes?.BANDWIDTH ?? 0) - (b.attributes?.BANDWIDTH ?? 0))
      .map((p) => new URL(p.uri, baseUrl).href);
    return { ok: true, kind: 'master', variants: [...new Set(variants)] };
  }
  const { segments } = manifest;
  const last = segments.at(-1);
  if (!last) return { ok: false, error: 'empty' };
  const startMs = last.programDateTime ?? last.dateTimeObject?.getTime() ?? null;
  return {
    ok: true,
    kind: 'media',
    lastSequence: (manifest.mediaSequence ?? 0) + segments.length - 1,
    segments: segments.length,
    windowMs: segments.reduce((sum, s) => sum + s.duration * 1000, 0),
    targetDurationMs: (manifest.targetDuration ?? last.duration) * 1000,
    ended: manifest.endList === true,
    edgeAtMs: startMs === null ? null : startMs + last.duration * 1000,
    withDateTime: (body.match(/^#EXT-X-PROGRAM-DATE-TIME:/gmu) ?? []).length,
  };
}
