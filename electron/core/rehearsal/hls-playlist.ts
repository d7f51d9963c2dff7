import type { MediaIndex } from './hls-media.ts';

/** When a live stream runs. All in epoch ms or ms. */
export interface Timeline {
  /** The first segment begins. */
  startsAt: number;
  /** ENDLIST is served from then on; the last segment is the last that ends by then. */
  endsAt: number;
  segmentMs: number;
  /** Length of the sliding window. */
  windowMs: number;
}

/** Which segments (numbered from 0) a playlist lists at a moment: `first` … `last`, both included. */
export interface Window {
  first: number;
  last: number;
  ended: boolean;
}

/**
 * The window at `now` (epoch ms): a segment is listed when it has ended, as with a real encoder. Null while there is none,
 * which lasts one segment beyond the start. Depends on nothing but its arguments, so a restarted server goes on where it was.
 */
export function getWindow(timeline: Timeline, now: number): Window | null {
  const ended = now >= timeline.endsAt;
  const edge = Math.min(now, timeline.endsAt);
  const count = Math.floor((edge - timeline.startsAt) / timeline.segmentMs);
  if (count < 1) return null;
  const size = Math.max(1, Math.floor(timeline.windowMs / timeline.segmentMs));
  return { first: Math.max(0, count - size), last: count - 1, ended };
}

/** The multivariant playlist (RFC 8216, 4.3.4.2). */
export function buildMasterPlaylist(renditions: MediaIndex['renditions'], frameRate: number): string {
  const variants = renditions.flatMap((r) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${r.bandwidth},AVERAGE-BANDWIDTH=${r.averageBandwidth},RESOLUTION=${r.width}x${r.height},` +
      `FRAME-RATE=${frameRate.toFixed(3)},CODECS="${r.codecs}"`,
    `${r.name}/index.m3u8`,
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS', ...variants, ''].join('\n');
}

/** The media playlist of a window (RFC 8216, 4.3.3), with the wall time of every segment. */
export function buildMediaPlaylist(timeline: Timeline, window: Window): string {
  const seconds = timeline.segmentMs / 1000;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${Math.ceil(seconds)}`,
    `#EXT-X-MEDIA-SEQUENCE:${window.first}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  for (let n = window.first; n <= window.last; n += 1) {
    const startsAt = new Date(timeline.startsAt + n * timeline.segmentMs);
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${startsAt.toISOString()}`, `#EXTINF:${seconds.toFixed(3)},`, `${n}.ts`);
  }
  if (window.ended) lines.push('#EXT-X-ENDLIST');
  return [...lines, ''].join('\n');
}
