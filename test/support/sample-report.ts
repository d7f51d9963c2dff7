import { randomBytes } from 'node:crypto';
import type { Person, PersonStatus, Totals, UnitTotals } from '../../electron/contract/attendance.ts';
import type { ReportFacts } from '../../electron/core/report/build-report.ts';

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ'];
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Ngọc', 'Quốc', 'Thu', 'Hữu', 'Bích'];
const GIVEN = ['Thử', 'Mẫu', 'Ví Dụ', 'Nghiệm', 'Hạnh', 'Tuyết', 'Phượng', 'Khoẻ', 'Thuỷ', 'Uyên', 'Đạt', 'Ánh'];
const UNITS = [
  'Chi bộ Tổ dân phố 1',
  'Chi bộ Tổ dân phố 2',
  'Chi bộ Trường THCS Mẫu',
  'Chi bộ Trạm Y tế',
  'Chi bộ Quân sự',
];

/** 07:30 on 7 February 2026 in Vietnam. */
export const SITTING_START = Date.parse('2026-02-07T00:30:00Z');
const HOUR = 3_600_000;

/** What revision 2 says when somebody corrected the report; revision 1 was delivered. */
export function correctedBy(name: string, reason: string): NonNullable<ReportFacts['amendment']> {
  return {
    cause: 'correction',
    reason,
    by: { role: 'technician', name },
    returnReason: null,
    previous: [{ revision: 1, sha256: 'ef'.repeat(32), delivered: true }],
  };
}

/** UUIDv7 (RFC 9562), as the kiosk chooses for a report. */
export function uuidV7(nowMs = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Facts of an invented morning sitting with `people` summoned and a few others, every status among them. */
export function sampleFacts(
  options: { people?: number; reportId?: string; rehearsal?: boolean; keyId?: string } = {},
): ReportFacts {
  const count = options.people ?? 40;
  const people: Person[] = Array.from({ length: count }, (_, i) => personOf(i, 'summoned'));
  const extras: Person[] = (['walk_in', 'guest', 'substitute', 'supervisor'] as const).map((kind, i) =>
    personOf(count + i, kind),
  );
  const statuses = [...people, ...extras].map((person, i) => statusOf(person, i));
  const byUnit = new Map<string | null, { name: string | null; ids: Set<string> }>();
  for (const person of [...people, ...extras]) {
    const unit = byUnit.get(person.unitId) ?? { name: person.unitName, ids: new Set() };
    unit.ids.add(person.id);
    byUnit.set(person.unitId, unit);
  }
  const everyone = [...people, ...extras];
  const units: UnitTotals[] = [...byUnit].map(([unitId, unit]) => ({
    unitId,
    unitName: unit.name,
    ...totalsOf(
      everyone.filter((p) => unit.ids.has(p.id)),
      statuses,
    ),
  }));
  return {
    revision: 1,
    createdAt: SITTING_START + 4 * HOUR + 2_000,
    rehearsal: options.rehearsal ?? false,
    provenance: options.rehearsal ? 'rehearsal' : 'signed',
    packageDigest: 'ab'.repeat(32),
    trust: {
      admitted: options.rehearsal ? 'rehearsal' : 'pinned_key',
      by: null,
      at: null,
      fingerprint: options.rehearsal ? null : 'khoa-goi-mau',
    },
    package: {
      packageId: 'mau-2026-02-07',
      conference: {
        id: 'hn-mau-2026',
        title: 'nghiên cứu, học tập, quán triệt và triển khai thực hiện Nghị quyết mẫu',
        organiser: 'Ban Tổ chức hội nghị mẫu',
      },
      venue: { id: 'DC-0107', name: 'Hội trường phường Mẫu', address: 'Số 1, đường Thử Nghiệm, phường Mẫu' },
      roles: {
        chair: { name: 'Nguyễn Văn Mẫu', position: 'Bí thư Đảng ủy phường' },
        secretary: { name: 'Trần Thị Ví Dụ', position: 'Văn phòng Đảng ủy' },
        technician: { name: 'Lê Quốc Thử' },
        supervisors: [{ name: 'Phạm Đức Nghiệm', position: 'Ủy viên Ban Thường vụ', unit: 'Tỉnh ủy mẫu' }],
      },
      sittings: [
        {
          id: 'sang-0702',
          title: 'Buổi sáng',
          startsAt: '2026-02-07T07:30:00+07:00',
          endsAt: '2026-02-07T11:30:00+07:00',
          graceMinutes: 15,
          endToleranceMinutes: 30,
          endGraceMinutes: 20,
          topics: [
            {
              title: 'Chuyên đề 1: Những nội dung cốt lõi',
              presenter: 'Đồng chí báo cáo viên thứ nhất',
              startsAt: '2026-02-07T07:45:00+07:00',
              endsAt: '2026-02-07T09:30:00+07:00',
            },
            { title: 'Chuyên đề 2: Chương trình hành động' },
          ],
          sources: [],
        },
      ],
    },
    sitting: {
      id: 'mau-2026-02-07/sang-0702',
      packageId: 'mau-2026-02-07',
      planId: 'sang-0702',
      title: 'Buổi sáng',
      ordinal: 0,
      state: 'ended',
      opensAt: SITTING_START - HOUR,
      startsAt: SITTING_START,
      endsAt: SITTING_START + 4 * HOUR,
      graceMs: 15 * 60_000,
      openedAt: SITTING_START - HOUR,
      liveAt: SITTING_START - 60_000,
      endingAt: SITTING_START + 4 * HOUR - 75_000,
      endedAt: SITTING_START + 4 * HOUR,
      endedBy: 'ENDLIST',
      sealedAt: null,
      deliveredAt: null,
      reportId: options.reportId ?? uuidV7(SITTING_START),
      broadcastSeenAt: SITTING_START,
    },
    people: everyone,
    statuses,
    totals: totalsOf(everyone, statuses),
    units,
    rollCalls: [
      {
        id: 'rc-1',
        title: 'Đầu buổi',
        openedAt: SITTING_START - HOUR,
        closedAt: SITTING_START + HOUR,
        confirmed: count,
        cancelled: null,
      },
    ],
    evidence: {
      minutesShown: 238.5,
      startupMs: 812,
      rebufferMs: 90_000,
      rebufferCount: 2,
      rebufferRatio: 0.0063,
      framesDecoded: 357_750,
      framesDropped: 12,
      failovers: 1,
      recreations: 0,
      delayAverageS: 75.2,
      delayMaximumS: 121,
      sources: ['chinh', 'du-phong'],
      heights: [{ heightPx: 720, ms: 14_310_000 }],
      interruptions: [
        { from: SITTING_START + HOUR, to: SITTING_START + HOUR + 80_000, whose: 'line', cause: 'timeout', code: null },
        {
          from: SITTING_START + 2 * HOUR,
          to: SITTING_START + 2 * HOUR + 10_000,
          whose: 'centre',
          cause: null,
          code: null,
        },
      ],
    },
    reopenings: [],
    life: {
      lastSignOfLifeAt: SITTING_START + 4 * HOUR,
      endFoundAt: null,
      starts: 1,
      centreOffset: { ms: -140, at: SITTING_START + 3 * HOUR, hosts: 2 },
      jumps: [],
      clockWrongFor: new Set(),
    },
    log: {
      events: 57,
      head: 'cd'.repeat(32),
      chain: { state: 'verified', brokenAtSeq: null, method: 'hash', keyedFromSeq: null },
      signedHeads: [],
    },
    secondCopy: { state: 'none', where: null, at: null },
    checks: [],
    marks: [],
    device: { keyId: options.keyId ?? 'khoa-thiet-bi-mau', app: '0.1.0' },
  };
}

function personOf(i: number, kind: Person['kind']): Person {
  const given = GIVEN[i % GIVEN.length]!;
  const unit = i % UNITS.length;
  return {
    id: `p-${String(i + 1).padStart(5, '0')}`,
    name: `${FAMILY[i % FAMILY.length]} ${MIDDLE[(i * 3) % MIDDLE.length]} ${given}`,
    givenName: given,
    birthYear: i % 7 === 0 ? null : 1948 + (i % 55),
    birthDate: null,
    sex: i % 5 === 0 ? null : i % 2 ? 'female' : 'male',
    position: i % 3 === 0 ? 'Bí thư Chi bộ' : null,
    unitId: kind === 'supervisor' ? null : `u-${unit + 1}`,
    unitName: kind === 'supervisor' ? null : UNITS[unit]!,
    kind,
    substituteFor: kind === 'substitute' ? 'p-00004' : null,
    numberTail: '0042',
    note: null,
  };
}

function statusOf(person: Person, i: number): PersonStatus {
  const came = (status: PersonStatus['status'], lateMinutes = 0): PersonStatus => ({
    personId: person.id,
    status,
    arrivedAt: SITTING_START + (lateMinutes > 0 ? lateMinutes : -20) * 60_000,
    lateMinutes,
    leftAt: status === 'left_early' ? SITTING_START + 3 * HOUR : null,
    method: (['search', 'citizen_card', 'secretary', 'badge'] as const)[i % 4]!,
    reason: null,
    substitutedBy: null,
    confirmed: ['rc-1'],
  });
  const away = (status: PersonStatus['status'], reason: string | null): PersonStatus => ({
    personId: person.id,
    status,
    arrivedAt: null,
    lateMinutes: 0,
    leftAt: null,
    method: null,
    reason,
    substitutedBy: null,
    confirmed: [],
  });
  if (person.kind !== 'summoned') return came('present');
  if (i % 10 === 1) return came('late', 22);
  if (i % 10 === 2) return came('left_early');
  if (i % 10 === 3) return away('absent_excused', 'Đi công tác');
  if (i % 20 === 4) return away('awaited', null);
  return came('present');
}

const here = (status: PersonStatus['status']): boolean => ['present', 'late', 'left_early'].includes(status);

/** Totals counted from the people, by the words of the contract. */
export function totalsOf(people: readonly Person[], statuses: readonly PersonStatus[]): Totals {
  const of = new Map(statuses.map((s) => [s.personId, s]));
  const count = (test: (kind: Person['kind'], status: PersonStatus['status']) => boolean): number =>
    people.filter((p) => test(p.kind, of.get(p.id)?.status ?? 'awaited')).length;
  const others = (kind: Person['kind']): number => count((k, s) => k === kind && here(s));
  const present = count((k, s) => k === 'summoned' && here(s));
  const late = people.filter((p) => p.kind === 'summoned' && (of.get(p.id)?.lateMinutes ?? 0) > 0).length;
  const totals = {
    summoned: count((k) => k === 'summoned'),
    present,
    onTime: present - late,
    late,
    leftEarly: count((k, s) => k === 'summoned' && s === 'left_early'),
    substituted: count((k, s) => k === 'summoned' && s === 'substituted'),
    absentExcused: count((k, s) => k === 'summoned' && s === 'absent_excused'),
    absentUnexcused: count((k, s) => k === 'summoned' && s === 'absent_unexcused'),
    awaited: count((k, s) => k === 'summoned' && s === 'awaited'),
    walkIns: others('walk_in'),
    guests: others('guest'),
    substitutes: others('substitute'),
    supervisors: others('supervisor'),
  };
  const { walkIns, guests, substitutes, supervisors } = totals;
  const gone = people.filter((p) => of.get(p.id)?.status === 'left_early').length;
  const came = present + walkIns + guests + substitutes + supervisors;
  return { ...totals, came, inHall: came - gone };
}
