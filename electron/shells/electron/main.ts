import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  app,
  BrowserWindow,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { systemClock } from '../clock.ts';
import { CORE_ENVIRONMENT, CORE_FLAGS } from '../core-process.ts';
import { argumentsToRestart, defaultDataFolder, parseLaunchOptions, USAGE } from '../launch-options.ts';
import type { LaunchOutcome } from '../launch-options.ts';
import { askRaise, watchRaise } from '../raise.ts';
import { STATUS_ALREADY_RUNNING, STATUS_BAD_INPUT } from '../refusal.ts';
import { runKiosk } from '../run-kiosk.ts';
import { createShellLog } from '../shell-log.ts';
import { startSupervisor } from '../supervisor.ts';
import type { KioskEnd, Supervisor } from '../supervisor.ts';
import { createSystemNotice } from '../system-notice.ts';
import { TIMING } from '../timing.ts';
import { createElectronShell } from './electron-shell.ts';
import { createRefusalWindow } from './refusal-window.ts';
import { SCHEME_PRIVILEGES } from './scheme.ts';
import { asCoreProcess } from './utility-core.ts';
import { listWrongPreferences, STATUS_WRONG_PREFERENCES } from './window-factory.ts';

/** Electron's entry: the only file that imports Electron at run time, and reads the arguments when Electron is the shell. */

const log = createShellLog();
const { say } = log;
const { platform, env } = process;
const machine = { platform, env, home: os.homedir(), cwd: process.cwd() };

/** Arguments of the kiosk: all after this script, or all after the program once packaged. */
function kioskArguments(): string[] {
  const script = process.argv.findIndex((a) => path.resolve(a) === import.meta.filename);
  return process.argv.slice(script > 0 ? script + 1 : 1);
}

/** A fault of ours; whoever started Electron starts it again. */
const STATUS_FAULT = 1;

function main(): void {
  const options = readOptions();
  if (options.ok && options.value.help) {
    process.stdout.write(`${USAGE}\n`);
    if (platform !== 'win32' || !app.isPackaged) return app.exit(0);
    // An installed Windows program has no terminal.
    void app.whenReady().then(async () => {
      const notice = { status: 0, sentence: USAGE, vi: 'Tham số khởi động' };
      await createRefusalWindow(BrowserWindow)(notice, new AbortController().signal).catch(() => null);
      app.exit(0);
    });
    return;
  }
  const dataFolder = options.ok ? options.value.dataFolder : defaultDataFolder(machine);
  app.setPath('userData', path.join(dataFolder, 'electron'));
  if (options.ok) {
    log.writeTo(dataFolder);
    restartOnFaults(options.value.restarts);
    // The other one hears of it by `second-instance` and comes to the front.
    if (!app.requestSingleInstanceLock()) {
      say('Điểm cầu đang chạy. / The kiosk is already running on this data folder.');
      return app.exit(STATUS_ALREADY_RUNNING);
    }
  }
  protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES]);
  // The superuser has no sandbox; everybody else gets it for every page.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  Menu.setApplicationMenu(null);
  // Windows come and go; only the supervisor ends the kiosk.
  app.on('window-all-closed', () => {});
  app.on('child-process-gone', (_event, { type, reason }) => say(`${type} process ended: ${reason}`));
  app.on('web-contents-created', (_event, contents) => {
    const wrong = listWrongPreferences(contents);
    if (wrong === null) say('This Electron does not tell the preferences of a page; they were not compared.');
    else if (wrong.length > 0) {
      say(`A page would run with other preferences: ${wrong.join(', ')}.`);
      app.exit(STATUS_WRONG_PREFERENCES);
    }
  });
  void app.whenReady().then(() => run(options, dataFolder));
}

/** Reads the command line, and refuses what this shell alone cannot do. */
function readOptions(): LaunchOutcome {
  const options = parseLaunchOptions(kioskArguments(), machine);
  if (!options.ok || (!options.value.headless && options.value.shell !== 'browser')) return options;
  const asked = options.value.headless ? '--headless' : '--shell browser';
  return {
    ok: false,
    error: 'bad_argument',
    sentence: `${asked} is of the browser shell, which is started by "npm start"; this program is the Electron shell`,
  };
}

/**
 * After a fault of this process that nothing caught: the windows are let go and Electron is started again, never with its own
 * error box. Under `npm start` its parent does that; the installed program does it itself, ever more slowly.
 */
function restartOnFaults(restarts: number): void {
  const startedAt = systemClock.now();
  log.onFault(() => {
    const wasHealthy = systemClock.now() - startedAt >= TIMING.coreHealthyMs;
    const count = wasHealthy ? 0 : restarts;
    const delays = TIMING.coreRestartDelaysMs;
    setTimeout(
      () => {
        if (app.isPackaged) app.relaunch({ args: argumentsToRestart(process.argv.slice(1), count + 1) });
        app.exit(STATUS_FAULT);
      },
      delays[Math.min(count, delays.length - 1)],
    );
  });
}

async function run(options: LaunchOutcome, dataFolder: string): Promise<void> {
  const core = path.join(import.meta.dirname, '..', 'core', 'start.js');
  const ending = new AbortController();
  let supervisor: Supervisor | null = null;
  const stop = () => {
    ending.abort();
    void supervisor?.stop();
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    stop();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  const comeToFront = () => {
    say('another start asked this kiosk to come to the front');
    supervisor?.raise();
  };
  app.on('second-instance', comeToFront);
  // One shell for all starts: its sessions live as long as Electron.
  const shell = createElectronShell({
    BrowserWindow,
    screen,
    powerMonitor,
    powerSaveBlocker,
    sessionOf: (partition) => session.fromPartition(partition),
    program: {
      name: 'Electron',
      version: process.versions['electron'] ?? '?',
      chromium: process.versions['chrome'] ?? '0',
      builtAt: statSync(process.execPath, { throwIfNoEntry: false })?.mtimeMs ?? null,
    },
  });

  async function attempt(): Promise<KioskEnd> {
    if (!options.ok) return { status: STATUS_BAD_INPUT, sentence: `${options.sentence}. See --help.` };
    const started = startSupervisor({
      shell,
      startCore: () =>
        asCoreProcess(
          utilityProcess.fork(core, [], {
            stdio: 'inherit',
            serviceName: 'kiosk core',
            env: { ...env, ...CORE_ENVIRONMENT },
            execArgv: [...CORE_FLAGS],
          }),
        ),
      argv: options.value.coreArgv,
      swapDisplays: options.value.swapDisplays,
      log: say,
    });
    supervisor = started;
    const stopRaise = watchRaise(dataFolder, comeToFront);
    return started.ended.finally(stopRaise);
  }

  const status = await runKiosk({
    attempt,
    raiseOther: () => askRaise(dataFolder),
    show: [createRefusalWindow(BrowserWindow), createSystemNotice(platform, env)],
    say,
    signal: ending.signal,
  });
  app.exit(status);
}

main();
