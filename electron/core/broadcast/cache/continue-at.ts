import { programmeAtEdge, type MediaPlaylist, type Segment } from '../../../shared/hls/read-playlist.ts';

/** The last segment that was kept. */
export interface LastKept {
  source: string;
  rendition: string;
  sn: number;
  programmeMs: number | null;
  durationS: number;
}

/** The next segment to fetch: its index in the list, and whether time stamps or numbering break in front of it. */
export interface Continuation {
  index: number;
  discontinuity: boolean;
}

/** Dates further apart than this are of different clocks. */
const DATE_TRUST_MS = 6 * 3_600_000;

/**
 * Where the cache goes on in `list` behind the segment `last`; null when it has everything. `sameCount`: numbers of
 * the source mean what they meant when `last` was kept. `sinceLastS`: how long ago `last` was at the edge of its own list.
 */
export function continueAt(
  list: MediaPlaylist,
  last: LastKept,
  from: { source: string; rendition: string; sameCount: boolean; sinceLastS: number },
): Continuation | null {
  const sameSource = last.source === from.source && from.sameCount && !isOtherDate(list, last);
  const sameRendition = sameSource && last.rendition === from.rendition;
  if (sameRendition) return bySequence(list, last, false);
  const dated = byDate(list, last);
  if (dated !== 'unknown') return dated && { ...dated, discontinuity: true };
  // Renditions of one source count alike.
  if (sameSource) return bySequence(list, last, true);
  // Nothing tells but how long ago it was: another source, or a new count, without dates.
  const near = last.source !== from.source ? bySequence(list, last, true) : null;
  const expectedS = Math.max(0, list.totalS - from.sinceLastS);
  const offsetS = near === null ? null : list.segments[near.index]!.offsetS;
  if (near && Math.abs(offsetS! - expectedS) <= Math.max(12, 4 * list.targetDurationS)) return near;
  const index = list.segments.findIndex((segment) => segment.offsetS + segment.durationS / 2 > expectedS);
  return index < 0 ? null : { index, discontinuity: true };
}

/** The number of the last segment stands for another moment now: numbers tell nothing. */
function isOtherDate(list: MediaPlaylist, last: LastKept): boolean {
  const segment = list.segments[last.sn - list.startSn];
  if (!segment || segment.programmeMs === null || last.programmeMs === null) return false;
  return Math.abs(segment.programmeMs - last.programmeMs) > Math.max(1000, list.targetDurationS * 500);
}

function bySequence(list: MediaPlaylist, last: LastKept, discontinuity: boolean): Continuation | null {
  const index = list.segments.findIndex((segment) => segment.sn > last.sn);
  if (index < 0) return null;
  // What left the list before it could be fetched is missing: the stamps jump.
  return { index, discontinuity: discontinuity || list.segments[index]!.sn > last.sn + 1 };
}

function byDate(list: MediaPlaylist, last: LastKept): Continuation | null | 'unknown' {
  if (last.programmeMs === null) return 'unknown';
  const endMs = last.programmeMs + last.durationS * 1000;
  const edgeMs = programmeAtEdge(list);
  if (edgeMs === null || Math.abs(edgeMs - endMs) > DATE_TRUST_MS) return 'unknown';
  const middle = (segment: Segment): number => segment.programmeMs! + segment.durationS * 500;
  const index = list.segments.findIndex((segment) => segment.programmeMs !== null && middle(segment) > endMs);
  return index < 0 ? null : { index, discontinuity: true };
}
