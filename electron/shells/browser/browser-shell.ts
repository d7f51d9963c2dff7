import os from 'node:os';
import path from 'node:path';
import puppeteer, { TargetType } from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import type { WindowRole } from '../../contract/shell.ts';
import type { Display } from '../layout.ts';
import { ShellUnavailable } from '../shell.ts';
import type { CoreAddress, Shell, ShellEvents } from '../shell.ts';
import { openBrowserWindow } from './browser-window.ts';
import type { BrowserWindow } from './browser-window.ts';
import { kioskFlags } from './flags.ts';
import { createKeepAwake } from './keep-awake.ts';
import { printPdf } from './print-pdf.ts';
import { removeStaleLock } from './profile-lock.ts';
import { describeProgram, lookInFront } from './what-runs.ts';
import { prepareProfile } from './profile.ts';
import { watchWake } from './wake-watch.ts';
import { askWhyNotDriven, type WhyNotDriven } from './why-not-driven.ts';

export interface BrowserShellOptions {
  /** The browser's program. */
  executable: string;
  /** Other browsers on this PC, best first, for when that one cannot be driven. */
  others?: readonly string[];
  /** One plain line for the technician. */
  log?: (line: string) => void;
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

/** Failed starts of one browser before another one gets its turn. */
const TRIES_EACH = 3;

function cannotDrive(why: WhyNotDriven, executable: string): ShellUnavailable {
  if (why === 'sandbox')
    return new ShellUnavailable(
      `This system does not let ${executable} have its sandbox, and the kiosk does not run without one: allow user namespaces to ordinary users or install the browser's sandbox (chromium-sandbox), or install Google Chrome or Microsoft Edge.`,
      `Hệ thống này không cho trình duyệt ${executable} chạy trong vùng cách ly an toàn (sandbox), nên điểm cầu không mở. Hãy nhờ quản trị cài chromium-sandbox hoặc cho phép user namespace, hoặc cài Google Chrome hay Microsoft Edge.`,
    );
  return new ShellUnavailable(
    `A policy of this PC (RemoteDebuggingAllowed) forbids the kiosk to drive ${executable}; have it taken off, or install another browser or the kiosk's own program.`,
    `Chính sách của máy này (RemoteDebuggingAllowed) không cho điểm cầu điều khiển trình duyệt ${executable}. Hãy nhờ quản trị gỡ chính sách đó, hoặc cài trình duyệt khác, hoặc cài bản điểm cầu có sẵn cửa sổ riêng.`,
  );
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
  const candidates = [options.executable, ...(options.others ?? []).filter((file) => file !== options.executable)];
  /** Browsers of which it is known that this PC does not forbid them. */
  const asked = new Set<string>();
  let failures = 0;

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
      scale: s.devicePixelRatio,
      label: s.label,
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
    const started = await launchOne();
    if (stopped) {
      // Nobody else knows of it, and it would keep this program from ending.
      await started.close().catch(() => {});
      throw new Error('stopped while the browser started');
    }
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

  /** Starts the best browser that can be driven. Rejects with {@link ShellUnavailable} when this PC forbids all of them. */
  async function launchOne(): Promise<Browser> {
    for (;;) {
      const executable = candidates[0]!;
      try {
        return await launch(executable);
      } catch (error) {
        if (stopped) throw error;
        const { root, platform } = options;
        const why = asked.has(executable) ? null : await askWhyNotDriven({ executable, root, platform });
        if (why !== null) {
          candidates.shift();
          const reason = why === 'policy' ? 'policy RemoteDebuggingAllowed' : 'no sandbox';
          options.log?.(`${executable} may not be driven on this PC (${reason})`);
          if (candidates.length === 0) throw cannotDrive(why, executable);
          continue;
        }
        asked.add(executable);
        failures += 1;
        // One that fails again and again for whatever reason gives way to another one that is there.
        if (failures % TRIES_EACH === 0) candidates.push(candidates.shift()!);
        throw error;
      }
    }
  }

  async function launch(executable: string): Promise<Browser> {
    // A profile of its own for each browser: one that was written by another kind may not open.
    const own = executable === options.executable ? '' : `-${path.basename(executable, '.exe')}`;
    const profile = path.join(folder, `profile${own}`);
    await prepareProfile(profile);
    if (removeStaleLock(profile, os.hostname())) options.log?.('removed the lock of a browser that is gone');
    launching = puppeteer.launch({
      executablePath: executable,
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
          profile,
          headless: options.headless,
          root: options.root,
          extra: options.chromiumArgv ?? [],
        }),
      ],
    });
    return launching.finally(() => (launching = null));
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
    async close(role) {
      const window = windows.get(role);
      windows.delete(role);
      await window?.close();
    },
    place: async (role, display) => windows.get(role)?.place(display),
    show: async (role) => windows.get(role)?.show(),
    fills: async (role, display) => (await windows.get(role)?.fills(display)) ?? true,
    answers: async (role) => (await windows.get(role)?.answers()) ?? true,
    async printPdf(address, signal) {
      if (!core) throw new Error('no core to print from');
      return printPdf({ executable: candidates[0]!, folder, root: options.root, core, path: address, signal });
    },
    async keepAwake(on) {
      keepAwake.set(on);
    },
    displays,
    program: async () => (browser ? describeProgram(await browser.version(), candidates[0]!) : null),
    front: () => lookInFront({ platform: options.platform, browserPid: browser?.process()?.pid ?? null }),
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
