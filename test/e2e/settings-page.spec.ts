import type { Page } from '@playwright/test';
import { vi } from '../../renderer/i18n/vi.ts';
import { createOpenView, type FakeCore } from '../support/fake-core-views.ts';
import { expect, test } from '../support/window-test.ts';

async function openSettings(page: Page, core: FakeCore): Promise<void> {
  core.console({ locked: false, role: 'technician', open: createOpenView(Date.now()) });
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: vi.settings.open }).click();
}

test('a page begins at its top, however far the one before was scrolled', async ({ page, core }) => {
  await openSettings(page, core);
  await page.getByText(vi.settings.changes.none).waitFor();
  const main = page.locator('.board-page');
  const scrolled = () => main.evaluate((element) => element.scrollTop);
  await main.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  expect(await scrolled()).toBeGreaterThan(0);
  await page.getByRole('button', { name: vi.console.nav.help, exact: true }).click();
  await expect(page.getByRole('heading', { name: vi.help.title.picture })).toBeVisible();
  expect(await scrolled()).toBe(0);
});

test('a setting that the PC did not take says so', async ({ page, core }) => {
  await openSettings(page, core);
  await page.route('**/stick-copies', (route) => route.abort());
  await page.getByRole('button', { name: vi.keys.copies.turnOn }).click();
  await expect(page.getByText(vi.settings.failed.unreachable)).toBeVisible();
});
