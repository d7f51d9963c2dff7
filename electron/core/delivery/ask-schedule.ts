import type { Random } from './schedule.ts';

/** When to ask the province about a sitting whose broadcast is gone, as data. All durations in milliseconds. */
export interface AskPolicy {
  /** Least time between two questions; U(0, this) is added, because all venues lose a broadcast in the same second. */
  everyMs: number;
  /** The spread doubles with each failure in a row, up to this. */
  spreadCapMs: number;
  /** In place of `everyMs`, as least time and as spread, where the province has no such address. */
  absentMs: number;
  /** A `Retry-After` beyond this is taken as this: a typing error must not silence the channel for the whole sitting. */
  retryAfterMaxMs: number;
}

/** The policy of every venue. 2,212 venues of one province ask 25 times a second at this rate, however long the outage. */
export const ASK_POLICY: AskPolicy = {
  everyMs: 60_000,
  spreadCapMs: 10 * 60_000,
  absentMs: 30 * 60_000,
  retryAfterMaxMs: 60 * 60_000,
};

/** Wait before the first question of a silence, ms. */
export function firstAskWaitMs(policy: AskPolicy, random: Random): number {
  return random() * policy.everyMs;
}

/** How the last question went. */
export interface AskOutcome {
  /** Failed questions in a row, the last one included; 0 after an answer. */
  failures: number;
  /** The province has no such address. */
  absent: boolean;
  /** What the province asked us to wait, ms; a floor. */
  retryAfterMs: number | null;
}

/** Wait before the next question, ms: a floor and full jitter on top of it, so that one `Retry-After` sent to all does not gather them. */
export function nextAskWaitMs(after: AskOutcome, policy: AskPolicy, random: Random): number {
  const everyMs = after.absent ? policy.absentMs : policy.everyMs;
  const askedMs = Math.min(Math.max(0, after.retryAfterMs ?? 0), policy.retryAfterMaxMs);
  // 2^31 is beyond any cap; without the limit the power overflows.
  const grownMs = Math.min(policy.spreadCapMs, everyMs * 2 ** Math.min(31, after.failures));
  return Math.max(everyMs, askedMs) + random() * Math.max(everyMs, grownMs);
}
