import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { createBrowserShell } from '../../electron/shells/browser/browser-shell.ts';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { spawnCore } from '../../electron/shells/core-process.ts';
import { startSupervisor } from '../../electron/shells/supervisor.ts';
import { openWindow } from '../support/door.ts';
import { makePackage } from '../support/make-package.ts';
import { listAxeViolations, listCutOff } from '../support/window-test.ts';
import { createProvinceKeys, withLobby } from '../support/with-lobby.ts';

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const CORE = path.resolve(import.meta.dirname, '../../dist/core/start.js');

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const PICTURES = process.env['LOBBY_PICTURES'];

test('the start screen lists what can be used and what cannot, in both languages, whole at every size', async ({
  page,
}) => {
  await withLobby(async (world) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await openWindow(page, world, 'lobby');
    await expect(page.getByText('Chưa thấy gói phiên nào')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Chạy thử ngay' })).toBeFocused();
    const shoot = async (name: string) => {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect([name, size.width, await listCutOff(page, '.lobby-scroll, .sheet-body')]).toEqual([
          name,
          size.width,
          [],
        ]);
        if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${name}-${size.width}.png`) });
      }
      expect([name, await listAxeViolations(page)]).toEqual([name, []]);
    };
    await shoot('empty');
    await page.getByRole('button', { name: 'Nạp từ địa chỉ…' }).click();
    await page.getByLabel('Địa chỉ tỉnh đã cho').fill('http://tinh.vi-du.vn/phien.jws');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Chỉ lấy được từ địa chỉ/u)).toBeVisible();
    await shoot('address');
    await page.keyboard.press('Escape');
    const document = world.document({ access: {} });
    const stranger = createProvinceKeys('tinh-khac');
    world.onStick('phien-hop-sang.jws', await world.province.sign(document));
    world.onStick('hong.json', JSON.stringify(document).slice(0, 700));
    await expect(page.getByText('Có chữ ký số, dùng lần đầu')).toBeVisible({ timeout: 3_000 });
    await expect(page.getByText(/Gói phiên hong.json: tệp đứt ở giữa chừng/u)).toBeVisible();
    await shoot('list');
    await page.getByRole('button', { name: /Hội nghị học tập/u }).click();
    await expect(page.getByText('Máy thêm một phiên mới')).toBeVisible();
    await expect(page.getByText('Thêm 12 người vào danh sách.')).toBeVisible();
    await shoot('sheet');
    await page.getByLabel('Mã PIN mới, 6 đến 10 chữ số').fill('135790');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đang mở…')).toBeVisible();
    expect(world.opened).toEqual([{ kind: 'session', packageId: document.packageId }]);
    await shoot('opening');
    await world.restart();
    world.onStick('la.jws', await stranger.sign(world.document({ packageId: 'hn-la' })));
    await openWindow(page, world, 'lobby');
    await page.getByRole('button', { name: /Cần người cho phép/u }).click();
    const load = page.getByRole('button', { name: 'Nạp và mở phiên' });
    await expect(load).toBeDisabled();
    await page.getByLabel('Mã PIN của cán bộ kỹ thuật').fill('000000');
    await load.click();
    await expect(page.getByRole('alert')).toHaveText('Mã PIN không đúng. Hãy nhập lại.', { timeout: 20_000 });
    await shoot('allow');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Tạo phiên…' }).click();
    await page.getByLabel('Hội nghị', { exact: true }).fill('Hội nghị đột xuất');
    await page.getByLabel('Tên buổi').fill('Buổi chiều');
    await page.getByLabel('Ngày').fill('2030-01-15');
    await page.getByLabel('Từ', { exact: true }).fill('14:00');
    await page.getByLabel('Đến', { exact: true }).fill('16:30');
    await page.getByLabel('Địa chỉ luồng hình').fill('http://127.0.0.1:59999/live.m3u8');
    await page.getByRole('button', { name: 'Thử', exact: true }).click();
    await expect(page.locator('.lobby-stream p')).toContainText('Máy chủ từ chối kết nối', { timeout: 15_000 });
    await shoot('local');
    await page.getByRole('button', { name: 'Lưu và xem lại' }).click();
    await expect(page.getByText('Buổi chiều: Thứ Ba, 15/01/2030, 14:00 – 16:30')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'EN English' }).click();
    await expect(page.getByRole('heading', { name: 'Load a session' })).toBeVisible();
    await shoot('stored');
    expect(faults).toEqual([]);
  }, RENDERER);
});

test('Enter starts a rehearsal', async ({ page }) => {
  await withLobby(async (world) => {
    await openWindow(page, world, 'lobby');
    await expect(page.getByRole('button', { name: 'Chạy thử ngay' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đang mở…')).toBeVisible();
    await expect.poll(() => world.opened).toEqual([{ kind: 'rehearsal' }]);
  }, RENDERER);
});

test('from the start of the program to three windows of a session: a package in the downloads, two clicks', async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'kiosk-lobby-e2e-'));
  const before = process.env['HOME'];
  process.env['HOME'] = home;
  mkdirSync(path.join(home, 'Downloads'));
  const province = createProvinceKeys('tinh-a');
  const session = makePackage(province, 'http://127.0.0.1:1', { people: 8, now: Date.now() + 600_000 });
  writeFileSync(path.join(home, 'Downloads', 'phien-hop.jws'), await province.sign(session));
  const dataFolder = path.join(home, 'data');
  const executable = findBrowser({ platform: process.platform, env: process.env });
  if (!executable) throw new Error('these tests need Edge, Chrome or Chromium on the PATH');
  const root = process.getuid?.() === 0;
  const shell = createBrowserShell({ executable, dataFolder, headless: true, root, platform: process.platform });
  const began = Date.now();
  const supervisor = startSupervisor({
    shell,
    startCore: () => spawnCore(process.execPath, CORE),
    argv: ['--data', dataFolder, '--lobby'],
  });
  try {
    await expect.poll(() => shell.pageOf('lobby') !== undefined, { timeout: 30_000 }).toBe(true);
    const lobby = shell.pageOf('lobby')!;
    let clicks = 0;
    const click = async (text: string) => {
      const handle = await lobby.waitForFunction(
        (label) =>
          [...document.querySelectorAll('button')].find(
            (b) => b.textContent.replaceAll('\u00A0', ' ').includes(label) && !b.disabled,
          ),
        { timeout: 15_000 },
        text,
      );
      await (handle as unknown as { click(): Promise<void> }).click();
      clicks += 1;
    };
    await click('Hội nghị học tập');
    await click('Nạp và mở phiên');
    const isOpen = (role: 'stage' | 'desk' | 'console') => shell.pageOf(role) !== undefined;
    await expect
      .poll(() => isOpen('stage') && isOpen('desk') && isOpen('console') && !shell.pageOf('lobby'), { timeout: 60_000 })
      .toBe(true);
    await shell
      .pageOf('desk')!
      .waitForFunction((title) => document.body.innerText.includes(title), {}, 'Hội nghị học tập nghị quyết');
    expect(clicks).toBeLessThanOrEqual(8);
    expect(Date.now() - began).toBeLessThan(180_000);
    expect(await shell.pageCount()).toBe(3);
    // And back: the console's settings lead to the start screen, where the session now stands.
    const desk = shell.pageOf('console')!;
    const press = async (label: string) => {
      const button = await desk.waitForSelector(`::-p-xpath(//button[contains(., "${label}")])`, { timeout: 15_000 });
      await button!.evaluate((element) => (element as HTMLElement).click());
    };
    await desk.waitForSelector('.keypad');
    for (const digit of '123456') await press(digit);
    await press('Mở khóa');
    await press('Cài đặt');
    await press('Đổi phiên…');
    await (await desk.waitForSelector('dialog input'))!.type('123456');
    await desk.evaluate(() => document.querySelector<HTMLButtonElement>('dialog .button-primary')!.click());
    await expect.poll(() => shell.pageOf('lobby') !== undefined && !isOpen('desk'), { timeout: 30_000 }).toBe(true);
    await shell
      .pageOf('lobby')!
      .waitForFunction((text) => document.body.innerText.includes(text), { timeout: 15_000 }, 'Phiên đã có trên máy');
    expect(await shell.pageCount()).toBe(1);
  } finally {
    await supervisor.stop();
    if (before === undefined) delete process.env['HOME'];
    else process.env['HOME'] = before;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  }
});
