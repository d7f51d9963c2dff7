import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { listKeyFiles } from '../../electron/core/access/device-keys.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { makePackage } from '../support/make-package.ts';

/** The records of a PC that is gone are opened on another one, by the real programs. */
const SCRIPT = path.resolve(import.meta.dirname, '../../electron/core/recover.ts');
const reportKey = generateKeyPairSync('x25519');
const provinceKeys = {
  keys: {
    receiptPublicJwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
    reportPublicJwk: reportKey.publicKey.export({ format: 'jwk' }) as PublicJwk,
  },
};
const runs: CoreRun[] = [];
let dir = '';
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start(data: string): Promise<CoreRun> {
  const run = await runCore({ argv: ['--data', path.join(dir, data), '--package', path.join(dir, 'package.json')] });
  runs.push(run);
  return run;
}

/** A PC where 3 of 5 people signed in, and a copy of its data folder from which both key files are gone. */
async function prepare(): Promise<{ code: string; names: string[] }> {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-recovery-'));
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 5, now: Date.now() });
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify(document));
  const core = await start('data');
  for (const person of document.roster!.slice(0, 3)) await core.signIn(person.id);
  await (await core.post('console/unlock', { pin: '123456', role: 'technician' })).arrayBuffer();
  const made = (await (await core.post('console/keys/make-code', {})).json()) as { code: string };
  await core.stop();
  const records = path.join(dir, 'other-pc', 'session');
  cpSync(path.join(dir, 'data'), path.join(dir, 'other-pc'), { recursive: true });
  const { file, copy } = listKeyFiles(path.join(records, 'keys'));
  rmSync(file);
  rmSync(copy);
  return { code: made.code, names: document.roster!.map((person) => person.name) };
}

/** Runs the command; the code goes in by a pipe. */
function recover(args: string[], typed: string): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, ['--no-warnings', SCRIPT, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin.end(`${typed}\n`);
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}

const digestOf = (folder: string): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    hash.update(name);
    try {
      hash.update(readFileSync(path.join(folder, name)));
    } catch {
      // A folder.
    }
  }
  return hash.digest('hex');
};

test('another PC opens the folder with the code, and goes on in it', { timeout: 120_000 }, async () => {
  const { code, names } = await prepare();
  const other = path.join(dir, 'other-pc');
  const kidOf = (data: string): string =>
    JSON.parse(readFileSync(path.join(dir, data, 'session', 'keys', 'device-keys.json'), 'utf8')).device.x;
  const refused = await start('other-pc');
  expect(refused.first).toMatchObject({ type: 'refused', vi: expect.stringContaining('tờ mã khôi phục') });
  await refused.kill();

  const slip = await recover(
    [other],
    code.replace(/\d/u, (digit) => String((Number(digit) + 1) % 10)),
  );
  expect(slip).toMatchObject({ status: 3, said: expect.stringContaining('Nhóm thứ 1 sai') });
  const wrong = await recover([other], '000000-'.repeat(8));
  expect(wrong.status).toBe(3);

  const save = path.join(dir, 'saved');
  const done = await recover([other, '--save', save], code);
  expect(done.said).toContain('triệu tập/summoned 5 · đến/came 3');
  expect(done.said).toContain('chữ ký của máy mới');
  expect(done.status).toBe(0);
  const csv = readFileSync(
    path.join(
      save,
      readdirSync(save).find((name) => name.endsWith('.csv'))!,
    ),
    'utf8',
  );
  for (const name of names) expect(csv).toContain(name);
  // The signing key never left the other PC.
  expect(kidOf('other-pc')).not.toBe(kidOf('data'));

  const opened = await start('other-pc');
  expect(opened.first.type).toBe('ready');
  expect((await opened.consoleView('123456')).open?.halls[0]?.totals.came).toBe(3);
  expect(await opened.signIn('p0004')).toMatchObject({ answer: { ok: true } });
  await opened.stop();
  expect((await recover([other], code)).said).toContain('còn nguyên');
});

test('a new code makes the old one worthless, and a code is found in no file', { timeout: 120_000 }, async () => {
  const { code } = await prepare();
  const core = await start('data');
  const ask = async (path: 'console/keys/make-code' | 'console/keys/check-code', input: object) =>
    (await core.post(path, input as never)).json() as Promise<Record<string, unknown>>;
  expect(await ask('console/keys/make-code', {})).toMatchObject({ ok: false, error: 'locked' });
  await core.consoleView('123456');
  expect(await ask('console/keys/check-code', { code })).toEqual({ ok: true });
  const { code: next } = (await ask('console/keys/make-code', {})) as { code: string };
  expect(await ask('console/keys/check-code', { code })).toMatchObject({ ok: false, error: 'other_code' });
  expect(await ask('console/keys/check-code', { code: next.replaceAll('-', ' ') })).toEqual({ ok: true });
  await core.stop();
  const digits = next.replaceAll('-', '');
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(5);
  for (const entry of files) {
    const bytes = readFileSync(path.join(entry.parentPath, entry.name));
    expect([entry.name, bytes.includes(next), bytes.includes(digits)]).toEqual([entry.name, false, false]);
  }
});

test('the province opens a folder with its private key, and changes nothing of it', { timeout: 120_000 }, async () => {
  const { names } = await prepare();
  const other = path.join(dir, 'other-pc');
  const keyFile = path.join(dir, 'province.json');
  writeFileSync(keyFile, JSON.stringify(reportKey.privateKey.export({ format: 'jwk' })));
  const before = digestOf(path.join(other, 'session'));
  const save = path.join(dir, 'saved');
  const done = await recover([other, '--province-key', keyFile, '--save', save], '');
  expect(done.said).toContain('triệu tập/summoned 5 · đến/came 3');
  expect(done.status).toBe(0);
  const csv = readFileSync(
    path.join(
      save,
      readdirSync(save).find((name) => name.endsWith('.csv'))!,
    ),
    'utf8',
  );
  for (const name of names) expect(csv).toContain(name);
  expect(digestOf(path.join(other, 'session'))).toBe(before);
  writeFileSync(keyFile, JSON.stringify(generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })));
  expect(await recover([other, '--province-key', keyFile], '')).toMatchObject({
    status: 3,
    said: expect.stringContaining('khóa này không phải của dữ liệu đó'),
  });
});
