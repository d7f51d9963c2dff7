import type { SittingPlan } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { ConsoleAnswers } from './console-answers.ts';
import type { Countdowns } from './countdowns.ts';
import { CLOCK_POLICY } from './hall-clock.ts';
import { isRunning, type Observed } from './machine.ts';
import type { BroadcastView, ProvinceView } from './ports.ts';
import type { Times } from './times.ts';

/** A source, or where it is asked for the time a province, that neither answers nor fails is waited for no longer than this before a sitting opens, ms awake. */
const AWAIT_SOURCE_MS = 2 * CLOCK_POLICY.longestTickMs;

export interface Watched {
  broadcast: BroadcastView;
  province: ProvinceView;
  answers: ConsoleAnswers;
  countdowns: Countdowns;
}

/** Puts together what the next step of a sitting depends on. `all` are the sittings of the session, in order. */
export function observe(
  watched: Watched,
  sitting: SittingRecord,
  all: readonly SittingRecord[],
  known: { plan: SittingPlan; times: Times; awakeMs: number; quietMs: number },
): Observed {
  const { broadcast, province, answers, countdowns } = watched;
  const { plan, times } = known;
  const { id } = sitting;
  const next = all.find((s) => s.state === 'prepared' && s.startsAt > sitting.startsAt && s.endsAt > times.steadyNow);
  // Without a broadcast the clock is in doubt when it passes over a sitting that never opened: the PC was off then, or it is wrong.
  const isPassedOver = all.some((s) => s.state === 'prepared' && s.endsAt <= sitting.startsAt);
  const isAsked = plan.sources.length > 0 ? broadcast.sourceAsked() : !isPassedOver || broadcast.timeAsked();
  return {
    times,
    endToleranceMs: plan.endToleranceMinutes * 60_000,
    endGraceMs: plan.endGraceMinutes * 60_000,
    delayMs: broadcast.delayMs(),
    hasSources: plan.sources.length > 0,
    sourceAsked: isAsked || known.awakeMs >= AWAIT_SOURCE_MS,
    health: broadcast.health(),
    quietMs: known.quietMs,
    openForMs: countdowns.usedMs(id, 'open') ?? 0,
    endingForMs: countdowns.usedMs(id, 'last_frames') ?? 0,
    sinceEndMs: countdowns.usedMs(id, 'since_end'),
    askedMs: { endlist: countdowns.usedMs(id, 'endlist'), next_due: countdowns.usedMs(id, 'next_due') },
    endlistAt: broadcast.endlistAt(),
    frameShown: broadcast.frameShown(id),
    lastFrameShown: broadcast.lastFrameShown(id),
    stagePlaying: broadcast.stagePlaying(id),
    provinceFinished: province.saysFinished(id),
    provinceOverruled: answers.isProvinceOverruled(id),
    answers: { endlist: answers.get(id, 'endlist'), next_due: answers.get(id, 'next_due') },
    otherRunning: all.some((s) => s.id !== id && isRunning(s.state)),
    nextOpensAt: next?.opensAt ?? null,
  };
}

/** The states of sittings as one text, to be compared. */
export function statesOf(sittings: readonly SittingRecord[]): string {
  return sittings.map(({ id, state }) => `${id} ${state}`).join('\n');
}
