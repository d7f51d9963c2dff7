import type { SourceHealth } from '../../contract/broadcast.ts';
import type { EndedBy, SittingRecord, SittingState } from '../../contract/sitting.ts';
import { hasCome, isWithin, type Times } from './times.ts';

/** Times around the end of a sitting, milliseconds; of awake time unless said. */
export const END_POLICY = {
  /** A question on the console answers itself after it has been shown for so long. */
  countdownMs: 5 * 60_000,
  /** The stage shows its last frames for the delay; if it never says so, the end is taken this long after that. */
  lastFrameAllowanceMs: 15_000,
  /** The province is asked about a sitting whose source has not been live for so long. */
  askAfterQuietMs: 60_000,
  /** A stream that comes back this long after an inferred end re-opens the sitting. */
  reopenWithinMs: 2 * 60 * 60_000,
  /** A sitting without a stream stays open at least this long, however wrong the clock was. */
  openAtLeastMs: 15 * 60_000,
  /** By the centre's clock: it must agree this well before the timetable alone closes a sitting whose picture moves. */
  agreesMs: 60_000,
} as const;

/** Everything the next step of a sitting depends on. Durations are awake time: ticks of at most 5 s each. */
export interface Observed {
  times: Times;
  endToleranceMs: number;
  endGraceMs: number;
  /** How far the stage is behind the edge, as configured or as last reported. */
  delayMs: number;
  hasSources: boolean;
  /** The source, or without one the province, has answered or failed once, so that the true time is known if it can be. */
  sourceAsked: boolean;
  health: SourceHealth;
  /** How long the source has not been live without a break; a restart or a sleep begins again at zero. */
  quietMs: number;
  /** How long the sitting has been open in this boot. */
  openForMs: number;
  /** How long the last frames have been awaited in this boot. */
  endingForMs: number;
  /** Since the end; null when the end was in another boot. */
  sinceEndMs: number | null;
  /** How long each question that closes by itself has been shown in this boot; null when it is not asked. */
  askedMs: Record<EndQuestion['reason'], number | null>;
  /** When the watcher first saw ENDLIST; null while the list is open. */
  endlistAt: number | null;
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
  /** The console's answers: to the question about ENDLIST, and to the one about the next sitting. */
  answers: Record<EndQuestion['reason'], 'close' | 'keep' | null>;
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
 * should open and this one still runs. One that does not close by itself is for a person to decide.
 */
export interface EndQuestion {
  reason: 'endlist' | 'next_due';
  closesByItself: boolean;
}

/** The question that stands about a running sitting, or null. */
export function endQuestion(sitting: SittingRecord, seen: Observed): EndQuestion | null {
  if (!isRunning(sitting.state) || sitting.endingAt !== null) return null;
  if (seen.endlistAt !== null && seen.answers.endlist !== 'keep' && !isEndlistInTime(sitting, seen)) {
    if (isEndlistOurs(sitting)) return { reason: 'endlist', closesByItself: true };
    // The broadcast of an earlier sitting at the same address: before the start nobody needs to hear of it.
    if (hasStarted(sitting, seen)) return { reason: 'endlist', closesByItself: false };
  }
  if (seen.answers.next_due === 'keep' || seen.nextOpensAt === null) return null;
  const dueAt = Math.max(seen.nextOpensAt, sitting.endsAt + seen.endGraceMs);
  return hasCome(dueAt, seen.times) ? { reason: 'next_due', closesByItself: mayHandOver(dueAt, seen) } : null;
}

/**
 * Whether the next sitting may take over when nobody objects. A clock alone must never end what the hall is looking at,
 * so while the picture moves the centre's clock has to be known and to agree.
 */
function mayHandOver(dueAt: number, seen: Observed): boolean {
  if (seen.health !== 'live' && !seen.stagePlaying) return true;
  const { centreNow } = seen.times;
  return centreNow !== null && centreNow >= dueAt - END_POLICY.agreesMs;
}

/** The broadcast was seen open after the start of this sitting: its ENDLIST is not left over from an earlier one. */
function isEndlistOurs(sitting: SittingRecord): boolean {
  return sitting.broadcastSeenAt !== null;
}

/** An ENDLIST of this sitting at or after the scheduled end less the tolerance needs no question. */
function isEndlistInTime(sitting: SittingRecord, seen: Observed): boolean {
  // The tolerance never covers the whole of a short sitting.
  const tolerance = Math.min(seen.endToleranceMs, (sitting.endsAt - sitting.startsAt) / 2);
  // A question that was raised keeps its full time, also when the tolerance begins meanwhile.
  if (seen.endlistAt === null || !isEndlistOurs(sitting) || seen.askedMs.endlist !== null) return false;
  return hasCome(sitting.endsAt - tolerance, seen.times);
}

/** The start has come, by the clocks or, whatever they say, by how long sign-in has been open. */
function hasStarted(sitting: SittingRecord, seen: Observed): boolean {
  return hasCome(sitting.startsAt, seen.times) || seen.openForMs >= sitting.startsAt - sitting.opensAt;
}

/** The broadcast of this sitting is seen for the first time: from now on an ENDLIST is of this sitting. */
export function isFirstSight(sitting: SittingRecord, seen: Observed): boolean {
  if (!isRunning(sitting.state) || isEndlistOurs(sitting)) return false;
  return seen.health === 'live' && seen.endlistAt === null && hasStarted(sitting, seen);
}

/**
 * The next step of a sitting's life, or null when it stays where it is. Pure. A stalled or vanished playlist is never
 * the end by itself: without ENDLIST only the timetable with a long silence, the next sitting, the console or the
 * province closes a sitting. A step of the clock is never the end.
 */
export function nextStep(sitting: SittingRecord, seen: Observed): Step | null {
  switch (sitting.state) {
    case 'prepared':
      return mayOpen(sitting, seen) ? { to: 'open' } : null;
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

function mayOpen(sitting: SittingRecord, seen: Observed): boolean {
  if (seen.otherRunning || !seen.sourceAsked || !hasCome(sitting.opensAt, seen.times)) return false;
  // One whose whole time is over is left to the console: the clock may be wrong, and nothing is sealed on its word alone.
  return seen.times.steadyNow < sitting.endsAt + seen.endGraceMs;
}

function whileRunning(sitting: SittingRecord, seen: Observed): Step | null {
  if (sitting.endingAt !== null) {
    // ENDLIST was taken back: an encoder that was restarted on the same address. What is on the air outdoes the province too.
    if (seen.endlistAt === null && seen.health === 'live') return { to: 'not_ending' };
    // A stage that still plays decides itself when the last frame was; without one the delay and an allowance do.
    const overdue = seen.endingForMs >= seen.delayMs + END_POLICY.lastFrameAllowanceMs;
    const shown = seen.lastFrameShown || (overdue && !seen.stagePlaying);
    return shown ? { to: 'ended', by: sitting.endedBy ?? 'ENDLIST' } : null;
  }
  if (seen.answers.endlist !== 'keep' && isEndlistInTime(sitting, seen)) return { to: 'ending', by: 'ENDLIST' };
  const question = endQuestion(sitting, seen);
  if (question !== null && isAnswered(question, seen)) {
    return question.reason === 'endlist' ? { to: 'ending', by: 'ENDLIST' } : { to: 'ended', by: 'schedule' };
  }
  if (sitting.state === 'open' && seen.frameShown) return { to: 'live' };
  if (seen.provinceFinished && asksProvince(sitting, seen)) return { to: 'ending', by: 'province' };
  return isOverBySchedule(sitting, seen) ? { to: 'ended', by: 'schedule' } : null;
}

function isAnswered(question: EndQuestion, seen: Observed): boolean {
  if (seen.answers[question.reason] === 'close') return true;
  return question.closesByItself && (seen.askedMs[question.reason] ?? 0) >= END_POLICY.countdownMs;
}

/**
 * Whether the province should be asked if the sitting is over: it has begun, its broadcast has been silent for a while, and
 * nobody in the hall has said that it goes on. Never while the broadcast is healthy: 31,000 venues would ask.
 */
export function asksProvince(sitting: SittingRecord, seen: Observed): boolean {
  if (!isRunning(sitting.state) || sitting.endingAt !== null || !seen.hasSources) return false;
  if (seen.answers.endlist === 'keep' || seen.provinceOverruled || !hasStarted(sitting, seen)) return false;
  return seen.health !== 'live' && seen.quietMs >= END_POLICY.askAfterQuietMs;
}

/**
 * Past end and grace, and nothing has been coming for as long as the grace: broadcasts overrun, and lines drop. Where only
 * the PC's clock says so (it was set, perhaps rightly), the silence has to be as long as the sitting itself too.
 */
function isOverBySchedule(sitting: SittingRecord, seen: Observed): boolean {
  const over = sitting.endsAt + seen.endGraceMs;
  // A silence from before the sitting was opened is none of it.
  const silentMs = seen.hasSources ? Math.min(seen.quietMs, seen.openForMs) : seen.openForMs;
  const isSilent = seen.hasSources
    ? seen.health !== 'live' && !seen.stagePlaying && silentMs >= seen.endGraceMs
    : silentMs >= END_POLICY.openAtLeastMs;
  if (!isSilent) return false;
  return hasCome(over, seen.times) || (seen.times.now >= over && silentMs >= over - sitting.opensAt);
}

function comesBack(sitting: SittingRecord, seen: Observed): boolean {
  if (sitting.endedBy !== 'schedule' || seen.otherRunning || seen.health !== 'live') return false;
  if (seen.nextOpensAt !== null && hasCome(seen.nextOpensAt, seen.times)) return false;
  const window = reopenWindow(sitting);
  if (!window) return false;
  // In the boot of the end awake time bounds the window too, whatever the clock was set to since.
  if (seen.sinceEndMs === null) return isWithin(window, seen.times);
  return seen.sinceEndMs <= END_POLICY.reopenWithinMs && isNotLong(sitting, seen.times);
}

/** From when until when a sitting that the timetable ended may come back, epoch ms. */
function reopenWindow(sitting: SittingRecord): { from: number; to: number } | null {
  if (sitting.endedBy !== 'schedule' || sitting.endedAt === null) return null;
  return {
    from: Math.min(sitting.endedAt, sitting.endsAt + END_POLICY.reopenWithinMs),
    to: Math.min(sitting.endedAt, sitting.endsAt + END_POLICY.reopenWithinMs) + END_POLICY.reopenWithinMs,
  };
}

/** Either reckoning of the time is in the window: one of them may have been moved since the end. */
function isNotLong(sitting: SittingRecord, times: Times): boolean {
  const window = reopenWindow(sitting);
  return window !== null && [times.now, times.steadyNow].some((at) => at >= window.from && at <= window.to);
}

export function isRunning(state: SittingState): boolean {
  return state === 'open' || state === 'live';
}

/**
 * The sitting the hall is in: one that runs, else one not yet sealed, else one that may come back until the next opens,
 * else the next prepared (one whose time is over only when there is no other), else the last.
 */
export function chooseCurrent(sittings: readonly SittingRecord[], times: Times): SittingRecord | null {
  const prepared = sittings.filter((s) => s.state === 'prepared');
  const next = prepared.find((s) => s.endsAt > times.steadyNow) ?? prepared[0];
  const nextIsDue = next !== undefined && hasCome(next.opensAt, times);
  return (
    sittings.find((s) => isRunning(s.state)) ??
    sittings.find((s) => s.state === 'ended') ??
    (nextIsDue ? undefined : sittings.findLast((s) => s.state !== 'prepared' && isNotLong(s, times))) ??
    next ??
    sittings.at(-1) ??
    null
  );
}

/** The two rules that the conductor follows. */
export interface Rules {
  endQuestion(sitting: SittingRecord, seen: Observed): EndQuestion | null;
  nextStep(sitting: SittingRecord, seen: Observed): Step | null;
}

export const RULES: Rules = { endQuestion, nextStep };
