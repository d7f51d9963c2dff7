import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PublicJwk } from '../../../electron/contract/common.ts';
import { readHallFacts } from '../../../electron/core/hall/hall-facts.ts';
import { codeOf } from '../../../electron/core/provisioning/package-trust.ts';
import { digestOf } from '../../../electron/core/provisioning/read-package.ts';
import { openStore } from '../../gates/open-store.ts';
import { makePackage } from '../../support/make-package.ts';
import { startWithPackage } from '../../support/start-with-package.ts';

const keys = {
  receiptPublicJwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
  reportPublicJwk: generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
};
const NOW = Date.now();

let dataDir = '';
let file = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-trust-'));
  file = path.join(dataDir, 'package.json');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a package that a person let in says so in the report, with what spoke against it and when', async () => {
  const document = makePackage({ keys }, 'http://127.0.0.1:1', { people: 2, now: NOW });
  writeFileSync(file, JSON.stringify(document));
  expect(await startWithPackage({ file, dataDir })).toMatchObject({ ok: true, admitted: 'unsigned' });
  const other = Buffer.from(JSON.stringify({ ...document, stageNotice: 'Nội dung khác' }));
  writeFileSync(file, other);
  expect(await startWithPackage({ file, dataDir })).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('same date of issue'),
  });
  // A core that comes back goes on with what is stored.
  expect(await startWithPackage({ file, dataDir, restarted: true })).toMatchObject({
    insteadOf: expect.stringContaining('same date of issue'),
  });
  const began = Date.now();
  expect(await startWithPackage({ file, dataDir, allowed: codeOf(digestOf(other)) })).toMatchObject({
    ok: true,
    admitted: 'by_person',
  });
  const store = openStore(dataDir);
  try {
    const session = store.sessions.getSession(document.packageId)!;
    const sitting = store.sittings.listSittings(document.packageId)[0]!;
    const { trust, marks } = readHallFacts(store, session, sitting);
    const technician = { role: 'technician', name: null };
    expect(trust).toEqual({ admitted: 'by_person', by: technician, at: expect.any(Number), fingerprint: null });
    expect(trust!.at).toBeGreaterThanOrEqual(began);
    expect(marks).toEqual([{ at: trust!.at, mark: 'package_same_issue', by: technician }]);
  } finally {
    store.close();
  }
});

test('with --trust a package that was trusted at first use must be signed with those keys too', async () => {
  const document = makePackage({ keys }, 'http://127.0.0.1:1', { people: 2, now: NOW + 24 * 3_600_000 });
  writeFileSync(file, JSON.stringify(document));
  expect(await startWithPackage({ file, dataDir })).toMatchObject({ ok: true });
  const trustFile = path.join(dataDir, 'trust.json');
  writeFileSync(trustFile, JSON.stringify([keys.receiptPublicJwk]));
  expect(await startWithPackage({ file, dataDir, trustFile })).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('it is not signed'),
    vi: expect.stringContaining('không có chữ ký'),
  });
  // An empty list of keys trusts nobody.
  writeFileSync(trustFile, '[]');
  expect(await startWithPackage({ file, dataDir, trustFile })).toMatchObject({ ok: false });
});
