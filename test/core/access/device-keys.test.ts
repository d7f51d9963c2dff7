import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listKeyFiles, loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';

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

/** Every character in turn is another one, and the file ends early at several places. */
function* damagesOf(good: Buffer): Generator<Buffer> {
  for (let i = 0; i < good.length; i += 7) {
    // White space between the members means nothing.
    if (/\s/.test(String.fromCharCode(good[i]!))) continue;
    const damaged = Buffer.from(good);
    damaged[i] = damaged[i] === 0x39 ? 0x38 : 0x39;
    yield damaged;
  }
  for (const cut of [0, 1, good.length - 20]) yield good.subarray(0, cut);
}

test('every damaged character of one key file is noticed and put right from the other, whichever it is', () => {
  const dir = folder();
  const first = loadDeviceKeys(dir);
  const { file, copy } = listKeyFiles(dir);
  const good = readFileSync(file);
  expect(first.ok && first.value.repair).toBe(null);
  expect(readFileSync(copy)).toEqual(good);
  let tried = 0;
  for (const [damaged, repair] of [
    [file, 'key_file_repaired'],
    [copy, 'key_copy_repaired'],
  ] as const)
    for (const bytes of damagesOf(good)) {
      writeFileSync(damaged, bytes);
      const outcome = loadDeviceKeys(dir, { mayCreate: false });
      expect(outcome).toMatchObject({ ok: true, value: { repair } });
      expect([readFileSync(file), readFileSync(copy)]).toEqual([good, good]);
      expect(loadDeviceKeys(dir)).toMatchObject({ ok: true, value: { repair: null } });
      tried += 1;
    }
  expect(tried).toBeGreaterThan(80);
});

test('a missing one is made again; an older folder gets its second file without an alarm', () => {
  const dir = folder();
  loadDeviceKeys(dir);
  const { file, copy } = listKeyFiles(dir);
  const good = readFileSync(file);
  rmSync(file);
  expect(loadDeviceKeys(dir, { mayCreate: false })).toMatchObject({ ok: true, value: { repair: 'key_file_repaired' } });
  rmSync(path.dirname(copy), { recursive: true });
  expect(loadDeviceKeys(dir, { mayCreate: false })).toMatchObject({ ok: true, value: { repair: 'key_copy_made' } });
  expect([readFileSync(file), readFileSync(copy)]).toEqual([good, good]);
});

test('two whole files with different keys: those that open the records count, and nothing is thrown away', () => {
  const dir = folder();
  const ours = loadDeviceKeys(dir);
  const stranger = folder();
  loadDeviceKeys(stranger);
  if (!ours.ok) throw new Error(ours.sentence);
  const { file, copy } = listKeyFiles(dir);
  const [good, other] = [readFileSync(file), readFileSync(listKeyFiles(stranger).file)];
  const opens = (key: Buffer) => key.equals(ours.value.databaseKey);
  for (const replaced of [file, copy]) {
    writeFileSync(replaced, other);
    const outcome = loadDeviceKeys(dir, { mayCreate: false, opens });
    expect(outcome).toMatchObject({
      ok: true,
      value: { repair: 'keys_differ', device: { kid: ours.value.device.kid } },
    });
    expect([readFileSync(file), readFileSync(copy)]).toEqual([good, good]);
    const aside = readdirSync(path.dirname(replaced)).filter((name) => name.includes('.other-'));
    expect(readFileSync(path.join(path.dirname(replaced), aside[0]!))).toEqual(other);
  }
});

test('two damaged files are refused, and nothing is overwritten', () => {
  const dir = folder();
  loadDeviceKeys(dir);
  const { file, copy } = listKeyFiles(dir);
  for (const each of [file, copy]) writeFileSync(each, 'x');
  const outcome = loadDeviceKeys(dir);
  expect(outcome).toMatchObject({ ok: false, error: 'damaged_keys' });
  expect([readFileSync(file, 'utf8'), readFileSync(copy, 'utf8')]).toEqual(['x', 'x']);
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
    // As on a busy disk: long enough for starts that do not begin in the same millisecond.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
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
