import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { vi } from '../../renderer/i18n/vi.ts';
import { createOpenView } from '../support/fake-core-views.ts';
import { expect, listAxeViolations, listCutOff, SIZES, test } from '../support/window-test.ts';

/** A trial of the real session and a session without a receiver, as they look. */

const SHOTS = path.resolve('out/trial');

test('a trial is marked on every window, and the console says until when', async ({ page, core }) => {
  mkdirSync(SHOTS, { recursive: true });
  const until = Date.now() + 40 * 60_000;
  core.desk({ rehearsal: true });
  core.stage({ rehearsal: true });
  core.console({
    rehearsal: true,
    locked: false,
    role: 'technician',
    open: { ...createOpenView(Date.now()), trialUntil: until },
  });
  for (const size of SIZES)
    for (const window of ['desk', 'stage', 'console'] as const) {
      await page.setViewportSize(size);
      await page.goto(`${core.url}/${window}/`);
      await expect(page.locator('.watermark')).toBeVisible();
      await expect(page.locator('.watermark [data-word]').first()).toHaveAttribute('data-word', vi.common.rehearsal);
      await expect(page.locator('.rehearsal-chip').first()).toHaveText(vi.common.rehearsal);
      // The mark lies over everything and takes nothing: a click goes through it.
      const mark = await page.locator('.watermark').evaluate((element) => getComputedStyle(element).pointerEvents);
      expect(mark).toBe('none');
      if (window === 'console') {
        await expect(page.getByText(vi.trial.running)).toBeVisible();
        expect(await listCutOff(page, '.board-page, .board-header')).toEqual([]);
        if (size.width === 1366) expect(await listAxeViolations(page)).toEqual([]);
      }
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(SHOTS, `trial-${window}-${size.width}.png`) });
    }
});

test('a session without a receiver says so where delivery stands elsewhere', async ({ page, core }) => {
  mkdirSync(SHOTS, { recursive: true });
  core.console({ locked: false, role: 'technician', open: { ...createOpenView(Date.now()), noReceiver: true } });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(`${core.url}/console/`);
    await expect(page.getByTestId('no-receiver')).toContainText(vi.receiver.says);
    await page.getByTestId('no-receiver').scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(SHOTS, `none-board-${size.width}.png`) });
    await page.getByRole('button', { name: vi.console.nav.delivery }).click();
    await expect(page.locator('.board-page')).toBeVisible();
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(SHOTS, `none-report-${size.width}.png`) });
    expect(await listCutOff(page, '.board-page, .board-header')).toEqual([]);
  }
  expect(await listAxeViolations(page)).toEqual([]);
});
