import { JOIN } from './policy.ts';
import { offsetOfProgramme, programmeAtEdge, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';

/** Where a new player begins. */
export type StartTarget =
  /** So many seconds behind the edge. */
  | { at: 'delay'; delayS: number }
  /** Where another player will be: by programme date-time, else by segment number, else by distance from the edge. */
  | {
      at: 'place';
      programmeMs: number | null;
      sn: number | null;
      intoSegmentS: number;
      delayS: number;
      fallback: 'delay' | 'oldest';
      /** The place is of another source, which may count its segments from somewhere else. */
      otherSource?: boolean;
    }
  /** The oldest segment of the list: for an encoder that restarted. */
  | { at: 'oldest' };

/** Delay that the origin's window allows, seconds: `wantedS`, but not in segments about to be deleted nor too near the edge. */
export function boundedDelayS(view: MediaPlaylist, wantedS: number): number {
  const longest =
    view.event || view.ended ? view.totalS : view.totalS - JOIN.marginTargetDurations * view.targetDurationS;
  const shortest = Math.min(JOIN.minTargetDurations * view.targetDurationS, view.totalS);
  return Math.max(Math.min(wantedS, longest), Math.min(shortest, Math.max(longest, view.totalS / 2)), 0);
}

/** Dates further apart than this are of different clocks, not of an old window. */
const DATE_TRUST_MS = 6 * 3_600_000;
const NEAR_EDGE_MS = 30_000;

/** Numbers and the distance from the edge agree this well where the numbering is the same, seconds. */
function numberTrustS(view: MediaPlaylist, target: StartTarget & { at: 'place' }): number {
  return target.otherSource === true ? Math.max(12, 4 * view.targetDurationS) : Number.POSITIVE_INFINITY;
}

/** Seconds from the start of the list at which to begin. */
export function startOffsetS(view: MediaPlaylist, target: StartTarget): number {
  const last = Math.max(0, view.totalS - Math.min(view.targetDurationS, view.totalS));
  const clamp = (offset: number) => Math.min(Math.max(offset, 0), last);
  const fallback = () =>
    target.at === 'place' && target.fallback === 'delay' ? clamp(view.totalS - boundedDelayS(view, target.delayS)) : 0;
  switch (target.at) {
    case 'oldest':
      return 0;
    case 'delay':
      return clamp(view.totalS - boundedDelayS(view, target.delayS));
    case 'place': {
      if (target.programmeMs !== null) {
        const offset = offsetOfProgramme(view, target.programmeMs);
        if (offset !== null) return clamp(offset);
        const edge = programmeAtEdge(view);
        const aheadMs = edge === null ? Number.POSITIVE_INFINITY : target.programmeMs - edge;
        // Content older than the window begins at its old end; a date far in the future is another clock.
        if (aheadMs < 0)
          return view.segments.some((s) => s.programmeMs !== null) && aheadMs > -DATE_TRUST_MS ? 0 : fallback();
        if (aheadMs < NEAR_EDGE_MS) return target.fallback === 'oldest' ? 0 : last;
        return fallback();
      }
      const segment = target.sn === null ? undefined : view.segments[target.sn - view.startSn];
      const offset = segment && segment.offsetS + Math.min(target.intoSegmentS, segment.durationS);
      // Another source may count from somewhere else: its number must lie where the distance from the edge says.
      const near = offset !== undefined && Math.abs(view.totalS - offset - target.delayS) <= numberTrustS(view, target);
      return offset !== undefined && near ? clamp(offset) : fallback();
    }
  }
}

/**
 * The cushion must exist before it is needed. Before the sitting's scheduled beginning the picture is held until
 * it is far enough behind the edge; after it, or where the hall was already watching, nothing is held.
 */
export function mayHold(input: {
  now: number;
  holdUntil: number | null;
  /** Seconds behind the edge now; grows while the picture is held. */
  delayS: number;
  wantedS: number;
  heldMs: number;
  resumed: boolean;
}): boolean {
  if (input.resumed || input.holdUntil === null || input.now >= input.holdUntil) return false;
  return input.delayS < input.wantedS - 0.5 && input.heldMs < (input.wantedS + 5) * 1000;
}
