import type { MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { classOf, type Failure } from './failure.ts';
import { GIVE_UP } from './policy.ts';

/** What is known when a segment has failed once more. */
export interface SegmentTrouble {
  /** Sequence number; null for an initialisation segment. */
  sn: number | null;
  tries: number;
  /** Bodies that were no good. */
  badBodies: number;
  elapsedMs: number;
  /** Newest list of the main rendition. */
  view: MediaPlaylist | null;
  /** A good list came since the segment was first asked for. */
  listsCome: boolean;
  /** Media seconds that the hall can still see. */
  aheadS: number;
}

/** Whether a segment is lost and becomes a gap: never while another try can help and the hall can wait for it. Pure. */
export function givesUp(failure: Failure, trouble: SegmentTrouble): boolean {
  const { sn, tries, badBodies, elapsedMs, view, listsCome, aheadS } = trouble;
  const kind = classOf(failure.cause);
  if (sn === null || (kind === 'network' && badBodies === 0)) return false;
  // The newest segment is not skipped: it may only be late, and hls.js treats its loss as fatal.
  if (view && !view.ended && sn >= view.endSn) return false;
  if (view && sn < view.startSn) return tries >= 2;
  if (kind !== 'missing') return badBodies >= (failure.cause === 'too_large' ? 1 : GIVE_UP.badBodyTries);
  // Where playlists do not come either, the server has lost its way and not the segment.
  if (!listsCome && !view?.ended) return false;
  const targetMs = (view?.targetDurationS ?? 2) * 1000;
  if (aheadS < GIVE_UP.hurryBelowS) return tries >= GIVE_UP.hurryTries && elapsedMs >= targetMs / 2;
  return tries >= GIVE_UP.missingTries && elapsedMs >= GIVE_UP.missingTargetDurations * targetMs;
}
