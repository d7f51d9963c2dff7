import { expect, test } from 'vitest';
import { floorsOf, slopePerHour } from '../../soak/slope.ts';

test('growth an hour is read through outliers', () => {
  const steady = Array.from({ length: 60 }, (_, i) => ({ atS: i * 60, value: 20 + (i % 7 === 0 ? 15 : 0) }));
  expect(slopePerHour(steady)).toBe(0);
  const growing = Array.from({ length: 61 }, (_, i) => ({ atS: i * 60, value: 20 + i / 60 }));
  expect(slopePerHour(growing)).toBeCloseTo(1);
  expect(slopePerHour([])).toBe(0);
});

test('a leak lifts the floor, and what only goes up and down does not', () => {
  const busy = (leak: number) =>
    Array.from({ length: 120 }, (_, i) => ({ atS: i * 10, value: 20 + (i % 6) + leak * (i / 360) }));
  expect(slopePerHour(floorsOf(busy(0), 120))).toBe(0);
  expect(slopePerHour(floorsOf(busy(3), 120))).toBeCloseTo(3);
  expect(floorsOf(busy(0), 120)).toHaveLength(10);
});
