import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey } from 'jose';
import { expect, test } from 'vitest';
import { JOSE_TYPE, SessionReport } from '../../../electron/contract/report.ts';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import { PublicJwk } from '../../../electron/contract/common.ts';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { canonicalBytes } from '../../../electron/core/report/canonical.ts';
import { openSealedReport, sealReport } from '../../../electron/core/report/seal.ts';
import { correctedBy, sampleFacts } from '../../support/sample-report.ts';

function deviceKey() {
  const keys = loadDeviceKeys(mkdtempSync(path.join(tmpdir(), 'keys-')));
  if (!keys.ok) throw new Error(keys.sentence);
  return keys.value.device;
}

async function provinceKey(crv: 'X25519' | 'P-256'): Promise<{ publicJwk: PublicJwk; privateKey: CryptoKey }> {
  const pair = await generateKeyPair('ECDH-ES+A256KW', { crv, extractable: true });
  return {
    publicJwk: PublicJwk.parse({ ...(await exportJWK(pair.publicKey)), kid: 'tinh-1' }),
    privateKey: pair.privateKey,
  };
}

test('closing counts everyone who is still awaited as absent without an excuse', () => {
  const facts = sampleFacts({ people: 40 });
  expect(facts.totals.awaited).toBe(2);
  const report = buildReport(facts);
  expect(report.totals.absentUnexcused).toBe(facts.totals.absentUnexcused + 2);
  expect(report.people.filter((p) => p.status === 'absent_unexcused')).toHaveLength(2);
  expect(report.totals.summoned).toBe(
    report.totals.present + report.totals.absentExcused + report.totals.absentUnexcused,
  );
});

test('somebody outside the roster who never came is not in the report', () => {
  const facts = sampleFacts();
  const guest = facts.people.find((p) => p.kind === 'guest')!;
  const statuses = [...facts.statuses.values()].filter((s) => s.personId !== guest.id);
  expect(buildReport({ ...facts, statuses }).people.some((p) => p.personId === guest.id)).toBe(false);
  expect(buildReport(facts).people.some((p) => p.personId === guest.id)).toBe(true);
});

test('a report without an end, or a second revision without a reason, is a fault of ours', () => {
  const facts = sampleFacts();
  expect(() => buildReport({ ...facts, sitting: { ...facts.sitting, endedAt: null } })).toThrow(/ended/);
  expect(() => buildReport({ ...facts, revision: 2 })).toThrow(/say why/);
  const amended = buildReport({
    ...facts,
    revision: 2,
    amendment: correctedBy('Nguyễn Văn Mẫu', 'Sót một đồng chí'),
  });
  expect(amended.amendment?.reason).toBe('Sót một đồng chí');
});

test('names written in decomposed Unicode give the same bytes', () => {
  const facts = sampleFacts();
  const decomposed = { ...facts, people: facts.people.map((p) => ({ ...p, name: p.name.normalize('NFD') })) };
  expect(decomposed.people[0]!.name).not.toBe(facts.people[0]!.name);
  expect(canonicalBytes(buildReport(decomposed))).toEqual(canonicalBytes(buildReport(facts)));
});

test('a report carries no identity number, note or PIN, whatever the facts bring along', () => {
  const facts = sampleFacts();
  const people = facts.people.map((p) => ({
    ...p,
    numberTail: '9731',
    birthDate: '1955-11-09',
    note: 'ghi chú riêng',
  }));
  const secret = { access: { technicianPin: '864209' }, roster: [{ citizenNumber: '001090009731' }] };
  const report = buildReport({ ...facts, people, package: { ...facts.package, ...secret } });
  const text = Buffer.from(canonicalBytes(report)).toString('utf8');
  const planted = ['9731', '1955-11-09', 'ghi chú riêng', '864209'];
  expect(planted.filter((secret) => text.includes(secret))).toEqual([]);
});

test.each(['X25519', 'P-256'] as const)('what is sealed to a %s key opens to the same report', async (crv) => {
  const device = deviceKey();
  const province = await provinceKey(crv);
  const report = buildReport(sampleFacts({ keyId: device.kid }));
  const sealed = await sealReport(report, {
    deviceKey: device,
    provinceKey: province.publicJwk,
    format: 'session-report/2',
  });
  expect(sealed.sha256).toBe(createHash('sha256').update(sealed.bytes).digest('hex'));
  const opened = await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: JOSE_TYPE.report });
  if (!opened.ok) throw new Error(opened.detail);
  expect(opened.value.report).toEqual(report);
  expect(SessionReport.parse(opened.value.report)).toEqual(report);
  expect(opened.value.payloadSha256).toBe(sealed.payloadSha256);
  expect(opened.value.device.kid).toBe(device.kid);
});

test('nobody but the province can open it', async () => {
  const device = deviceKey();
  const report = buildReport(sampleFacts({ keyId: device.kid }));
  const sealed = await sealReport(report, {
    deviceKey: device,
    provinceKey: (await provinceKey('X25519')).publicJwk,
    format: 'session-report/2',
  });
  expect(Buffer.from(sealed.bytes).toString('latin1')).not.toContain('Nguy');
  const other = await openSealedReport(sealed.bytes, (await provinceKey('X25519')).privateKey, {
    expectTyp: JOSE_TYPE.report,
  });
  expect(other).toMatchObject({ ok: false, error: 'cannot_decrypt' });
});

test('a practice report never opens as a real one, nor the other way round', async () => {
  const device = deviceKey();
  const province = await provinceKey('X25519');
  for (const rehearsal of [true, false]) {
    const report = buildReport(sampleFacts({ keyId: device.kid, rehearsal }));
    const sealed = await sealReport(report, {
      deviceKey: device,
      provinceKey: province.publicJwk,
      format: 'session-report/2',
    });
    const wrong = rehearsal ? JOSE_TYPE.report : JOSE_TYPE.rehearsalReport;
    const right = rehearsal ? JOSE_TYPE.rehearsalReport : JOSE_TYPE.report;
    expect(await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: wrong })).toMatchObject({
      error: 'wrong_type',
    });
    expect((await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: right })).ok).toBe(true);
  }
});

test('a report that names another device than its signer is refused', async () => {
  const province = await provinceKey('X25519');
  const report = buildReport(sampleFacts({ keyId: 'another-device' }));
  const sealed = await sealReport(report, {
    deviceKey: deviceKey(),
    provinceKey: province.publicJwk,
    format: 'session-report/2',
  });
  const opened = await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: JOSE_TYPE.report });
  expect(opened).toMatchObject({ ok: false, error: 'bad_signature' });
});

test('any changed character of the sealed bytes is noticed', async () => {
  const device = deviceKey();
  const province = await provinceKey('X25519');
  const report = buildReport(sampleFacts({ people: 3, keyId: device.kid }));
  const { bytes } = await sealReport(report, {
    deviceKey: device,
    provinceKey: province.publicJwk,
    format: 'session-report/2',
  });
  const unnoticed: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    // The last character of the tag carries padding bits only in part: stay before it.
    const i = Math.floor((n * (bytes.length - 1)) / 60);
    const changed = Uint8Array.from(bytes);
    changed[i] = changed[i] === 0x41 ? 0x42 : 0x41;
    if ((await openSealedReport(changed, province.privateKey, { expectTyp: JOSE_TYPE.report })).ok) unnoticed.push(i);
  }
  expect(unnoticed).toEqual([]);
});

test('a package with a key that reports cannot be encrypted to is refused when it is read, not when it is sealed', async () => {
  const fits = async (key: PublicJwk): Promise<boolean> =>
    SessionPackage.shape.keys.shape.reports.safeParse(key).success;
  expect(await fits((await provinceKey('P-256')).publicJwk)).toBe(true);
  expect(await fits((await provinceKey('X25519')).publicJwk)).toBe(true);
  expect(await fits(PublicJwk.parse({ kty: 'OKP', crv: 'Ed25519', x: 'x' }))).toBe(false);
  expect(await fits(PublicJwk.parse({ kty: 'RSA', n: 'n', e: 'AQAB' }))).toBe(false);
  expect(await fits(PublicJwk.parse({ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', alg: 'RSA-OAEP' }))).toBe(false);
});
