import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogFile } from '../../electron/log/log-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const numbersIn = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { n: number }).n);

test('a file that is full is put aside with its number, no line is lost or cut, and the oldest go', () => {
  const file = path.join(folder, 'kiosk.log');
  const log = createLogFile(file, { maxBytes: 100, keep: 2 });
  // Each line is 8 bytes: twelve fit.
  const line = (n: number) => `{"n":${n}}\n`;
  for (let n = 10; n < 40; n += 1) log.write(line(n));
  expect(readdirSync(folder).toSorted()).toEqual(['kiosk.log', 'kiosk.log.1', 'kiosk.log.2']);
  expect([...numbersIn(`${file}.2`), ...numbersIn(`${file}.1`), ...numbersIn(file)]).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 10),
  );
  for (let n = 40; n < 90; n += 1) log.write(line(n));
  for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).size).toBeLessThanOrEqual(100);
  expect(readdirSync(folder)).toHaveLength(3);
  const kept = [...numbersIn(`${file}.2`), ...numbersIn(`${file}.1`), ...numbersIn(file)];
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 90 - kept.length + i));
  // What another process wrote before counts too, and a line longer than the whole file stands alone.
  log.close();
  const again = createLogFile(file, { maxBytes: 100, keep: 2 });
  again.write(`{"n":7,"text":"${'x'.repeat(300)}"}\n`);
  again.write(line(8));
  expect([numbersIn(`${file}.1`), numbersIn(file)]).toEqual([[7], [8]]);
});

test('a full file that cannot be put aside goes on being written', () => {
  const file = path.join(folder, 'kiosk.log');
  mkdirSync(path.join(`${file}.1`, 'in the way'), { recursive: true });
  const log = createLogFile(file, { maxBytes: 20, keep: 1 });
  for (let n = 10; n < 20; n += 1) log.write(`{"n":${n}}\n`);
  expect(numbersIn(file)).toEqual(Array.from({ length: 10 }, (_, i) => i + 10));
});

test('lines for a folder that is somebody else’s to make wait for it, the newest 200', () => {
  const file = path.join(folder, 'data', 'shell.log');
  const log = createLogFile(file, { makeFolder: false });
  for (let n = 0; n < 250; n += 1) log.write(`{"n":${n}}\n`);
  expect(existsSync(path.dirname(file))).toBe(false);
  mkdirSync(path.dirname(file));
  log.write('{"n":250}\n');
  expect(numbersIn(file)).toEqual(Array.from({ length: 201 }, (_, i) => i + 50));
});

test('lines that cannot be written are dropped without a word, and counted when writing works again', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-log-'));
  try {
    const folder = path.join(dir, 'session');
    writeFileSync(folder, 'in the way');
    const file = path.join(folder, 'kiosk.log');
    const log = createLogFile(file);
    log.write('{"n":1}\n');
    log.write('{"n":2}\n');
    rmSync(folder);
    log.write('{"n":3}\n');
    log.write('{"n":4}\n');
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([{ time: expect.any(Number), event: 'log_lines_lost', lines: 2 }, { n: 3 }, { n: 4 }]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
