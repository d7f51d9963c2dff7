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
import { parseLaunchOptions } from '../launch-options.ts';
import { startSupervisor } from '../supervisor.ts';
import { createElectronShell } from './electron-shell.ts';
import { SCHEME_PRIVILEGES } from './scheme.ts';
import { asCoreProcess } from './utility-core.ts';
import { listWrongPreferences, STATUS_WRONG_PREFERENCES } from './window-factory.ts';

/** Electron's entry: the only file that imports Electron at run time, and reads the arguments when Electron is the shell. */

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Arguments of the kiosk: all after this script, or all after the program once packaged. */
function kioskArguments(): string[] {
  const script = process.argv.findIndex((a) => path.resolve(a) === import.meta.filename);
  return process.argv.slice(script > 0 ? script + 1 : 1);
}

/** Another kiosk holds this data folder (EX_TEMPFAIL of sysexits.h). */
const STATUS_ALREADY_RUNNING = 75;

function main(): void {
  const { platform, env } = process;
  const options = parseLaunchOptions(kioskArguments(), { platform, env, home: os.homedir(), cwd: process.cwd() });
  if (!options.ok) {
    say(`${options.sentence}. See --help.`);
    return app.exit(2);
  }
  const { dataFolder, coreArgv, swapDisplays } = options.value;
  app.setPath('userData', path.join(dataFolder, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    say('The kiosk is already running on this data folder.');
    return app.exit(STATUS_ALREADY_RUNNING);
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
  void app.whenReady().then(() => run(coreArgv, swapDisplays));
}

async function run(argv: string[], swapDisplays: boolean): Promise<void> {
  const core = path.join(import.meta.dirname, '..', 'core', 'start.js');
  const supervisor = startSupervisor({
    shell: createElectronShell({
      BrowserWindow,
      screen,
      powerMonitor,
      powerSaveBlocker,
      sessionOf: (partition) => session.fromPartition(partition),
    }),
    startCore: () => asCoreProcess(utilityProcess.fork(core, [], { stdio: 'inherit', serviceName: 'kiosk core' })),
    argv,
    swapDisplays,
    log: say,
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    void supervisor.stop();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void supervisor.stop());
  const { status, sentence } = await supervisor.ended;
  if (sentence) say(sentence);
  app.exit(status);
}

main();
