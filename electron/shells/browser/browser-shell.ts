import path from 'node:path';
import puppeteer, { TargetType } from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import type { WindowRole } from '../../contract/shell.ts';
import type { Display } from '../layout.ts';
import type { CoreAddress, Shell, ShellEvents } from '../shell.ts';
import { openBrowserWindow } from './browser-window.ts';
import type { BrowserWindow } from './browser-window.ts';
import { kioskFlags } from './flags.ts';
import { createKeepAwake } from './keep-awake.ts';
import { printPdf } from './print-pdf.ts';
import { prepareProfile } from './profile.ts';
import { watchWake } from './wake-watch.ts';

export interface BrowserShellOptions {
  /** The browser's program. */
  executable: string;
  /** Folder of the kiosk's data; the browser's profile lies in `browser` under it. */
  dataFolder: string;
  /** Made-up displays instead of real ones. */
  headless: boolean;
  /** Running as the superuser, to whom Chromium refuses its sandbox. */
  root: boolean;
  platform: string;
  /** Switches of the command line that are Chromium's own. */
  chromiumArgv?: readonly string[];
  /** How often the displays are looked at, ms: a browser without windows of its own tells nobody. */
  displayPollMs?: number;
}

/** The shell, and what tests look at. */
export interface BrowserShell extends Shell {
  browserPid(): number | undefined;
  pageOf(role: WindowRole): Page | undefined;
  /** Pages of any origin that the browser has open now. */
  pageCount(): Promise<number>;
}

/** The shell on a browser that is already on the PC, driven over its debugging pipe: no port, and it ends with us. */
export function createBrowserShell(options: BrowserShellOptions): BrowserShell {
  const folder = path.join(options.dataFolder, 'browser');
  const keepAwake = createKeepAwake(options.platform);
  const windows = new Map<WindowRole, BrowserWindow>();
  let browser: Browser | null = null;
  let core: CoreAddress | null = null;
  let stopWatching: (() => void) | null = null;
  let opening = 0;
  let launching: Promise<Browser> | null = null;
  let stopped = false;
  let sink: ShellEvents | null = null;

  /** Closes every page that is not one of our windows. */
  async function sweep(from: Browser): Promise<void> {
    if (opening > 0) return;
    const ours = new Set([...windows.values()].map((w) => w.page));
    for (const page of await from.pages(true)) {
      if (opening === 0 && !ours.has(page) && ![...windows.values()].some((w) => w.page === page))
        await page.close().catch(() => {});
    }
  }

  async function displays(): Promise<Display[]> {
    const screens = (await browser?.screens()) ?? [];
    return screens.map((s) => ({
      id: s.id,
      primary: s.isPrimary,
      left: s.left,
      top: s.top,
      width: s.width,
      height: s.height,
    }));
  }

  function watchDisplays(from: Browser, events: ShellEvents): () => void {
    let before: string | null = null;
    const timer = setInterval(() => {
      if (browser !== from) return;
      displays()
        .then((now) => {
          const seen = JSON.stringify(now);
          if (before !== null && seen !== before) events.displaysChanged(now);
          before = seen;
          return sweep(from);
        })
        .catch(() => {});
    }, options.displayPollMs ?? 2_000);
    return () => clearInterval(timer);
  }

  async function start(events: ShellEvents): Promise<void> {
    stopWatching?.();
    windows.clear();
    await browser?.close().catch(() => {});
    await prepareProfile(path.join(folder, 'profile'));
    launching = puppeteer.launch({
      executablePath: options.executable,
      pipe: true,
      ignoreDefaultArgs: true,
      waitForInitialPage: false,
      defaultViewport: null,
      // A watched page keeps a record of every request it ever made, and a day of a broadcast has tens of thousands.
      networkEnabled: false,
      issuesEnabled: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        '--remote-debugging-pipe',
        ...kioskFlags({
          profile: path.join(folder, 'profile'),
          headless: options.headless,
          root: options.root,
          extra: options.chromiumArgv ?? [],
        }),
      ],
    });
    const started = await launching.finally(() => (launching = null));
    if (stopped) throw new Error('stopped while the browser started');
    browser = started;
    sink = events;
    started.on('targetcreated', (target) => {
      if (target.type() === TargetType.PAGE) void sweep(started).catch(() => {});
    });
    const stopDisplays = watchDisplays(started, events);
    const stopWake = watchWake(() => events.woke());
    stopWatching = () => {
      stopDisplays();
      stopWake();
    };
    started.once('disconnected', () => {
      if (browser !== started) return;
      browser = null;
      windows.clear();
      stopWatching?.();
      events.shellLost('the browser ended');
    });
  }

  return {
    kind: options.headless ? 'headless' : 'browser',
    browserPid: () => browser?.process()?.pid,
    pageOf: (role) => windows.get(role)?.page,
    pageCount: async () => (await browser?.pages(true))?.length ?? 0,
    start,
    connect(address) {
      core = address;
    },
    async open(role, display) {
      if (!browser || !core || !sink) throw new Error('the browser is not running');
      const events = sink;
      opening += 1;
      try {
        await windows
          .get(role)
          ?.close()
          .catch(() => {});
        windows.delete(role);
        const window = await openBrowserWindow({
          browser,
          role,
          core,
          display,
          events: {
            lost: (why) => events.windowLost(role, why),
            key: (key) => events.key(key),
            fault: (text) => events.pageFault(role, text),
          },
        });
        windows.set(role, window);
      } finally {
        opening -= 1;
      }
      await sweep(browser);
    },
    place: async (role, display) => windows.get(role)?.place(display),
    show: async (role) => windows.get(role)?.show(),
    fills: async (role, display) => (await windows.get(role)?.fills(display)) ?? true,
    answers: async (role) => (await windows.get(role)?.answers()) ?? true,
    async printPdf(address, signal) {
      if (!core) throw new Error('no core to print from');
      return printPdf({ executable: options.executable, folder, root: options.root, core, path: address, signal });
    },
    async keepAwake(on) {
      keepAwake.set(on);
    },
    displays,
    async stop() {
      stopped = true;
      stopWatching?.();
      keepAwake.stop();
      const running = browser;
      browser = null;
      windows.clear();
      // One that is still starting has nobody else to close it.
      const late = await launching?.catch(() => null);
      await Promise.all([running?.close(), late?.close()]);
    },
  };
}
