import { isRunning, nextStep, type EndQuestion, type Rules, type Step } from '../../electron/core/sitting/machine.ts';

const COUNTDOWN_MS = 5 * 60_000;
const LAST_FRAME_ALLOWANCE_MS = 15_000;

type Ask = Parameters<Rules['nextStep']>;

/** What the program did before: every moment is one of the PC's clock, and a question is over at a moment, shown or not. */
function question([sitting, seen]: Ask): { reason: EndQuestion['reason']; closesAt: number | null } | null {
  const { now } = seen.times;
  if (!isRunning(sitting.state) || sitting.endingAt !== null) return null;
  if (seen.answers.endlist === 'keep' || seen.answers.next_due === 'keep') return null;
  if (seen.endlistAt !== null && now < sitting.endsAt - seen.endToleranceMs) {
    const ours = sitting.broadcastSeenAt !== null;
    if (!ours && now < sitting.startsAt) return null;
    return { reason: 'endlist', closesAt: ours ? seen.endlistAt + COUNTDOWN_MS : null };
  }
  if (seen.nextOpensAt === null) return null;
  const due = Math.max(seen.nextOpensAt, sitting.endsAt + seen.endGraceMs);
  return now >= due ? { reason: 'next_due', closesAt: due + COUNTDOWN_MS } : null;
}

function step([sitting, seen]: Ask): Step | null {
  const { now } = seen.times;
  if (sitting.state === 'prepared') {
    const missed = now >= sitting.endsAt + seen.endGraceMs;
    return now >= sitting.opensAt && !missed && !seen.otherRunning ? { to: 'open' } : null;
  }
  if (!isRunning(sitting.state)) return nextStep(sitting, seen);
  if (sitting.endingAt !== null) {
    if (seen.endlistAt === null && seen.health === 'live') return { to: 'not_ending' };
    const overdue = now >= sitting.endingAt + seen.delayMs + LAST_FRAME_ALLOWANCE_MS;
    const shown = seen.lastFrameShown || (overdue && !seen.stagePlaying);
    return shown ? { to: 'ended', by: sitting.endedBy ?? 'ENDLIST' } : null;
  }
  const asked = question([sitting, seen]);
  const answer = asked && seen.answers[asked.reason];
  if (seen.endlistAt !== null && now >= sitting.endsAt - seen.endToleranceMs) return { to: 'ending', by: 'ENDLIST' };
  if (asked && (answer === 'close' || (asked.closesAt !== null && now >= asked.closesAt)))
    return asked.reason === 'endlist' ? { to: 'ending', by: 'ENDLIST' } : { to: 'ended', by: 'schedule' };
  if (sitting.state === 'open' && seen.frameShown) return { to: 'live' };
  const over = now >= sitting.endsAt + seen.endGraceMs;
  const silent = seen.health !== 'live' && !seen.stagePlaying && seen.quietMs >= seen.endGraceMs;
  return over && silent ? { to: 'ended', by: 'schedule' } : null;
}

/** The control: histories that the program before this rule cannot pass. Only tests use it. */
export const OLD_RULES: Rules = {
  endQuestion(sitting, seen) {
    const asked = question([sitting, seen]);
    return asked && { reason: asked.reason, closesByItself: asked.closesAt !== null };
  },
  nextStep: (sitting, seen) => step([sitting, seen]),
};
