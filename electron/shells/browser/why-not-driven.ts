import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { printFlags } from './flags.ts';

/** `policy`: a policy of the PC forbids it (`RemoteDebuggingAllowed`). `sandbox`: the system forbids this user the browser's sandbox. */
export type WhyNotDriven = 'policy' | 'sandbox';

/** What Chromium, Chrome and Edge write then. */
const WORDS: readonly [WhyNotDriven, RegExp][] = [
  ['policy', /remote debugging is disallowed/iu],
  ['sandbox', /no usable sandbox|rather than run without sandboxing|failed to move to new namespace/iu],
];
/** A browser that may be driven answers long before, and one that may not says so; also on a slow PC. */
const ANSWER_MS = 20_000;

/** Where Windows keeps the policies of each browser. */
const WINDOWS_KEYS: readonly [string, string][] = [
  ['msedge.exe', 'SOFTWARE\\Policies\\Microsoft\\Edge'],
  ['chrome.exe', 'SOFTWARE\\Policies\\Google\\Chrome'],
  ['chrome.exe', 'SOFTWARE\\Policies\\Chromium'],
];

/**
 * Why this browser cannot be driven on this PC, asked after a start that failed: it only closes its pipe then, and says on its error
 * stream why. Null when nothing says so, also when it does not start at all.
 */
export async function askWhyNotDriven(options: {
  executable: string;
  root: boolean;
  platform: string;
}): Promise<WhyNotDriven | null> {
  if (options.platform === 'win32' && (await isInRegistry(options.executable))) return 'policy';
  const profile = await mkdtemp(path.join(os.tmpdir(), 'kiosk-ask-'));
  try {
    return await askBrowser(options.executable, [
      '--remote-debugging-pipe',
      ...printFlags({ profile, root: options.root }),
    ]);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => {});
  }
}

function askBrowser(executable: string, args: string[]): Promise<WhyNotDriven | null> {
  const find = (said: string) => WORDS.find(([, words]) => words.test(said))?.[0] ?? null;
  return new Promise((resolve) => {
    const child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true });
    const [, , errors, toBrowser, fromBrowser] = child.stdio;
    let said = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS);
    errors?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-10_000);
      if (find(said) !== null) child.kill('SIGKILL');
    });
    fromBrowser?.on('data', () => child.kill('SIGKILL'));
    for (const pipe of [toBrowser, fromBrowser]) pipe?.on('error', () => {});
    if (toBrowser && 'write' in toBrowser) toBrowser.write('{"id":1,"method":"Browser.getVersion"}\0');
    child.on('error', () => {
      clearTimeout(limit);
      resolve(null);
    });
    child.on('close', () => {
      clearTimeout(limit);
      resolve(find(said));
    });
  });
}

async function isInRegistry(executable: string): Promise<boolean> {
  const program = path.win32.basename(executable).toLowerCase();
  for (const [name, key] of WINDOWS_KEYS) {
    if (name !== program) continue;
    for (const hive of ['HKLM', 'HKCU']) {
      const args = ['query', `${hive}\\${key}`, '/v', 'RemoteDebuggingAllowed'];
      const answer = await promisify(execFile)('reg.exe', args, { windowsHide: true }).catch(() => null);
      if (answer && /REG_DWORD\s+0x0\b/u.test(answer.stdout)) return true;
    }
  }
  return false;
}
