import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { findPackage, rememberPackage } from '../../../electron/core/provisioning/package-folder.ts';
import { makePackage } from '../../support/make-package.ts';

let dataDir = '';
let file = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-packages-'));
  file = path.join(dataDir, 'package.jws');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const receiptPublicJwk = { kty: 'OKP' as const, crv: 'Ed25519', x: 'A'.repeat(43) };
const reportPublicJwk = { kty: 'OKP' as const, crv: 'X25519', x: 'A'.repeat(43) };

async function makeSigner() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const sign = async (named: object[]) => {
    const keys = { receipts: [receiptPublicJwk], reports: reportPublicJwk, packages: named };
    const document = makePackage({ keys: { receiptPublicJwk, reportPublicJwk } }, 'http://127.0.0.1:1', {
      people: 2,
      overrides: { keys },
    });
    return new CompactSign(Buffer.from(JSON.stringify(document)))
      .setProtectedHeader({ alg: 'EdDSA', typ: JOSE_TYPE.sessionPackage, jwk })
      .sign(privateKey);
  };
  return { jwk, sign };
}

/** Starts with the file as the core does; the provenance, or what was wrong. */
async function startWith(jws: string): Promise<string> {
  writeFileSync(file, jws);
  const found = await findPackage({ file, dataDir, trustFile: null });
  if (!found.ok) return found.sentence;
  if (!found.read) return 'gone';
  rememberPackage({ file, dataDir, read: found.read });
  return found.read.provenance;
}

test('a package trusted at first use that names only the next key starts again and again, until one signed by the next key comes', async () => {
  const first = await makeSigner();
  const next = await makeSigner();
  const stranger = await makeSigner();
  const jws = await first.sign([next.jwk]);
  expect(await startWith(jws)).toBe('signed_first_use');
  expect(await startWith(jws)).toBe('signed');
  expect(await startWith(jws)).toBe('signed');
  expect(await startWith(await stranger.sign([stranger.jwk]))).toContain('signature does not match');
  expect(await startWith(await next.sign([next.jwk]))).toBe('signed');
  expect(await startWith(jws)).toContain('signature does not match');
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
