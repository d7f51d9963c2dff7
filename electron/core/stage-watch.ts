/** The stage says every second that it is there; one that is silent so long while a sitting runs is to be opened again. */
const SILENT_MS = 30_000;
/** Wait before the n-th request in a row; the last one repeats. Each also gives the new page its time to begin. */
const AGAIN_MS = [30_000, 60_000, 120_000, 300_000] as const;
/** A stage heard so long again starts the row from its beginning. */
const HEALTHY_MS = 60_000;
/** A gap between two checks longer than this is a PC that slept, which is nobody's silence. */
const ASLEEP_MS = 15_000;

/** What is seen of the stage at one check. Times are monotonic milliseconds. */
export interface StageSeen {
  now: number;
  /** A sitting is open or live, so the stage's page must be there. */
  shouldPlay: boolean;
  /** A sample of the stage came within the last seconds. */
  heard: boolean;
}

export interface StageSilence {
  lastAt: number | null;
  silentSince: number | null;
  heardSince: number | null;
  /** Requests in a row. */
  asked: number;
  askedAt: number | null;
}

export const NOT_SILENT: StageSilence = {
  lastAt: null,
  silentSince: null,
  heardSince: null,
  asked: 0,
  askedAt: null,
};

/**
 * The next state after a check, and whether the stage's window is to be restarted now: once after `SILENT_MS` of silence, then
 * ever more seldom while it stays silent. The shell finds a page that hangs by itself; this finds one that answers and yet
 * does nothing.
 */
export function judgeStage(before: StageSilence, seen: StageSeen): { state: StageSilence; restart: boolean } {
  const slept = before.lastAt !== null && seen.now - before.lastAt > ASLEEP_MS;
  if (!seen.shouldPlay || seen.heard) {
    const heardSince = seen.heard && seen.shouldPlay ? (before.heardSince ?? seen.now) : null;
    const healthy = heardSince !== null && seen.now - heardSince >= HEALTHY_MS;
    const asked =
      healthy || !seen.shouldPlay ? { asked: 0, askedAt: null } : { asked: before.asked, askedAt: before.askedAt };
    return { state: { lastAt: seen.now, silentSince: null, heardSince, ...asked }, restart: false };
  }
  const silentSince = slept ? seen.now : (before.silentSince ?? seen.now);
  const wait = before.asked === 0 ? 0 : (AGAIN_MS[Math.min(before.asked, AGAIN_MS.length) - 1] ?? 0);
  const due = Math.max(silentSince + SILENT_MS, (before.askedAt ?? -Infinity) + wait);
  const state = { ...before, lastAt: seen.now, silentSince, heardSince: null };
  if (seen.now < due) return { state, restart: false };
  return { state: { ...state, asked: before.asked + 1, askedAt: seen.now }, restart: true };
}

/** A window of the stage was opened: its page gets its time before it counts as silent. */
export function stageOpened(before: StageSilence): StageSilence {
  return { ...before, silentSince: null };
}

const CHECK_EVERY_MS = 2_000;

export interface StageWatchOptions {
  /** Monotonic milliseconds. */
  now(): number;
  shouldPlay(): boolean;
  heard(): boolean;
  restart(): void;
}

/** Checks every two seconds; `stop` ends it. */
export function startStageWatch(options: StageWatchOptions): { opened(): void; stop(): void } {
  let state = NOT_SILENT;
  const timer = setInterval(() => {
    const seen = { now: options.now(), shouldPlay: options.shouldPlay(), heard: options.heard() };
    const next = judgeStage(state, seen);
    state = next.state;
    if (next.restart) options.restart();
  }, CHECK_EVERY_MS);
  return {
    opened: () => (state = stageOpened(state)),
    stop: () => clearInterval(timer),
  };
}
