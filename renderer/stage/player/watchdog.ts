import { HOLE_REACH, WATCH } from './policy.ts';

/** The state of a deck at one tick. Moments in ms of `performance.now()`. */
export interface Observation {
  now: number;
  /** It should be moving: started, not held, not ended. */
  shouldPlay: boolean;
  time: number;
  /** Seconds until playback reaches a hole or the end of the buffer. */
  untilHoleS: number;
  nextRangeStart: number | null;
  frames: number;
  /** Frames can be counted: the page is visible and the stream has pictures. */
  countsFrames: boolean;
  targetDurationS: number;
  /** Seconds from the end of the buffer to the end of the list. */
  unfetchedS: number | null;
  advancedAt: number | null;
  lastSegmentAt: number | null;
  lastFailureAt: number | null;
  /** Anything was asked for last. */
  activeAt: number;
  ended: boolean;
}

export type Trouble =
  | { kind: 'slept'; ms: number }
  /** The picture is about to reach a hole behind which there is media. */
  | { kind: 'hole'; to: number }
  | { kind: 'frozen_nudge' }
  | { kind: 'frozen' }
  | { kind: 'no_frames' }
  | { kind: 'loader_stalled' }
  | { kind: 'stale' };

/** Finds what no player reports: a clock, a decoder, a loader or a playlist that stands still without any error. */
export class Watchdog {
  #lastTickAt: number | null = null;
  #movedAt: number | null = null;
  #time = -1;
  #nudged = false;
  #framesAt: number | null = null;
  #frames = -1;
  #loaderStalledSince: number | null = null;
  #staleReportedAt: number | null = null;

  observe(o: Observation): Trouble[] {
    const troubles: Trouble[] = [];
    const sinceTick = this.#lastTickAt === null ? 0 : o.now - this.#lastTickAt;
    this.#lastTickAt = o.now;
    if (sinceTick > WATCH.sleptMs) {
      troubles.push({ kind: 'slept', ms: sinceTick });
      this.#movedAt = this.#framesAt = o.now;
      this.#loaderStalledSince = null;
      return troubles;
    }
    this.#watchClock(o, troubles);
    this.#watchFrames(o, troubles);
    this.#watchLoader(o, troubles);
    this.#watchPlaylist(o, troubles);
    return troubles;
  }

  #watchClock(o: Observation, troubles: Trouble[]): void {
    if (!o.shouldPlay || Math.abs(o.time - this.#time) > 0.01 || this.#movedAt === null) {
      this.#time = o.time;
      this.#movedAt = o.now;
      this.#nudged = false;
      if (o.shouldPlay && o.untilHoleS < 0.25 && o.nextRangeStart !== null)
        troubles.push({ kind: 'hole', to: o.nextRangeStart });
      return;
    }
    const stoodMs = o.now - this.#movedAt;
    // Decoders stop before the very end of a range: the nearer the hole, the sooner it is jumped.
    const reach = HOLE_REACH.findLast(([afterMs]) => stoodMs >= afterMs)![1];
    if (o.untilHoleS < reach && o.nextRangeStart !== null) troubles.push({ kind: 'hole', to: o.nextRangeStart });
    else if (o.untilHoleS > 1 && stoodMs > WATCH.frozenRecreateMs) troubles.push({ kind: 'frozen' });
    else if (o.untilHoleS > 0.5 && stoodMs > WATCH.frozenNudgeMs && !this.#nudged) {
      this.#nudged = true;
      troubles.push({ kind: 'frozen_nudge' });
    }
  }

  #watchFrames(o: Observation, troubles: Trouble[]): void {
    const running = o.shouldPlay && this.#movedAt === o.now;
    if (!o.countsFrames || !running || o.frames !== this.#frames || this.#framesAt === null) {
      if (o.frames !== this.#frames || !o.countsFrames || !o.shouldPlay || this.#framesAt === null)
        this.#framesAt = o.now;
      this.#frames = o.frames;
      return;
    }
    if (o.now - this.#framesAt > WATCH.noFramesMs) {
      this.#framesAt = o.now;
      troubles.push({ kind: 'no_frames' });
    }
  }

  #watchLoader(o: Observation, troubles: Trouble[]): void {
    const fresh = o.advancedAt !== null && o.now - o.advancedAt < WATCH.staleMs;
    const failing = o.lastFailureAt !== null && o.now - o.lastFailureAt < WATCH.failingMs;
    const behind = o.unfetchedS !== null && o.unfetchedS > WATCH.loaderStallTargetDurations * o.targetDurationS;
    const silent = o.lastSegmentAt !== null && o.now - o.lastSegmentAt > WATCH.loaderStallMs;
    const idle = o.now - o.activeAt > Math.max(WATCH.idleMs, 4000 * o.targetDurationS);
    if (o.ended || (!idle && (!fresh || failing || !behind || !silent))) {
      this.#loaderStalledSince = null;
      return;
    }
    this.#loaderStalledSince ??= o.now;
    if (o.now - this.#loaderStalledSince < 1000) return;
    this.#loaderStalledSince = o.now + 15_000;
    troubles.push({ kind: 'loader_stalled' });
  }

  #watchPlaylist(o: Observation, troubles: Trouble[]): void {
    if (o.advancedAt === null || o.ended) return;
    if (o.now - o.advancedAt <= staleAfterMs(o.targetDurationS)) {
      this.#staleReportedAt = null;
      return;
    }
    if (this.#staleReportedAt !== null && o.now - this.#staleReportedAt < WATCH.staleMs) return;
    this.#staleReportedAt = o.now;
    troubles.push({ kind: 'stale' });
  }
}

/** A playlist that has not advanced for this long is stale: max(3 target durations, 12 s). */
export function staleAfterMs(targetDurationS: number): number {
  return Math.max(WATCH.staleTargetDurations * targetDurationS * 1000, WATCH.staleMs);
}
