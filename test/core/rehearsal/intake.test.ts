import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { contentDigest, sendOnce } from '../../../electron/core/delivery/province-client.ts';
import { createIntake } from '../../../electron/core/rehearsal/intake.ts';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { sealReport } from '../../../electron/core/report/seal.ts';
import type { SealedReport } from '../../../electron/core/report/seal.ts';
import { makeDevice, withProvince } from '../../support/province.ts';
import type { ProvinceBed } from '../../support/province.ts';
import { correctedBy, sampleFacts, uuidV7 } from '../../support/sample-report.ts';

async function put(
  bed: ProvinceBed,
  sealed: SealedReport,
  change: { headers?: Record<string, string>; body?: Uint8Array; url?: string; method?: string } = {},
) {
  const url = `${bed.endpoint}${change.url ?? `/v1/reports/${sealed.reportId}/revisions/${sealed.revision}`}`;
  const body = change.body ?? sealed.bytes;
  const headers = { 'content-type': 'application/jose', 'content-digest': contentDigest(body), ...change.headers };
  const answer = await fetch(url, {
    method: change.method ?? 'PUT',
    headers,
    body: Buffer.from(body),
    redirect: 'manual',
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

const amendment = correctedBy('Trần Thị Ví Dụ', 'Bổ sung');

test('a new revision is stored, opened and answered with a signed receipt that repeats its digest', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const answer = await put(bed, sealed);
    expect(answer).toMatchObject({ status: 201, type: 'application/jose' });
    expect(decodeProtectedHeader(answer.text)).toMatchObject({ typ: JOSE_TYPE.receipt, alg: 'EdDSA' });
    expect(decodeJwt(answer.text)).toMatchObject({ reportId: sealed.reportId, revision: 1, sha256: sealed.sha256 });
    expect(bed.intake.listReports()).toMatchObject([
      { reportId: sealed.reportId, revision: 1, sha256: sealed.sha256, returned: false },
    ]);
    const opened = await bed.intake.getOpened(sealed.reportId, 1);
    expect(opened?.venue.name).toBe('Hội trường phường Mẫu');
    expect(opened?.people).toHaveLength(9);
  }));

test('the same bytes again are answered with the very same receipt', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const first = await put(bed, sealed);
    const second = await put(bed, sealed);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.text).toBe(first.text);
    expect(bed.intake.listReports()).toHaveLength(1);
  }));

test('other bytes under a number that is taken are refused and the first ones stay', () =>
  withProvince({}, async (bed) => {
    const reportId = uuidV7();
    const first = await bed.seal({}, { reportId });
    const other = await bed.seal({ remarks: 'khác' }, { reportId });
    expect((await put(bed, first)).status).toBe(201);
    const refused = await put(bed, other);
    expect(refused).toMatchObject({ status: 409, type: 'application/problem+json' });
    expect(JSON.parse(refused.text)).toMatchObject({ status: 409, type: 'urn:report-intake:problem:other-bytes' });
    expect(Buffer.from((await bed.intake.getSealed(reportId, 1))!)).toEqual(Buffer.from(first.bytes));
  }));

test('a revision is taken before a lower one, the highest counts, and only the same device may send them', () =>
  withProvince({}, async (bed) => {
    const reportId = uuidV7();
    const [first, second, third] = [
      await bed.seal({}, { reportId }),
      await bed.seal({ revision: 2, amendment }, { reportId }),
      await bed.seal({ revision: 3, amendment }, { reportId }),
    ];
    expect((await put(bed, second)).status).toBe(201);
    const stranger = makeDevice();
    const foreign = await sealReport(buildReport(sampleFacts({ people: 5, reportId, keyId: stranger.kid })), {
      deviceKey: stranger,
      provinceKey: bed.intake.keys.reportPublicJwk,
      format: 'session-report/2',
    });
    expect(await put(bed, foreign)).toMatchObject({ status: 403 });
    expect(await bed.intake.askReturn(reportId, 'Sai số liệu')).toMatchObject({ ok: true, value: { revision: 2 } });
    const late = await put(bed, first);
    expect(late.status).toBe(201);
    expect(decodeJwt(late.text)).toMatchObject({ revision: 1, sha256: first.sha256 });
    const statusUrl = `${bed.endpoint}/v1/reports/${reportId}/status`;
    expect(decodeJwt(await (await fetch(statusUrl)).text())).toMatchObject({ revision: 2 });
    expect(bed.intake.listReports().map((r) => [r.revision, r.returned])).toEqual([
      [2, true],
      [1, false],
    ]);
    const restarted = createIntake({ dir: bed.dir, rehearsal: false });
    expect(restarted.listReports().map((r) => [r.revision, r.returned])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await put(bed, third)).toMatchObject({ status: 201 });
    expect((await fetch(statusUrl)).status).toBe(204);
    expect(await bed.intake.askReturn(reportId, 'x')).toMatchObject({ value: { revision: 3 } });
  }));

test('an intake reads both formats, and a practice intake too', async () => {
  for (const rehearsal of [false, true]) {
    await withProvince({ rehearsal }, async (bed) => {
      for (const format of ['session-report/1', 'session-report/2'] as const) {
        const sealed = await bed.seal({}, { format, reportId: uuidV7() });
        expect((await put(bed, sealed)).status).toBe(201);
        expect(await bed.intake.getOpened(sealed.reportId, 1)).toMatchObject({ format });
      }
    });
  }
});

test('twenty copies at the same moment make one report and one receipt', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(bed, sealed)));
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    expect(answers.filter((a) => a.status === 200)).toHaveLength(19);
    expect(new Set(answers.map((a) => a.text)).size).toBe(1);
  }));

test.each([true, false])('an intake with rehearsal %s takes only its own kind', (rehearsal) =>
  withProvince({ rehearsal }, async (bed) => {
    const wrong = await bed.seal({}, { rehearsal: !rehearsal });
    const refused = await put(bed, wrong);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('rehearsal-mismatch');
    expect(bed.intake.listReports()).toEqual([]);
    expect((await put(bed, await bed.seal())).status).toBe(201);
  }),
);

test('each wrong request gets its own clear answer and leaves nothing behind', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const other = await bed.seal();
    const cut = sealed.bytes.slice(0, 900);
    const cases: { change: Parameters<typeof put>[2]; status: number; problem: string }[] = [
      { change: { headers: { 'content-digest': '' } }, status: 400, problem: 'malformed-request' },
      { change: { headers: { 'content-digest': 'md5=:AAAA:' } }, status: 400, problem: 'malformed-request' },
      { change: { headers: { 'content-digest': contentDigest(cut) } }, status: 400, problem: 'digest-mismatch' },
      { change: { headers: { 'content-type': 'text/plain' } }, status: 415, problem: 'unsupported-media-type' },
      { change: { body: cut }, status: 422, problem: 'unreadable-report' },
      { change: { body: other.bytes }, status: 422, problem: 'unreadable-report' },
      { change: { method: 'POST' }, status: 405, problem: 'method-not-allowed' },
      { change: { url: '/v1/reports/../../etc/passwd/revisions/1' }, status: 404, problem: 'not-found' },
      { change: { url: `/v1/reports/${sealed.reportId}/revisions/0` }, status: 404, problem: 'not-found' },
      { change: { url: `/v1/reports/khong-phai-uuid/revisions/1` }, status: 404, problem: 'not-found' },
    ];
    for (const { change, status, problem } of cases) {
      const answer = await put(bed, sealed, change);
      expect(answer).toMatchObject({ status, type: 'application/problem+json' });
      expect(JSON.parse(answer.text)).toMatchObject({ status, type: `urn:report-intake:problem:${problem}` });
    }
    expect(bed.intake.listReports()).toEqual([]);
  }));

test('an intake that was restarted still knows its reports, receipts and keys', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    const first = await put(bed, sealed);
    await bed.intake.askReturn(sealed.reportId, 'Thiếu chữ ký');
    await bed.intake.stop();
    const again = createIntake({ dir: bed.dir, rehearsal: false });
    const { endpoint } = await again.start();
    try {
      expect(again.keys).toEqual(bed.intake.keys);
      expect(await put({ ...bed, endpoint }, sealed)).toEqual({ ...first, status: 200 });
      expect(again.listReports()).toMatchObject([{ reportId: sealed.reportId, returned: true }]);
      expect((await again.getOpened(sealed.reportId, 1))?.revision).toBe(1);
    } finally {
      await again.stop();
    }
  }));

test('bytes without a receipt were never accepted: the next try stores them afresh', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    await put(bed, sealed);
    await bed.intake.stop();
    const folder = path.join(bed.dir, 'reports', sealed.reportId);
    rmSync(path.join(folder, '1.json'));
    writeFileSync(path.join(folder, '1.jose'), readFileSync(path.join(folder, '1.jose')).subarray(0, 100));
    const again = createIntake({ dir: bed.dir, rehearsal: false });
    const { endpoint } = await again.start();
    try {
      expect(again.listReports()).toEqual([]);
      expect((await put({ ...bed, endpoint }, sealed)).status).toBe(201);
    } finally {
      await again.stop();
    }
  }));

test('a return is signed, stands until the amendment came, and names the revision', () =>
  withProvince({}, async (bed) => {
    const reportId = uuidV7();
    const status = () => fetch(`${bed.endpoint}/v1/reports/${reportId}/status`);
    expect((await status()).status).toBe(404);
    expect(await bed.intake.askReturn(reportId, 'x')).toEqual({ ok: false, error: 'unknown_report' });
    await put(bed, await bed.seal({}, { reportId }));
    expect((await status()).status).toBe(204);
    await bed.intake.askReturn(reportId, 'Số liệu đơn vị chưa khớp');
    const notice = await status();
    expect(notice.status).toBe(200);
    const jws = await notice.text();
    expect(decodeProtectedHeader(jws).typ).toBe(JOSE_TYPE.reportReturn);
    expect(decodeJwt(jws)).toMatchObject({ reportId, revision: 1, reason: 'Số liệu đơn vị chưa khớp' });
    await put(bed, await bed.seal({ revision: 2, amendment }, { reportId }));
    expect((await status()).status).toBe(204);
  }));

test('what it says of a sitting follows the clock, and of one it does not know it says nothing', async () => {
  let now = 0;
  await withProvince({ now: () => now }, async (bed) => {
    const ask = (path: string) => fetch(`${bed.endpoint}/v1/conferences/${path}`);
    const sitting = { conferenceId: 'hn-2026', sittingId: 'sang', startsAt: 10_000, finishedAt: 20_000 };
    expect((await ask('hn-2026/sittings/sang')).status).toBe(404);
    bed.intake.holdSitting(sitting);
    for (const [at, state] of [
      [9_999, 'scheduled'],
      [10_000, 'live'],
      [20_000, 'finished'],
    ] as const) {
      now = at;
      const jws = await (await ask('hn-2026/sittings/sang')).text();
      expect(decodeProtectedHeader(jws)).toMatchObject({ typ: JOSE_TYPE.sittingStatement, alg: 'EdDSA' });
      expect(decodeJwt(jws)).toMatchObject({ conferenceId: 'hn-2026', state, issuedAt: new Date(at).toISOString() });
    }
    bed.intake.holdSitting({ ...sitting, finishedAt: null });
    expect(decodeJwt(await (await ask('hn-2026/sittings/sang')).text())).not.toHaveProperty('finishedAt');
    for (const path of [
      'hn-2026/sittings/chieu',
      'hn-khac/sittings/sang',
      'hn-2026/sittings',
      'hn-2026/sittings/sang/x',
    ])
      expect((await ask(path)).status).toBe(404);
  });
});

test('a disk that cannot store is answered with a failure, never with a receipt', () =>
  withProvince({}, async (bed) => {
    const sealed = await bed.seal();
    writeFileSync(path.join(bed.dir, 'reports', sealed.reportId), 'a file where the folder should be');
    const outcome = await sendOnce(bed.requestOf(sealed), bed.client);
    expect(outcome).toMatchObject({ ok: false, failure: 'server_error', httpStatus: 507, retryAfterMs: 60_000 });
    expect(bed.intake.listReports()).toEqual([]);
  }));
