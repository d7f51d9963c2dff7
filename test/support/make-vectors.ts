import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { calculateJwkThumbprint, CompactSign, type JWK } from 'jose';
import { JOSE_TYPE, Receipt, ReportReturn } from '../../electron/contract/report.ts';
import { SittingStatement } from '../../electron/contract/sitting.ts';
import { contentDigest } from '../../electron/core/delivery/province-client.ts';
import { buildReport } from '../../electron/core/report/build-report.ts';
import { toReport1 } from '../../electron/core/report/report-formats.ts';
import { sealReport } from '../../electron/core/report/seal.ts';
import { correctedBy, sampleFacts, SITTING_START, totalsOf } from './sample-report.ts';

/**
 * Writes the worked example of `session-report/2`: `node test/support/make-vectors.ts`. New keys and bytes each time, so
 * only after a change of the format.
 */
const FILE = path.join(import.meta.dirname, '../fixtures/province-vectors-2.json');
const REPORT_ID = '019c3581-6b40-7c3e-9f52-1d0a6b7c8e91';
const REVISION = 2;
const MINUTE = 60_000;

const device = generateKeyPairSync('ed25519');
const report = generateKeyPairSync('x25519');
const receipts = generateKeyPairSync('ed25519');
const devicePublic = device.publicKey.export({ format: 'jwk' }) as { kty: 'OKP'; crv: 'Ed25519'; x: string };
const receiptPublicJwk = receipts.publicKey.export({ format: 'jwk' }) as JWK;
const kid = await calculateJwkThumbprint(devicePublic);

const base = sampleFacts({ people: 12, reportId: REPORT_ID, keyId: kid });
const statuses = [...base.statuses.values()].map((s) =>
  s.personId === 'p-00004' ? { ...s, status: 'substituted' as const, substitutedBy: 'p-00015' } : s,
);
const people = base.people;
const made = buildReport({
  ...base,
  revision: REVISION,
  amendment: correctedBy('Trần Thị Ví Dụ', 'Bổ sung một đồng chí đến muộn'),
  statuses,
  totals: totalsOf(people, statuses),
  units: base.units.map((unit) => ({
    ...unit,
    ...totalsOf(
      people.filter((p) => p.unitId === unit.unitId),
      statuses,
    ),
  })),
  signOff: { name: 'Nguyễn Văn Mẫu', position: 'Bí thư', at: SITTING_START + 245 * MINUTE, role: 'chair' },
  reopenings: [
    { at: SITTING_START + 246 * MINUTE, cause: 'correction', by: { role: 'technician', name: null }, reason: null },
  ],
  life: {
    ...base.life,
    starts: 2,
    jumps: [{ at: SITTING_START + 30 * MINUTE, byMs: -5_000 }],
  },
  checks: [
    { check: 'clock', state: 'green', at: SITTING_START - 60 * MINUTE, code: null },
    { check: 'scanner', state: 'yellow', at: SITTING_START - 60 * MINUTE, code: 'not_tried' },
  ],
});
const sealed = await sealReport(made, {
  deviceKey: { kid, privateKey: device.privateKey, publicJwk: devicePublic },
  provinceKey: report.publicKey.export({ format: 'jwk' }) as never,
  format: 'session-report/2',
});

const sign = async (typ: string, content: unknown): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(content), 'utf8'))
    .setProtectedHeader({ alg: 'EdDSA', kid: await calculateJwkThumbprint(receiptPublicJwk), typ })
    .sign(receipts.privateKey);
const about = { reportId: REPORT_ID, revision: REVISION };
const at = '2026-02-07T04:40:00.000Z';
const vectors = {
  reportPrivateJwk: report.privateKey.export({ format: 'jwk' }),
  receiptPublicJwk,
  ...about,
  report: made,
  asReport1: toReport1(made),
  sealed: Buffer.from(sealed.bytes).toString('ascii'),
  sha256: createHash('sha256').update(sealed.bytes).digest('hex'),
  contentDigest: contentDigest(sealed.bytes),
  payloadSha256: sealed.payloadSha256,
  receipt: await sign(
    JOSE_TYPE.receipt,
    Receipt.parse({
      format: 'report-receipt/1',
      ...about,
      sha256: sealed.sha256,
      receivedAt: at,
      serial: 'e75076fc-bcc5-43a5-ad81-11be7c6bb59e',
    }),
  ),
  returnNotice: await sign(
    JOSE_TYPE.reportReturn,
    ReportReturn.parse({ format: 'report-return/1', ...about, reason: 'Số liệu theo đơn vị chưa khớp', at }),
  ),
  sittingStatement: await sign(
    JOSE_TYPE.sittingStatement,
    SittingStatement.parse({
      format: 'sitting-statement/1',
      conferenceId: made.conference.id,
      sittingId: made.sitting.id,
      state: 'finished',
      finishedAt: '2026-02-07T04:30:00.000Z',
      issuedAt: '2026-02-07T04:32:00.000Z',
    }),
  ),
};
writeFileSync(FILE, `${JSON.stringify(vectors, null, 2)}\n`);
