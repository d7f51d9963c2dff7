import type { Evidence, FaultCause, Interruption, PlaybackEvent, PlaybackSample } from '../../contract/broadcast.ts';
import type { Store } from '../store/store.ts';
import type { EndedEdge } from './watch-state.ts';

/** A sample is written at most this often; a power cut loses no more. */
const WRITE_EVERY_MS = 3_000;
/** A sample sent just before the last frame may arrive after it; two seconds of frames are more than that. */
const FRAMES_AFTER_LAST = 50;
/** Samples come once a second; between two of them the picture moves on by no more than this, ms. */
const MOST_UNSEEN_MS = 2_000;
/** Events that stand as alarms until the sound is back. */
const ALARMS: ReadonlySet<string> = new Set(['audio_device_lost', 'audio_silent', 'audio_unplayable']);
/** A last frame may lie so far before the end of the list, ms, and dates are rounded. */
const SHORTEST_TOLERANCE_MS = 2_000;
const CLOCK_GRAIN_MS = 500;
/** The stage counts as connected while samples come at least this often. */
export const STAGE_SILENT_AFTER_MS = 6_000;

interface Shown {
  sittingId: string;
  frame: boolean;
  lastFrameOf: number | null;
  lastFrameAtMs: number | null;
}

/**
 * Playback evidence of the current sitting: what the stage reports, written down as it happens and folded on demand.
 * Counters of one page life only grow, so a sitting is the sum over its page lives.
 */
export class PlaybackEvidence {
  readonly #store: Store;
  #sittingId: string | null = null;
  /** Cadence is counted on the monotonic clock: the wall clock may be put right in the middle of a day. */
  #last: { sample: PlaybackSample; at: number; monoMs: number } | null = null;
  /** Sitting of each player session heard in this start: one player shows one sitting, and its last words may come late. */
  #sittingOf = new Map<string, string | null>();
  #written: { id: string; monoMs: number } | null = null;
  #alarms = new Set<string>();
  #word: string | null = null;
  /** Programme date-time at which the hall's picture was when its window went, epoch ms. */
  #leftAtMs: number | null = null;
  #recent: { sittingId: string; monoMs: number; evidence: Evidence } | null = null;
  /** `lastFrameOf`: frames decoded when the last frame after ENDLIST was shown, and `lastFrameAtMs` its programme date-time. */
  #shown: Shown = { sittingId: '', frame: false, lastFrameOf: null, lastFrameAtMs: null };

  constructor(store: Store) {
    this.#store = store;
  }

  /** From now on samples belong to this sitting; null between sittings. */
  setSitting(sittingId: string | null): void {
    if (sittingId === this.#sittingId) return;
    this.#flush();
    this.#sittingId = sittingId;
    this.#leftAtMs = null;
    if (sittingId !== null && sittingId !== this.#shown.sittingId)
      this.#shown = { sittingId, frame: false, lastFrameOf: null, lastFrameAtMs: null };
  }

  recordSample(sample: PlaybackSample): void {
    const { wallMs, monoMs } = this.#store.clock.stamp();
    // What was not written yet of the sitting's own player would be lost with the sample of another.
    if (this.#last?.sample.playerSessionId !== sample.playerSessionId) this.#flush();
    this.#last = { sample, at: wallMs, monoMs };
    if (sample.state === 'playing') this.#leftAtMs = null;
    if (!this.#isOfSitting(sample.playerSessionId)) return;
    if (sample.framesDecoded > 0) this.#shown.frame = true;
    // A broadcast that goes on after an ENDLIST has its last frame still before it; a sample already under way does not count.
    const { lastFrameOf } = this.#shown;
    if (lastFrameOf !== null && sample.state === 'playing' && sample.framesDecoded > lastFrameOf + FRAMES_AFTER_LAST) {
      this.#shown.lastFrameOf = null;
    }
    const written = this.#written;
    if (written?.id !== sample.playerSessionId || monoMs - written.monoMs >= WRITE_EVERY_MS) this.#write();
  }

  recordEvent(event: PlaybackEvent): void {
    const now = this.#store.clock.now();
    if (ALARMS.has(event.type)) this.#alarms.add(event.type);
    if (event.type === 'interruption_began') this.#word = event.detail || null;
    if (event.type === 'interruption_ended' || event.type === 'first_frame') this.#word = null;
    if (event.type === 'audio_back') this.#alarms.clear();
    this.#recent = null;
    if (this.#sittingId === null || !this.#isOfSitting(event.playerSessionId)) return;
    if (event.type === 'first_frame') this.#shown.frame = true;
    if (event.type === 'last_frame_shown') {
      const { sample } = this.#last ?? {};
      this.#shown.lastFrameOf = sample?.playerSessionId === event.playerSessionId ? sample.framesDecoded : 0;
      this.#shown.lastFrameAtMs = event.programmeTimeMs ?? null;
    }
    if (event.type === 'first_frame') this.#shown.lastFrameOf = null;
    this.#store.playback.recordEvent(this.#sittingId, event, now);
  }

  /** The newest sample, while the stage is connected. */
  current(): PlaybackSample | null {
    if (!this.#last || this.#store.clock.stamp().monoMs - this.#last.monoMs > STAGE_SILENT_AFTER_MS) return null;
    return this.#last.sample;
  }

  /** The stage's window is gone: the picture was so much further than the newest sample says. */
  noteStageGone(): void {
    const last = this.#last;
    if (!last || last.sample.programmeTimeMs === null || !this.#isOfSitting(last.sample.playerSessionId)) return;
    const sinceMs = this.#store.clock.stamp().monoMs - last.monoMs;
    if (sinceMs > STAGE_SILENT_AFTER_MS) return;
    this.#leftAtMs =
      last.sample.programmeTimeMs + (last.sample.state === 'playing' ? Math.min(sinceMs, MOST_UNSEEN_MS) : 0);
  }

  /** Programme date-time, epoch ms, at which a window that went has left the picture; null when the stage plays or none is known. */
  get leftAtMs(): number | null {
    return this.#leftAtMs;
  }

  /** The stage is connected, and the picture of this sitting moves. */
  stagePlaying(sittingId: string): boolean {
    const sample = this.current();
    return sample?.state === 'playing' && this.#sittingOfSession(sample.playerSessionId) === sittingId;
  }

  listAlarms(): string[] {
    return [...this.#alarms];
  }

  /** Why the picture stands, by the word of the table of causes; null while it moves, and where nothing failed. */
  interruptionWord(): string | null {
    return this.#word;
  }

  frameShown(sittingId: string): boolean {
    return this.#shown.sittingId === sittingId && this.#shown.frame;
  }

  /**
   * The stage showed the last frame of the list whose end is at `edge`; a frame that was the last of an ENDLIST that was
   * taken back is none. `edge` is null for a list that has no dates.
   */
  lastFrameShown(sittingId: string, edge: EndedEdge | null): boolean {
    const { lastFrameOf, lastFrameAtMs } = this.#shown;
    return this.#shown.sittingId === sittingId && lastFrameOf !== null && isLastFrame(lastFrameAtMs, edge);
  }

  /** Milliseconds into the broadcast of the frame on screen; null when none of the sitting that runs is. */
  broadcastMs(startsAt: number): number | null {
    const sample = this.current();
    if (!sample || sample.programmeTimeMs === null || !this.#isOfSitting(sample.playerSessionId)) return null;
    return Math.round(sample.programmeTimeMs - startsAt);
  }

  /** Folds what is stored about a sitting, after the newest sample was stored too. For the report. */
  getEvidence(sittingId: string): Evidence {
    this.#flush();
    return this.#fold(sittingId);
  }

  /** As `getEvidence`, up to a few seconds behind: for a screen that is pushed often. */
  getRecentEvidence(sittingId: string): Evidence {
    const { clock } = this.#store;
    const monoMs = clock.stamp().monoMs;
    if (this.#recent?.sittingId !== sittingId || monoMs - this.#recent.monoMs >= WRITE_EVERY_MS) {
      this.#recent = { sittingId, monoMs, evidence: this.#fold(sittingId) };
    }
    return this.#recent.evidence;
  }

  #fold(sittingId: string): Evidence {
    const sessions = this.#store.playback.listSessions(sittingId);
    const events = this.#store.playback.listEvents(sittingId);
    const sum = (pick: (sample: PlaybackSample) => number) => sessions.reduce((total, s) => total + pick(s.sample), 0);
    const playedMs = sum((s) => s.playedMs);
    const rebufferMs = sum((s) => s.rebufferMs);
    const delayCount = sessions.reduce((n, s) => n + s.delayCount, 0);
    const maxima = sessions.map((s) => s.delayMax).filter((d) => d !== null);
    const sources = new Set(sessions.map((s) => s.sample.sourceId).filter((id) => id !== null));
    for (const event of events) if (event.type === 'source_changed' && event.detail) sources.add(event.detail);
    return {
      minutesShown: Math.round(playedMs / 600) / 100,
      startupMs: sessions.find((s) => s.sample.startupMs !== null)?.sample.startupMs ?? null,
      rebufferMs: Math.round(rebufferMs),
      rebufferCount: sum((s) => s.rebufferCount),
      rebufferRatio: playedMs + rebufferMs === 0 ? 0 : Math.round((rebufferMs / (playedMs + rebufferMs)) * 1e5) / 1e5,
      framesDecoded: sum((s) => s.framesDecoded),
      framesDropped: sum((s) => s.framesDropped),
      failovers: sum((s) => s.failovers),
      recreations: sum((s) => s.recreations),
      delayAverageS:
        delayCount === 0 ? null : Math.round((sessions.reduce((n, s) => n + s.delaySum, 0) / delayCount) * 10) / 10,
      delayMaximumS: maxima.length === 0 ? null : Math.max(...maxima),
      sources: [...sources],
      heights: this.#store.playback.listHeights(sittingId),
      interruptions: foldInterruptions(events),
    };
  }

  /** The player session belongs to the sitting that runs now. One that was never heard of before begins with it. */
  #isOfSitting(sessionId: string): boolean {
    if (this.#sittingId === null) return false;
    const owner = this.#sittingOfSession(sessionId);
    if (owner === null) this.#sittingOf.set(sessionId, this.#sittingId);
    return owner === null || owner === this.#sittingId;
  }

  #sittingOfSession(sessionId: string): string | null {
    const known = this.#sittingOf.get(sessionId);
    if (known !== undefined) return known;
    const stored = this.#store.playback.getSittingOfSession(sessionId);
    this.#sittingOf.set(sessionId, stored);
    return stored;
  }

  /** Writes what is only in memory; called before folding and at the end. */
  #flush(): void {
    if (this.#last && this.#last.monoMs !== this.#written?.monoMs) this.#write();
  }

  #write(): void {
    if (this.#sittingId === null || !this.#last || !this.#isOfSitting(this.#last.sample.playerSessionId)) return;
    const { sample, at, monoMs } = this.#last;
    const before = this.#written;
    const elapsed = before?.id === sample.playerSessionId ? monoMs - before.monoMs : 0;
    this.#store.playback.recordSample(this.#sittingId, sample, at, elapsed);
    this.#written = { id: sample.playerSessionId, monoMs };
  }
}

/** Whether the frame of `frameAtMs` (programme date-time, epoch ms) is the last of the list that ends at `edge`; true where dates cannot tell. */
export function isLastFrame(frameAtMs: number | null, edge: EndedEdge | null): boolean {
  if (frameAtMs === null || edge === null) return true;
  return frameAtMs >= edge.atMs - Math.max(edge.targetDurationMs, SHORTEST_TOLERANCE_MS) - CLOCK_GRAIN_MS;
}

/** Pairs the beginnings and ends of interruptions; one still running has no end. */
export function foldInterruptions(
  events: readonly { at: number; type: PlaybackEvent['type']; cause: FaultCause | null }[],
): Interruption[] {
  const found: Interruption[] = [];
  for (const event of events) {
    const open = found.at(-1);
    if (event.type === 'interruption_began' && (!open || open.to !== null)) {
      found.push({ from: event.at, to: null, cause: event.cause ?? 'unknown' });
    } else if ((event.type === 'interruption_ended' || event.type === 'first_frame') && open && open.to === null) {
      open.to = event.at;
      if (event.cause && open.cause === 'unknown') open.cause = event.cause;
    }
  }
  return found;
}
