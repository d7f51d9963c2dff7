import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';

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
  /** What the core reads: everything that is not the shell's, with `--data` always present. */
  coreArgv: string[];
}

/** What of the machine the defaults depend on. */
export interface LaunchMachine {
  platform: string;
  env: Record<string, string | undefined>;
  home: string;
  cwd: string;
}

const SHELL_FLAGS = {
  shell: { type: 'string' },
  headless: { type: 'boolean' },
  browser: { type: 'string' },
  'swap-displays': { type: 'boolean' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Takes the shell's own flags out of the command line; the rest is the core's and is passed on untouched. */
export function parseLaunchOptions(
  argv: readonly string[],
  machine: LaunchMachine,
): Result<LaunchOptions, { error: 'bad_argument'; sentence: string }> {
  const rest: string[] = [];
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
    if (token.kind === 'option') rest.push(token.inlineValue ? `${token.rawName}=${token.value}` : token.rawName);
    else if (token.kind === 'positional') rest.push(token.value);
    else rest.push('--');
  }
  const shell = values.shell ?? 'auto';
  if (shell !== 'auto' && shell !== 'electron' && shell !== 'browser')
    return bad(`--shell must be electron or browser, not "${String(shell)}"`);
  const headless = values.headless === true;
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
    coreArgv: ['--data', dataFolder, ...rest],
  });
}

function bad(sentence: string) {
  return err({ error: 'bad_argument' as const, sentence });
}

/** Where the system keeps data of programs of one user. */
function defaultDataFolder({ platform, env, home }: LaunchMachine): string {
  const name = 'venue-kiosk';
  if (platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), name);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', name);
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), name);
}

export const USAGE = `Điểm cầu – venue kiosk

  npm start                        a rehearsal: embedded broadcast, practice roster, embedded province
  npm start -- --package FILE      a sitting from a session package (JSON or JWS)

  --package FILE     session package to run
  --data DIR         where the kiosk keeps its data (default: the user's data folder)
  --headless         no display: two made-up ones, 1920x1080 and 1366x768
  --shell NAME       electron or browser; default: Electron when its program is there
  --browser FILE     the browser's program, for the browser shell
  --swap-displays    stage on the primary display, desk and console on the other one
  --help             this text

In the windows: F8 desk / stage (đổi màn hình điểm danh và màn chiếu), F9 console (bảng điều khiển).`;
