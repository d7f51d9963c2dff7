import type { EndedBy, SittingLife, SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import { isRunning } from './machine.ts';

/** A sign of life is stored at least so often, ms awake. */
const SIGN_EVERY_MS = 50_000;

export type LifeStore = Pick<Store, 'sittings' | 'attendance'>;

/**
 * Ends a sitting. One that a switched-off PC left open ended, as far as anybody knows, with its last sign of life, and
 * not when the PC was started again; both moments are stored.
 */
export function recordEnd(
  store: LifeStore,
  sitting: SittingRecord,
  end: { by: EndedBy; now: number; leftOpen: boolean },
): void {
  const signAt = store.sittings.getLastSignOfLife(sitting.id);
  const endedAt = end.leftOpen && signAt !== null ? Math.min(end.now, signAt) : end.now;
  store.attendance.closeRollCalls(sitting.id, endedAt);
  store.sittings.recordSignOfLife(sitting.id, endedAt);
  store.sittings.recordStep(sitting.id, sitting.state, 'ended', {
    endedAt,
    endedBy: end.by,
    endRecordedAt: end.now,
    endIs: endedAt === end.now ? 'decided' : 'last_sign_of_life',
  });
}

/** Writes down the life of sittings: openings and ends, starts of the core, signs of life, steps of the clock. */
export class LifeRecorder {
  readonly #store: LifeStore;
  /** Sittings found running at the start after their time was over, with their last event: nobody was in them since. */
  readonly #leftOpen = new Map<string, number>();
  #sinceSignMs = SIGN_EVERY_MS;
  #started = false;

  constructor(store: LifeStore) {
    this.#store = store;
  }

  /** The first tick of this core: what runs was begun by an earlier start. Later calls do nothing. */
  noteStart(sittings: readonly SittingRecord[], isOver: (sitting: SittingRecord) => boolean): void {
    if (this.#started) return;
    this.#started = true;
    for (const sitting of sittings.filter((s) => isRunning(s.state))) {
      this.#store.sittings.recordStart(sitting.id);
      if (isOver(sitting)) this.#leftOpen.set(sitting.id, this.#store.attendance.getLastSeq(sitting.id));
    }
  }

  open(sitting: SittingRecord, now: number): void {
    this.#store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: now });
    this.#store.sittings.recordStart(sitting.id);
  }

  /** The broadcast of this sitting is on the air. */
  noteBroadcast(sitting: SittingRecord, now: number): void {
    this.#store.sittings.recordStep(sitting.id, sitting.state, sitting.state, { broadcastSeenAt: now });
  }

  end(sitting: SittingRecord, by: EndedBy, now: number): void {
    recordEnd(this.#store, sitting, { by, now, leftOpen: this.#leftOpen.has(sitting.id) });
    this.#leftOpen.delete(sitting.id);
  }

  /** Takes an end back; with a first frame behind it the sitting is live again. */
  reopen(sitting: SittingRecord, reopening: SittingLife['reopenings'][number]): void {
    const { sittings } = this.#store;
    sittings.recordReopening(sitting.id, reopening);
    const back = { endedAt: null, endedBy: null, endingAt: null, endRecordedAt: null, endIs: null };
    sittings.recordStep(sitting.id, sitting.state, sitting.liveAt === null ? 'open' : 'live', back);
    sittings.recordSignOfLife(sitting.id, reopening.at);
  }

  /** One tick with the sittings that run; `alive`: the broadcast or the picture moves, or the sitting's time is not over. */
  noteTick(
    running: readonly SittingRecord[],
    tick: { now: number; awakeMs: number; jumpMs: number },
    isAlive: (sitting: SittingRecord) => boolean,
  ): void {
    this.#sinceSignMs += tick.awakeMs;
    const due = this.#sinceSignMs >= SIGN_EVERY_MS;
    if (due) this.#sinceSignMs = 0;
    for (const sitting of running) {
      if (tick.jumpMs !== 0) this.#store.sittings.recordClockJump(sitting.id, { at: tick.now, byMs: tick.jumpMs });
      const lastSeq = this.#leftOpen.get(sitting.id);
      if (lastSeq !== undefined && (isAlive(sitting) || this.#store.attendance.getLastSeq(sitting.id) !== lastSeq))
        this.#leftOpen.delete(sitting.id);
      if (due && !this.#leftOpen.has(sitting.id)) this.#store.sittings.recordSignOfLife(sitting.id, tick.now);
    }
  }
}
