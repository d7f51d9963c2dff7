import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { createBrowserShell } from '../../electron/shells/browser/browser-shell.ts';
import type { BrowserShell } from '../../electron/shells/browser/browser-shell.ts';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { spawnCore } from '../../electron/shells/core-process.ts';
import { startSupervisor } from '../../electron/shells/supervisor.ts';

/** Bringing a roster in, in the real window of the real kiosk, with the mouse alone: on one display and on two. */
const CORE = path.resolve(import.meta.dirname, '../../dist/core/start.js');
const PEOPLE = 50;
const LIST = [
  'DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ,,,,',
  'STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị',
  '1,Lò Thị Mẩy,1961,Bí thư,Chi bộ Bản Mới',
  '2,Sầm Văn Pá và Ma Thị Là,1955,,Chi bộ Bản Mới',
  '3,Đ/c Quàng Văn Xôm - Trưởng bản,1971,,Chi bộ Hưu trí',
  'Tổng cộng: 4 đồng chí,,,,',
].join('\n');

type ConsolePage = NonNullable<ReturnType<BrowserShell['pageOf']>>;

interface Kiosk {
  page: ConsolePage;
  /** Presses the button with these words with the mouse; waits until it is there and can be pressed. */
  press(words: string | RegExp): Promise<void>;
  /** Waits until these words stand on the page. */
  sees(words: string): Promise<void>;
  clicks: number;
}

for (const displays of [1, 2])
  test(`${displays} display(s): stick to list with one question in at most six clicks, back, and the package's list again`, async () => {
    test.setTimeout(180_000);
    await withKiosk(displays, async (kiosk) => {
      await kiosk.press(/kỹ thuật/iu);
      for (const digit of '246810') await kiosk.press(digit);
      await kiosk.press('Mở khóa');
      kiosk.clicks = 0;
      const bringIn = async (): Promise<void> => {
        await kiosk.press(/^đại biểu\.csv/u);
        await kiosk.press('Tách ra');
        await kiosk.press('Ghi danh sách này');
        await kiosk.sees('Đã ghi: thêm 4, sửa 0, bỏ 0');
      };
      await kiosk.press(/^Đại biểu$/u);
      await kiosk.press('Nhập danh sách');
      await bringIn();
      const toList = kiosk.clicks;
      expect(toList).toBeLessThanOrEqual(6);
      await kiosk.press('Hoàn tác lần này');
      await kiosk.sees('Đã hoàn tác: trả lại 0 người, bỏ 4 người');
      const back = kiosk.clicks - toList;
      await bringIn();
      kiosk.clicks = 0;
      await kiosk.press('Khôi phục danh sách của gói');
      await kiosk.press('Bỏ 4 người và khôi phục');
      await kiosk.sees('Đã khôi phục danh sách của gói: trả lại 0, sửa 0, bỏ 4');
      console.log(
        `${displays} display(s), clicks: ${toList} to the list, ${back} back, ${kiosk.clicks} to the package's list`,
      );
    });
  });

async function withKiosk(displays: number, body: (kiosk: Kiosk) => Promise<void>): Promise<void> {
  expect(existsSync(CORE), 'run "npm run build" first').toBe(true);
  const executable = findBrowser({ platform: process.platform, env: process.env });
  if (!executable) throw new Error('these tests need Edge, Chrome or Chromium on the PATH');
  const screen = displays === 1 ? await startDisplay() : null;
  test.skip(displays === 1 && screen === null, 'Xvfb is not installed: one display was not looked at');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-roster-'));
  const downloads = path.join(folder, 'home', 'Downloads');
  mkdirSync(downloads, { recursive: true });
  writeFileSync(path.join(downloads, 'đại biểu.csv'), LIST);
  const before = { HOME: process.env['HOME'], DISPLAY: process.env['DISPLAY'] };
  process.env['HOME'] = path.join(folder, 'home');
  if (screen) process.env['DISPLAY'] = screen.name;
  const shell = createBrowserShell({
    executable,
    dataFolder: folder,
    headless: screen === null,
    root: process.getuid?.() === 0,
    platform: process.platform,
  });
  const supervisor = startSupervisor({
    shell,
    startCore: () => spawnCore(process.execPath, CORE),
    argv: ['--data', folder, '--people', String(PEOPLE), '--minutes', '10'],
  });
  try {
    await expect.poll(() => shell.pageOf('console')?.url() ?? '', { timeout: 60_000 }).toMatch(/^http/u);
    expect((await shell.displays()).length).toBe(displays);
    await body(onConsole(shell.pageOf('console')!));
  } finally {
    await supervisor.stop();
    screen?.stop();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  }
}

function onConsole(page: ConsolePage): Kiosk {
  const kiosk: Kiosk = {
    page,
    clicks: 0,
    press: async (words) => {
      const [source, flags] = typeof words === 'string' ? [null, words] : [words.source, words.flags];
      const shown = () =>
        page.evaluate(() => [...document.querySelectorAll('button')].map((b) => b.innerText).join(' | '));
      const place = await poll(`button ${String(words)}`, shown, () =>
        page.evaluate(
          (pattern, rest) => {
            const fits = (text: string): boolean =>
              pattern === null ? text.startsWith(rest) : new RegExp(pattern, rest).test(text);
            const open = document.querySelector('dialog[open]') ?? document;
            const button = [...open.querySelectorAll('button')].find(
              (one) => !one.disabled && fits(one.innerText || (one.getAttribute('aria-label') ?? '')),
            );
            if (!button) return null;
            button.scrollIntoView({ block: 'center' });
            const { left, top, width, height } = button.getBoundingClientRect();
            const [x, y] = [left + width / 2, top + height / 2];
            // Whatever lies over the button would get the click.
            return width > 0 && button.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
          },
          source,
          flags,
        ),
      );
      await page.mouse.click(place.x, place.y);
      kiosk.clicks += 1;
    },
    sees: async (words) => {
      const shown = () => page.evaluate(() => document.body.innerText);
      await poll(`words "${words}"`, shown, () =>
        page.evaluate((text) => (document.body.innerText.includes(text) ? true : null), words),
      );
    },
  };
  return kiosk;
}

/** Asks until there is an answer other than null; says what is there instead when there is none. */
async function poll<T>(what: string, shown: () => Promise<string>, ask: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + 40_000;
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}; there is: ${await shown().catch(String)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** One display of its own without a screen; null where there is no Xvfb. */
async function startDisplay(): Promise<{ name: string; stop: () => void } | null> {
  if (!existsSync('/usr/bin/Xvfb')) return null;
  const server = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve) =>
    server.stdio[3]!.once('data', (text: Buffer) => resolve(text.toString().trim())),
  );
  return { name: `:${number}`, stop: () => server.kill() };
}
