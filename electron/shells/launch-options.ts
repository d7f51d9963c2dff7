import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { checkSwitch } from './chromium-switches.ts';

/** How the kiosk was asked to start. */
export interface LaunchOptions {
  shell: 'auto' | 'electron' | 'browser';
  /** No display: the browser shell on two made-up ones. */
  headless: boolean;
  /** A browser's program, when the one found by itself is not wanted. */
  browser: string | null;
  swapDisplays: boolean;
  /** Absolute folder of the kiosk's data. */
  dataFolder: string;
  help: boolean;
  /** How often Electron started itself again in a row after a fault of ours; it says so to its next process. */
  restarts: number;
  /** What the core reads, with `--data` always present. */
  coreArgv: string[];
  /** Switches of Chromium, which are none of ours. */
  chromiumArgv: string[];
}

export type LaunchOutcome = Result<LaunchOptions, { error: 'bad_argument'; sentence: string }>;

/** What of the machine the defaults depend on. */
export interface LaunchMachine {
  platform: string;
  env: Record<string, string | undefined>;
  home: string;
  cwd: string;
}

const RESTARTS = 'restarted';

const SHELL_FLAGS = {
  shell: { type: 'string' },
  headless: { type: 'boolean' },
  browser: { type: 'string' },
  'swap-displays': { type: 'boolean' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  [RESTARTS]: { type: 'string' },
} as const;

/** What the core reads of the command line; a test compares it with what the core knows. */
export const CORE_FLAGS: readonly string[] = [
  'package',
  'trust',
  'allow-package',
  'cache',
  'rehearsal',
  'lobby',
  'people',
  'minutes',
  'delay',
  'check',
  'json',
];

/**
 * Sorts the command line: the shell's own flags are read, the core's are passed on as they were written, and switches of
 * Chromium (always of the form `--name` or `--name=value`) go to the browser. A word that belongs to nobody is the core's
 * to refuse.
 */
export function parseLaunchOptions(argv: readonly string[], machine: LaunchMachine): LaunchOutcome {
  const rest: string[] = [];
  const chromiumArgv: string[] = [];
  const ours = [...Object.keys(SHELL_FLAGS), ...CORE_FLAGS];
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: SHELL_FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option' && token.name in SHELL_FLAGS) {
      const wanted = SHELL_FLAGS[token.name as keyof typeof SHELL_FLAGS].type;
      if (wanted === 'string' && !token.value) return bad(`${token.rawName} needs a value`);
      continue;
    }
    if (token.kind === 'option' && !CORE_FLAGS.includes(token.name)) {
      const checked = checkSwitch(token.name, ours);
      if (!checked.ok) return bad(checked.sentence);
      chromiumArgv.push(token.inlineValue ? `${token.rawName}=${token.value}` : token.rawName);
    } else if (token.kind === 'option')
      rest.push(token.inlineValue ? `${token.rawName}=${token.value}` : token.rawName);
    else if (token.kind === 'positional') rest.push(token.value);
    else rest.push('--');
  }
  const shell = values.shell ?? 'auto';
  if (shell !== 'auto' && shell !== 'electron' && shell !== 'browser')
    return bad(`--shell must be electron or browser, not "${String(shell)}"`);
  // The checks of the command line open nothing in front of anybody.
  const headless = values.headless === true || tokens.some((t) => t.kind === 'option' && t.name === 'check');
  if (headless && shell === 'electron') return bad('--headless runs in the browser shell only');
  const dataFolder = path.resolve(
    machine.cwd,
    typeof values.data === 'string' ? values.data : defaultDataFolder(machine),
  );
  return ok({
    shell,
    headless,
    browser: typeof values.browser === 'string' ? path.resolve(machine.cwd, values.browser) : null,
    swapDisplays: values['swap-displays'] === true,
    dataFolder,
    help: values.help === true,
    restarts: Number(values[RESTARTS] ?? 0) || 0,
    chromiumArgv,
    coreArgv: ['--data', dataFolder, ...rest],
  });
}

function bad(sentence: string) {
  return err({ error: 'bad_argument' as const, sentence });
}

/** The command line with which Electron starts itself again after its n-th fault in a row. */
export function argumentsToRestart(argv: readonly string[], restarts: number): string[] {
  return [...argv.filter((arg) => !arg.startsWith(`--${RESTARTS}=`)), `--${RESTARTS}=${restarts}`];
}

/** Where the system keeps data of programs of one user. */
export function defaultDataFolder({ platform, env, home }: LaunchMachine): string {
  const name = 'venue-kiosk';
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), name);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', name);
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), name);
}

export const USAGE = `Điểm cầu – venue kiosk

  npm start                        goes on with a session that is not finished; else the start screen, where one is chosen
  npm start -- --package FILE      the session of a package (JSON or JWS)
  npm start -- --rehearsal         a rehearsal: embedded broadcast, practice roster, embedded province

  --package FILE     session package to run
  --trust FILE       keys of the province that a package must be signed with
  --allow-package CODE
                     lets in the one package with this code, which the refusal of it shows
  --rehearsal        a rehearsal at once; any of its options below means the same
  --lobby            the start screen also with --headless, which otherwise rehearses
  --data DIR         where the kiosk keeps its data (default: the user's data folder)
  --headless         no display: two made-up ones, 1920x1080 and 1366x768 (browser shell only)
  --shell NAME       electron or browser; default: Electron when its program is there
  --browser FILE     the browser's program, for the browser shell
  --cache GB         most that a delay above 120 s may take on disk (default 2; 0: none)
  --swap-displays    stage on the primary display, desk and console on the other one
  --check            runs the checks before the hour without a display, prints them and ends: 0 ready, 4 something is missing
  --json             with --check: for programs
  --help             this text

Of a rehearsal: --people N (1 to 20000), --minutes N, --delay SECONDS.
Switches of Chromium such as --disable-gpu or --force-device-scale-factor=1.25 are passed on to it.
The installed program is the Electron shell; it has no --headless and no --shell browser.

In the windows: F8 desk / stage (đổi bàn điểm danh và màn hình lớn), F9 console (bàn điều khiển).`;
