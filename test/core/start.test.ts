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
  expect(run.first.type === 'refused' && run.first.sentence).toMatch(/^[^\n]{20,400}\.$/u);
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
