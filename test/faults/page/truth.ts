import { FRAMES_PER_SECOND, LOOP_FRAMES } from '../../../electron/core/rehearsal/hls-frame-counter.ts';
import { readCounter } from './counter.ts';

export interface TruthReport {
  /** Milliseconds from the beginning to the first frame that carried a counter; null before. */
  firstFrameMs: number | null;
  stallS: number;
  longestStallS: number;
  skippedS: number;
  repeatedS: number;
  /** Time in which there was no picture at all (black), after the first frame. */
  blackS: number;
  /** Milliseconds since the picture last moved. */
  standsMs: number;
  /** Stalls of at least half a second, in ms from the beginning. */
  stalls: { fromMs: number; toMs: number }[];
  /** Programme seconds on screen, unwrapped from the first frame on. */
  contentS: number;
}

const PERIOD_MS = 200;
const STARVED_MS = 3000;
/** Two periods and a half: finer differences are not seen by this clock. */
const GRAIN_MS = 500;

/** Reads from the pixels what the hall sees: the counter burnt into each frame. Independent of what any player says. */
export class FrameTruth {
  readonly #root: HTMLElement;
  #timer: ReturnType<typeof setInterval> | null = null;
  #beganAt = 0;
  #last: { at: number; index: number } | null = null;
  #movedAt = 0;
  #lookedAt = 0;
  #reading = false;
  #starvedMs = 0;
  #stoodUntil = 0;
  #report: TruthReport = {
    firstFrameMs: null,
    stallS: 0,
    longestStallS: 0,
    skippedS: 0,
    repeatedS: 0,
    blackS: 0,
    standsMs: 0,
    stalls: [],
    contentS: 0,
  };

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  start(): void {
    this.#beganAt = this.#movedAt = this.#lookedAt = performance.now();
    this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** The element on top. */
  video(): HTMLVideoElement | null {
    const videos = [...this.#root.querySelectorAll('video')];
    return (
      videos.sort(
        (a, b) => Number(b.style.zIndex || 0) - Number(a.style.zIndex || 0) || videos.indexOf(b) - videos.indexOf(a),
      )[0] ?? null
    );
  }

  /** `forget`: the list of stalls is emptied; sums go on. */
  report(forget = false): TruthReport {
    const report = { ...this.#report, stalls: [...this.#report.stalls], standsMs: performance.now() - this.#movedAt };
    if (forget) this.#report.stalls.length = 0;
    return report;
  }

  #look(): void {
    const now = performance.now();
    // A page whose own timer is late was starved by the machine: that is not counted against the player.
    const lateMs = now - this.#lookedAt - PERIOD_MS;
    this.#lookedAt = now;
    if (lateMs > PERIOD_MS && lateMs < STARVED_MS) this.#starvedMs += lateMs;
    // One that stood for longer slept, and the hall saw a standing picture all the while.
    if (lateMs >= STARVED_MS) this.#stoodUntil = now;
    // A look that takes longer than the time between two is not doubled.
    if (this.#reading) return;
    this.#reading = true;
    void readCounter(this.video())
      .then((index) => this.#judge(now, index))
      .finally(() => (this.#reading = false));
  }

  /** What was on screen at `now`: the counter of a frame, or null for no picture. */
  #judge(now: number, index: number | null): void {
    const last = this.#last;
    if (index === null) {
      if (last) this.#stand(now, true);
      return;
    }
    if (!last) {
      this.#report.firstFrameMs = now - this.#beganAt;
      this.#movedAt = now;
      this.#last = { at: now, index };
      return;
    }
    if (index === last.index) {
      this.#stand(now, false);
      return;
    }
    const frames = ((index - last.index + LOOP_FRAMES * 1.5) % LOOP_FRAMES) - LOOP_FRAMES / 2;
    const contentS = frames / FRAMES_PER_SECOND;
    const stoodMs = Math.max(0, this.#stoodUntil - this.#movedAt - this.#starvedMs);
    // What moved has had only the time since the last look at the standing frame: the rest was jumped over.
    const movingS = (now - Math.max(this.#stoodUntil, this.#movedAt)) / 1000;
    const report = this.#report;
    report.contentS += contentS;
    if (contentS < -0.1) report.repeatedS -= contentS;
    if (stoodMs > GRAIN_MS) {
      report.stallS += stoodMs / 1000;
      report.longestStallS = Math.max(report.longestStallS, stoodMs / 1000);
      report.stalls.push({ fromMs: Math.round(this.#movedAt - this.#beganAt), toMs: Math.round(now - this.#beganAt) });
    }
    // After a stall: all that was jumped over. Otherwise only what runs ahead of time: frames dropped by a busy machine do not.
    const aheadS = contentS - (stoodMs > GRAIN_MS ? movingS : (now - this.#movedAt) / 1000);
    if (aheadS - this.#starvedMs / 1000 > GRAIN_MS / 1000) report.skippedS += aheadS;
    this.#starvedMs = 0;
    this.#movedAt = now;
    this.#last = { at: now, index };
  }

  #stand(now: number, black: boolean): void {
    this.#stoodUntil = now;
    if (black) this.#report.blackS += PERIOD_MS / 1000;
    this.#report.standsMs = now - this.#movedAt;
  }
}
