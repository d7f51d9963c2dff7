import { expect, test } from 'vitest';
import { slopePerHour } from '../../soak/slope.ts';

test('growth an hour is read through outliers', () => {
  const steady = Array.from({ length: 60 }, (_, i) => ({ atS: i * 60, value: 20 + (i % 7 === 0 ? 15 : 0) }));
  expect(slopePerHour(steady)).toBe(0);
  const growing = Array.from({ length: 61 }, (_, i) => ({ atS: i * 60, value: 20 + i / 60 }));
  expect(slopePerHour(growing)).toBeCloseTo(1);
  expect(slopePerHour([])).toBe(0);
});
