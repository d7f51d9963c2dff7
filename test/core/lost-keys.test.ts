import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { listKeyFiles } from '../../electron/core/access/device-keys.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { makePackage } from '../support/make-package.ts';

/** What the real core does when key files are damaged or gone, and that its sentences lead to a way that works. */
const provinceKeys = {
  keys: {
    receiptPublicJwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
    reportPublicJwk: generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
  },
};
const runs: CoreRun[] = [];
let dir = '';
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start(): Promise<CoreRun> {
  const run = await runCore({ argv: ['--data', path.join(dir, 'data'), '--package', path.join(dir, 'package.json')] });
  runs.push(run);
  return run;
}

function prepare(): void {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-keys-'));
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 3, now: Date.now() });
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify(document));
}

test('one flipped bit in a key file costs nothing, and the console says so', { timeout: 60_000 }, async () => {
  prepare();
  const first = await start();
  expect(await first.signIn('p0001')).toMatchObject({ answer: { ok: true } });
  await first.stop();
  const { file } = listKeyFiles(path.join(dir, 'data', 'session', 'keys'));
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  const second = await start();
  expect(second.first.type).toBe('ready');
  const view = await second.consoleView('123456');
  expect(view.open?.halls[0]?.totals.came).toBe(1);
  expect(view.open?.stage.alarms).toContain('key_file_repaired');
  await second.stop();
  const third = await start();
  expect((await third.consoleView('123456')).open?.stage.alarms).not.toContain('key_file_repaired');
});

test('without any whole key file the sentence names a way, and that way works', { timeout: 60_000 }, async () => {
  prepare();
  await (await start()).stop();
  const records = path.join(dir, 'data', 'session');
  const { file, copy } = listKeyFiles(path.join(records, 'keys'));
  writeFileSync(file, '{}');
  rmSync(copy);
  const refused = await start();
  const aside = `${records}-cu`;
  expect(refused.first).toMatchObject({ type: 'refused', exitStatus: 3 });
  expect(refused.first).toMatchObject({ vi: expect.stringContaining(`đổi tên thư mục ${records} thành session-cu`) });
  renameSync(records, aside);
  const again = await start();
  expect(again.first.type).toBe('ready');
  expect(await again.signIn('p0001')).toMatchObject({ answer: { ok: true } });
});
