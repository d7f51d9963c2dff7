import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listFiles, ROOT } from '../../build/packages/folder.ts';

const isLinux = process.platform === 'linux';
const SCRIPT = path.join(ROOT, 'build/lockdown/lockdown.sh');
const SYSRQ = 'etc/sysctl.d/90-venue-kiosk.conf';

/** A tree with what a system has, and the script that works on it. */
function makeTree() {
  const tree = fs.mkdtempSync(path.join(os.tmpdir(), 'lockdown-'));
  onTestFinished(() => fs.rmSync(tree, { recursive: true, force: true }));
  fs.mkdirSync(path.join(tree, 'etc/X11/xorg.conf.d'), { recursive: true });
  fs.writeFileSync(path.join(tree, 'etc/X11/xorg.conf.d/10-owner.conf'), 'of the owner');
  const run = (...args: string[]) => {
    const ended = spawnSync(SCRIPT, [...args, '--root', tree], { encoding: 'utf8' });
    return { status: ended.status, said: `${ended.stdout}${ended.stderr}` };
  };
  return { tree, run, files: () => listFiles(tree), at: (file: string) => path.join(tree, file) };
}

test.runIf(isLinux)('what lockdown sets on Debian is seen, set once, and taken back whole', () => {
  const { run, files, at } = makeTree();
  const before = files();
  expect(run('status').status).toBe(1);
  expect(run('on', '--user', 'diemcau', '--policies').status).toBe(0);
  const set = files();
  expect(set.length).toBe(before.length + 11 + 1);
  expect(fs.readFileSync(at('etc/lightdm/lightdm.conf.d/90-venue-kiosk.conf'), 'utf8')).toContain(
    'autologin-user=diemcau\n',
  );
  expect(fs.readlinkSync(at('etc/systemd/system/ctrl-alt-del.target'))).toBe('/dev/null');
  for (const folder of ['chromium', 'opt/chrome', 'opt/edge'])
    expect(JSON.parse(fs.readFileSync(at(`etc/${folder}/policies/managed/venue-kiosk.json`), 'utf8'))).toMatchObject({
      URLBlocklist: ['*'],
    });
  expect(run('status')).toMatchObject({ status: 0, said: expect.stringContaining('đã đặt / lockdown: set (11') });
  expect(run('on', '--user', 'diemcau', '--policies').status).toBe(0);
  expect(files()).toEqual(set);
  expect(run('off').status).toBe(0);
  expect(files()).toEqual(before);
  expect(run('off').status).toBe(0);
});

test.runIf(isLinux)("the owner's browser and login stay as they are when nobody asked", () => {
  const { run, files } = makeTree();
  expect(run('on').status).toBe(0);
  expect(files().filter((file) => /policies|lightdm/u.test(file))).toEqual([]);
});

test.runIf(isLinux)('a file of somebody else is neither overwritten nor removed, and it is said', () => {
  const { run, at } = makeTree();
  fs.mkdirSync(path.dirname(at(SYSRQ)), { recursive: true });
  fs.writeFileSync(at(SYSRQ), 'kernel.sysrq = 1\n');
  const on = run('on');
  expect(on).toMatchObject({ status: 1, said: expect.stringContaining(`/${SYSRQ} is there already`) });
  expect(run('off').status).toBe(0);
  expect(fs.readFileSync(at(SYSRQ), 'utf8')).toBe('kernel.sysrq = 1\n');
});

test.runIf(isLinux)('a file that was changed or removed meanwhile is noticed', () => {
  const { run, at } = makeTree();
  run('on');
  fs.appendFileSync(at(SYSRQ), 'kernel.sysrq = 1\n');
  expect(run('status')).toMatchObject({ status: 1, said: expect.stringContaining(SYSRQ) });
  expect(run('off')).toMatchObject({ status: 1, said: expect.stringContaining('was changed meanwhile') });
  expect(fs.existsSync(at(SYSRQ))).toBe(true);
});

test.runIf(isLinux)('without an order, or with a wrong one, nothing is done', () => {
  const { run, files } = makeTree();
  const before = files();
  expect([run('perhaps').status, run('on', '--everything').status]).toEqual([2, 2]);
  expect(files()).toEqual(before);
});
