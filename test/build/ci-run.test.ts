import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const VERSION = '1.2.3';
const PROOFS = ['package', 'test:deb', 'walk', 'test:autostart', 'test:windows', 'escape'];

interface Machine {
  env?: Record<string, string>;
  /** What a script of npm prints and ends with; the others are well. */
  says?: Record<string, [status: number, text: string]>;
  user?: number;
  /** Packages that apt does not have. */
  lacks?: string;
}

/** Runs `.ci/run` in a folder of its own with npm, apt-get and id played. */
function run({ env = {}, says = {}, user = 0, lacks = '' }: Machine = {}): {
  status: number | null;
  said: string;
  /** What was called, in order. */
  calls: string[];
} {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ci-run-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const play = (name: string, script: string) =>
    fs.writeFileSync(path.join(folder, 'bin', name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  fs.mkdirSync(path.join(folder, '.ci'));
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.copyFileSync(path.resolve(import.meta.dirname, '../../.ci/run'), path.join(folder, '.ci/run'));
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version: VERSION }));
  const packages = `venue-kiosk_${VERSION}_amd64.deb venue-kiosk-${VERSION}-win-x64-setup.exe`;
  const well: Record<string, [number, string]> = {
    test: [0, '10 passed, 0 failed'],
    package: [0, 'built'],
    ...Object.fromEntries(PROOFS.slice(1).map((name) => [name, [0, '2 rows are well, 0 are not']])),
  };
  const cases = Object.entries({ ...well, ...says }).map(([name, [status, text]]) => {
    const make =
      name === 'package' && status === 0 ? `mkdir -p out/packages; (cd out/packages; touch ${packages}); ` : '';
    return `${name}) ${make}echo '${text}'; exit ${status};;`;
  });
  const calls = path.join(folder, 'calls');
  play(
    'npm',
    `echo "npm $*" >>'${calls}'\n[ "$1" = run ] && name=$3 || name=$1\ncase $name in ${cases.join('\n')} esac`,
  );
  play('id', `echo ${user}`);
  play(
    'apt-get',
    `echo "apt-get $*" >>'${calls}'\nfor lack in ${lacks}; do [[ " $* " == *" $lack "* ]] && { echo "E: Unable to locate package $lack"; exit 100; }; done; exit 0`,
  );
  const PATH = [path.join(folder, 'bin'), path.dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  const ended = spawnSync('bash', [path.join(folder, '.ci/run')], { env: { PATH, ...env }, encoding: 'utf8' });
  return { status: ended.status, said: ended.stdout, calls: fs.readFileSync(calls, 'utf8').split('\n') };
}

test.skipIf(process.platform !== 'linux')('the proofs run unasked, and their rows are counted', () => {
  const { status, said, calls } = run();
  // Tests with a display of their own would be left out on a new machine.
  const first = (words: RegExp) => calls.findIndex((call) => words.test(call));
  expect(first(/^apt-get .*install.* xvfb/u)).toBeLessThan(first(/^npm test/u));
  for (const name of ['package', 'deb', 'walk', 'autostart', 'windows', 'escape'])
    expect(said).toMatch(new RegExp(`^✓ ${name}: \\d+ s, `, 'mu'));
  expect(said).toMatch(/^0 min \d+ s; the goal is 45 min on two cores$/mu);
  expect(said.trimEnd().split('\n').at(-1)).toBe('20 passed, 0 failed');
  expect(status).toBe(0);
});

test.skipIf(process.platform !== 'linux')('what is left out or cannot be done is one line and no failure', () => {
  const none = run({ env: { PROOFS: '0' } });
  expect(none.said).toContain('– proofs of the packages: not run: left out by PROOFS=0');
  expect(none.said).not.toMatch(/[✓✗] (?:package|deb|escape)/u);
  expect(none.status).toBe(0);
  const user = run({ user: 1000 });
  expect(user.said).toContain('needs Debian or Ubuntu and root');
  expect(user.status).toBe(0);
  const poor = run({ lacks: 'wine xvfb', says: { walk: [69, 'there is no Xorg'] } });
  expect(poor.said).toContain(
    '– windows: not run: apt cannot install wine wine64 here: E: Unable to locate package wine',
  );
  expect(poor.said).toContain('– escape: not run: apt cannot install xvfb');
  expect(poor.said).toContain('– walk: not run: there is no Xorg');
  expect(poor.said.trimEnd().split('\n').at(-1)).toBe('14 passed, 0 failed');
  expect(poor.status).toBe(0);
});

test.skipIf(process.platform !== 'linux')('a proof that fails, or has no time left, makes it red', () => {
  const failed = run({ says: { walk: [1, '18 rows are well, 1 are not'] } });
  expect(failed.said).toContain('✗ walk: status 1');
  expect(failed.said.trimEnd().split('\n').at(-1)).toBe('36 passed, 1 failed');
  expect(failed.status).toBe(1);
  const silent = run({ says: { escape: [1, 'Error: no display'] } });
  expect(silent.said.trimEnd().split('\n').at(-1)).toBe('18 passed, 1 failed');
  const unbuilt = run({ says: { package: [1, 'too large'] } });
  expect(unbuilt.said).toContain('– deb, walk, autostart: not run: the Debian package was not built');
  expect(unbuilt.said).toContain('– windows: not run: the package for Windows was not built');
  expect(unbuilt.said.trimEnd().split('\n').at(-1)).toBe('12 passed, 1 failed');
  const late = run({ env: { CI_LIMIT_S: '20' } });
  expect(late.said).toContain('✗ package: not run: the 0 minutes are over');
  expect(late.status).toBe(1);
  const npm = run({ says: { test: [1, '9 passed, 1 failed'] } });
  expect(npm.said.trimEnd().split('\n').at(-1)).toBe('19 passed, 1 failed');
  expect(npm.status).toBe(1);
});
