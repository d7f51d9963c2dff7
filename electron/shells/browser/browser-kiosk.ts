import { existsSync } from 'node:fs';
import { createBackOff } from '../back-off.ts';
import { systemClock } from '../clock.ts';
import { spawnCore } from '../core-process.ts';
import type { LaunchOptions, LaunchOutcome } from '../launch-options.ts';
import { askRaise, watchRaise } from '../raise.ts';
import { STATUS_BAD_INPUT, STATUS_UNAVAILABLE } from '../refusal.ts';
import type { ShowRefusal } from '../refusal.ts';
import { runKiosk } from '../run-kiosk.ts';
import type { ShellLog } from '../shell-log.ts';
import { startSupervisor } from '../supervisor.ts';
import type { KioskEnd, Supervisor } from '../supervisor.ts';
import { createSystemNotice } from '../system-notice.ts';
import { TIMING } from '../timing.ts';
import { checkDisplay } from './check-display.ts';
import { createBrowserShell } from './browser-shell.ts';
import { findBrowser, findBrowsers } from './find-browser.ts';
import { createRefusalWindow } from './refusal-window.ts';

export interface BrowserKioskOptions {
  /** The command line as it was understood, or the sentence against it. */
  options: LaunchOutcome;
  log: ShellLog;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Running as the superuser, to whom Chromium refuses its sandbox. */
  root: boolean;
  /** The core's script. */
  core: string;
}

/** Runs the kiosk in a browser that is on the PC, until it is ended; answers the exit status. */
export function runInBrowser(kiosk: BrowserKioskOptions): Promise<number> {
  const { options, log, platform, env } = kiosk;
  const root = kiosk.root || (options.ok && options.value.chromiumArgv.includes('--no-sandbox'));
  const ending = new AbortController();
  let supervisor: Supervisor | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      ending.abort();
      void supervisor?.stop();
    });

  const browser = () => (options.ok ? options.value.browser : null) ?? findBrowser({ platform, env });
  /** Not when a display that was named does not answer. */
  let canShow = true;
  const ifShown =
    (way: ShowRefusal): ShowRefusal =>
    async (refusal, signal) =>
      canShow ? way(refusal, signal) : null;
  const hasScreen = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);

  /** One start, up to its end; {@link FAULT} when a fault of this process ended it, and nothing had before. */
  async function startOnce(launch: LaunchOptions): Promise<KioskEnd> {
    const executable = browser();
    const { headless } = launch;
    const ready = await checkDisplay(
      { platform, env },
      { headless, browser: executable, wantedBrowser: launch.browser },
    );
    if (!ready.ok) {
      canShow = !ready.noDisplay;
      return ready.end;
    }
    const started = startSupervisor({
      shell: createBrowserShell({
        executable: ready.browser,
        others: findBrowsers({ platform, env }),
        log: log.say,
        dataFolder: launch.dataFolder,
        headless: launch.headless,
        root,
        platform,
        chromiumArgv: launch.chromiumArgv,
      }),
      startCore: () => spawnCore(process.execPath, kiosk.core),
      argv: launch.coreArgv,
      swapDisplays: launch.swapDisplays,
      log: log.say,
      ...(launch.headless && !launch.coreArgv.includes('--check') ? { onPort: sayRunning(log, launch) } : {}),
      print: (text) => void process.stdout.write(text),
    });
    supervisor = started;
    log.onFault(() => void started.stop(FAULT));
    const stopRaise = watchRaise(launch.dataFolder, () => {
      log.say('another start asked this kiosk to come to the front');
      started.raise();
    });
    if (ending.signal.aborted) void started.stop();
    const end = await started.ended;
    stopRaise();
    return end;
  }

  /** Starts it again after a fault of this process, with everything made new, ever more slowly. */
  async function attempt(): Promise<KioskEnd> {
    if (!options.ok) return { status: STATUS_BAD_INPUT, sentence: `${options.sentence}. See --help.` };
    if (options.value.shell === 'electron') return NO_ELECTRON;
    const backOff = createBackOff(systemClock, TIMING.coreRestartDelaysMs, TIMING.coreHealthyMs);
    for (;;) {
      backOff.started();
      const end = await startOnce(options.value);
      if (end !== FAULT || ending.signal.aborted) return end;
      const delayMs = backOff.next();
      log.say(`starting again in ${delayMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }

  const inBrowser: ShowRefusal = async (refusal, signal) => {
    const program = [browser(), findBrowser({ platform, env })].find((file) => file && existsSync(file));
    return program ? createRefusalWindow({ executable: program, root })(refusal, signal) : null;
  };
  if (options.ok) log.writeTo(options.value.dataFolder);
  return runKiosk({
    attempt,
    raiseOther: async () => options.ok && askRaise(options.value.dataFolder),
    show:
      (options.ok && options.value.headless) || !hasScreen
        ? []
        : [inBrowser, createSystemNotice(platform, env)].map((way) => ifShown(way)),
    say: log.say,
    signal: ending.signal,
  });
}

/** Nobody sees a window: where it runs, and how it is ended. */
function sayRunning({ say }: ShellLog, { dataFolder }: LaunchOptions): (port: number) => void {
  return (port) => {
    const address = `http://127.0.0.1:${port}`;
    say(
      `Điểm cầu đang chạy không màn hình ở ${address}, dữ liệu trong ${dataFolder}; để dừng, bấm Ctrl+C hoặc chạy: kill ${process.pid}`,
    );
    say(
      `The kiosk runs without a display at ${address}, its data in ${dataFolder}; to stop it, press Ctrl+C or run: kill ${process.pid}`,
    );
  };
}

const FAULT: KioskEnd = { status: 0, sentence: null };

const NO_ELECTRON: KioskEnd = {
  status: STATUS_UNAVAILABLE,
  sentence: "Electron's program is not installed; leave --shell out to use the browser on this PC.",
  vi: 'Chưa cài chương trình Electron. Hãy bỏ --shell để dùng trình duyệt trên máy này.',
};
