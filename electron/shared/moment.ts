import type { AttendanceEvent } from '../contract/attendance.ts';
import type { ClockCorrections, ClockSetting } from '../contract/clock.ts';

/** Two readings of a clock that was not set in between differ by less, ms: the system corrects a clock little by little. */
const SAME_SETTING_MS = 30_000;
/** Steps of a clock as they were seen are right to within this, ms. */
const STEP_MS = 2_000;
/** A clock that is further off is wrong; one that is not is left alone: lateness counts in minutes, and what hosts say is as coarse, ms. */
export const CLOCK_WRONG_MS = 60_000;
/** Hosts agree on the time when they are no further apart: a Date header counts in seconds and takes a while to arrive, ms. */
export const HOSTS_AGREE_MS = 30_000;
/** A clock that shows an earlier time was never set; epoch ms. */
export const CLOCK_SET_SINCE = Date.UTC(2025, 0, 1);

/**
 * The moment an event is about: the one entered with it, else when it was written, put right where hosts agreed that our clock was
 * wrong by more than a minute. Epoch milliseconds.
 */
export function momentOf(
  event: Pick<AttendanceEvent, 'wallMs' | 'monoMs' | 'bootId' | 'body'>,
  corrections?: ClockCorrections,
): number {
  if (event.body.at !== undefined) return event.body.at;
  if (corrections === undefined || corrections.settings.length === 0) return event.wallMs;
  const off = offOf({ bootId: event.bootId, aheadMs: event.wallMs - event.monoMs }, corrections);
  return off !== null && Math.abs(off) > CLOCK_WRONG_MS ? event.wallMs + off : event.wallMs;
}

/**
 * True time less ours while our clock was set so, ms; null when it is not known. Known where the centre's clock was seen under the same
 * setting, or where steps that were seen lead from one to the other: what is neither may be sleep, in which the monotonic clock stands
 * still on some systems.
 */
export function offOf(
  { bootId, aheadMs }: Pick<ClockSetting, 'bootId' | 'aheadMs'>,
  { settings, jumps }: ClockCorrections,
): number | null {
  const ofBoot = settings.filter((each) => each.bootId === bootId);
  const same = ofBoot.findLast((each) => Math.abs(each.aheadMs - aheadMs) < SAME_SETTING_MS);
  if (same) return same.offMs;
  const stepped = ofBoot.findLast((each) => isSumOfSteps(each.aheadMs - aheadMs, jumps));
  return stepped ? stepped.offMs + stepped.aheadMs - aheadMs : null;
}

/**
 * A moment that our clock gave and that was written without the boot it was in, put right as `momentOf` does: under the setting that was
 * seen nearest to it. As it is where our clock was right to within a minute, or nothing is known; null stays null. Epoch milliseconds.
 */
export function putRightAt<T extends number | null>(
  at: T,
  settings: readonly Pick<ClockSetting, 'offMs' | 'seenMs'>[],
): T {
  if (at === null) return at;
  const apart = ({ seenMs }: Pick<ClockSetting, 'seenMs'>): number => Math.abs(seenMs - at);
  const likely = settings.reduce<(typeof settings)[number] | null>(
    (best, each) => (best && apart(best) < apart(each) ? best : each),
    null,
  );
  return likely && Math.abs(likely.offMs) > CLOCK_WRONG_MS ? ((at + likely.offMs) as T) : at;
}

/** Some steps in a row make this difference, forwards or backwards. */
function isSumOfSteps(differenceMs: number, jumps: readonly number[]): boolean {
  return jumps.some((_, from) => {
    let sum = 0;
    return jumps.slice(from).some((byMs) => {
      sum += byMs;
      return Math.abs(Math.abs(differenceMs) - Math.abs(sum)) < STEP_MS;
    });
  });
}
