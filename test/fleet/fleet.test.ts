import { expect, test } from 'vitest';
import { runFaultySends } from './faulty-sends.ts';
import { peakBound, runHerd } from './herd.ts';
import { renderArrivalsSvg } from './plot.ts';

const sends = { count: 200, seed: 7, faultShare: 0.5, windowMs: 60_000, runAheadMs: 3_600_000 };

test('200 reports through every fault of the line and power cuts arrive exactly once', async () => {
  const result = await runFaultySends({ ...sends, checkReceipts: true });
  expect(result).toMatchObject({ delivered: 200, lost: 0, duplicates: 0, false_delivered: 0 });
  expect(Object.values(result.faults).filter((n) => n === 0)).toEqual([]);
  expect(result.replays_absorbed).toBeGreaterThan(5);
}, 60_000);

test('control: with the receipt check taken out the same run loses reports and shows them as delivered', async () => {
  const result = await runFaultySends({ ...sends, checkReceipts: false });
  expect(result.lost).toBeGreaterThan(10);
  expect(result.false_delivered).toBe(result.lost);
}, 60_000);

test('2,000 venues that end in the same second stay under what the province takes, and without jitter they do not', async () => {
  const spread = await runHerd({ venues: 2000, windowS: 40, capacityPerS: 100, seed: 3 });
  expect(spread.result).toMatchObject({ attempts: 2000, rejected: 0, duplicates: 0, lost: 0, false_delivered: 0 });
  expect(spread.result.last_receipt_s).toBeLessThanOrEqual(40);
  expect(spread.result.peak_per_s).toBeLessThanOrEqual(peakBound(2000, 40)! * 1.1);
  const together = await runHerd({ venues: 2000, windowS: 0, capacityPerS: 100, seed: 3, jitter: false, untilS: 60 });
  expect(together.result.peak_per_s).toBe(2000);
  expect(together.result.rejected).toBeGreaterThan(2000);
  const svg = renderArrivalsSvg({
    venues: 2000,
    windowS: 40,
    capacityPerS: 100,
    bound: peakBound(2000, 40)!,
    spread: spread.arrivals,
    refusedSpread: 0,
    together: together.arrivals,
    refusedTogether: together.result.rejected,
  });
  expect(svg.startsWith('<svg ') && svg.includes('<polyline ') && !/NaN|undefined|Infinity/.test(svg)).toBe(true);
}, 60_000);

test('a province too small for the window refuses some and still receives every report once', async () => {
  const { result } = await runHerd({ venues: 1500, windowS: 20, capacityPerS: 40, seed: 5 });
  expect(result.rejected).toBeGreaterThan(0);
  expect(result).toMatchObject({ lost: 0, duplicates: 0, false_delivered: 0 });
}, 60_000);
