import { expect, test } from '@playwright/test';
import type { Browser } from 'puppeteer-core';
import { Lab } from '../faults/lab.ts';
import { runRow, type RunOptions } from '../faults/run-row.ts';

/**
 * Five rows of the fault bench, shortened to a delay of 26 s so that they fit a test run, side by side in one browser;
 * the whole matrix at its full delay is `npm run faults`.
 */
const ROWS = [2, 16, 22, 24, 29];
const SHORT: RunOptions = { player: 'kiosk', delaySeconds: 26, beforeS: 14 };

let lab: Lab;
let browser: Browser;

test.beforeAll(async () => {
  lab = new Lab();
  await lab.start();
  browser = await lab.openBrowser();
});

test.afterAll(() => lab.stop());

test('the stage comes through a reset line, lost and foreign segments, an empty playlist and an encoder restart', async () => {
  test.setTimeout(150_000);
  const measured = await Promise.all(ROWS.map(async (row) => ({ row, ...(await runRow(lab, browser, row, SHORT)) })));
  for (const m of measured) {
    expect(m.alive, `row ${m.row} alive`).toBe(true);
    // Generous on stalls: rows share the machine with each other and with whatever else the suite runs.
    expect(m.stall_s, `row ${m.row} stall`).toBeLessThan(3);
    expect(m.skipped_s, `row ${m.row} skipped`).toBeLessThan(4);
  }
});

test('the faults are real: bare hls.js dies of an empty playlist', async () => {
  test.setTimeout(90_000);
  const bare = await runRow(lab, browser, 24, { player: 'bare', beforeS: 8 });
  expect(bare.alive).toBe(false);
});
