import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { createBackOff } from './back-off.ts';
import { systemClock } from './clock.ts';
import { isCrash } from './electron-status.ts';
import { findElectron } from './find-electron.ts';
import { parseLaunchOptions, USAGE } from './launch-options.ts';
import { createShellLog } from './shell-log.ts';
import { TIMING } from './timing.ts';

/** The one place of the browser shell that reads arguments and environment, and sets the exit status. */

const log = createShellLog();
const { say } = log;
const getProgram = (name: string) =>
  path.join(import.meta.dirname, '..', `${name}${path.extname(import.meta.filename)}`);

const { platform, env } = process;
const machine = { platform, env, home: os.homedir(), cwd: process.cwd() };
const isRoot = process.getuid?.() === 0;

/** Ends so soon after its start, one after the other, are of a program that does not run on this PC. */
const QUICK_MS = 10_000;
const QUICK_ENDS = 5;

/** Runs Electron and passes its exit status on; one that crashed is started again. Null when it never runs here. */
async function runElectron(program: string, argv: readonly string[]): Promise<number | null> {
  const backOff = createBackOff(systemClock, TIMING.coreRestartDelaysMs, TIMING.coreHealthyMs);
  let stopping = false;
  let quickEnds = 0;
  for (;;) {
    const startedAt = performance.now();
    const child = spawn(program, [...(isRoot ? ['--no-sandbox'] : []), getProgram('shells/electron'), ...argv], {
      stdio: 'inherit',
    });
    const pass = (signal: NodeJS.Signals) => {
      stopping = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.on(signal, pass);
    backOff.started();
    const status = await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(null));
      child.once('exit', (code) => resolve(code));
    });
    for (const signal of signals) process.off(signal, pass);
    if (stopping || !isCrash(status)) return status ?? 0;
    quickEnds = performance.now() - startedAt < QUICK_MS ? quickEnds + 1 : 0;
    if (quickEnds >= QUICK_ENDS) return null;
    const delayMs = backOff.next();
    say(`Electron crashed, starting it again in ${delayMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

async function main(): Promise<number> {
  // SQLite's module needs N-API 10, and on an older Node it crashes without a word.
  if (Number(process.versions.napi) < 10) {
    say(`This needs Node 24 and runs on ${process.version}: start it with "npm start", which brings the right one.`);
    return 1;
  }
  const argv = process.argv.slice(2);
  const options = parseLaunchOptions(argv, machine);
  if (options.ok && options.value.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const electron = findElectron();
  if (options.ok && options.value.shell !== 'browser' && !options.value.headless && electron) {
    const status = await runElectron(electron, argv);
    if (status !== null) return status;
    say('Electron does not run on this PC; the browser is tried instead.');
  }

  // Loaded here: it needs the newer Node that was checked before.
  const { runInBrowser } = await import('./browser/browser-kiosk.ts');
  return runInBrowser({ options, log, platform, env, root: isRoot, core: getProgram('core/start') });
}

process.exitCode = await main();
