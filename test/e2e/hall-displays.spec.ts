import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { PRACTICE_PIN } from '../../electron/core/rehearsal/rehearsal.ts';
import { launchKiosk } from '../rehearsal/kiosk.ts';

/** The whole kiosk on two displays of a browser without a screen: numbers on them, and the windows changed with one another. */

const press = async (page: Page, text: string, inside = ''): Promise<void> => {
  const button = await page.waitForSelector(`${inside} ::-p-aria([name="${text}"][role="button"])`, {
    timeout: 15_000,
  });
  await button!.evaluate((element) => (element as HTMLElement).click());
};
/** Where the window lies: left edge and width, px. */
const placeOf = (page: Page) => page.evaluate(() => [window.screenX, window.innerWidth]);
const numberOn = (page: Page) =>
  page.evaluate(() => document.querySelector('[data-testid=display-number] strong')?.textContent ?? null);

test('the console shows which display is which, and swaps them; the swap is known after a restart', async () => {
  test.setTimeout(240_000);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hall-displays-'));
  const options = { dataDir, headless: true, argv: ['--people', '5', '--minutes', '30'] };
  let kiosk = await launchKiosk(options);
  const places = async () => ({
    stage: await placeOf(await kiosk.page('stage')),
    desk: await placeOf(await kiosk.page('desk')),
  });
  const plain = { stage: [1366, 1920], desk: [0, 1366] };
  const swapped = { stage: [0, 1366], desk: [1366, 1920] };
  try {
    const board = await kiosk.page('console');
    await board.bringToFront();
    await board.waitForSelector('.lock-screen');
    await board.keyboard.type(PRACTICE_PIN, { delay: 20 });
    await board.keyboard.press('Enter');
    await expect.poll(places, { timeout: 30_000 }).toEqual(plain);
    await press(board, 'Cài đặt');
    await press(board, 'Hiện số trên màn hình');
    await expect.poll(async () => numberOn(await kiosk.page('stage')), { timeout: 10_000 }).toBe('2');
    await expect.poll(async () => numberOn(await kiosk.page('desk')), { timeout: 10_000 }).toBe('1');
    // Nobody has to take the numbers away.
    await expect.poll(async () => numberOn(await kiosk.page('stage')), { timeout: 30_000 }).toBe(null);

    await press(board, 'Đổi chỗ hai màn hình');
    // A rehearsal begins at once: then it is asked first, because the hall sees it.
    const asked = await board.waitForSelector('dialog, .no-question', { timeout: 3_000 }).catch(() => null);
    if (asked) await press(board, 'Đổi chỗ hai màn hình', 'dialog');
    await expect.poll(places, { timeout: 30_000 }).toEqual(swapped);
    await kiosk.stop();

    kiosk = await launchKiosk(options);
    await expect.poll(places, { timeout: 60_000 }).toEqual(swapped);
  } finally {
    await kiosk.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  }
});
