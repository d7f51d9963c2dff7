import { expect, test } from '@playwright/test';
import type { Browser } from 'puppeteer-core';
import { Lab } from '../faults/lab.ts';
import { runRow, type RunOptions } from '../faults/run-row.ts';

/**
 * Five rows of the fault bench, shortened to a delay of 24 s so that they fit a test run, side by side in one browser;
 * the whole matrix at its full delay is `npm run faults`.
 */
const ROWS = [2, 16, 22, 24, 29];
const SHORT: RunOptions = { player: 'kiosk', delaySeconds: 24, beforeS: 12 };
/** The fault whose control is cheapest: bare hls.js dies of it within seconds. */
const CONTROL_ROW = 24;

let lab: Lab;
let browser: Browser;

test.beforeAll(async () => {
  lab = new Lab();
  await lab.start();
  browser = await lab.openBrowser();
});

test.afterAll(() => lab.stop());

test('the stage comes through five faults, one of which kills bare hls.js beside it', async () => {
  test.setTimeout(150_000);
  const bare = runRow(lab, browser, CONTROL_ROW, { player: 'bare', beforeS: 12 });
  const measured = await Promise.all(ROWS.map(async (row) => ({ row, ...(await runRow(lab, browser, row, SHORT)) })));
  for (const m of measured) {
    expect(m.alive, `row ${m.row} alive`).toBe(true);
    // Generous on stalls: rows share the machine with each other and with whatever else the suite runs.
    expect(m.stall_s, `row ${m.row} stall`).toBeLessThan(3);
    expect(m.skipped_s, `row ${m.row} skipped`).toBeLessThan(4);
  }
  expect((await bare).alive, 'bare hls.js alive').toBe(false);
});
