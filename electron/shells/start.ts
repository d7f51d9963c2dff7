import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createBackOff } from './back-off.ts';
import { systemClock } from './clock.ts';
import { isCrash } from './electron-status.ts';
import { parseLaunchOptions, USAGE } from './launch-options.ts';
import type { LaunchOptions } from './launch-options.ts';
import { TIMING } from './timing.ts';

/** The one place of the browser shell that reads arguments and environment, and sets the exit status. */

const say = (line: string) => process.stderr.write(`${line}\n`);
const beside = (name: string) => path.join(import.meta.dirname, '..', `${name}${path.extname(import.meta.filename)}`);

const { platform, env } = process;
const machine = { platform, env, home: os.homedir(), cwd: process.cwd() };
const isRoot = process.getuid?.() === 0;

/** Electron's program when it was downloaded; asking its package would start a download. */
function electronProgram(): string | null {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** Runs Electron and passes its exit status on; one that crashed is started again. */
async function runElectron(program: string, argv: readonly string[]): Promise<number> {
  const backOff = createBackOff(systemClock, TIMING.coreRestartDelaysMs, TIMING.coreHealthyMs);
  let stopping = false;
  for (;;) {
    const child = spawn(program, [...(isRoot ? ['--no-sandbox'] : []), beside('shells/electron'), ...argv], {
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
    const delayMs = backOff.next();
    say(`Electron crashed, starting it again in ${delayMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

async function runBrowser(options: LaunchOptions): Promise<number> {
  // Loaded here: these need the newer Node that was checked before.
  const { findBrowser } = await import('./browser/find-browser.ts');
  const { createBrowserShell } = await import('./browser/browser-shell.ts');
  const { spawnCore } = await import('./core-process.ts');
  const { startSupervisor, STATUS_UNAVAILABLE } = await import('./supervisor.ts');

  const executable = options.browser ?? findBrowser({ platform, env });
  if (!executable || !existsSync(executable)) {
    say(
      options.browser
        ? `There is no program at ${options.browser}.`
        : 'No browser found: install Microsoft Edge, Google Chrome or Chromium, then start again.',
    );
    return STATUS_UNAVAILABLE;
  }
  if (platform === 'linux' && !options.headless && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    say('No display here: start from the desktop, or add --headless.');
    return STATUS_UNAVAILABLE;
  }
  const supervisor = startSupervisor({
    shell: createBrowserShell({
      executable,
      dataFolder: options.dataFolder,
      headless: options.headless,
      root: isRoot,
      platform,
    }),
    startCore: () => spawnCore(process.execPath, beside('core/start')),
    argv: options.coreArgv,
    swapDisplays: options.swapDisplays,
    log: say,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void supervisor.stop());
  const { status, sentence } = await supervisor.ended;
  if (sentence) say(sentence);
  return status;
}

async function main(): Promise<number> {
  // SQLite's module needs N-API 10, and on an older Node it crashes without a word.
  if (Number(process.versions.napi) < 10) {
    say(`This needs Node 24 and runs on ${process.version}: start it with "npm start", which brings the right one.`);
    return 1;
  }
  const argv = process.argv.slice(2);
  const options = parseLaunchOptions(argv, machine);
  if (!options.ok) {
    say(`${options.sentence}. See --help.`);
    return 2;
  }
  if (options.value.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { shell, headless } = options.value;
  if (shell !== 'browser' && !headless) {
    const program = electronProgram();
    if (program) return runElectron(program, argv);
    if (shell === 'electron') {
      say("Electron's program is not installed; leave --shell out to use the browser on this PC.");
      return 69;
    }
  }
  return runBrowser(options.value);
}

process.exitCode = await main();
