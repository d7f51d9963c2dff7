import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeliveryFailure } from '../../../electron/contract/delivery.ts';
import {
  amendedAttemptAt,
  attemptAtBoot,
  attemptAtNetworkBack,
  attemptWithinRule,
  defaultPolicy,
  firstAttemptAt,
  nextAttemptAt,
  nextReturnCheckAt,
  parseRetryAfter,
  type StoredPlan,
} from '../../../electron/core/delivery/schedule.ts';

const policy = defaultPolicy(600_000);
const NOW = Date.parse('2026-02-07T04:30:00Z');
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failure = fc.constantFrom<DeliveryFailure>(
  'unreachable',
  'timeout',
  'busy',
  'server_error',
  'no_receipt',
  'bad_receipt',
  'redirected',
  'refused',
);

test('first tries fill the window evenly and never leave it', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 1000; i += 1) {
    const at = firstAttemptAt(NOW, policy, () => i / 1000) - NOW;
    counts[Math.floor(at / 60_000)]! += 1;
  }
  expect(counts).toEqual(Array.from({ length: 10 }, () => 100));
  expect(firstAttemptAt(NOW, policy, () => 0.999999)).toBeLessThan(NOW + 600_000);
});

test('a retry waits anything from nothing to the doubled base, at most the cap, however often it failed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), uniform, failure, (failures, u, failure) => {
      const wait =
        nextAttemptAt({ now: NOW, failures, failure, retryAfterMs: null, newerDelivered: false }, policy, () => u) -
        NOW;
      const ceiling = Math.min(900_000, 5_000 * 2 ** Math.min(failures - 1, 31));
      expect(wait).toBeCloseTo(u * ceiling, 3);
    }),
  );
});

test('Retry-After is a floor, spread over the window, and a typing error in it cannot silence a venue', () => {
  const at = (retryAfterMs: number, u: number) =>
    nextAttemptAt({ now: NOW, failures: 1, failure: 'busy', retryAfterMs, newerDelivered: false }, policy, () => u) -
    NOW;
  expect(at(120_000, 0)).toBe(120_000);
  expect(at(120_000, 0.5)).toBe(420_000);
  expect(at(10 ** 12, 0)).toBe(86_400_000);
  expect(at(0, 0.5)).toBe(300_000);
});

test('a conflict, and a revision that a later one has replaced, are tried again about once a day', () => {
  for (const [failure, newerDelivered] of [
    ['conflict', false],
    ['refused', true],
    ['unreachable', true],
  ] as const) {
    const failed = { now: NOW, failures: 1, failure, retryAfterMs: null, newerDelivered };
    expect(nextAttemptAt(failed, policy, () => 0.5) - NOW).toBe(86_400_000 + 1_800_000);
  }
});

const HOUR = 3_600_000;
const plan = (nextAttemptAt: number, more: Partial<StoredPlan> = {}): StoredPlan => ({
  nextAttemptAt,
  attempts: 0,
  lastFailure: null,
  lastAttemptAt: null,
  newerDelivered: false,
  ...more,
});

test('at boot nothing goes earlier than stored, and overdue reports are spread over a minute', () => {
  expect(attemptAtBoot(plan(NOW + 5_000), NOW, policy, () => 0)).toBe(NOW + 5_000);
  expect(attemptAtBoot(plan(NOW - 5_000), NOW, policy, () => 0.5)).toBe(NOW + 30_000);
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 9), max: 365 * 24 * HOUR }), uniform, (ahead, u) => {
      const at = attemptAtBoot(plan(NOW + ahead), NOW, policy, () => u);
      expect(at >= NOW && at >= Math.min(NOW + ahead, NOW + u * 60_000)).toBe(true);
      expect(at).toBeLessThanOrEqual(NOW + policy.windowMs);
    }),
  );
});

test('no plan that a rule made is moved while the clock runs on', () => {
  const anyFailure = fc.oneof(failure, fc.constant<DeliveryFailure>('conflict'));
  const asked = fc.option(fc.integer({ min: 0, max: 48 * HOUR }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), anyFailure, asked, uniform, uniform, (failures, kind, wait, u, v) => {
      const retryAfterMs = kind === 'unreachable' ? null : wait;
      const newerDelivered = failures % 3 === 0;
      const failed = { now: NOW, failures, failure: kind, retryAfterMs, newerDelivered };
      const at = nextAttemptAt(failed, policy, () => u);
      const stored = plan(at, { attempts: failures, lastFailure: kind, lastAttemptAt: NOW - 10_000, newerDelivered });
      const later = NOW + v * (at - NOW);
      expect(attemptWithinRule(stored, later, policy, () => 0)).toBe(at);
    }),
  );
  const first = firstAttemptAt(NOW, policy, () => 0.999);
  expect(attemptWithinRule(plan(first), NOW, policy, () => 0)).toBe(first);
});

test('a clock set back three hours, or a year, holds no report up', () => {
  for (const back of [3 * HOUR, 365 * 24 * HOUR]) {
    const now = NOW - back;
    const late = (stored: StoredPlan) => attemptWithinRule(stored, now, policy, () => 0.5) - now;
    expect(late(plan(NOW + 400_000))).toBe(30_000);
    const tried = { attempts: 3, lastAttemptAt: NOW };
    expect(late(plan(NOW + 700_000, { ...tried, lastFailure: 'unreachable' }))).toBe(30_000);
    expect(late(plan(NOW + 700_000, tried))).toBe(30_000);
    expect(late(plan(NOW + 300_000, { ...tried, lastFailure: 'busy' }))).toBeLessThanOrEqual(300_000);
    expect(late(plan(NOW + 700_000, { ...tried, lastFailure: 'server_error' }))).toBeLessThanOrEqual(700_000);
    expect(late(plan(NOW + 24 * HOUR, { ...tried, lastFailure: 'conflict' }))).toBeLessThanOrEqual(3 * HOUR);
  }
});

test('what was moved once because of the clock is not moved again at every look', () => {
  const now = NOW - 3 * HOUR;
  const stored = plan(NOW + 120_000, { attempts: 1, lastFailure: 'busy', lastAttemptAt: NOW });
  const at = attemptWithinRule(stored, now, policy, () => 0.5);
  expect(at).toBe(now + 120_000);
  expect(attemptWithinRule({ ...stored, nextAttemptAt: at }, now + 60_000, policy, () => 0.9)).toBe(at);
  const small = attemptWithinRule(stored, NOW - 60_000, policy, () => 0.5);
  expect(small).toBe(NOW + 120_000);
});

test('when the network comes back only those who failed for want of it come sooner', () => {
  const back = (lastFailure: DeliveryFailure | null, at: number) =>
    attemptAtNetworkBack({ at, lastFailure }, NOW, policy, () => 0.5);
  expect(back('unreachable', NOW + 800_000)).toBe(NOW + 15_000);
  expect(back('timeout', NOW + 800_000)).toBe(NOW + 15_000);
  expect(back('unreachable', NOW + 1_000)).toBe(NOW + 1_000);
  expect(back('busy', NOW + 800_000)).toBe(NOW + 800_000);
  expect(back(null, NOW + 300_000)).toBe(NOW + 300_000);
});

test('Retry-After is read as seconds or as an HTTP date, and nothing else', () => {
  expect(parseRetryAfter('120', NOW)).toBe(120_000);
  expect(parseRetryAfter(' 0 ', NOW)).toBe(0);
  expect(parseRetryAfter('Sat, 07 Feb 2026 04:31:00 GMT', NOW)).toBe(60_000);
  expect(parseRetryAfter('Saturday, 07-Feb-26 04:31:00 GMT', NOW)).toBe(60_000);
  expect(parseRetryAfter('Sat, 07 Feb 2026 04:29:00 GMT', NOW)).toBe(0);
  for (const bad of [null, '', '-5', '1.5', 'soon', '2026-02-07', '99999999999'])
    expect(parseRetryAfter(bad, NOW)).toBeNull();
});

test('returns are looked for ever more rarely and not for ever', () => {
  const hour = 3_600_000;
  const wait = (age: number, u = 0.5) => (nextReturnCheckAt(NOW - age, NOW, policy, () => u) ?? Number.NaN) - NOW;
  expect(wait(0)).toBe(600_000);
  expect(wait(0, 0)).toBe(300_000);
  expect(wait(2 * hour)).toBe(1_800_000);
  expect(wait(48 * hour)).toBe(6 * hour);
  expect(nextReturnCheckAt(NOW - 31 * 24 * hour, NOW, policy, () => 0.5)).toBeNull();
});

test('an amendment goes within half a minute', () => {
  expect(amendedAttemptAt(NOW, policy, () => 0.999)).toBeLessThan(NOW + 30_000);
});
