import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PublicJwk } from '../../../electron/contract/common.ts';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { findPackage } from '../../../electron/core/provisioning/package-folder.ts';
import { makePackage } from '../../support/make-package.ts';
import { startWithPackage } from '../../support/start-with-package.ts';

const NOW = Date.now();
let dataDir = '';
let file = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-packages-'));
  file = path.join(dataDir, 'package.jws');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const receiptPublicJwk = { kty: 'OKP' as const, crv: 'Ed25519', x: 'A'.repeat(43) };
const reportPublicJwk = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk;

async function makeSigner() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const sign = async (named: object[], hoursLater = 0) => {
    const keys = { receipts: [receiptPublicJwk], reports: reportPublicJwk, packages: named };
    const document = makePackage({ keys: { receiptPublicJwk, reportPublicJwk } }, 'http://127.0.0.1:1', {
      people: 2,
      overrides: { keys },
      now: NOW + hoursLater * 3_600_000,
    });
    return new CompactSign(Buffer.from(JSON.stringify(document)))
      .setProtectedHeader({ alg: 'EdDSA', typ: JOSE_TYPE.sessionPackage, jwk })
      .sign(privateKey);
  };
  return { jwk, sign };
}

/** Starts with the file as the core does; how the package was admitted, or what was wrong. */
async function startWith(jws: string): Promise<string> {
  writeFileSync(file, jws);
  const start = await startWithPackage({ file, dataDir });
  return start.ok ? start.admitted : start.sentence;
}

test('a package trusted at first use that names only the next key starts again and again, until one signed by the next key comes', async () => {
  const first = await makeSigner();
  const next = await makeSigner();
  const stranger = await makeSigner();
  const jws = await first.sign([next.jwk]);
  expect(await startWith(jws)).toBe('first_use');
  expect(await startWith(jws)).toBe('first_use');
  expect(await startWith(jws)).toBe('first_use');
  expect(await startWith(await stranger.sign([stranger.jwk]))).toContain('signed with another key');
  expect(await startWith(await next.sign([next.jwk], 1))).toBe('pinned_key');
  expect(await startWith(jws)).toContain('signed with another key');
});

test('a file that went bad, or cannot be read any more, names the session it was imported as; another path does not', async () => {
  const { jwk, sign } = await makeSigner();
  await startWith(await sign([jwk]));
  writeFileSync(file, 'half a fi');
  const before = { packageId: 'hn-2026-thu', digest: expect.stringMatching(/^[0-9a-f]{64}$/u) };
  expect(await findPackage({ file, dataDir, trustFile: null })).toMatchObject({ ok: false, before });
  rmSync(file);
  expect(await findPackage({ file, dataDir, trustFile: null })).toMatchObject({ ok: true, read: null });
  mkdirSync(file);
  expect(await findPackage({ file, dataDir, trustFile: null })).toMatchObject({ ok: true, read: null });
  const other = path.join(dataDir, 'other.jws');
  expect(await findPackage({ file: other, dataDir, trustFile: null })).toMatchObject({ ok: false, before: null });
  writeFileSync(other, 'half a fi');
  expect(await findPackage({ file: other, dataDir, trustFile: null })).toMatchObject({ ok: false, before: null });
});
