import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBrowserShell } from '../../../electron/shells/browser/browser-shell.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { removeStaleLock } from '../../../electron/shells/browser/profile-lock.ts';
import { askWhyNotDriven } from '../../../electron/shells/browser/why-not-driven.ts';
import type { ShellEvents } from '../../../electron/shells/shell.ts';
import { ShellUnavailable } from '../../../electron/shells/shell.ts';

/** Starts of the browser that once never came to an end. */

const executable = findBrowser({ platform: process.platform, env: process.env }) ?? '';
const root = process.getuid?.() === 0;
const quiet: ShellEvents = {
  windowLost: () => {},
  shellLost: () => {},
  displaysChanged: () => {},
  key: () => {},
  woke: () => {},
  unlocked: () => {},
  pageFault: () => {},
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-hard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

const lock = (profile: string) => {
  try {
    return lstatSync(path.join(profile, 'SingletonLock')).isSymbolicLink();
  } catch {
    return false;
  }
};

test('a lock of another host name or of a process that is gone is removed, one of a browser that runs is not', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const cases: [string, boolean][] = [
    [`other-pc-${process.pid}`, true],
    [`${os.hostname()}-${gone}`, true],
    // This process runs, and is no browser of that profile.
    [`${os.hostname()}-${process.pid}`, true],
    [`${os.hostname()}-0`, true],
    ['nonsense', true],
  ];
  for (const [holder, stale] of cases) {
    const profile = mkdtempSync(path.join(folder, 'profile-'));
    for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
      symlinkSync(holder, path.join(profile, name));
    expect({ holder, removed: removeStaleLock(profile, os.hostname()) }).toEqual({ holder, removed: stale });
    expect(lock(profile)).toBe(!stale);
  }
  expect(removeStaleLock(path.join(folder, 'absent'), os.hostname())).toBe(false);
});

function shellOn(data: string, program = executable, others: string[] = [], lines: string[] = []) {
  return createBrowserShell({
    executable: program,
    others,
    dataFolder: data,
    headless: true,
    root,
    platform: process.platform,
    log: (line) => lines.push(line),
  });
}

test.runIf(process.platform === 'linux')(
  'a real browser starts on a profile that a PC with another name left locked, and keeps its own lock',
  { timeout: 60_000 },
  async () => {
    const profile = path.join(folder, 'browser', 'profile');
    mkdirSync(profile, { recursive: true });
    symlinkSync(`other-pc-${process.pid}`, path.join(profile, 'SingletonLock'));
    const lines: string[] = [];
    const shell = shellOn(folder, executable, [], lines);
    await shell.start(quiet);
    expect(lines).toEqual(['removed the lock of a browser that is gone']);
    expect(await shell.displays()).toHaveLength(2);
    // The browser that runs now is left alone.
    expect(removeStaleLock(profile, os.hostname())).toBe(false);
    await shell.stop();
  },
);

/** A browser that a policy forbids to be driven, as Chromium behaves: a line on its error stream, then the pipe closes. */
function writeForbidden(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    '#!/bin/sh\necho "DevTools remote debugging is disallowed by the system admin." >&2\nsleep 0.2\n',
    {
      mode: 0o755,
    },
  );
  return file;
}

test(
  'a policy that forbids to drive the browser is named in one sentence, soon, and another browser is tried',
  { timeout: 60_000 },
  async () => {
    const forbidden = writeForbidden('edge');
    const from = Date.now();
    const alone = await shellOn(path.join(folder, 'a'), forbidden, [writeForbidden('chrome')])
      .start(quiet)
      .catch((e: unknown) => e);
    expect(Date.now() - from).toBeLessThan(15_000);
    expect(alone).toBeInstanceOf(ShellUnavailable);
    expect(alone).toMatchObject({
      message: expect.stringContaining('RemoteDebuggingAllowed'),
      vi: expect.stringContaining('Chính sách của máy này'),
    });

    const lines: string[] = [];
    const shell = shellOn(path.join(folder, 'b'), forbidden, [executable], lines);
    await shell.start(quiet);
    expect(await shell.displays()).toHaveLength(2);
    expect(lines[0]).toContain('policy RemoteDebuggingAllowed');
    await shell.stop();
  },
);

test('a system that forbids the sandbox is named in one sentence, and no browser runs without one', async () => {
  const caged = path.join(folder, 'caged');
  const said = path.join(folder, 'arguments');
  const script = `#!/bin/sh\necho "$@" >> ${said}\necho "FATAL: No usable sandbox! If you want to live dangerously" >&2\nsleep 0.2\nexit 1\n`;
  writeFileSync(caged, script, { mode: 0o755 });
  const options = { executable: caged, dataFolder: path.join(folder, 'd'), headless: true, platform: 'linux' };
  const lines: string[] = [];
  const shell = createBrowserShell({ ...options, root: false, log: (line) => lines.push(line) });
  const failure: unknown = await shell.start(quiet).catch((cause: unknown) => cause);
  await shell.stop();
  expect(failure).toBeInstanceOf(ShellUnavailable);
  expect(failure).toMatchObject({
    message: expect.stringContaining('does not let') as string,
    vi: expect.stringContaining('vùng cách ly an toàn') as string,
  });
  expect(lines).toEqual([`${caged} may not be driven on this PC (no sandbox)`]);
  expect(readFileSync(said, 'utf8')).not.toContain('no-sandbox');
});

/** Whether a process can be put where nobody may have a user namespace. */
function canForbidNamespaces(): boolean {
  return spawnSync('unshare', [...NOBODY, 'sh', '-c', 'echo 0 > /proc/sys/user/max_user_namespaces']).status === 0;
}
/** Its own user namespace, as an ordinary user there. */
const NOBODY = ['-U', '--map-user=1000', '--map-group=1000', '--keep-caps'];

test.runIf(process.platform === 'linux' && executable !== '' && canForbidNamespaces())(
  'Chromium itself says so where nobody may have a sandbox',
  { timeout: 60_000 },
  () => {
    const module = path.resolve(import.meta.dirname, '../../../electron/shells/browser/why-not-driven.ts');
    const script = `import { askWhyNotDriven } from ${JSON.stringify(module)};
    process.stdout.write(String(await askWhyNotDriven({ executable: ${JSON.stringify(executable)}, root: false, platform: 'linux' })));`;
    const file = path.join(folder, 'ask.ts');
    writeFileSync(file, script);
    chmodSync(folder, 0o755);
    const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --no-new-privs "$@"';
    const args = [...NOBODY, 'sh', '-c', forbid, 'sh', process.execPath, file];
    const env = { ...process.env, HOME: folder, TMPDIR: folder };
    const asked = spawnSync('unshare', args, { encoding: 'utf8', env });
    expect(asked.stdout).toBe('sandbox');
  },
);

test(
  'a browser that fails without such a word is no policy, and gives way to another one after three tries',
  { timeout: 60_000 },
  async () => {
    const broken = path.join(folder, 'broken');
    writeFileSync(broken, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await askWhyNotDriven({ executable: broken, root, platform: 'linux' })).toBeNull();
    expect(await askWhyNotDriven({ executable: path.join(folder, 'absent'), root, platform: 'linux' })).toBeNull();
    expect(await askWhyNotDriven({ executable, root, platform: 'linux' })).toBeNull();
    const shell = shellOn(path.join(folder, 'c'), broken, [executable]);
    for (let n = 0; n < 3; n += 1) await expect(shell.start(quiet)).rejects.toThrow(/.+/u);
    await shell.start(quiet);
    expect(await shell.displays()).toHaveLength(2);
    await shell.stop();
  },
);

/** Whether this user may have a view of /etc of his own. */
function canPretend(): boolean {
  return (
    process.platform === 'linux' && existsSync('/etc/chromium') && spawnSync('unshare', ['-m', 'true']).status === 0
  );
}

test.runIf(canPretend())('Chromium itself says so under a real policy', { timeout: 60_000 }, () => {
  const policies = path.join(folder, 'policies', 'managed');
  mkdirSync(policies, { recursive: true });
  writeFileSync(path.join(policies, 'kiosk.json'), '{ "RemoteDebuggingAllowed": false }');
  const script = `import { askWhyNotDriven } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../electron/shells/browser/why-not-driven.ts'))};
    process.stdout.write(String(await askWhyNotDriven({ executable: ${JSON.stringify(executable)}, root: ${root}, platform: 'linux' })));`;
  const file = path.join(folder, 'ask.mts');
  writeFileSync(file, script);
  // Only this process sees the policy; the PC has none.
  const command = 'mount --bind "$1" /etc/chromium && exec "$2" --no-warnings "$3"';
  const args = ['-m', 'sh', '-c', command, 'sh', folder, process.execPath, file];
  expect(execFileSync('unshare', args, { encoding: 'utf8' })).toBe('policy');
});
