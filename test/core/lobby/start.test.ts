import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCore, type CoreRun } from '../../support/core-process.ts';
import { makePackage } from '../../support/make-package.ts';
import { createProvinceKeys } from '../../support/with-lobby.ts';

/** Which way a core process goes: by what was chosen on a screen, by the command line, or by what there is to go on with. */

vi.setConfig({ testTimeout: 90_000 });
const HOUR = 3_600_000;

let dir = '';
let data = '';
const runs: CoreRun[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-lobby-start-'));
  data = path.join(dir, 'data');
});
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start(argv: string[], options: Partial<Parameters<typeof runCore>[0]> = {}): Promise<CoreRun> {
  // The home folder of these tests, with nothing of the machine's own in it.
  const run = await runCore({ argv: ['--data', data, ...argv], env: { HOME: dir }, ...options });
  runs.push(run);
  return run;
}

/** Stores the session of a package as a start with it does, and ends that core. */
async function store(packageId: string, startsIn: number): Promise<void> {
  const file = path.join(dir, `${packageId}.json`);
  const document = makePackage(createProvinceKeys('tinh'), 'http://127.0.0.1:1', {
    now: Date.now() + startsIn,
    people: 3,
    overrides: { packageId },
  });
  writeFileSync(file, JSON.stringify(document));
  const run = await start(['--package', file]);
  expect(run.first.type).toBe('ready');
  await run.stop();
  rmSync(file);
}

test('without anything to go on with it is the lobby; with a session that is not finished it is that session, and asks nothing', async () => {
  const first = await start(['--lobby']);
  expect(first.first).toMatchObject({ type: 'ready', opening: { kind: 'lobby' } });
  expect(await first.lobbyView()).toMatchObject({ packages: [], stored: [], opening: false });
  await first.stop();
  await store('hn-mot', 2 * HOUR);
  const second = await start(['--lobby']);
  expect(second.first).toMatchObject({ opening: { kind: 'session', packageId: 'hn-mot' } });
  expect((await second.consoleView('123456')).sitting?.id).toBe('hn-mot/sang');
  await second.stop();
  // Somebody wants to choose all the same.
  const asked = await start([], { opening: { kind: 'lobby', refusal: { sentence: 'It is gone.', vi: 'Không còn.' } } });
  expect(await asked.lobbyView()).toMatchObject({
    refusal: { vi: 'Không còn.', en: 'It is gone.' },
    stored: [{ packageId: 'hn-mot', unfinished: true }],
  });
  expect(asked.first).toMatchObject({ opening: { kind: 'lobby' } });
  expect(JSON.stringify(asked.first)).not.toContain('gone');
});

test('what was chosen on a screen stands above the command line', async () => {
  await store('hn-mot', 2 * HOUR);
  await store('hn-hai', 3 * HOUR);
  const session = await start(['--minutes', '1'], { opening: { kind: 'session', packageId: 'hn-mot' } });
  expect((await session.consoleView('123456')).sitting?.id).toBe('hn-mot/sang');
  await session.stop();
  const gone = await start([], { opening: { kind: 'session', packageId: 'hn-ba' }, port: 1 });
  expect(gone.first).toMatchObject({ type: 'refused', exitStatus: 2, vi: expect.stringContaining('hn-ba') });
  const rehearsal = await start(['--lobby'], { opening: { kind: 'rehearsal' } });
  expect(rehearsal.first).toMatchObject({ type: 'ready', opening: { kind: 'rehearsal' } });
  expect((await rehearsal.deskView()).rehearsal).toBe(true);
});

test('the command line goes straight on: a rehearsal by its name or one of its options, and without a display', async () => {
  for (const argv of [['--rehearsal'], ['--people', '5'], []]) {
    const run = await start(argv);
    expect([argv, run.first.type, (await run.deskView()).rehearsal]).toEqual([argv, 'ready', true]);
    expect(await run.stop()).toBe(0);
  }
  expect(existsSync(path.join(data, 'session'))).toBe(false);
});

test('choosing in the lobby is told to the supervisor', async () => {
  const run = await start(['--lobby']);
  const told = run.next('open');
  expect(await (await run.post('lobby/rehearse', {})).json()).toEqual({ ok: true });
  expect(await told).toEqual({ type: 'open', opening: { kind: 'rehearsal' } });
  expect(await run.lobbyView()).toMatchObject({ opening: true });
  expect(await run.stop()).toBe(0);
});

test('keys that --trust names and that cannot be read refuse the start', async () => {
  const run = await start(['--lobby', '--trust', path.join(dir, 'none.json')]);
  expect(run.first).toMatchObject({ type: 'refused', exitStatus: 2, sentence: expect.stringContaining('--trust') });
});
