import type { SittingRecord } from '../../contract/sitting.ts';
import type { SittingStore } from '../store/sitting-store.ts';
import { END_POLICY, isRunning } from './machine.ts';

/** What is counted in awake time for one sitting; a question bears the name of its reason. */
export type CountdownName = 'endlist' | 'next_due' | 'last_frames' | 'open' | 'since_end';

/** A power cut gives a countdown at most so much of its time again, ms. */
const STORE_EVERY_MS = 15_000;

interface Running {
  usedMs: number;
  storedMs: number;
  /** The time since the tick before does not count. */
  paused: boolean;
}

/**
 * Awake time that countdowns of sittings have used. Stored with the boot, so that a restart of the core goes on counting;
 * in another boot nobody knows how much passed, and a countdown has its full time again. How long an end is ago is then
 * not known at all.
 */
export class Countdowns {
  readonly #sittings: Pick<SittingStore, 'getCountdown' | 'setCountdown'>;
  readonly #bootId: string;
  readonly #running = new Map<string, Running | null>();

  constructor(sittings: Pick<SittingStore, 'getCountdown' | 'setCountdown'>, bootId: string) {
    this.#sittings = sittings;
    this.#bootId = bootId;
  }

  /** Time used so far, ms; null when it does not run. */
  usedMs(sittingId: string, name: CountdownName): number | null {
    return this.#get(sittingId, name)?.usedMs ?? null;
  }

  /** Counts `awakeMs` more of everything that runs in this sitting, questions aside: those count while they stand. */
  tick(sitting: SittingRecord, awakeMs: number): void {
    const { id } = sitting;
    if (isRunning(sitting.state)) {
      this.run(id, 'open', awakeMs);
      if (sitting.endingAt !== null) this.run(id, 'last_frames', awakeMs);
    }
    const sinceEndMs = this.usedMs(id, 'since_end');
    if (sinceEndMs !== null && sinceEndMs <= END_POLICY.reopenWithinMs) this.run(id, 'since_end', awakeMs);
  }

  /** The sitting ended: nothing of it runs but the time in which it may come back. */
  ended(sittingId: string): void {
    for (const name of ['endlist', 'next_due', 'last_frames', 'open'] as const) this.stop(sittingId, name);
    this.run(sittingId, 'since_end', 0);
  }

  /** Counts `awakeMs` more, beginning at zero with the first call; answers the time used so far, ms. */
  run(sittingId: string, name: CountdownName, awakeMs: number): number {
    const known = this.#get(sittingId, name);
    const running = known ?? { usedMs: 0, storedMs: 0, paused: true };
    if (!running.paused) running.usedMs += awakeMs;
    running.paused = false;
    if (!known || running.usedMs - running.storedMs >= STORE_EVERY_MS) {
      running.storedMs = running.usedMs;
      this.#sittings.setCountdown(sittingId, name, { bootId: this.#bootId, usedMs: running.usedMs });
    }
    this.#running.set(keyOf(sittingId, name), running);
    return running.usedMs;
  }

  /** It goes on later, from where it is. */
  pause(sittingId: string, name: CountdownName): void {
    const running = this.#get(sittingId, name);
    if (running) running.paused = true;
  }

  /** Forgets it: what begins again has its full time. */
  stop(sittingId: string, name: CountdownName): void {
    if (this.#get(sittingId, name) === null) return;
    this.#sittings.setCountdown(sittingId, name, null);
    this.#running.set(keyOf(sittingId, name), null);
  }

  #get(sittingId: string, name: CountdownName): Running | null {
    const key = keyOf(sittingId, name);
    let running = this.#running.get(key);
    if (running === undefined) {
      const stored = this.#sittings.getCountdown(sittingId, name);
      const usedMs = stored?.bootId === this.#bootId ? stored.usedMs : 0;
      const unknown = stored === null || (name === 'since_end' && stored.bootId !== this.#bootId);
      running = unknown ? null : { usedMs, storedMs: usedMs, paused: true };
      this.#running.set(key, running);
    }
    return running;
  }
}

function keyOf(sittingId: string, name: CountdownName): string {
  return `${sittingId} ${name}`;
}
