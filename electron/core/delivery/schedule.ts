import type { DeliveryFailure } from '../../contract/delivery.ts';

/** When to send, as data. All durations in milliseconds. */
export interface SendPolicy {
  /** W: first tries of all venues are spread evenly over this time after the end. From the session package. */
  windowMs: number;
  /** Full jitter: the n-th retry waits U(0, min(cap, base·2^n)). */
  baseMs: number;
  capMs: number;
  /** A report in conflict waits for a person; it is still tried about once a day. */
  parkedMs: number;
  /** Spread added to a daily retry. */
  parkedSpreadMs: number;
  /** After a start of the core, overdue reports wait U(0, this). */
  bootSpreadMs: number;
  /** After the network came back, reports that failed for want of it wait U(0, this). */
  networkSpreadMs: number;
  /** A `Retry-After` beyond this is taken as this: a typing error must not silence a venue for a year. */
  retryAfterMaxMs: number;
  /** How often a delivered report is checked for a return, by its age. After the last step it is not checked any more. */
  returnChecks: readonly { untilAgeMs: number; everyMs: number }[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A clock that is put right by less than this changes no plan. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE;

/** The policy of every venue; only W comes from the package. */
export function defaultPolicy(windowMs: number): SendPolicy {
  return {
    windowMs,
    baseMs: 5 * SECOND,
    capMs: 15 * MINUTE,
    parkedMs: DAY,
    parkedSpreadMs: HOUR,
    bootSpreadMs: MINUTE,
    networkSpreadMs: 30 * SECOND,
    retryAfterMaxMs: DAY,
    returnChecks: [
      { untilAgeMs: HOUR, everyMs: 10 * MINUTE },
      { untilAgeMs: DAY, everyMs: 30 * MINUTE },
      { untilAgeMs: 30 * DAY, everyMs: 6 * HOUR },
    ],
  };
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** First try: the sitting's end plus U(0, W). Epoch ms. */
export function firstAttemptAt(endedAt: number, policy: SendPolicy, random: Random): number {
  return endedAt + random() * policy.windowMs;
}

/**
 * The try after a failed one: full jitter, so that venues that failed together do not come back together. There is no
 * last try. `failures` counts the failed tries of this revision, this one included (≥ 1). `retryAfterMs` is a floor,
 * and U(0, W) is added to it because every venue got the same figure. Where a person must act first (a conflict), and
 * where the province has a later revision already, a try a day is enough.
 */
export function nextAttemptAt(
  after: {
    now: number;
    failures: number;
    failure: DeliveryFailure;
    retryAfterMs: number | null;
    newerDelivered: boolean;
  },
  policy: SendPolicy,
  random: Random,
): number {
  const { now, failures, failure, retryAfterMs, newerDelivered } = after;
  if (failure === 'conflict' || newerDelivered) return now + policy.parkedMs + random() * policy.parkedSpreadMs;
  // 2^31 is beyond any cap; without the limit the power overflows after a thousand tries.
  const ceilingMs = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(31, Math.max(0, failures - 1)));
  const jittered = now + random() * ceilingMs;
  if (retryAfterMs === null) return jittered;
  const floorMs = Math.min(Math.max(0, retryAfterMs), policy.retryAfterMaxMs);
  return Math.max(jittered, now + floorMs + random() * policy.windowMs);
}

/** What a row says of its next try. Moments are epoch ms. */
export interface StoredPlan {
  nextAttemptAt: number;
  attempts: number;
  lastFailure: DeliveryFailure | null;
  /** Beginning of the last try; null before the first. */
  lastAttemptAt: number | null;
  newerDelivered: boolean;
}

/**
 * The stored moment, unless it lies further ahead than the rule that set it allows: then the clock was set back, and the
 * report goes within the boot window. A wait that the province asked for has no short limit of its own; when its try
 * seems to lie in the future it is counted from now.
 */
export function attemptWithinRule(stored: StoredPlan, now: number, policy: SendPolicy, random: Random): number {
  const { nextAttemptAt: at, lastAttemptAt: last } = stored;
  if (at - now > longestWaitMs(stored, policy)) return now + random() * policy.bootSpreadMs;
  if (last === null || now >= last - CLOCK_TOLERANCE_MS || at <= last) return at;
  // Not beyond the last try: there the row would seem just as wrong the next time it is read.
  return Math.min(last, now + (at - last));
}

function longestWaitMs({ attempts, lastFailure, newerDelivered }: StoredPlan, policy: SendPolicy): number {
  if (attempts === 0) return Math.max(policy.windowMs, policy.networkSpreadMs);
  if (lastFailure === 'conflict' || newerDelivered) return policy.parkedMs + policy.parkedSpreadMs;
  if (lastFailure === null || lastFailure === 'unreachable' || lastFailure === 'damaged') return policy.capMs;
  // There was an answer, which may have carried a Retry-After.
  return Math.max(policy.capMs, policy.retryAfterMaxMs + policy.windowMs);
}

/** The moment for a report found at start: as stored, and if that has passed, spread over the boot window. */
export function attemptAtBoot(stored: StoredPlan, now: number, policy: SendPolicy, random: Random): number {
  const at = attemptWithinRule(stored, now, policy, random);
  return at > now ? at : now + random() * policy.bootSpreadMs;
}

/**
 * The moment for a report when the network came back: sooner than planned, never at once. Only failures for want of a
 * network are moved; a province that asked for time keeps it.
 */
export function attemptAtNetworkBack(
  stored: { at: number; lastFailure: DeliveryFailure | null },
  now: number,
  policy: SendPolicy,
  random: Random,
): number {
  if (stored.lastFailure !== 'unreachable' && stored.lastFailure !== 'timeout') return stored.at;
  return Math.min(stored.at, now + random() * policy.networkSpreadMs);
}

/** When to ask again for a return, or null when the report is old enough to be left alone. Between half and one and a half steps. */
export function nextReturnCheckAt(deliveredAt: number, now: number, policy: SendPolicy, random: Random): number | null {
  const ageMs = Math.max(0, now - deliveredAt);
  const step = policy.returnChecks.find((s) => ageMs < s.untilAgeMs);
  return step ? now + step.everyMs * (0.5 + random()) : null;
}

/** `Retry-After` (RFC 9110 §10.2.3): seconds or an HTTP date. Milliseconds from now, or null when absent or unreadable. */
export function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const trimmed = value.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * SECOND;
  // Date.parse accepts far more than an HTTP date, "-5" among it.
  if (!/^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(trimmed)) return null;
  const at = Date.parse(trimmed);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** First try of an amended revision: a person acted at this venue alone, so a short spread is enough. Epoch ms. */
export function amendedAttemptAt(now: number, policy: SendPolicy, random: Random): number {
  return now + random() * policy.networkSpreadMs;
}
