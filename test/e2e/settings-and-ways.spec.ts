import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { vi } from '../../renderer/i18n/vi.ts';
import { listBoxFaults } from '../support/box-faults.ts';
import { createOpenView } from '../support/fake-core-views.ts';
import { expect, listAxeViolations, SIZES, test } from '../support/window-test.ts';

/** Settings of the PC on the console, what they do in the windows, and the ways between windows by mouse and touch. */

const SHOTS = path.resolve('out/settings');

async function hold(page: Page, button: Locator, ms: number): Promise<void> {
  const box = (await button.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(ms);
  await page.mouse.up();
}

test('language and proxy are set on the console; what is no proxy is refused with a sentence, or saved by who knows better', async ({
  page,
  core,
}) => {
  mkdirSync(SHOTS, { recursive: true });
  core.console({ locked: false, role: 'technician', open: createOpenView(Date.now()) });
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: vi.settings.open }).click();
  const sent = (name: string) => core.calls.filter((call) => call.name === name).map(({ input }) => input);
  await page
    .getByRole('group', { name: vi.pcSettings.language.title })
    .getByRole('button', { name: 'English' })
    .click();
  await expect.poll(() => sent('settings/language')).toEqual([{ language: 'en' }]);
  await page.getByRole('button', { name: vi.pcSettings.letters.turnOn }).click();
  await expect.poll(() => sent('settings/large-letters')).toEqual([{ on: true }]);
  core.answer('console/settings/proxy', { ok: false, error: 'not_an_address' });
  await page.getByRole('button', { name: vi.pcSettings.proxy.use.address }).click();
  await page.getByLabel(vi.pcSettings.proxy.address).fill('trang chủ');
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi.pcSettings.proxy.notAnAddress)).toBeVisible();
  core.answer('console/settings/proxy', { ok: false, error: 'login_in_address' });
  await page.getByLabel(vi.pcSettings.proxy.address).fill('ten:mat-khau@10.0.0.1:3128');
  await page.keyboard.press('Enter');
  await expect(page.getByText(vi.pcSettings.proxy.loginInAddress)).toBeVisible();
  core.answer('console/settings/proxy', { ok: false, error: 'does_not_work', cause: 'proxy_unreachable' });
  await page.getByLabel(vi.pcSettings.proxy.address).fill('10.0.0.1:3128');
  await page.getByLabel(vi.pcSettings.proxy.name).fill('xa');
  await page.getByLabel(vi.pcSettings.proxy.password).fill('mat-khau');
  await expect(page.getByLabel(vi.pcSettings.proxy.password)).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: vi.pcSettings.proxy.save }).click();
  await expect(page.getByText(vi.causes.says.proxy_unreachable)).toBeVisible();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: path.join(SHOTS, `settings-${size.width}.png`), fullPage: true });
    expect(await listBoxFaults(page, { root: '#root', mayEndInDots: '.board-header *' })).toEqual([]);
  }
  expect(await listAxeViolations(page)).toEqual([]);
  core.answer('console/settings/proxy', { ok: true });
  await page.getByRole('button', { name: vi.pcSettings.proxy.saveAnyway }).click();
  await expect
    .poll(() => sent('settings/proxy').at(-1))
    .toEqual({ choice: { use: 'address', address: '10.0.0.1:3128', name: 'xa', password: 'mat-khau' }, sure: true });
});

test('every window opens in the language of this PC and follows it; the desk begins with larger letters, for each person', async ({
  page,
  core,
}) => {
  core.desk({ language: 'en', largeLetters: true });
  core.stage({ language: 'en' });
  core.console({ language: 'en' });
  await page.goto(`${core.url}/stage/`);
  await expect(page.getByText('Until the opening')).toBeVisible();
  await page.goto(`${core.url}/console/`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.clock.install();
  await page.goto(`${core.url}/desk/`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const desk = page.locator('.desk');
  await expect(desk).toHaveClass(/desk-large/u);
  // Somebody chooses otherwise, and is gone.
  await page.locator('.desk-letters').click();
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  await expect(desk).not.toHaveClass(/desk-large/u);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await page.clock.fastForward(31_000);
  await expect(desk).toHaveClass(/desk-large/u);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  core.desk({ language: 'vi', largeLetters: false });
  await expect(desk).not.toHaveClass(/desk-large/u);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
});

test('the lock in the corner of the desk leads to the console when it is held, and only says so when it is touched', async ({
  page,
  core,
}) => {
  const shown = () => core.calls.filter(({ name }) => name === 'show').map(({ role, input }) => ({ role, input }));
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(`${core.url}/desk/`);
    const lock = page.getByRole('button', { name: vi.ways.console });
    await hold(page, lock, 200);
    await expect(page.getByText(vi.ways.consoleHint)).toBeVisible();
    await page.screenshot({ path: path.join(SHOTS, `desk-${size.width}.png`) });
    expect(shown()).toEqual([]);
    // Slipping off is letting go.
    const box = (await lock.boundingBox())!;
    await page.mouse.move(box.x + 30, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 400, box.y + 300);
    await page.waitForTimeout(1_500);
    await page.mouse.up();
    expect(shown()).toEqual([]);
  }
  await hold(page, page.getByRole('button', { name: vi.ways.console }), 1_500);
  await expect.poll(shown).toEqual([{ role: 'desk', input: { role: 'console' } }]);
});

test('on the only display a moved mouse brings the ways out of the stage, and with two displays nothing does', async ({
  page,
  core,
}) => {
  const shown = () => core.calls.filter(({ name }) => name === 'show').map(({ input }) => input);
  await page.setViewportSize(SIZES[1]);
  core.stage({ displays: 2 });
  await page.goto(`${core.url}/stage/`);
  await expect(page.locator('.slate')).toBeVisible();
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 310);
  await page.waitForTimeout(300);
  await expect(page.locator('.stage-ways')).toHaveCount(0);
  core.stage({ displays: 1 });
  await page.waitForTimeout(500);
  await page.mouse.move(340, 330);
  await expect(page.locator('.stage-ways')).toBeVisible();
  await page.screenshot({ path: path.join(SHOTS, 'stage-ways.png') });
  await hold(page, page.getByRole('button', { name: vi.ways.desk }), 1_500);
  await expect.poll(shown).toEqual([{ role: 'desk' }]);
  await expect(page.locator('.stage-ways')).toHaveCount(0, { timeout: 7_000 });
});

test('a locked console in front that nobody touches gives its place back to the desk', async ({ page, core }) => {
  await page.clock.install();
  await page.goto(`${core.url}/console/`);
  await page.bringToFront();
  await expect(page.locator('.lock-screen')).toBeVisible();
  const shown = () => core.calls.filter(({ name }) => name === 'show').map(({ input }) => input);
  await page.clock.fastForward(50_000);
  await page.mouse.move(200, 200);
  await page.clock.fastForward(50_000);
  expect(shown()).toEqual([]);
  await page.clock.fastForward(11_000);
  await expect.poll(shown).toEqual([{ role: 'desk' }]);
});
