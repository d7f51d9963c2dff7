import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { findElectron } from '../../electron/shells/find-electron.ts';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { freePort } from '../build/proof/free-port.ts';
import { must, NotHere, waitFor } from '../build/proof/rows.ts';
import { startFakeCore, type FakeCore } from '../support/fake-core-views.ts';
import { differences, look } from './look.ts';
import type { Screen } from './screen.ts';

/** Something with pages on a display, which can be made new. */
export interface Bed {
  browser: Browser;
  pages: Map<string, Page>;
  /** Pages that came since the last `take`, however short. */
  take(): string[];
  stop(): Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const STILL_MS = 1_000;
const SETTLE_MS = 60_000;
const ROLES = ['desk', 'console', 'stage'] as const;

/** The kiosk of this checkout in a rehearsal, as its shell shows it. Throws NotHere where that shell's program is missing. */
export function startKiosk(screen: Screen, shell: 'browser' | 'electron'): Promise<Bed> {
  return shell === 'browser' ? startInBrowser(screen) : startInElectron(screen);
}

/** On the browser of this PC. */
async function startInBrowser(screen: Screen): Promise<Bed> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-escape-'));
  const real = needBrowser();
  const port = await freePort();
  // The kiosk drives its browser by a pipe and refuses such a switch; so it is put in where the path finds the browser.
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\ncase " $* " in\n  *" --kiosk "*) exec ${real} --remote-debugging-port=${port} "$@" ;;\nesac\nexec ${real} "$@"\n`;
  writeFileSync(path.join(bin, path.basename(real)), script, { mode: 0o755 });
  return open(screen, {
    folder,
    port,
    program: process.execPath,
    args: ['dist/shells/start.js', '--shell=browser', '--rehearsal', `--data=${path.join(folder, 'data')}`],
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
}

/** In Electron, which reads what stands before the script by itself. Never run: its program could not be downloaded where this was written. */
async function startInElectron(screen: Screen): Promise<Bed> {
  const program = findElectron();
  if (program === null) throw new NotHere("not run: Electron's program is not here");
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-escape-'));
  const port = await freePort();
  const own = [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const args = [...own, 'dist/shells/electron.js', '--rehearsal', `--data=${path.join(folder, 'data')}`];
  return open(screen, { folder, port, program, args, env: {} });
}

interface Start {
  /** Of its own; removed at the end. */
  folder: string;
  /** Through which its pages are asked. */
  port: number;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

async function open(screen: Screen, { folder, port, program, args, env }: Start): Promise<Bed> {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...screen.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)));
  try {
    const browser = await connect(port, () => must(child.exitCode === null, `the kiosk ended: ${said}`));
    const pages = await waitFor('the three windows', () => findOwn(browser), 120_000);
    await settle(browser, screen, pages);
    return {
      browser,
      pages,
      take: watchTargets(browser),
      stop: async () => {
        await browser.disconnect();
        await endOf(child);
        rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
      },
    };
  } catch (cause) {
    await endOf(child);
    throw cause;
  }
}

/** The same desk in an ordinary window of the same browser, with a page to go back to. */
export async function startControl(screen: Screen, core: FakeCore): Promise<Bed> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-escape-'));
  const real = needBrowser();
  const port = await freePort();
  const child = spawn(
    real,
    [
      `--user-data-dir=${folder}`,
      `--remote-debugging-port=${port}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--password-store=basic',
      '--start-maximized',
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
      `${core.url}/desk/?before`,
    ],
    { env: screen.env, stdio: 'ignore' },
  );
  const browser = await connect(port, () => must(child.exitCode === null, 'the browser ended'));
  const page = await waitFor(
    'its page',
    async () => (await browser.pages()).find((each) => each.url().includes('/desk/')),
    60_000,
  );
  await page.goto(`${core.url}/desk/`);
  await waitFor('the desk', () => page.$('.desk'), 30_000);
  return {
    browser,
    pages: new Map([['desk', page]]),
    take: watchTargets(browser),
    stop: async () => {
      await browser.disconnect().catch(() => undefined);
      await endOf(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
    },
  };
}

export { startFakeCore };

function needBrowser(): string {
  const found = findBrowser({ platform: process.platform, env: process.env });
  if (!found) throw new NotHere('there is no browser on this PC');
  return found;
}

/** Each window fills the display, and one of them has the keys, a moment after its page is there. */
async function settle(browser: Browser, screen: Screen, pages: Map<string, Page>): Promise<void> {
  let before = await look(browser, screen, pages);
  await waitFor(
    'the windows to keep still',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, STILL_MS));
      const after = await look(browser, screen, pages);
      const isStill = [...pages.keys()].every((name) => differences(before, after, name).length === 0);
      before = after;
      return isStill || null;
    },
    SETTLE_MS,
  );
}

async function findOwn(browser: Browser): Promise<Map<string, Page> | null> {
  const found = new Map<string, Page>();
  for (const page of await browser.pages()) {
    // `http://127.0.0.1:1/desk/` or `kiosk://desk/`.
    const role = ROLES.find((each) => page.url().includes(`/${each}/`));
    if (role) found.set(role, page);
  }
  return found.size === ROLES.length ? found : null;
}

function watchTargets(browser: Browser): () => string[] {
  let came: string[] = [];
  browser.on('targetcreated', (target) => {
    if (['page', 'other', 'webview', 'background_page'].includes(target.type()))
      came.push(target.url() || 'a new page');
  });
  return () => {
    const taken = came;
    came = [];
    return taken;
  };
}

function connect(port: number, isAlive: () => void): Promise<Browser> {
  return waitFor(
    'the browser',
    () => {
      isAlive();
      return puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null }).catch(() => null);
    },
    60_000,
  );
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}
