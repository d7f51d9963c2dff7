import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CHECKS, type CheckId, type CheckState } from '../../../electron/contract/checks.ts';

/**
 * Which test makes a check red, and by what. `real`: what makes it red in a hall does so in the test (a server, a certificate, a disk that
 * is full, a script that ships, a person's answer in a running core). Else what the check reads is put in its place: a file of the kernel,
 * a program of the system, what the shell says.
 */
interface Row {
  file: string;
  test: string;
  word: string;
  cause: string;
  real: boolean;
}
const real = (file: string, name: string, word: string, cause: string): Row => ({
  file,
  test: name,
  word,
  cause,
  real: true,
});
const placed = (file: string, name: string, word: string, cause: string): Row => ({
  file,
  test: name,
  word,
  cause,
  real: false,
});

const RED: Record<CheckId, Row> = {
  displays: placed('record-checks', 'displays, browser and front', 'none', 'what the shell says of the displays'),
  picture: real(
    'picture-check',
    'not sent yet, refused',
    'fails',
    'a server that answers 403, and one whose segments answer 500',
  ),
  sound: real(
    'red-in-a-core',
    'no PIN, no tone heard',
    'not_heard',
    'a person’s answer on the console of a running core',
  ),
  clock: real('network-checks', 'real Date headers', 'wrong', 'a server whose Date is an hour away'),
  names: real('network-checks', 'a name that nobody knows', 'fails', 'a name that no resolver has'),
  proxy: real(
    'network-checks',
    'a proxy that is not there',
    'fails',
    'a port where nobody listens, and a proxy that wants a login',
  ),
  certificates: real(
    'network-checks',
    'a TLS server that an antivirus signs again',
    'inspected_refused',
    'a TLS server with the certificate of an antivirus',
  ),
  province: real(
    'network-checks',
    'a device on the way',
    'method_blocked',
    'a gateway in front of a real intake that blocks PUT',
  ),
  disk: real(
    'machine-checks',
    'a full disk is red',
    'full',
    'a disk filled to the last block, and a folder that is gone',
  ),
  power: placed('machine-checks', 'power: a laptop', 'battery', 'files of the kernel’s list of supplies'),
  sleep: placed('machine-checks', 'sleep: red where', 'may_sleep', 'what gsettings says, and a file of logind'),
  autostart: real(
    'machine-checks',
    'autostart: written by',
    'broken',
    'the script that ships, and its program taken away',
  ),
  pins: real('red-in-a-core', 'no PIN, no tone heard', 'missing', 'a running core whose package brings no PIN'),
  roster: placed('record-checks', 'roster: empty and damaged', 'empty', 'what the register says of its list'),
  scanner: real('red-in-a-core', 'no PIN, no tone heard', 'unreadable', 'rubbish read in a running core'),
  package: real(
    'red-in-a-core',
    'a package whose sittings are over',
    'over',
    'a running core with a package of three days ago',
  ),
  second_copy: placed(
    'record-checks',
    'second copy: as the journal says',
    'failed',
    'what the journal says of its copy',
  ),
  browser: placed('record-checks', 'displays, browser and front', 'too_old', 'what the shell says of its program'),
  updates: placed('machine-checks', 'updates: a restart', 'will_restart', 'files of apt, and its lock'),
  front: placed('record-checks', 'displays, browser and front', 'other', 'what the shell says of the window in front'),
  lockdown: real(
    'machine-checks',
    'lockdown: as the script',
    'broken',
    'the script that ships, and one of its files changed',
  ),
};
const LEAST_REAL = 12;

/** The text of the test whose name begins so; null when there is none. */
function bodyOf(source: string, name: string): string | null {
  const starts = [...source.matchAll(/^test\(\s*['"`]/gmu)].map(({ index }) => index);
  const at = starts.findIndex((index) =>
    source
      .slice(index)
      .replace(/^test\(\s*/u, '')
      .slice(1)
      .startsWith(name),
  );
  return at < 0 ? null : source.slice(starts[at], starts[at + 1] ?? source.length);
}

/** Why a row does not say what it says; null when it does. */
function faultOf(id: CheckId, row: Row, read: (file: string) => string): string | null {
  const states: Readonly<Record<string, CheckState>> = CHECKS[id];
  if (states[row.word] !== 'red') return `${row.word} is not red`;
  const body = bodyOf(read(row.file), row.test);
  if (body === null) return `there is no test “${row.test}” in ${row.file}`;
  for (const wanted of [id, row.word]) if (!body.includes(wanted)) return `the test does not name ${wanted}`;
  return null;
}

const read = (file: string): string => readFileSync(path.join(import.meta.dirname, `${file}.test.ts`), 'utf8');

test(`every check has a test that makes it red, at least ${LEAST_REAL} of them by what makes them red in a hall`, () => {
  const ids = Object.keys(CHECKS) as CheckId[];
  expect(Object.keys(RED).toSorted()).toEqual(ids.toSorted());
  expect(ids.map((id) => [id, faultOf(id, RED[id], read)]).filter(([, fault]) => fault !== null)).toEqual([]);
  expect(Object.values(RED).filter((row) => row.real).length).toBeGreaterThanOrEqual(LEAST_REAL);
});

test('the table finds a test that is gone, one that names another check, and a word that is not red', () => {
  expect(faultOf('disk', { ...RED.disk, test: 'no such test' }, read)).toContain('there is no test');
  expect(faultOf('front', { ...RED.front, test: 'pins: none is red', word: 'other' }, read)).toContain('does not name');
  expect(faultOf('disk', { ...RED.disk, word: 'good' }, read)).toContain('is not red');
});
