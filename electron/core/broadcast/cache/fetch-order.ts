import type { Segment } from '../../../shared/hls/read-playlist.ts';
import { implicitIv } from '../../../shared/hls/sequence-numbers.ts';
import type { Track } from './cache-index.ts';
import type { CacheStore, NewEntry } from './cache-store.ts';
import { continueAt } from './continue-at.ts';
import { nameOf, type FollowedList } from './followed-source.ts';

/** A segment that is not here yet. */
export interface Next {
  track: Track;
  followed: FollowedList;
  segment: Segment;
  /** Time stamps or numbering break in front of it. */
  discontinuity: boolean;
}

/** Which segment of a list comes behind what the store has. */
export class FetchOrder {
  readonly #store: CacheStore;
  readonly #delayS: number;
  /** The numbering that the last kept segment of each track was counted in. */
  readonly #counts: Partial<Record<Track, number>> = {};
  /** When the last segment of each track was at the edge of its list, ms of `performance.now()`. */
  readonly #atEdge: Record<Track, number> = { main: performance.now(), sound: performance.now() };

  /** `delayS`: where an empty cache begins, seconds behind the edge. */
  constructor(store: CacheStore, delayS: number) {
    this.#store = store;
    this.#delayS = delayS;
  }

  /** Null when everything that is listed is here. */
  next(track: Track, followed: FollowedList, source: string): Next | null {
    const { list, rendition, count } = followed;
    const last = this.#store.last(track);
    const known = this.#counts[track];
    const found = last
      ? continueAt(list, last, {
          source,
          rendition,
          sameCount: known === undefined || known === count,
          sinceLastS: (performance.now() - this.#atEdge[track]) / 1000,
        })
      : { index: this.#firstIndex(track, followed), discontinuity: false };
    const segment = found && list.segments[found.index];
    return found && segment ? { track, followed, segment, discontinuity: found.discontinuity } : null;
  }

  noteKept({ track, followed, segment }: Next): void {
    this.#counts[track] = followed.count;
    const behindS = followed.list.totalS - segment.offsetS - segment.durationS;
    this.#atEdge[track] = performance.now() - behindS * 1000;
  }

  #firstIndex(track: Track, { list }: FollowedList): number {
    const firstMs = this.#store.list('main')[0]?.programmeMs ?? null;
    const middle = (s: Segment): number => (s.programmeMs ?? 0) + s.durationS * 500;
    const at =
      track === 'sound' && firstMs !== null
        ? list.segments.findIndex((s) => s.programmeMs !== null && middle(s) > firstMs)
        : list.segments.findIndex((s) => s.offsetS + s.durationS > list.totalS - this.#delayS);
    return Math.max(0, at);
  }
}

/** What the store writes down of a segment of `source`: no address, and of a key only its name. */
export function entryOf({ track, followed, segment, discontinuity }: Next, source: string): NewEntry {
  const { rendition, count, list } = followed;
  const before = list.segments[list.segments.indexOf(segment) - 1];
  const { map, key, sn, programmeMs, durationS } = segment;
  return {
    track,
    source,
    rendition,
    sn,
    programmeMs,
    durationS,
    discontinuity: discontinuity || (before !== undefined && before.discontinuities !== segment.discontinuities),
    map: map && nameOf(source, rendition, count, map.url, map.range?.start ?? ''),
    key: key && { method: key.method, name: nameOf(source, key.url), iv: key.iv ?? implicitIv(BigInt(sn)).slice(2) },
  };
}
