import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TrialRefusal } from '../../contract/api-lobby.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import { isRunning } from '../sitting/machine.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import { Store, type StoreKeys } from '../store/store.ts';

const MINUTE_MS = 60_000;
/** Real sign-in opens this long after a trial ended by itself: the three windows need a moment to come back. */
const ENDS_BEFORE_MS = 5 * MINUTE_MS;
/** Less than this is no trial. */
const SHORTEST_MS = 5 * MINUTE_MS;
/** A trial that nobody ends. */
const LONGEST_MS = 2 * 60 * MINUTE_MS;
/** Settings of the hall that a trial takes with it. */
const SETTINGS = ['sound', 'volume'] as const;

const NOTE = 'trial.json';
const TrialNote = z.object({
  packageId: z.string(),
  /** It ends by itself then, epoch ms. */
  until: z.number(),
  /** Where a person who ends it goes: where it was begun. */
  back: z.enum(['lobby', 'session']),
});
export type TrialNote = z.infer<typeof TrialNote>;

export interface TrialsOptions {
  /** The records of real sessions; only read. */
  store: Store;
  keys: StoreKeys;
  /** Folder of the throw-away records. */
  dir: string;
  onError(this: void, cause: unknown): void;
}

/**
 * Trials of a loaded session ("Thử với gói thật"): its real stream, people, cards and province, in records of their own that are
 * thrown away, so that nothing of a trial can come into a report.
 */
export class Trials {
  readonly #options: TrialsOptions;

  constructor(options: TrialsOptions) {
    this.#options = options;
  }

  /** Makes the records of a trial; the next core opens them. Says why not. */
  prepare(packageId: string, back: TrialNote['back']): { ok: true } | TrialRefusal {
    const { store, dir, onError } = this.#options;
    const now = store.clock.now();
    const window = findWindow(store, packageId, now);
    if (!window.ok) return window;
    try {
      removeTrial(dir);
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      this.#write(window.document);
      writeDurablySync(path.join(dir, NOTE), Buffer.from(JSON.stringify({ packageId, until: window.until, back })));
      return { ok: true };
    } catch (cause) {
      onError(cause);
      try {
        removeTrial(dir);
      } catch (left) {
        onError(left);
      }
      return { ok: false, error: 'not_written' };
    }
  }

  #write(document: SessionPackage): void {
    const { store, keys, dir } = this.#options;
    const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys });
    if (!opened.ok) throw new Error(`records of a trial cannot be made: ${opened.error}`);
    try {
      opened.store.copySession(store, document.packageId);
      opened.store.sessions.turnIntoTrial(document);
      this.#open(opened.store);
      for (const name of SETTINGS) {
        const value = store.settings.getSetting(name, z.unknown());
        if (value !== null) opened.store.settings.setSetting(name, value);
      }
    } finally {
      opened.store.close();
    }
  }

  /** A person begins it, whatever clocks say: the centre's would hold back what a clock that is ahead opens. */
  #open(trial: Store): void {
    const openedAt = trial.clock.now();
    for (const { packageId } of trial.sessions.listSessions())
      for (const { id, state } of trial.sittings.listSittings(packageId))
        if (state === 'prepared') trial.sittings.recordStep(id, state, 'open', { openedAt });
  }
}

/** The folder of a trial in the data folder of the kiosk, next to those of sessions and rehearsals. */
export function trialDirOf(dataDir: string): string {
  return path.join(dataDir, 'trial');
}

/** The trial that was prepared in this folder and is not over; null for none. */
export function findTrial(dir: string, now: number): TrialNote | null {
  try {
    const note = TrialNote.parse(JSON.parse(readFileSync(path.join(dir, NOTE), 'utf8')));
    return now < note.until ? note : null;
  } catch {
    return null;
  }
}

/** Throws the records of a trial away: they hold names. Throws with the system's error. */
export function removeTrial(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Until when this session may be tried out, and as what: its next sitting, beginning now. */
function findWindow(
  store: Store,
  packageId: string,
  now: number,
): { ok: true; document: SessionPackage; until: number } | TrialRefusal {
  const session = store.sessions.getSession(packageId);
  if (!session || store.retention.isDestroyed(packageId)) return { ok: false, error: 'gone' };
  // Also of another session: what a hall is watching is never given up for a trial.
  const isBusy = store.sessions
    .listSessions()
    .some((each) => store.sittings.listSittings(each.packageId).some(({ state }) => isRunning(state)));
  if (isBusy) return { ok: false, error: 'sitting_running' };
  const ahead = store.sittings
    .listSittings(packageId)
    .filter(({ state, endsAt }) => state === 'prepared' && endsAt > now)
    .toSorted((a, b) => a.opensAt - b.opensAt)[0];
  const plan = ahead && session.document.sittings.find(({ id }) => id === ahead.planId);
  if (!ahead || !plan) return { ok: false, error: 'no_sitting' };
  const until = Math.min(ahead.opensAt - ENDS_BEFORE_MS, now + LONGEST_MS);
  if (until - now < SHORTEST_MS) return { ok: false, error: 'too_late', opensAt: ahead.opensAt };
  const at = (ms: number) => new Date(ms).toISOString();
  const sitting = {
    ...plan,
    opensAt: at(now),
    startsAt: at(now),
    // Ended by its own clock, not by the timetable.
    endsAt: at(until + 60 * MINUTE_MS),
    topics: [],
  };
  return { ok: true, document: { ...session.document, sittings: [sitting] }, until };
}
