import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runHistory } from '../../histories/history.ts';
import { OLD_RULES } from '../../histories/old-rule.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-histories-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('in 200 random histories no step of the clock, sleep or restart ends or opens a sitting, and every question has its full time', () => {
  const sum = { faulty: [] as unknown[], steps: 0, restarts: 0, sleeps: 0, ends: 0, openings: 0 };
  for (let seed = 1; seed <= 200; seed += 1) {
    // A start reads all that is stored: a database of many histories would be most of the time.
    const few = path.join(dir, String(Math.floor(seed / 20)));
    mkdirSync(few, { recursive: true });
    const outcome = runHistory(seed, { dir: few });
    if (outcome.faults.length > 0) sum.faulty.push(outcome);
    for (const key of ['steps', 'restarts', 'sleeps', 'ends', 'openings'] as const) sum[key] += outcome[key];
  }
  expect(sum.faulty).toEqual([]);
  // Histories in which nothing happens would prove nothing.
  expect(sum.steps).toBeGreaterThan(500);
  expect(sum.restarts).toBeGreaterThan(200);
  expect(sum.sleeps).toBeGreaterThan(100);
  expect(sum.openings).toBeGreaterThan(200);
  expect(sum.ends).toBeGreaterThan(200);
}, 400_000);

test('the control: the rule before this one is found out by the same oracle', () => {
  const faults = Array.from({ length: 40 }, (_, i) => runHistory(1_000 + i, { dir, rules: OLD_RULES }).faults).flat();
  expect(faults.some((fault) => fault.includes('while the picture moved'))).toBe(true);
  expect(faults.some((fault) => fault.includes('by a clock that was set'))).toBe(true);
}, 120_000);
