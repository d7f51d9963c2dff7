import type { MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { classOf, type Failure } from './failure.ts';
import { GIVE_UP } from './policy.ts';

/** What is known of the broadcast when a segment has failed once more. Moments in ms of `performance.now()`. */
export interface SegmentTrouble {
  /** Sequence number; null for an initialisation segment. */
  sn: number | null;
  now: number;
  /** Newest list of the main rendition. */
  view: MediaPlaylist | null;
  /** When the newest good list came. */
  listAt: number;
  /** The list that was asked for last could not be had. */
  listsFail: boolean;
  /** Media seconds that the hall can still see. */
  aheadS: number;
}

/**
 * The failures of one segment that speak against the segment itself. What fails while lists fail too does not: then the server or the
 * line has lost its way, and the segment is good when they are back.
 */
export class SegmentFailures {
  #tries = 0;
  #badBodies = 0;
  #since: number | null = null;
  #nextAnswered = false;

  /** Whether the segment is lost and becomes a gap: never while another try can help and the hall can wait for it. */
  isLostAfter(failure: Failure, trouble: SegmentTrouble): boolean {
    if (trouble.listsFail) {
      this.#tries = this.#badBodies = 0;
      this.#since = null;
      this.#nextAnswered = false;
      return false;
    }
    this.#tries++;
    this.#since ??= trouble.now;
    // A web page in place of one segment, while lists go on coming, is that segment's fault and no portal.
    const isNoPortal = failure.cause === 'portal' && trouble.listAt > this.#since;
    if (isNoPortal || classOf(failure.cause) === 'bad_body') this.#badBodies++;
    return this.#nextAnswered || this.#givesUp(failure, trouble);
  }

  /** The one after it is there. It was asked for later: this one gets another try before it is called lost. */
  recordNextAnswered(): void {
    this.#nextAnswered = true;
  }

  #givesUp(failure: Failure, { sn, now, view, listAt, aheadS }: SegmentTrouble): boolean {
    const kind = classOf(failure.cause);
    if (sn === null || (kind === 'network' && this.#badBodies === 0)) return false;
    // The newest segment is not skipped: it may only be late, and hls.js treats its loss as fatal.
    if (view && !view.ended && sn >= view.endSn) return false;
    if (view && sn < view.startSn) return this.#tries >= 2;
    if (kind !== 'missing') return this.#badBodies >= (failure.cause === 'too_large' ? 1 : GIVE_UP.badBodyTries);
    const since = this.#since ?? now;
    if (listAt < since && !view?.ended) return false;
    const targetMs = (view?.targetDurationS ?? 2) * 1000;
    if (aheadS < GIVE_UP.hurryBelowS) return this.#tries >= GIVE_UP.hurryTries && now - since >= targetMs / 2;
    return this.#tries >= GIVE_UP.missingTries && now - since >= GIVE_UP.missingTargetDurations * targetMs;
  }
}
