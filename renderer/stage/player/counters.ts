import type { PlaybackSample, PlayerState } from '../../../electron/contract/broadcast.ts';
import { WATCH } from './policy.ts';

/** What the counters need to know at each tick. */
export interface Tick {
  now: number;
  /** Identity of the media element: another one has another clock. */
  deck: unknown;
  time: number;
  /** Should be moving: started, not held, not ended. */
  shouldPlay: boolean;
  firstFrameSeen: boolean;
}

export interface StallChange {
  began: boolean;
  /** When the picture stopped or moved again, ms of `performance.now()`. */
  at: number;
}

/**
 * Counts what the hall saw. Definitions of CTA-2066: rebuffering is time after the first frame in which the picture
 * stands for at least 250 ms although it should move; nothing here ever goes down.
 */
export class Counters {
  playedMs = 0;
  rebufferMs = 0;
  rebufferCount = 0;
  startupMs: number | null = null;
  skippedMs = 0;
  failovers = 0;
  recreations = 0;
  #intentAt: number | null = null;
  #lastAt: number | null = null;
  #lastTime = 0;
  #lastDeck: unknown = null;
  #wasPlaying = false;
  #stoodSince: number | null = null;
  #counted = false;
  #forgiven = false;
  #framesOfGone = { decoded: 0, dropped: 0 };

  /** Playing is wanted from now on. */
  recordIntent(now: number): void {
    this.#intentAt ??= now;
  }

  recordFirstFrame(now: number): number {
    this.startupMs ??= Math.max(0, Math.round(now - (this.#intentAt ?? now)));
    return this.startupMs;
  }

  /** The next jump is wanted by somebody and skips nothing. */
  forgiveJump(): void {
    this.#forgiven = true;
  }

  /** Frames of an element that goes away stay counted. */
  retire(quality: { totalVideoFrames: number; droppedVideoFrames: number }): void {
    this.#framesOfGone.decoded += quality.totalVideoFrames;
    this.#framesOfGone.dropped += quality.droppedVideoFrames;
  }

  frames(quality: { totalVideoFrames: number; droppedVideoFrames: number } | null): {
    decoded: number;
    dropped: number;
  } {
    return {
      decoded: this.#framesOfGone.decoded + (quality?.totalVideoFrames ?? 0),
      dropped: this.#framesOfGone.dropped + (quality?.droppedVideoFrames ?? 0),
    };
  }

  /** True while the picture stands and is counted as an interruption. */
  get stalled(): boolean {
    return this.#counted;
  }

  /** How long the picture has stood, ms. */
  stoodMs(now: number): number {
    return this.#stoodSince === null ? 0 : now - this.#stoodSince;
  }

  observe(tick: Tick): StallChange[] {
    const elapsed = this.#lastAt === null ? 0 : tick.now - this.#lastAt;
    const sameDeck = this.#lastDeck === tick.deck && this.#wasPlaying;
    const movedMs = sameDeck ? (tick.time - this.#lastTime) * 1000 : 0;
    this.#lastAt = tick.now;
    this.#lastTime = tick.time;
    this.#lastDeck = tick.deck;
    this.#wasPlaying = tick.shouldPlay && tick.firstFrameSeen;
    if (!tick.firstFrameSeen || !tick.shouldPlay) return this.#moved(tick.now);
    if (sameDeck && movedMs > 5) {
      const played = Math.min(movedMs, elapsed);
      this.playedMs += played;
      if (movedMs > elapsed + 300 && !this.#forgiven) this.skippedMs += movedMs - elapsed;
      this.#forgiven = false;
      // A process that slept saw nothing move: the missing time was a standing picture.
      if (elapsed > WATCH.sleptMs && elapsed - movedMs > WATCH.sleptMs / 2) {
        this.rebufferMs += elapsed - played;
        this.rebufferCount++;
        return [...this.#moved(tick.now), { began: true, at: tick.now - elapsed }, { began: false, at: tick.now }];
      }
      return this.#moved(tick.now);
    }
    this.#stoodSince ??= tick.now - elapsed;
    if (this.#counted) this.rebufferMs += elapsed;
    else if (tick.now - this.#stoodSince >= WATCH.stallMs + WATCH.tickMs) {
      this.#counted = true;
      this.rebufferCount++;
      this.rebufferMs += tick.now - this.#stoodSince;
      return [{ began: true, at: this.#stoodSince }];
    }
    return [];
  }

  #moved(now: number): StallChange[] {
    const ended = this.#counted;
    this.#stoodSince = null;
    this.#counted = false;
    return ended ? [{ began: false, at: now }] : [];
  }
}

/** The parts of a sample that come from elsewhere. */
export interface SampleFacts {
  state: PlayerState;
  sourceId: string | null;
  programmeTimeMs: number | null;
  delayS: number | null;
  bufferS: number;
  frames: { decoded: number; dropped: number };
  heightPx: number | null;
  bitrateKbps: number | null;
  muted: boolean;
  audioLevel: number | null;
}

export function buildSample(playerSessionId: string, facts: SampleFacts, counters: Counters): PlaybackSample {
  const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
  return {
    playerSessionId,
    state: facts.state,
    sourceId: facts.sourceId,
    programmeTimeMs: facts.programmeTimeMs === null ? null : Math.round(facts.programmeTimeMs),
    delayS: facts.delayS === null ? null : round(facts.delayS, 2),
    bufferS: round(Math.max(0, facts.bufferS), 2),
    framesDecoded: facts.frames.decoded,
    framesDropped: facts.frames.dropped,
    playedMs: Math.round(counters.playedMs),
    rebufferMs: Math.round(counters.rebufferMs),
    rebufferCount: counters.rebufferCount,
    startupMs: counters.startupMs,
    skippedMs: Math.round(counters.skippedMs),
    heightPx: facts.heightPx,
    bitrateKbps: facts.bitrateKbps,
    failovers: counters.failovers,
    recreations: counters.recreations,
    muted: facts.muted,
    audioLevel: facts.audioLevel === null ? null : round(Math.min(1, facts.audioLevel), 4),
  };
}
