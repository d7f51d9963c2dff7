import type { SourceHealth } from '../../contract/broadcast.ts';
import type { EndedBy, SittingRecord, SittingState } from '../../contract/sitting.ts';

/** Times around the end of a sitting, milliseconds. */
export const END_POLICY = {
  /** A question on the console answers itself after this. */
  countdownMs: 5 * 60_000,
  /** The stage shows its last frames for the delay; if it never says so, the end is taken this long after that. */
  lastFrameAllowanceMs: 15_000,
  /** The province is asked about a sitting whose source has not been live for so long. */
  askAfterQuietMs: 60_000,
  /** A stream that comes back this long after an inferred end re-opens the sitting. */
  reopenWithinMs: 2 * 60 * 60_000,
  /** A sitting without a stream stays open at least this long, however wrong the clock was. */
  openAtLeastMs: 15 * 60_000,
} as const;

/** Everything the next step of a sitting depends on. Moments are epoch milliseconds. */
export interface Observed {
  now: number;
  endToleranceMs: number;
  endGraceMs: number;
  /** How far the stage is behind the edge, as configured or as last reported. */
  delayMs: number;
  hasSources: boolean;
  health: SourceHealth;
  /** How long the source has not been live without a break, by the monotonic clock; a restart or a sleep begins anew. */
  quietMs: number;
  /** How long this core has seen the sitting open, by the monotonic clock. */
  openForMs: number;
  /** When the watcher first saw ENDLIST; null while the list is open. */
  endlistAt: number | null;
  /** The list was seen open in this sitting before it ended: its ENDLIST is not left over from another broadcast. */
  endlistIsOurs: boolean;
  /** The stage decoded a frame of this sitting's broadcast. */
  frameShown: boolean;
  /** The stage showed the last frame after ENDLIST. */
  lastFrameShown: boolean;
  /** The stage is connected and its picture moves. */
  stagePlaying: boolean;
  /** The province said that this sitting is finished, and nothing newer is known. */
  provinceFinished: boolean;
  /** The console took back an end by the province: its word closes this sitting no more. */
  provinceOverruled: boolean;
  /** The console's answer to the question that stands. */
  answer: 'close' | 'keep' | null;
  /** Another sitting is open or live. */
  otherRunning: boolean;
  /** When sign-in of the next prepared sitting opens. */
  nextOpensAt: number | null;
}

export type Step =
  | { to: 'open' | 'live' }
  | { to: 'ending'; by: 'ENDLIST' | 'province' }
  | { to: 'not_ending' }
  | { to: 'ended'; by: EndedBy }
  | { to: 'reopened' };

/**
 * What the console is asked: `endlist`, the centre ended long before the timetable says; `next_due`, the next sitting
 * should open and this one still runs. `closesAt` is null where only a person may decide.
 */
export interface EndQuestion {
  reason: 'endlist' | 'next_due';
  closesAt: number | null;
}

/** The question that stands about a running sitting, or null. */
export function endQuestion(sitting: SittingRecord, seen: Observed): EndQuestion | null {
  if (!isRunning(sitting.state) || sitting.endingAt !== null || seen.answer === 'keep') return null;
  if (seen.endlistAt !== null && !isEndlistInTime(sitting, seen)) {
    // A list that was never seen open may be left over from the broadcast before.
    if (!seen.endlistIsOurs && seen.now < sitting.startsAt) return null;
    return { reason: 'endlist', closesAt: seen.endlistIsOurs ? seen.endlistAt + END_POLICY.countdownMs : null };
  }
  const due = dueAt(sitting, seen);
  return due !== null && seen.now >= due ? { reason: 'next_due', closesAt: due + END_POLICY.countdownMs } : null;
}

/** ENDLIST at or after the scheduled end less the tolerance needs no question. */
function isEndlistInTime(sitting: SittingRecord, seen: Observed): boolean {
  return seen.endlistAt !== null && seen.now >= sitting.endsAt - seen.endToleranceMs;
}

/** When the next sitting takes over from one that overran its end and grace. */
function dueAt(sitting: SittingRecord, seen: Observed): number | null {
  return seen.nextOpensAt === null ? null : Math.max(seen.nextOpensAt, sitting.endsAt + seen.endGraceMs);
}

/**
 * The next step of a sitting's life, or null when it stays where it is. Pure. A stalled or vanished playlist is never
 * the end by itself: without ENDLIST only the timetable with a long silence, the next sitting, the console or the
 * province closes a sitting.
 */
export function nextStep(sitting: SittingRecord, seen: Observed): Step | null {
  switch (sitting.state) {
    case 'prepared':
      // One whose whole time is over is left to the console: the clock may be wrong, and nothing is sealed on its word alone.
      return seen.now >= sitting.opensAt && !isMissed(sitting, seen) && !seen.otherRunning ? { to: 'open' } : null;
    case 'open':
    case 'live':
      return whileRunning(sitting, seen);
    case 'ended':
    case 'sealed':
    case 'delivered':
      return comesBack(sitting, seen) ? { to: 'reopened' } : null;
    case 'amended':
      return null;
  }
}

function isMissed(sitting: SittingRecord, seen: Pick<Observed, 'now' | 'endGraceMs'>): boolean {
  return seen.now >= sitting.endsAt + seen.endGraceMs;
}

function whileRunning(sitting: SittingRecord, seen: Observed): Step | null {
  if (sitting.endingAt !== null) {
    // ENDLIST was taken back: an encoder that was restarted on the same address. What is on the air outdoes the province too.
    if (seen.endlistAt === null && seen.health === 'live') return { to: 'not_ending' };
    // A stage that still plays decides itself when the last frame was; without one the delay and an allowance do.
    const overdue = seen.now >= sitting.endingAt + seen.delayMs + END_POLICY.lastFrameAllowanceMs;
    const shown = seen.lastFrameShown || (overdue && !seen.stagePlaying);
    return shown ? { to: 'ended', by: sitting.endedBy ?? 'ENDLIST' } : null;
  }
  const question = endQuestion(sitting, seen);
  const answered =
    question !== null && (seen.answer === 'close' || (question.closesAt !== null && seen.now >= question.closesAt));
  if (seen.answer !== 'keep' && isEndlistInTime(sitting, seen)) return { to: 'ending', by: 'ENDLIST' };
  if (answered) {
    return question.reason === 'endlist' ? { to: 'ending', by: 'ENDLIST' } : { to: 'ended', by: 'schedule' };
  }
  if (sitting.state === 'open' && seen.frameShown) return { to: 'live' };
  if (seen.provinceFinished && asksProvince(sitting, seen)) return { to: 'ending', by: 'province' };
  return isOverBySchedule(sitting, seen) ? { to: 'ended', by: 'schedule' } : null;
}

/**
 * Whether the province should be asked if the sitting is over: it has begun, its broadcast has been silent for a while, and
 * nobody in the hall has said that it goes on. Never while the broadcast is healthy: 31,000 venues would ask.
 */
export function asksProvince(sitting: SittingRecord, seen: Observed): boolean {
  if (!isRunning(sitting.state) || sitting.endingAt !== null || !seen.hasSources) return false;
  if (seen.answer === 'keep' || seen.provinceOverruled || seen.now < sitting.startsAt) return false;
  return seen.health !== 'live' && seen.quietMs >= END_POLICY.askAfterQuietMs;
}

/** Past end and grace, and nothing has been coming for as long as the grace: broadcasts overrun, and lines drop. */
function isOverBySchedule(sitting: SittingRecord, seen: Observed): boolean {
  if (!isMissed(sitting, seen)) return false;
  if (!seen.hasSources) return seen.openForMs >= END_POLICY.openAtLeastMs;
  return seen.health !== 'live' && !seen.stagePlaying && seen.quietMs >= seen.endGraceMs;
}

function comesBack(sitting: SittingRecord, seen: Observed): boolean {
  if (!isReopenable(sitting, seen.now) || seen.otherRunning) return false;
  return seen.health === 'live' && (seen.nextOpensAt === null || seen.now < seen.nextOpensAt);
}

/** Ended by the timetable alone, not long ago. */
function isReopenable(sitting: SittingRecord, now: number): boolean {
  if (sitting.endedBy !== 'schedule' || sitting.endedAt === null) return false;
  const since = Math.max(now - sitting.endedAt, now - sitting.endsAt - END_POLICY.reopenWithinMs);
  return since >= 0 && since <= END_POLICY.reopenWithinMs;
}

export function isRunning(state: SittingState): boolean {
  return state === 'open' || state === 'live';
}

/**
 * The sitting the hall is in: one that runs, else one not yet sealed, else one that may come back until the next opens,
 * else the next prepared (one whose time is over only when there is no other), else the last.
 */
export function chooseCurrent(sittings: readonly SittingRecord[], now: number): SittingRecord | null {
  const prepared = sittings.filter((s) => s.state === 'prepared');
  const next = prepared.find((s) => s.endsAt > now) ?? prepared[0];
  const nextIsDue = next !== undefined && now >= next.opensAt;
  return (
    sittings.find((s) => isRunning(s.state)) ??
    sittings.find((s) => s.state === 'ended') ??
    (nextIsDue ? undefined : sittings.findLast((s) => s.state !== 'prepared' && isReopenable(s, now))) ??
    next ??
    sittings.at(-1) ??
    null
  );
}
