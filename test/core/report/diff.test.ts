import { expect, test } from 'vitest';
import type { PersonStatus } from '../../../electron/contract/attendance.ts';
import { buildReport, type ReportFacts } from '../../../electron/core/report/build-report.ts';
import { diffReports } from '../../../electron/core/report/diff-reports.ts';
import { correctedBy, sampleFacts, totalsOf } from '../../support/sample-report.ts';

function reportOf(change: Partial<ReportFacts> = {}, base = facts()) {
  return buildReport({ ...base, ...change });
}

const facts = () => sampleFacts({ people: 12, reportId: '01890a5d-ac96-774b-bcce-b302099a8057' });

function withStatus(base: ReportFacts, personId: string, change: Partial<PersonStatus>): Partial<ReportFacts> {
  const statuses = [...base.statuses.values()].map((s) => (s.personId === personId ? { ...s, ...change } : s));
  return { statuses, totals: totalsOf(base.people, statuses) };
}

test('two reports of the same facts differ in nothing, whenever they were made', () => {
  const later = reportOf({
    revision: 2,
    createdAt: facts().createdAt + 99_000,
    log: { ...facts().log, events: 99, head: 'ef'.repeat(32) },
    life: { ...facts().life, starts: 2 },
    amendment: correctedBy('Nguyễn Văn Mẫu', 'Bổ sung'),
  });
  expect(diffReports(reportOf(), later)).toEqual([]);
});

test('an excuse entered later shows as two totals and one person', () => {
  const base = facts();
  const changes = diffReports(
    reportOf({}, base),
    reportOf(withStatus(base, 'p-00005', { status: 'absent_excused', reason: 'Nằm viện' }), base),
  );
  const person = { id: 'p-00005', name: base.people[4]!.name };
  expect(changes).toEqual([
    { code: 'totals.absentExcused', person: null, before: 1, after: 2 },
    { code: 'totals.absentUnexcused', person: null, before: 1, after: 0 },
    { code: 'person.status', person, before: 'absent_unexcused', after: 'absent_excused' },
    { code: 'person.reason', person, before: null, after: 'Nằm viện' },
  ]);
});

test('people who came or went out of the list, sign-off, head-count and remarks are each named once', () => {
  const base = facts();
  const [first, ...others] = base.people;
  const after = {
    ...base,
    people: others,
    headCount: { counted: 13, reason: 'Một người ra ngoài', by: 'Trần Thị Ví Dụ' },
    signOff: { name: 'Nguyễn Văn Mẫu', position: 'Bí thư', at: base.createdAt, role: 'chair' as const },
    remarks: 'Hội trường mất điện 5 phút.',
  };
  const changes = diffReports(reportOf({}, base), buildReport(after));
  expect(changes).toEqual([
    { code: 'headCount', person: null, before: null, after: 13 },
    { code: 'headCount.reason', person: null, before: null, after: 'Một người ra ngoài' },
    { code: 'signOff', person: null, before: null, after: 'Nguyễn Văn Mẫu, Bí thư' },
    { code: 'remarks', person: null, before: null, after: 'Hội trường mất điện 5 phút.' },
    { code: 'person.removed', person: { id: 'p-00001', name: first!.name }, before: 'present', after: null },
  ]);
  expect(diffReports(buildReport(after), reportOf({}, base)).map((c) => c.code)).toEqual([
    'headCount',
    'headCount.reason',
    'signOff',
    'remarks',
    'person.added',
  ]);
});
