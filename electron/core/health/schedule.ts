import type { CheckOccasion } from '../../contract/checks.ts';

const MINUTE_MS = 60_000;

/**
 * Before the start. Thousands of venues check for the same sitting: each a little earlier than the mark, by chance, so that they
 * do not ask centre and province in step.
 */
const MARKS = [
  { occasion: 'hour_before', beforeMs: 60 * MINUTE_MS, spreadMs: 8 * MINUTE_MS },
  { occasion: 'quarter_before', beforeMs: 15 * MINUTE_MS, spreadMs: 4 * MINUTE_MS },
] as const satisfies readonly { occasion: CheckOccasion; beforeMs: number; spreadMs: number }[];

export interface Planned {
  sittingId: string;
  occasion: CheckOccasion;
  /** Epoch ms. */
  at: number;
}

/**
 * The runs that come by themselves, soonest first. `chance` is of this PC, from 0 to 1. A mark that passed while the PC was off
 * is made up for, as long as the sitting has not begun and no later mark has passed as well. A run of before the sitting was put off is for
 * another mark.
 */
export function planRuns(
  sittings: readonly { id: string; startsAt: number; state: string }[],
  done: readonly { sittingId: string | null; occasion: CheckOccasion; startedAt: number }[],
  { now, chance }: { now: number; chance: number },
): Planned[] {
  const planned = sittings
    .filter(({ startsAt, state }) => (state === 'prepared' || state === 'open') && startsAt > now)
    .flatMap(({ id, startsAt }) => {
      const marks = MARKS.map(({ occasion, beforeMs, spreadMs }) => ({
        sittingId: id,
        occasion,
        at: startsAt - beforeMs - Math.round(spreadMs * chance),
        // Another start of the program has another chance.
        earliest: startsAt - beforeMs - spreadMs,
      }));
      const passed = marks.findLastIndex(({ at }) => at <= now);
      return marks.slice(Math.max(0, passed));
    });
  return planned
    .filter(({ sittingId, occasion, earliest }) => {
      const isThis = (run: (typeof done)[number]) => run.sittingId === sittingId && run.occasion === occasion;
      return !done.some((run) => isThis(run) && run.startedAt >= earliest);
    })
    .map(({ sittingId, occasion, at }) => ({ sittingId, occasion, at }))
    .toSorted((a, b) => a.at - b.at);
}
