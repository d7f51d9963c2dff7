import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';

const folder = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'keys-')), 'secrets');

test('the first start makes the keys and later starts find the same ones', () => {
  const dir = folder();
  const first = loadDeviceKeys(dir);
  const second = loadDeviceKeys(dir);
  if (!first.ok || !second.ok) throw new Error('keys were refused');
  expect(second.value.device.kid).toBe(first.value.device.kid);
  expect(second.value.databaseKey.equals(first.value.databaseKey)).toBe(true);
  expect(first.value.databaseKey).toHaveLength(32);
  expect(first.value.databaseKey.equals(first.value.indexKey)).toBe(false);
  expect(readdirSync(dir)).toEqual(['device-keys.json']);
});

test.skipIf(process.platform === 'win32')('only the owner can read the keys', () => {
  const dir = folder();
  loadDeviceKeys(dir);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(dir, 'device-keys.json')).mode & 0o777).toBe(0o600);
});

test('every damaged character of the key file is noticed and nothing is overwritten', () => {
  const dir = folder();
  loadDeviceKeys(dir);
  const file = path.join(dir, 'device-keys.json');
  const good = readFileSync(file);
  let refused = 0;
  for (let i = 0; i < good.length; i += 7) {
    const damaged = Buffer.from(good);
    damaged[i] = damaged[i] === 0x39 ? 0x38 : 0x39;
    // White space between the members means nothing.
    if (/\s/.test(String.fromCharCode(good[i]!))) continue;
    writeFileSync(file, damaged);
    const outcome = loadDeviceKeys(dir);
    expect(outcome).toMatchObject({ ok: false, error: 'damaged_keys' });
    expect(readFileSync(file).equals(damaged)).toBe(true);
    refused += 1;
  }
  expect(refused).toBeGreaterThan(40);
  for (const cut of [0, 1, good.length - 20]) {
    writeFileSync(file, good.subarray(0, cut));
    expect(loadDeviceKeys(dir)).toMatchObject({ ok: false, error: 'damaged_keys' });
  }
});

test('a missing key file beside an existing database is said, not replaced', () => {
  const outcome = loadDeviceKeys(folder(), { mayCreate: false });
  expect(outcome).toMatchObject({ ok: false, error: 'missing_keys' });
});

test('a folder that cannot be made is one clear sentence', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'keys-'));
  writeFileSync(path.join(dir, 'taken'), 'x');
  const outcome = loadDeviceKeys(path.join(dir, 'taken', 'secrets'));
  expect(outcome.ok).toBe(false);
});

/** Asks for the keys in processes of their own at the same moment; answers the names of the keys each of them got. */
async function askTogether(dir: string, count: number, load: string): Promise<string[]> {
  const script = `${load}
    while (Date.now() < Number(process.argv[1])) {}
    process.stdout.write(load(process.argv[2]));`;
  const at = String(Date.now() + 1_500);
  const asked = Array.from({ length: count }, () =>
    promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, at, dir]),
  );
  return (await Promise.all(asked)).map(({ stdout }) => stdout);
}

const module = JSON.stringify(path.resolve(import.meta.dirname, '../../../electron/core/access/device-keys.ts'));
const OURS = `import { loadDeviceKeys } from ${module};
  const load = (dir) => { const keys = loadDeviceKeys(dir); return keys.ok ? keys.value.device.kid : keys.sentence; };`;
/** How it was: what this process made stands in its memory, whatever is in the file. */
const REPLACED = `import fs from 'node:fs';
  const load = (dir) => {
    const file = dir + '/keys';
    if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8');
    const made = String(Math.random());
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(file + process.pid, made);
    fs.renameSync(file + process.pid, file);
    return made;
  };`;

test('starts at the same moment all get the keys that are in the file', { timeout: 120_000 }, async () => {
  for (let round = 0; round < 4; round += 1) {
    const dir = folder();
    const names = await askTogether(dir, 3, OURS);
    const kept = loadDeviceKeys(dir, { mayCreate: false });
    expect(kept.ok && names.every((name) => name === kept.value.device.kid)).toBe(true);
    expect(readdirSync(dir)).toEqual(['device-keys.json']);
  }
  let differed = 0;
  for (let round = 0; round < 10 && differed === 0; round += 1)
    if (new Set(await askTogether(folder(), 3, REPLACED)).size > 1) differed += 1;
  expect(differed, 'the control did not meet the fault').toBe(1);
});
