import { expect, test } from 'vitest';
import type { CheckOccasion } from '../../../electron/contract/checks.ts';
import { planRuns } from '../../../electron/core/health/schedule.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 0, 30);
const sitting = { id: 'sang', startsAt: START, state: 'prepared' };
const plan = (minutesBefore: number, done: Parameters<typeof planRuns>[1] = [], chance = 0) =>
  planRuns([sitting], done, { now: START - minutesBefore * MINUTE, chance }).map(
    ({ occasion, at }) => `${occasion} ${(START - at) / MINUTE}`,
  );
const run = (occasion: CheckOccasion, minutesBefore: number) => ({
  sittingId: 'sang',
  occasion,
  startedAt: START - minutesBefore * MINUTE,
});

test('60 and 15 minutes before; each once', () => {
  expect(plan(120)).toEqual(['hour_before 60', 'quarter_before 15']);
  expect(plan(50, [run('hour_before', 60)])).toEqual(['quarter_before 15']);
  expect(plan(10, [run('quarter_before', 15)])).toEqual([]);
  // Whatever the chance of the start that made the run, and when it was made up for.
  expect(plan(50, [run('hour_before', 68)])).toEqual(['quarter_before 15']);
  expect(plan(9, [run('quarter_before', 10)], 1)).toEqual([]);
});

test('a PC that was off makes up for the newest mark only, and never after the start', () => {
  expect(plan(40)).toEqual(['hour_before 60', 'quarter_before 15']);
  expect(plan(5)).toEqual(['quarter_before 15']);
  expect(plan(0)).toEqual([]);
  expect(planRuns([{ ...sitting, state: 'live' }], [], { now: START - MINUTE, chance: 0 })).toEqual([]);
});

test('31,000 venues do not ask in step: each is earlier by chance, never later', () => {
  expect(plan(120, [], 1)).toEqual(['hour_before 68', 'quarter_before 19']);
  const at = Array.from({ length: 1_000 }, (_, i) => planRuns([sitting], [], { now: 0, chance: i / 1_000 })[0]!.at);
  expect(Math.max(...at)).toBe(START - 60 * MINUTE);
  expect(new Set(at).size).toBeGreaterThan(900);
});

test('a sitting that was put off is checked again before its new start, one that was moved forward at once', () => {
  // Both runs were made for a start six hours earlier.
  const before = [run('hour_before', 420), run('quarter_before', 375)];
  expect(plan(370, before)).toEqual(['hour_before 60', 'quarter_before 15']);
  expect(plan(10, before)).toEqual(['quarter_before 15']);
  // A start five minutes later is the same one to whoever prepares the hall.
  expect(plan(50, [run('hour_before', 65)])).toEqual(['quarter_before 15']);
});
