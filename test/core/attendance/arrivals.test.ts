import { expect, test } from 'vitest';
import { countArrivals } from '../../../electron/core/attendance/arrivals.ts';

const MINUTE = 60_000;
const OPENS = Date.UTC(2026, 10, 27, 0, 2);
const FROM = Date.UTC(2026, 10, 27, 0, 0);
const at = (minutes: number): number => FROM + minutes * MINUTE;

test('nobody: an hour of empty steps from the opening', () => {
  expect(countArrivals([], OPENS)).toEqual({
    from: FROM,
    stepMs: 5 * MINUTE,
    counts: Array.from({ length: 12 }, () => 0),
    later: 0,
  });
});

test('every person is in exactly one step, which begins at its first moment', () => {
  const { counts, later } = countArrivals([at(4.99), at(5), at(9.9), at(10), at(59)], OPENS);
  expect(counts).toEqual([1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(later).toBe(0);
});

test('what is beyond a hundred minutes is summed, what is before the opening is in the first step, and 500 stay 500', () => {
  const moments = Array.from({ length: 500 }, (_, i) => at(-30 + i / 2));
  const { counts, later, from } = countArrivals(moments, OPENS);
  expect(from).toBe(FROM);
  expect(counts).toHaveLength(20);
  expect(counts[0]).toBe(60 + 10);
  expect(later).toBe(500 - counts.reduce((sum, n) => sum + n, 0));
  expect(later).toBeGreaterThan(0);
});

test('a sitting that is opened hours before anybody comes begins with the first person', () => {
  const { counts, from, later } = countArrivals([at(184), at(186)], OPENS);
  expect(from).toBe(at(180));
  expect(counts.slice(0, 2)).toEqual([1, 1]);
  expect(later).toBe(0);
});
