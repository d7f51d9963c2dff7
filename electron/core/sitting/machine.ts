import type { EndedBy, SittingRecord, SittingState } from '../../contract/sitting.ts';
import type { SourceHealth } from '../../contract/broadcast.ts';

/** Times of the end of a broadcast, milliseconds. */
export const END_POLICY = {
  /** An ENDLIST long before the scheduled end closes the sitting after this, unless somebody objects. */
  earlyEndCountdownMs: 5 * 60_000,
  /** The stage shows its last frames for the delay; if it never says so, the end is taken this long after that. */
  lastFrameAllowanceMs: 15_000,
  /** A stream that comes back this long after an inferred end re-opens the sitting. */
  reopenWithinMs: 2 * 60 * 60_000,
} as const;

/** Everything the next step of a sitting depends on. Moments are epoch milliseconds. */
export interface Observed {
  now: number;
  endToleranceMs: number;
  endGraceMs: number;
  /** Seconds the stage is behind the edge, as configured or as last reported, in ms. */
  delayMs: number;
  hasSources: boolean;
  health: SourceHealth;
  /** When the watcher first saw ENDLIST; null while the list is open. */
  endlistAt: number | null;
  /** The stage decoded a frame of this sitting's broadcast. */
  frameShown: boolean;
  /** The stage showed the last frame after ENDLIST. */
  lastFrameShown: boolean;
  /** The stage is connected and its picture moves. */
  stagePlaying: boolean;
  /** Somebody on the console said that an early ENDLIST is not the end. */
  earlyEndRefused: boolean;
  /** Somebody on the console confirmed it. */
  earlyEndAccepted: boolean;
  /** Another sitting is open or live. */
  otherRunning: boolean;
}

export type Step =
  | { to: 'open' | 'live' }
  | { to: 'ending' }
  | { to: 'not_ending' }
  | { to: 'ended'; by: EndedBy }
  | { to: 'reopened' };

/** When the countdown of an early ENDLIST runs out, or null when nothing is being asked. */
export function earlyEndClosesAt(sitting: SittingRecord, seen: Observed): number | null {
  if (!isRunning(sitting.state) || sitting.endingAt !== null || seen.endlistAt === null) return null;
  if (seen.earlyEndRefused || seen.now >= sitting.endsAt - seen.endToleranceMs) return null;
  return seen.endlistAt + END_POLICY.earlyEndCountdownMs;
}

/**
 * The next step of a sitting's life, or null when it stays where it is. Pure. A stalled or vanished playlist is never
 * the end by itself: without ENDLIST only the timetable plus grace, the console or the province closes a sitting.
 */
export function nextStep(sitting: SittingRecord, seen: Observed): Step | null {
  switch (sitting.state) {
    case 'prepared':
      // A sitting whose whole time passed while the PC was off is opened too, so that it ends, seals and reports zero.
      return seen.now >= sitting.opensAt && !seen.otherRunning ? { to: 'open' } : null;
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

function whileRunning(sitting: SittingRecord, seen: Observed): Step | null {
  if (sitting.endingAt !== null) {
    // ENDLIST was taken back: an encoder that was restarted on the same address.
    if (seen.endlistAt === null && seen.health === 'live') return { to: 'not_ending' };
    // A stage that still plays decides itself when the last frame was; without one the delay and an allowance do.
    const overdue = seen.now >= sitting.endingAt + seen.delayMs + END_POLICY.lastFrameAllowanceMs;
    const shown = seen.lastFrameShown || (overdue && !seen.stagePlaying);
    return shown ? { to: 'ended', by: 'ENDLIST' } : null;
  }
  if (seen.endlistAt !== null) {
    const closesAt = earlyEndClosesAt(sitting, seen);
    const inTime = seen.now >= sitting.endsAt - seen.endToleranceMs;
    if (inTime || seen.earlyEndAccepted || (closesAt !== null && seen.now >= closesAt)) return { to: 'ending' };
  }
  if (sitting.state === 'open' && seen.frameShown) return { to: 'live' };
  const overdue = seen.now >= sitting.endsAt + seen.endGraceMs;
  if (overdue && seen.health !== 'live') return { to: 'ended', by: 'schedule' };
  return null;
}

function comesBack(sitting: SittingRecord, seen: Observed): boolean {
  if (sitting.endedBy !== 'schedule' || sitting.endedAt === null || seen.otherRunning) return false;
  return seen.health === 'live' && seen.now - sitting.endedAt <= END_POLICY.reopenWithinMs;
}

export function isRunning(state: SittingState): boolean {
  return state === 'open' || state === 'live';
}

/** The sitting the hall is in: one that runs, else one not yet sealed, else the next prepared, else the last. */
export function chooseCurrent(sittings: readonly SittingRecord[]): SittingRecord | null {
  return (
    sittings.find((s) => isRunning(s.state)) ??
    sittings.find((s) => s.state === 'ended') ??
    sittings.find((s) => s.state === 'prepared') ??
    sittings.at(-1) ??
    null
  );
}
