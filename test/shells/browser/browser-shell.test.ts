import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WindowRole } from '../../../electron/contract/shell.ts';
import { createBrowserShell } from '../../../electron/shells/browser/browser-shell.ts';
import type { BrowserShell } from '../../../electron/shells/browser/browser-shell.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { spawnCore } from '../../../electron/shells/core-process.ts';
import { startSupervisor } from '../../../electron/shells/supervisor.ts';
import type { Supervisor } from '../../../electron/shells/supervisor.ts';
import { TIMING } from '../../../electron/shells/timing.ts';
import { createTokens } from '../../../electron/shells/tokens.ts';
import { askSupervisor, createRecorder, FAKE_CORE, isRunning, until } from '../../support/shells.ts';

const executable = findBrowser({ platform: process.platform, env: process.env });
const recorder = createRecorder();
const tokens = createTokens();
const lines: string[] = [];
let shell: BrowserShell;
let supervisor: Supervisor;

beforeAll(async () => {
  if (!executable) throw new Error('these tests need Edge, Chrome or Chromium on the PATH');
  shell = createBrowserShell({
    executable,
    dataFolder: recorder.folder,
    headless: true,
    root: process.getuid?.() === 0,
    platform: process.platform,
    displayPollMs: 300,
    // Two made-up loudspeakers and a microphone.
    chromiumArgv: ['--use-fake-device-for-media-stream'],
  });
  supervisor = startSupervisor({
    shell,
    startCore: () => spawnCore(process.execPath, FAKE_CORE),
    argv: recorder.argv,
    tokens,
    timing: { ...TIMING, windowProbeEveryMs: 500, windowProbeAnswerMs: 1_000 },
    log: (line) => lines.push(line),
  });
  await settled();
});

afterAll(async () => {
  const pid = shell.browserPid();
  await supervisor.stop();
  await until('no browser is left', () => pid === undefined || !isRunning(pid));
  recorder.remove();
});

/** The page of a window, once its push stream runs. */
async function windowOf(role: WindowRole): Promise<Page> {
  return until(`${role} connected`, async () => {
    const page = shell.pageOf(role);
    const connected = await page?.evaluate(() => (globalThis as unknown as { pushes?: number }).pushes).catch(() => 0);
    return connected ? page : null;
  });
}
const settled = async () => {
  for (const role of ['stage', 'desk', 'console'] as const) await windowOf(role);
};
const port = () => recorder.newest()!.port;
const isFront = (role: WindowRole) =>
  until(
    `${role} in front`,
    async () =>
      (await shell
        .pageOf(role)
        ?.evaluate(() => document.hasFocus())
        .catch(() => false)) ?? false,
  );

const place = async (role: WindowRole) =>
  (await windowOf(role)).evaluate(() => [innerWidth, innerHeight, screenX, screenY]);

test('each window fills the display meant for it', async () => {
  expect(await place('stage')).toEqual([1920, 1080, 1366, 0]);
  expect(await place('desk')).toEqual([1366, 768, 0, 0]);
  expect(await place('console')).toEqual([1366, 768, 0, 0]);
});

test('each window sends its own token, which no page can read, and none can use another one', async () => {
  for (const role of ['stage', 'desk', 'console'] as const) {
    const page = await windowOf(role);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(recorder.read().some((r) => r.request === `/${role}/` && r.holder === role)).toBe(true);
  }
  const desk = await windowOf('desk');
  const status = await desk.evaluate(async () => (await fetch('/console/', { credentials: 'include' })).status);
  expect(status).toBe(401);
  const asked = recorder
    .read()
    .filter((r) => r.request === '/console/')
    .at(-1);
  expect(asked?.holder).toBe(null);
});

const commandLine = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

test('secrets are not in the command line of any process', () => {
  const pid = shell.browserPid()!;
  expect(commandLine(pid)).toContain('--remote-debugging-pipe');
  for (const token of Object.values(tokens)) expect(commandLine(pid)).not.toContain(token);
});

test('keys bring windows to the front, and keys that leave the kiosk do nothing', async () => {
  await isFront('desk');
  const desk = await windowOf('desk');
  await desk.keyboard.press('F9');
  await isFront('console');
  await (await windowOf('console')).keyboard.press('F8');
  await isFront('desk');
  await desk.evaluate(() => {
    const w = globalThis as unknown as { refused: string[] };
    w.refused = [];
    addEventListener(
      'keydown',
      (event) => event.defaultPrevented && event.key !== 'Control' && w.refused.push(event.key),
    );
  });
  for (const key of ['n', 't', 'w', 'p', 'h', 'j', 'o', 's', 'u', 'f', 'g']) {
    await desk.keyboard.down('Control');
    await desk.keyboard.press(key as 'n');
    await desk.keyboard.up('Control');
  }
  for (const key of ['F1', 'F3', 'F5', 'F11', 'F12'] as const) await desk.keyboard.press(key);
  await desk.keyboard.down('Shift');
  await desk.keyboard.press('Escape');
  await desk.keyboard.up('Shift');
  expect(await desk.evaluate(() => (globalThis as unknown as { refused: string[] }).refused.join(' '))).toBe(
    'n t w p h j o s u f g F1 F3 F5 F11 F12 Escape',
  );
  await desk.focus('#text');
  await desk.keyboard.type('Trần Thị Ước');
  expect(await desk.$eval('#text', (input) => (input as HTMLInputElement).value)).toBe('Trần Thị Ước');
});

test('a mouse’s buttons for back and forward lead nowhere, and nothing lies behind the page', async () => {
  const desk = await windowOf('desk');
  const session = await desk.createCDPSession();
  const { entries, currentIndex } = await session.send('Page.getNavigationHistory');
  expect({ entries: entries.length, currentIndex }).toEqual({ entries: 1, currentIndex: 0 });
  const url = desk.url();
  await desk.evaluate(() => {
    history.pushState({}, '', '#here');
    const seen = globalThis as unknown as { pressed: string[] };
    seen.pressed = [];
    addEventListener('mouseup', (event) => seen.pressed.push(`${event.button} ${event.defaultPrevented}`));
  });
  for (const button of ['back', 'forward'] as const)
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await session.send('Input.dispatchMouseEvent', { type, button, x: 100, y: 300, clickCount: 1 });
  await until('both were seen', () =>
    desk.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed.length === 2),
  );
  expect(await desk.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed)).toEqual([
    '3 true',
    '4 true',
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(desk.url()).toBe(`${url}#here`);
  await desk.evaluate(() => history.replaceState({}, '', './'));
});

test('stage and console see the names of loudspeakers, the desk sees none, and nobody sees a microphone', async () => {
  for (const [role, names] of [
    ['stage', true],
    ['console', true],
    ['desk', false],
  ] as const) {
    const devices = await (
      await windowOf(role)
    ).evaluate(async () =>
      (await navigator.mediaDevices.enumerateDevices()).map(({ kind, label }) => ({ kind, label })),
    );
    const labels = (kind: string) => devices.filter((d) => d.kind === kind && d.label !== '').length;
    expect({ role, out: labels('audiooutput') > 1, in: labels('audioinput') }).toEqual({ role, out: names, in: 0 });
  }
});

test('the core brings a window to the front', async () => {
  await askSupervisor(port(), { type: 'show', role: 'console' });
  expect(await isFront('console')).toBe(true);
  await askSupervisor(port(), { type: 'show', role: 'desk' });
  expect(await isFront('desk')).toBe(true);
});

test('a page cannot leave its own address, by link, form, script or frame', async () => {
  const hits: string[] = [];
  const foreign = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('foreign');
  }).listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  const { port: foreignPort } = foreign.address() as AddressInfo;
  const desk = await windowOf('desk');
  const own = desk.url();
  await desk.evaluate((address) => {
    location.href = `${address}/href`;
  }, `http://127.0.0.1:${foreignPort}`);
  await desk.evaluate((address) => {
    const link = document.createElement('a');
    link.href = `${address}/link`;
    link.target = '_blank';
    document.body.append(link);
    link.click();
    const form = document.createElement('form');
    form.action = `${address}/form`;
    form.method = 'post';
    document.body.append(form);
    form.submit();
    const frame = document.createElement('iframe');
    frame.src = `${address}/frame`;
    document.body.append(frame);
    window.open(`${address}/open`);
  }, `http://127.0.0.1:${foreignPort}`);
  await desk.evaluate(() => {
    location.href = '/console/';
  });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(desk.isClosed() ? (await windowOf('desk')).url() : desk.url()).toBe(own);
  expect(hits.filter((h) => h !== '/link')).toEqual([]);
  await until('only our windows are there', async () => (await shell.pageCount()) === 3);
  foreign.close();
});

test('a blank page, an error page and a closed window give way to our page', async () => {
  for (const leave of [
    (page: Page) => page.evaluate(() => void (location.href = 'about:blank')),
    (page: Page) => page.close(),
  ]) {
    const before = await windowOf('desk');
    await leave(before).catch(() => {});
    const after = await until('another desk', async () => {
      const page = await windowOf('desk');
      return page === before ? null : page;
    });
    expect(after.url()).toBe(`http://127.0.0.1:${port()}/desk/`);
  }
});

const restarted = () => recorder.messages('window_restarted').filter((r) => r.message?.['role'] === 'stage').length;

test('a crashed page is back within 3 s', async () => {
  const before = await windowOf('stage');
  const count = restarted();
  const crashedAt = Date.now();
  const session = await before.createCDPSession();
  session.send('Page.crash').catch(() => {});
  await until('another stage', async () => (await windowOf('stage')) !== before);
  expect(Date.now() - crashedAt).toBeLessThan(3_000);
  await until('the core is told', () => restarted() === count + 1);
});

test('a hung page is replaced', async () => {
  const before = await windowOf('desk');
  before
    .evaluate(() => {
      for (;;);
    })
    .catch(() => {});
  await until('another desk', async () => (await windowOf('desk')) !== before, 15_000);
  expect(await windowOf('desk')).not.toBe(before);
});

test('a killed browser is back with all windows connected within seconds', async () => {
  const pid = shell.browserPid()!;
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  await until('another browser', () => shell.browserPid() !== undefined && shell.browserPid() !== pid);
  await settled();
  expect(Date.now() - killedAt).toBeLessThan(6_000);
});

test('a killed core is back and the pages that stayed open find it', async () => {
  const before = recorder.newest()!;
  const stage = await windowOf('stage');
  process.kill(before.pid, 'SIGKILL');
  await until('the stage hears the new core', async () => {
    const core = await stage.evaluate(() => (globalThis as unknown as { core: string }).core);
    return Number(core) !== before.pid;
  });
  expect(recorder.newest()?.port).toBe(before.port);
  expect(shell.pageOf('stage')).toBe(stage);
});

test('prints a document of the core to PDF with the console token', async () => {
  await askSupervisor(port(), { type: 'print', id: 'p1', path: '/print/report-1' });
  const pdf = await until(
    'a PDF',
    () => recorder.messages('printed').find((r) => r.message?.['id'] === 'p1')?.message?.['pdf'] as string,
    20_000,
  );
  const bytes = Buffer.from(pdf, 'base64');
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const { extractText, getDocumentProxy } = await import('unpdf');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  expect(text).toContain('Đồng chí đã điểm danh tại điểm cầu');
});

test('what a page reports of its faults reaches the core, and what it only prints does not', async () => {
  const desk = await windowOf('desk');
  await desk.evaluate(() => {
    console.error('hello');
    console.error('[kiosk-fault] uncaught Error: x');
  });
  const told = await until('the core is told', () => recorder.messages('page_fault').map((r) => r.message)[0]);
  expect(told).toEqual({ type: 'page_fault', role: 'desk', text: '[kiosk-fault] uncaught Error: x' });
  expect(recorder.messages('page_fault')).toHaveLength(1);
});

test('a window that somebody shrank fills its display again', async () => {
  const stage = await windowOf('stage');
  const browser = stage.browser();
  const id = await stage.windowId();
  await browser.setWindowBounds(id, { windowState: 'normal' });
  await browser.setWindowBounds(id, { left: 10, top: 10, width: 640, height: 480 });
  expect((await place('stage'))[0]).toBeLessThan(1000);
  await until('the whole display', async () => (await place('stage')).join() === '1920,1080,1366,0');
  expect(shell.pageOf('stage')).toBe(stage);
});

test('a printing that is given up leaves no browser behind', async () => {
  const giveUp = new AbortController();
  const printBrowsers = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return /\d/.test(pid) && commandLine(Number(pid)).includes(`${recorder.folder}/browser/print-`);
      } catch {
        return false;
      }
    });
  const printing = shell.printPdf('/print/hang', giveUp.signal);
  await until('a browser to print', () => printBrowsers().length > 0);
  giveUp.abort();
  await expect(printing).rejects.toThrow(/.+/u);
  await until('it is gone', () => printBrowsers().length === 0);
  expect(readdirSync(path.join(recorder.folder, 'browser')).filter((name) => name.startsWith('print-'))).toEqual([]);
});
