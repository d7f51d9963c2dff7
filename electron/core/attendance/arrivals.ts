import type { ArrivalSteps } from '../../contract/api-attendance.ts';

const STEP_MS = 5 * 60_000;
/** An hour: fewer bars would be as wide as a hand. */
const LEAST_STEPS = 12;
/** More bars have no room for their numbers. */
const MOST_STEPS = 20;

/**
 * Who came in each five minutes since sign-in opened, by the clock's own five minutes. Where nobody came in the first hour it begins
 * with the first person; who came before the opening, by a time that was entered later, stands in the first step. `moments` and
 * `opensAt` are epoch ms.
 */
export function countArrivals(moments: readonly number[], opensAt: number): ArrivalSteps {
  const earliest = moments.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const isLate = Number.isFinite(earliest) && earliest >= opensAt + LEAST_STEPS * STEP_MS;
  const begin = isLate ? earliest : opensAt;
  const from = Math.floor(begin / STEP_MS) * STEP_MS;
  const steps = moments.map((at) => Math.max(0, Math.floor((at - from) / STEP_MS)));
  const last = steps.reduce((most, step) => Math.max(most, step), 0);
  const counts = Array.from({ length: Math.min(MOST_STEPS, Math.max(LEAST_STEPS, last + 1)) }, () => 0);
  let later = 0;
  for (const step of steps) {
    if (step < counts.length) counts[step]! += 1;
    else later += 1;
  }
  return { from, stepMs: STEP_MS, counts, later };
}
