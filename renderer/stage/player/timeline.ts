import type Hls from 'hls.js';
import { segmentKey } from './load-request.ts';

/** A place in the content that means the same in another player. */
export interface Place {
  programmeMs: number | null;
  sn: number | null;
  intoSegmentS: number;
  delayS: number;
}

interface FragmentLike {
  sn: number | 'initSegment';
  start: number;
  duration: number;
  programDateTime: number | null;
}

/** Translates between the media element's clock and the content's own coordinates. */
export class Timeline {
  readonly #hls: Hls;
  /** Programme less media time, ms, where it was last known: old segments leave the list while they are still on screen. */
  #programmeLessTimeMs: number | null = null;

  constructor(hls: Hls) {
    this.#hls = hls;
  }

  programmeAt(time: number): number | null {
    const fragment = this.#fragmentAt(time);
    if (fragment && typeof fragment.programDateTime === 'number') {
      this.#programmeLessTimeMs = fragment.programDateTime - fragment.start * 1000;
      return fragment.programDateTime + (time - fragment.start) * 1000;
    }
    return this.#programmeLessTimeMs === null ? null : this.#programmeLessTimeMs + time * 1000;
  }

  placeAt(time: number): Place {
    const fragment = this.#fragmentAt(time);
    return {
      programmeMs: this.programmeAt(time),
      sn: fragment && typeof fragment.sn === 'number' ? fragment.sn : null,
      intoSegmentS: fragment ? Math.max(0, time - fragment.start) : 0,
      delayS: Math.max(0, this.delayAt(time) ?? 0),
    };
  }

  /** Seconds from `time` to the end of the newest list; null before a list came. */
  delayAt(time: number): number | null {
    const details = this.#hls.latestLevelDetails;
    return details ? details.edge - time : null;
  }

  /** Keys of the segments that cover `time`. */
  keysAt(time: number): string[] {
    const fragments = this.#hls.latestLevelDetails?.fragments ?? [];
    return fragments
      .filter((f) => f.start <= time + 0.3 && f.start + f.duration > time - 0.3)
      .map((f) => segmentKey(f.url, f.byteRange.length > 0 ? f.byteRangeStartOffset : null, f.sn));
  }

  #fragmentAt(time: number): FragmentLike | null {
    const fragments: FragmentLike[] = this.#hls.latestLevelDetails?.fragments ?? [];
    for (let i = fragments.length - 1; i >= 0; i--) {
      const fragment = fragments[i]!;
      if (fragment.start <= time + 0.01) return time - fragment.start <= fragment.duration + 0.5 ? fragment : null;
    }
    return null;
  }
}
