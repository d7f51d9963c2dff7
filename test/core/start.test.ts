import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PublicJwk } from '../../electron/contract/common.ts';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { makePackage } from '../support/make-package.ts';
import { createSmallDisk, NO_SMALL_DISK } from '../support/small-disk.ts';

/** The core as its own process: what it says, and what it ends with, when its files are not as they should be. */

const provinceKeys = {
  keys: {
    receiptPublicJwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
    reportPublicJwk: generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
  },
};
// Each start is a process of its own.
vi.setConfig({ testTimeout: 90_000 });
const PIN = '123456';
const HOUR = 3_600_000;

let dir = '';
let file = '';
let data = '';
const runs: CoreRun[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-start-'));
  file = path.join(dir, 'package.json');
  data = path.join(dir, 'data');
});
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start(port = 0): Promise<CoreRun> {
  const run = await runCore({ argv: ['--data', data, '--package', file], port });
  runs.push(run);
  return run;
}

/** A package whose sitting is open now, or begins in an hour. */
function writePackage(when: 'now' | 'later', overrides: Record<string, unknown> = {}): SessionPackage {
  const now = when === 'now' ? Date.now() : Date.now() + 3 * HOUR;
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 30, now, overrides });
  writeFileSync(file, JSON.stringify(document));
  return document;
}

async function ready(port = 0): Promise<CoreRun> {
  const run = await start(port);
  if (run.first.type !== 'ready') throw new Error(`${JSON.stringify(run.first)} ${run.stderr()}`);
  return run;
}

async function alarmsOf(run: CoreRun): Promise<string[] | undefined> {
  return (await run.consoleView(PIN)).open?.stage.alarms;
}

test('a bad package at the first start: one sentence, status 2, and nothing is written', async () => {
  writeFileSync(file, '{ "format": "session-package/1" ');
  const run = await start();
  expect(run.first).toMatchObject({ type: 'refused', exitStatus: 2, sentence: expect.stringContaining('line 1') });
  expect(existsSync(data)).toBe(false);
});

test('a package that goes bad while its sitting is open: the core comes back with it and says so, also after a power cut', async () => {
  const document = writePackage('now');
  const before = await ready();
  expect(await before.signIn(document.roster![0]!.id)).toMatchObject({ status: 200, answer: { ok: true } });
  expect(await alarmsOf(before)).toEqual([]);
  await before.kill();
  for (const [bytes, port] of [
    ['half a fi', before.port],
    [JSON.stringify({ ...document, sittings: [] }), before.port],
    ['half a fi', 0],
  ] as const) {
    writeFileSync(file, bytes);
    const after = await ready(port);
    expect(await alarmsOf(after)).toContain('package_file_bad');
    expect(await after.signIn(document.roster![0]!.id)).toMatchObject({ answer: { error: 'already_signed_in' } });
    await after.kill();
  }
  const log = readFileSync(path.join(data, 'session', 'kiosk.log'), 'utf8');
  expect(log.match(/"event":"package_file_bad"/gu)).toHaveLength(3);
  expect(log.match(/"event":"package_imported"/gu)).toHaveLength(1);
});

test('a package that goes bad with no sitting under way is refused when a person starts, not when the core comes back', async () => {
  writePackage('later');
  const before = await ready();
  await before.kill();
  writeFileSync(file, 'half a fi');
  expect((await start()).first).toMatchObject({ type: 'refused', exitStatus: 2 });
  const after = await ready(before.port);
  expect(await alarmsOf(after)).toContain('package_file_bad');
});

test('another session or an older issue at the same path does not replace a running one, and a key that is gone does not matter', async () => {
  const document = writePackage('now');
  const before = await ready();
  await before.kill();
  for (const change of [
    { packageId: 'another-session' },
    { issuedAt: new Date(Date.now() - 48 * HOUR).toISOString() },
  ]) {
    writeFileSync(file, JSON.stringify({ ...document, ...change }));
    const after = await ready(before.port);
    expect(await alarmsOf(after)).toContain('package_file_bad');
    expect((await after.consoleView(PIN)).sitting?.id).toBe('hn-2026-thu/sang');
    await after.kill();
  }
  writeFileSync(file, JSON.stringify(document));
  writeFileSync(path.join(data, 'session', 'packages', 'trusted-keys.json'), 'not keys');
  const after = await ready();
  expect(await alarmsOf(after)).toEqual([]);
});

test('a fault in the start is logged, and ends a first start with one plain sentence and status 3', async () => {
  writePackage('now');
  mkdirSync(path.join(data, 'session'), { recursive: true });
  // The keys cannot have a folder.
  writeFileSync(path.join(data, 'session', 'keys'), '');
  const run = await start();
  expect(run.first).toMatchObject({ type: 'refused', exitStatus: 3 });
  expect(run.first.type === 'refused' && run.first.sentence).toMatch(/^[^\n]{20,500}\.$/u);
  expect(await run.stop()).toBe(0);
  expect(run.stderr()).toBe('');
});

test('a memory of the package that cannot be written costs nothing but a line in the log', async () => {
  writePackage('now');
  mkdirSync(path.join(data, 'session'), { recursive: true });
  writeFileSync(path.join(data, 'session', 'packages'), '');
  const run = await ready();
  expect(await run.stop()).toBe(0);
  expect(readFileSync(path.join(data, 'session', 'kiosk.log'), 'utf8')).toContain('"package_not_remembered"');
});

test('a second start on the same folder says that one is running, touches nothing, and works when that one is gone', async () => {
  writePackage('now');
  // What is not held is collected sooner or later; here it is sooner.
  const collect = `import v8 from 'node:v8'; import vm from 'node:vm'; v8.setFlagsFromString('--expose-gc');
    process.on('SIGUSR2', () => { vm.runInNewContext('gc')(); process.stderr.write('collected'); });`;
  const first = await runCore({
    argv: ['--data', data, '--package', file],
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(collect)}` },
  });
  runs.push(first);
  expect(first.first.type).toBe('ready');
  if (process.platform !== 'win32') {
    process.kill(first.pid!, 'SIGUSR2');
    await vi.waitFor(() => expect(first.stderr()).toContain('collected'), 10_000);
  }
  const keys = readFileSync(path.join(data, 'session', 'keys', 'device-keys.json'));
  const second = await start();
  expect(second.first).toMatchObject({
    type: 'refused',
    exitStatus: 75,
    sentence: 'The kiosk is already running on this data folder.',
    vi: 'Điểm cầu đang chạy trên máy này.',
  });
  // Another database of the same folder is the same kiosk: one browser profile, one set of windows.
  const rehearsal = await runCore({ argv: ['--data', data, '--people', '5'] });
  runs.push(rehearsal);
  expect(rehearsal.first).toMatchObject({ type: 'refused', exitStatus: 75 });
  expect(existsSync(path.join(data, 'rehearsal', 'keys'))).toBe(false);
  expect(readFileSync(path.join(data, 'session', 'keys', 'device-keys.json'))).toEqual(keys);
  await first.kill();
  const third = await ready();
  expect(await third.stop()).toBe(0);
});

/** Makes the core throw where nothing catches it, or refuse a promise that nobody waits for, by a signal. */
const FAULTS = `data:text/javascript,${encodeURIComponent(
  `process.on('SIGUSR2', () => { throw new Error('no person "Nguyễn Văn Mẫu"'); });
   process.on('SIGWINCH', () => void Promise.reject(new TypeError('nobody waits')));`,
)}`;

test.runIf(process.platform === 'linux')(
  'what nothing caught ends the core with its stack in the log and no name, and the next one starts',
  async () => {
    writePackage('now');
    for (const [signal, words] of [
      ['SIGUSR2', 'Error: no person'],
      ['SIGWINCH', 'TypeError: nobody waits'],
    ] as const) {
      const run = await runCore({
        argv: ['--data', data, '--package', file],
        env: { NODE_OPTIONS: `--import=${FAULTS}` },
      });
      runs.push(run);
      expect(run.first.type).toBe('ready');
      process.kill(run.pid!, signal);
      expect(await run.ended).toBe(70);
      const log = readFileSync(path.join(data, 'session', 'kiosk.log'), 'utf8');
      const line = log.split('\n').find((l) => l.includes('"core_fault"') && l.includes(words));
      expect(line).toMatch(/ at /u);
      expect(log).not.toContain('Mẫu');
    }
    const again = await ready();
    expect(await again.stop()).toBe(0);
  },
);

test('messages no core knows end nothing, and what pages report is logged without names', async () => {
  writePackage('now');
  const run = await ready();
  run.send({ type: 'format_disk' });
  run.send({
    type: 'page_fault',
    role: 'desk',
    text: '[kiosk-fault] uncaught Error: Nguyễn Văn Mẫu\n    at f (a.js:1:2)',
  });
  run.send({ type: 'window_restarted', role: 'stage' });
  expect(await run.consoleView(PIN)).toBeDefined();
  const log = readFileSync(path.join(data, 'session', 'kiosk.log'), 'utf8');
  expect(log).toContain('"page_fault"');
  expect(log).toContain('at f (a.js:1:2)');
  expect(log).not.toContain('Mẫu');
  expect(log).toContain('"window_restarted"');
  expect(await run.stop()).toBe(0);
});

test('a log that cannot be written ends nothing', async () => {
  const document = writePackage('now');
  mkdirSync(path.join(data, 'session', 'kiosk.log'), { recursive: true });
  const run = await ready();
  expect(await run.signIn(document.roster![0]!.id)).toMatchObject({ status: 200 });
  expect(await run.stop()).toBe(0);
  expect(run.stderr()).toBe('');
});

test('a disk full to the last byte: sign-ins are answered as not recorded, the core lives and comes back, and space lets it go on', async () => {
  const disk = createSmallDisk(12);
  if (!disk) return void process.stdout.write(`${NO_SMALL_DISK}\n`);
  try {
    data = path.join(disk.folder, 'data');
    const document = writePackage('now');
    const people = document.roster!.map((p) => p.id);
    const run = await ready();
    expect(await run.signIn(people[0]!)).toMatchObject({ status: 200, answer: { ok: true } });
    disk.fill();
    let recorded = 1;
    for (const id of people.slice(1)) {
      const { status, answer } = await run.signIn(id);
      if (status === 200) recorded += 1;
      else expect({ status, answer }).toEqual({ status: 500, answer: { ok: false, error: 'internal' } });
      disk.fill();
    }
    expect(recorded).toBeLessThan(people.length);
    expect(run.stderr()).toBe('');
    await run.kill();
    disk.fill();
    const again = await ready(run.port);
    expect(await again.deskView()).toMatchObject({ open: true, signedIn: recorded });
    expect(await again.signIn(people.at(-1)!)).toMatchObject({ status: 500 });
    disk.free();
    expect(await again.signIn(people.at(-1)!)).toMatchObject({ status: 200, answer: { ok: true } });
    expect(await again.deskView()).toMatchObject({ open: true, signedIn: recorded + 1 });
    expect(again.stderr()).toBe('');
    expect(await again.stop()).toBe(0);
    expect(readFileSync(path.join(data, 'session', 'kiosk.log'), 'utf8')).toContain('"request_failed"');
  } finally {
    for (const run of runs.splice(0)) await run.kill();
    disk.remove();
  }
});
