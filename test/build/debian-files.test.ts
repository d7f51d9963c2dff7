import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../build/packages/folder.ts';

const isLinux = process.platform === 'linux';
const LAUNCHER = path.join(ROOT, 'build/packages/debian/venue-kiosk');
const AUTOSTART = path.join(ROOT, 'build/autostart/autostart.sh');

function makeTemp(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'debian-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The installed command with a stand-in for Node that prints its arguments, one a line. */
function launch(options: string | null, args: string[]): string[] {
  const temp = makeTemp();
  fs.mkdirSync(path.join(temp, 'node'));
  fs.writeFileSync(path.join(temp, 'node/node'), '#!/bin/sh\nfor a in "$@"; do echo "[$a]"; done\n', { mode: 0o755 });
  if (options !== null) fs.writeFileSync(path.join(temp, 'start-options'), options);
  const script = fs
    .readFileSync(LAUNCHER, 'utf8')
    .replace('/opt/venue-kiosk', temp)
    .replace('/etc/venue-kiosk/start-options', path.join(temp, 'start-options'));
  fs.writeFileSync(path.join(temp, 'venue-kiosk'), script, { mode: 0o755 });
  const said = execFileSync(path.join(temp, 'venue-kiosk'), args, { encoding: 'utf8' }).trimEnd().split('\n');
  expect(said.slice(0, 2)).toEqual(['[--max-semi-space-size=1]', `[${temp}/dist/shells/start.js]`]);
  return said.slice(2).map((line) => line.slice(1, -1));
}

test.runIf(isLinux)('the installed command takes the options of every start first and changes no argument', () => {
  expect(launch(null, [])).toEqual([]);
  expect(launch(null, ['--package', '/media/thẻ nhớ/gói $x.json'])).toEqual([
    '--package',
    '/media/thẻ nhớ/gói $x.json',
  ]);
  const file = '# a comment\n\n--data=/srv/dữ liệu\n--minutes\n2';
  expect(launch(file, ['--minutes', '5', ''])).toEqual(['--data=/srv/dữ liệu', '--minutes', '2', '--minutes', '5', '']);
});

test.runIf(isLinux)('autostart is a file of the desktop that can be seen, set and taken back', () => {
  const home = makeTemp();
  const ask = (what: string) =>
    spawnSync(AUTOSTART, [what], { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home } });
  const file = path.join(home, '.config/autostart/venue-kiosk.desktop');
  expect(ask('status').status).toBe(1);
  expect(ask('on')).toMatchObject({ status: 0, stdout: expect.stringContaining('bật / autostart: on') });
  expect(fs.readFileSync(file, 'utf8')).toContain('\nExec=venue-kiosk\n');
  expect(ask('status').status).toBe(0);
  // Switched off in the desktop's own settings.
  fs.appendFileSync(file, 'Hidden=true\n');
  expect(ask('status').status).toBe(1);
  expect(ask('on').status).toBe(0);
  expect(ask('off').status).toBe(0);
  expect(fs.existsSync(file)).toBe(false);
  expect(ask('perhaps').status).toBe(2);
});
