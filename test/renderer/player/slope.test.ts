import { expect, test } from 'vitest';
import { makeDice } from '../../fuzz/playlist-maker.ts';
import type { MemoryPoint } from '../../soak/memory.ts';
import { floorsOf, slopeOf } from '../../soak/slope.ts';
import { judgeMemory } from '../../soak/verdict.ts';

test('growth an hour is read through outliers', () => {
  const steady = Array.from({ length: 60 }, (_, i) => ({ atS: i * 60, value: 20 + (i % 7 === 0 ? 15 : 0) }));
  expect(slopeOf(steady)).toEqual({ perHour: 0, low: 0, high: 0 });
  const growing = Array.from({ length: 61 }, (_, i) => ({ atS: i * 60, value: 20 + i / 60 }));
  expect(slopeOf(growing).perHour).toBeCloseTo(1);
  expect(slopeOf([])).toEqual({ perHour: 0, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
});

test('a leak lifts the floor, and what only goes up and down does not', () => {
  const busy = (leak: number) =>
    Array.from({ length: 120 }, (_, i) => ({ atS: i * 10, value: 20 + (i % 6) + leak * (i / 360) }));
  expect(slopeOf(floorsOf(busy(0), 120)).perHour).toBe(0);
  expect(slopeOf(floorsOf(busy(3), 120)).perHour).toBeCloseTo(3);
  expect(floorsOf(busy(0), 120)).toHaveLength(10);
});

test('the interval holds the true growth about 95 times of 100', () => {
  const dice = makeDice(7);
  let held = 0;
  for (let trial = 0; trial < 400; trial++) {
    const points = Array.from({ length: 60 }, (_, i) => ({
      atS: i * 120,
      value: 20 + (i * 120 * 1.5) / 3600 + (dice() + dice() + dice() - 1.5),
    }));
    const { low, high } = slopeOf(points);
    if (low <= 1.5 && high >= 1.5) held += 1;
  }
  expect(held).toBeGreaterThan(370);
  expect(held).toBeLessThan(395);
});

/** A reading every 5 s; noise goes up only, as what is under way does. */
function soak(hours: number, growth: { heap: number; page: number; core: number }): MemoryPoint[] {
  const dice = makeDice(3);
  return Array.from({ length: (hours * 3600) / 5 }, (_, i) => {
    const atH = (i * 5) / 3600;
    return {
      atS: i * 5,
      heap: 6 + growth.heap * atH + 2 * dice(),
      processes: {
        page: 180 + growth.page * atH + 30 * dice(),
        core: 90 + growth.core * atH + 5 * dice(),
        browser: 60,
      },
      counts: { nodes: 40, listeners: 12 },
    };
  });
}

test('over two hours a steady player passes, the control of 3 MB an hour fails, and what grows is named', () => {
  const steady = judgeMemory(soak(2, { heap: 0, page: 0, core: 0 }));
  expect([steady.heap.verdict, steady.all.verdict]).toEqual(['met', 'met']);
  const control = judgeMemory(soak(2, { heap: 3, page: 3, core: 0 }));
  expect(control.heap.verdict).toBe('missed');
  expect(control.growing).toContain('heap of the page');
  const core = judgeMemory(soak(2, { heap: 0, page: 0, core: 25 }));
  expect([core.heap.verdict, core.all.verdict]).toEqual(['met', 'missed']);
  expect(core.growing).toContain('core');
  expect(core.parts[0]!.name).toBe('core');
});

test('after a few minutes nothing is certain', () => {
  expect(judgeMemory(soak(0.1, { heap: 0, page: 0, core: 0 })).all.verdict).toBe('unclear');
});
