import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SessionReport1 } from '../../../electron/contract/report-1.ts';
import { SessionReport } from '../../../electron/contract/report.ts';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import { buildReport, type ReportFacts } from '../../../electron/core/report/build-report.ts';
import { canonicalBytes } from '../../../electron/core/report/canonical.ts';
import { chooseFormat, toReport1 } from '../../../electron/core/report/report-formats.ts';
import { openSealedReport } from '../../../electron/core/report/seal.ts';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { readStoredReport } from '../../../electron/core/store/stored-report.ts';
import { correctedBy, sampleFacts, SITTING_START, totalsOf } from '../../support/sample-report.ts';

const MINUTE = 60_000;

/** p-00004 has a substitute, who came; p-00001 signed in under a wrong clock; a roll call was cancelled. */
function eventful(): ReportFacts {
  const base = sampleFacts({ people: 12 });
  const statuses = [...base.statuses.values()].map((s) =>
    s.personId === 'p-00004'
      ? { ...s, status: 'substituted' as const, substitutedBy: 'p-00015', reason: 'Đi công tác' }
      : s,
  );
  const units = base.units.map((unit) => ({
    ...unit,
    ...totalsOf(
      base.people.filter((p) => p.unitId === unit.unitId),
      statuses,
    ),
  }));
  return {
    ...base,
    statuses,
    units,
    totals: totalsOf(base.people, statuses),
    rollCalls: [
      ...base.rollCalls,
      {
        id: 'rc-2',
        title: 'Giữa buổi',
        openedAt: SITTING_START + 60 * MINUTE,
        closedAt: SITTING_START + 61 * MINUTE,
        confirmed: 0,
        cancelled: { at: SITTING_START + 62 * MINUTE, by: { role: 'chair', name: null }, reason: 'Mở nhầm' },
      },
    ],
    reopenings: [
      { at: SITTING_START, cause: 'by_hand', by: { role: 'chair', name: null }, reason: 'Còn phần thảo luận' },
    ],
    life: {
      lastSignOfLifeAt: SITTING_START + 200 * MINUTE,
      endFoundAt: SITTING_START + 900 * MINUTE,
      starts: 3,
      centreOffset: { ms: -7_200_000, at: SITTING_START, hosts: 2 },
      jumps: [
        { at: SITTING_START, byMs: 7_200_000 },
        { at: SITTING_START + MINUTE, byMs: -7_200_000 },
      ],
      clockWrongFor: new Set(['p-00001']),
    },
    checks: [{ check: 'clock', state: 'red', at: SITTING_START - MINUTE, code: 'off_by_hours' }],
    marks: [{ at: SITTING_START, mark: 'pin_set_by_other_role', by: { role: 'chair', name: null } }],
    secondCopy: { state: 'behind', where: 'stick', at: SITTING_START },
    evidence: {
      ...base.evidence,
      interruptions: [
        { from: SITTING_START, to: null, whose: 'province', cause: 'proxy_login', code: '407' },
        { from: SITTING_START, to: SITTING_START + 5, whose: 'line', cause: null, code: null },
      ],
    },
  };
}

test('somebody with a substitute is neither present nor absent, and the report says who sat there', () => {
  const report = buildReport(eventful());
  expect(report.people.find((p) => p.personId === 'p-00004')).toMatchObject({
    status: 'substituted',
    substitutedBy: 'p-00015',
  });
  expect(report.people.find((p) => p.personId === 'p-00015')).toMatchObject({ substituteFor: 'p-00004' });
  const { summoned, present, absentExcused, absentUnexcused, substituted } = report.totals;
  expect(substituted).toBe(1);
  expect(present + absentExcused + absentUnexcused + substituted).toBe(summoned);
  expect(report.people.filter((p) => p.substitutedBy !== null)).toHaveLength(1);
});

test('the facts of the PC and its clock stand in the second format as they were given', () => {
  const report = buildReport(eventful());
  const at = (ms: number) => new Date(ms).toISOString();
  expect(report.sitting).toMatchObject({
    endFoundAt: at(SITTING_START + 900 * MINUTE),
    lastSignOfLifeAt: at(SITTING_START + 200 * MINUTE),
    reopenings: [{ at: at(SITTING_START), cause: 'by_hand', by: { role: 'chair' }, reason: 'Còn phần thảo luận' }],
  });
  expect(report).toMatchObject({
    starts: 3,
    clock: {
      centreOffset: { ms: -7_200_000, at: at(SITTING_START), hosts: 2 },
      jumps: [
        { at: at(SITTING_START), byMs: 7_200_000 },
        { at: at(SITTING_START + MINUTE), byMs: -7_200_000 },
      ],
    },
    checks: [{ check: 'clock', state: 'red', at: at(SITTING_START - MINUTE), code: 'off_by_hours' }],
    marks: [{ mark: 'pin_set_by_other_role' }],
    secondCopy: { state: 'behind', where: 'stick' },
    packageTrust: { admitted: 'pinned_key', fingerprint: 'khoa-goi-mau' },
  });
  expect(report.people.filter((p) => p.clockWrong).map((p) => p.personId)).toEqual(['p-00001']);
});

test('the first format says the same sums, and puts what it has no word for into words that it has', () => {
  const report = buildReport(eventful());
  const old = toReport1(report);
  expect(SessionReport1.parse(old)).toEqual(old);
  const substitute = report.people.find((p) => p.personId === 'p-00015')!.name;
  expect(old.people.find((p) => p.personId === 'p-00004')).toMatchObject({
    status: 'absent_excused',
    reason: `Có người dự thay: ${substitute}; Đi công tác`,
  });
  const { summoned, present, absentExcused, absentUnexcused } = old.totals;
  expect(present + absentExcused + absentUnexcused).toBe(summoned);
  expect(absentExcused).toBe(report.totals.absentExcused + 1);
  for (const [i, unit] of old.units.entries())
    expect(unit.absentExcused).toBe(report.units[i]!.absentExcused + report.units[i]!.substituted);
  expect(old.rollCalls.map((call) => call.id)).toEqual(['rc-1']);
  expect(old.playback.interruptions.map((i) => i.cause)).toEqual(['unknown', 'line']);
  expect(old.clock).toEqual({ centreOffsetMs: -7_200_000, jumps: 2 });
  expect(old.people).toHaveLength(report.people.length);
});

test('nobody is counted as confirmed in a roll call that the first format leaves out', () => {
  const base = eventful();
  const statuses = [...base.statuses.values()].map((s) =>
    s.personId === 'p-00001' ? { ...s, confirmed: ['rc-1', 'rc-2'] } : s,
  );
  const old = toReport1(buildReport({ ...base, statuses }));
  expect(old.people.find((p) => p.personId === 'p-00001')?.confirmed).toEqual(['rc-1']);
});

test.each([
  [{ ...correctedBy('Trần Thị Ví Dụ', 'Sót một đồng chí') }, { reason: 'Sót một đồng chí', author: 'Trần Thị Ví Dụ' }],
  [
    { ...correctedBy('Nguyễn Văn Mẫu', ''), cause: 'sign_off', reason: null },
    { reason: 'chair_sign_off', author: 'Nguyễn Văn Mẫu' },
  ],
  [
    { ...correctedBy('', ''), cause: 'broadcast_returned', reason: null, by: { role: 'kiosk', name: null } },
    { reason: 'broadcast_returned', author: 'kiosk' },
  ],
  [
    { ...correctedBy('', ''), cause: 'by_hand', reason: null, by: { role: 'chair', name: null } },
    { reason: 'Buổi được mở lại tại điểm cầu', author: 'Chủ trì điểm cầu' },
  ],
] as const)('the first format gives the reason of an amendment with its author (%#)', (amendment, wanted) => {
  const report = buildReport({ ...eventful(), revision: 2, amendment: { ...amendment, previous: [] } });
  expect(toReport1(report).amendment).toEqual(wanted);
});

test('a stored report of the first format is read in the shape of the second, and says no more than it did', () => {
  const report = buildReport(sampleFacts({ people: 6 }));
  const old = toReport1(report);
  const read = readStoredReport(JSON.parse(JSON.stringify(old)));
  expect(SessionReport.parse(read)).toEqual(read);
  expect(read.totals).toEqual(report.totals);
  expect(read.people).toEqual(report.people);
  expect(read.log.chain.state).toBe('not_checked');
  expect(toReport1(read)).toEqual(old);
  expect(readStoredReport(report)).toEqual(report);
});

test('"the broadcast went on" in a report of before is not believed: it was said of every re-opened sitting', () => {
  const old = toReport1(buildReport(sampleFacts({ people: 2 })));
  const amendment = { reason: 'broadcast_returned', author: 'kiosk' };
  expect(readStoredReport({ ...old, revision: 2, amendment }).amendment).toMatchObject({ cause: 'not_recorded' });
});

test('the sealed bytes of the version before open to the very report they hold', async () => {
  const file = path.join(import.meta.dirname, '../../fixtures/province-vectors.json');
  const vectors = JSON.parse(readFileSync(file, 'utf8'));
  const opened = await openSealedReport(Buffer.from(vectors.sealed, 'ascii'), vectors.reportPrivateJwk, {
    expectTyp: JOSE_TYPE.report,
  });
  if (!opened.ok) throw new Error(opened.detail);
  expect(opened.value.report.format).toBe('session-report/1');
  expect(opened.value.payloadSha256).toBe(vectors.payloadSha256);
  expect(canonicalBytes(toReport1(readStoredReport(opened.value.report)))).toEqual(canonicalBytes(opened.value.report));
});

test('the package says which formats its province reads: the newest common one is written, none is refused', () => {
  const formats = SessionPackage.shape.delivery.shape.reportFormats;
  expect(formats.parse(undefined)).toEqual(['session-report/1']);
  expect(chooseFormat(formats.parse(undefined))).toBe('session-report/1');
  expect(chooseFormat(formats.parse(['session-report/1', 'session-report/2']))).toBe('session-report/2');
  expect(chooseFormat(formats.parse(['session-report/9', 'session-report/1']))).toBe('session-report/1');
  expect(formats.safeParse(['session-report/9']).success).toBe(false);
  expect(formats.safeParse([]).success).toBe(false);
  expect(formats.safeParse(['bao-cao']).success).toBe(false);
  expect(() => chooseFormat(['session-report/9'])).toThrow(/none of/);
});
