import { expect, test } from 'vitest';
import { Portion } from '../../../electron/core/provisioning/portion.ts';

test('portions take about 6 ms each, however slow the work is, and are never more than twenty nor none', () => {
  let now = 0;
  const portion = new Portion(() => now);
  const settle = (msEach: number): number => {
    for (let i = 0; i < 20; i++) portion.run((size) => (now += size * msEach));
    return portion.size;
  };
  expect(settle(2)).toBe(3);
  expect(settle(0.01)).toBe(20);
  expect(settle(4)).toBe(1);
  expect(settle(500)).toBe(1);
  expect(settle(1)).toBeGreaterThanOrEqual(5);
  // One slow moment halves it, and it comes back.
  const before = portion.size;
  portion.run(() => (now += 10_000));
  expect(portion.size).toBeGreaterThanOrEqual(Math.floor(before / 2));
  expect(() =>
    portion.run(() => {
      throw new Error('refused');
    }),
  ).toThrow('refused');
});
