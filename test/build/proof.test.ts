import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { judgeSandbox } from './deb/sandbox.ts';
import { descendants, type UserProcess } from './proof/user.ts';
import { CleanUp } from './proof/clean-up.ts';
import { must, NotHere, Rows, waitFor } from './proof/rows.ts';

const OUTSIDE = { user: 'user:[1]', pid: 'pid:[1]' };
const aProcess = (pid: number, kind: string, change: Partial<UserProcess> = {}): UserProcess => ({
  pid,
  parent: 0,
  command: ['/usr/lib/chromium/chromium', kind],
  seccomp: 2,
  userNamespace: 'user:[2]',
  pidNamespace: 'pid:[2]',
  ...change,
});
const main = aProcess(1, '--kiosk', { seccomp: 0, userNamespace: 'user:[1]', pidNamespace: 'pid:[1]' });
const renderer = aProcess(2, '--type=renderer');

test('a sandbox is believed only when every renderer has one', () => {
  const judge = (...processes: UserProcess[]) => judgeSandbox([main, ...processes], OUTSIDE);
  expect(judge(renderer, renderer)).toEqual({ ok: true, facts: '2 renderers, seccomp mode 2, own user namespace' });
  // Chromium's set-user-id helper makes namespaces of processes only.
  expect(judge({ ...renderer, userNamespace: 'user:[1]' })).toMatchObject({ ok: true });
  const wrong: [UserProcess[], string][] = [
    [[], 'there is no renderer'],
    [[renderer, { ...renderer, pid: 3, seccomp: 0 }], 'renderer 3 has seccomp mode 0 instead of 2'],
    [[{ ...renderer, userNamespace: 'user:[1]', pidNamespace: 'pid:[1]' }], 'renderer 2 is in no namespace of its own'],
    [[renderer, aProcess(4, '--no-sandbox')], 'process 4 was started with --no-sandbox'],
  ];
  for (const [processes, why] of wrong) expect(judge(...processes)).toEqual({ ok: false, why });
});

test('the processes of one browser are those that it started, and nobody else', () => {
  const all = [
    aProcess(12, 'zygote', { parent: 10 }),
    aProcess(13, '--type=renderer', { parent: 12 }),
    aProcess(10, 'main', { parent: 5 }),
    aProcess(20, '--type=renderer', { parent: 6 }),
  ];
  expect(descendants(10, all).map(({ pid }) => pid)).toEqual([12, 13, 10]);
  expect(descendants(99, all)).toEqual([]);
});

test('a proof fails for one row that failed, and says what was not looked at', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'proof-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  const rows = new Rows();
  expect(await rows.row('one', () => '3 files')).toBe(true);
  await rows.row('two', () => {
    throw new NotHere('no such thing on this system');
  });
  const json = path.join(folder, 'a/b.json');
  // Others cannot be built on what was not looked at.
  expect(await rows.row('also not here', () => Promise.reject(new NotHere('nor this')))).toBe(false);
  expect(rows.close(json)).toBe(0);
  expect(await rows.row('three', () => must(false, 'a file is missing') ?? '')).toBe(false);
  expect(rows.close(json)).toBe(1);
  expect(JSON.parse(fs.readFileSync(json, 'utf8'))).toMatchObject({
    passed: 1,
    failed: 1,
    rows: [
      { what: 'one', ok: true, facts: '3 files' },
      { what: 'three', ok: false, facts: 'a file is missing' },
    ],
    notHere: ['two: no such thing on this system', 'also not here: nor this'],
  });
  // Nothing looked at is not a proof.
  expect(new Rows().close(undefined)).toBe(1);
  const nothing = new Rows();
  await nothing.row('all', () => Promise.reject(new NotHere('no display here')));
  expect(nothing.close(undefined)).toBe(69);
  expect(said.mock.lastCall).toEqual(['all: no display here']);
});

test('what was made is taken away, the last first, also after a step that fails', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  const done: string[] = [];
  const cleanUp = new CleanUp();
  cleanUp.add(() => void done.push('first'));
  cleanUp.add(() => {
    throw new Error('the stick is busy');
  });
  cleanUp.add(() => void done.push('last'));
  await cleanUp.run();
  await cleanUp.run();
  expect(done).toEqual(['last', 'first']);
  expect(said.mock.calls).toEqual([['not taken away: the stick is busy']]);
});

test('waiting ends with what was waited for', async () => {
  await expect(waitFor('rain', () => null, 300)).rejects.toThrow('waited 0.3 s in vain for rain');
  let asked = 0;
  expect(await waitFor('the third time', () => ((asked += 1) === 3 ? asked : null), 5_000)).toBe(3);
});
