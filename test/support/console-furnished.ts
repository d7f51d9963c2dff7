import type { PeopleCounts, PersonRow } from '../../electron/contract/api-attendance.ts';
import type { ReportChange, ReportView, RevisionView } from '../../electron/contract/api-report.ts';
import type { TimelineEntry } from '../../electron/contract/api-timeline.ts';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import type { DeliveryStatus } from '../../electron/contract/delivery.ts';
import { buildReport } from '../../electron/core/report/build-report.ts';
import { createOpenView, createSitting, createTotals, type FakeCore } from './fake-core-views.ts';
import { VENUE_UNITS } from './layout-cases.ts';
import { sampleFacts } from './sample-report.ts';
import { tinyPdf } from './tiny-pdf.ts';

/** A console with a day's work on it: what every page and every dialog of it shows at a real venue. */

const NAMES = ['Nguyễn Văn Đức', 'Nguyễn Thị Phương Thảo', 'Đặng Hữu Hạnh', 'Trần Thị Bích Ngọc', 'Phạm An'];
const UNITS = VENUE_UNITS.map((unitName, i) => ({
  unitId: `u${i}`,
  unitName,
  ...createTotals({ summoned: 21, present: 8 + (i % 9), late: i % 3, awaited: 13 - (i % 9) }),
}));
const REPORT_ID = '0190b5a2-1111-7222-8333-a1b2c3d4e5f6';
const RECEIPT = 'b80ef62a-9dc5-4a00-a47b-42393ed015f3';

const STATUSES = ['present', 'late', 'left_early', 'absent_excused', 'awaited', 'substituted'] as const;

function personOf(i: number): PersonRow {
  const status = STATUSES[i % STATUSES.length]!;
  const came = status === 'present' || status === 'late' || status === 'left_early';
  const at = Date.now() - (60 - i) * 60_000;
  return {
    personId: `p${i}`,
    name: NAMES[i % NAMES.length]!,
    birthYear: 1950 + i,
    unit: VENUE_UNITS[i % VENUE_UNITS.length]!,
    unitId: `u${i % VENUE_UNITS.length}`,
    position: 'Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường',
    kind: i % 11 === 10 ? 'guest' : 'summoned',
    signedInAt: came ? at : null,
    status,
    reason: status === 'absent_excused' ? 'Đi công tác ngoài tỉnh theo quyết định' : null,
    lateMinutes: status === 'late' ? 12 : 0,
    leftAt: status === 'left_early' ? at + 3_000_000 : null,
    method: came ? 'search' : null,
    substituteForName: null,
    substitutedByName: status === 'substituted' ? 'Quàng Thị Xuân Hương' : null,
    confirmedNow: null,
  };
}

export const PEOPLE: readonly PersonRow[] = Array.from({ length: 40 }, (_, i) => personOf(i));

const COUNTS: PeopleCounts = {
  all: 300,
  status: {
    here: 133,
    missing: 167,
    late: 6,
    left_early: 2,
    substituted: 3,
    absent_excused: 4,
    absent_unexcused: 0,
    awaited: 160,
    present: 117,
  },
  kind: { summoned: 294, walk_in: 1, guest: 2, substitute: 3, supervisor: 0 },
};

export function deliveryOf(now: number, change: Partial<DeliveryStatus> = {}): DeliveryStatus {
  return {
    reportId: REPORT_ID,
    revision: 1,
    state: 'delivered',
    sealedAt: now - 3_600_000,
    attempts: 3,
    lastAttemptAt: now - 3_000_000,
    nextAttemptAt: null,
    waitsFor: null,
    lastFailure: null,
    lastCause: null,
    lastHttpStatus: null,
    receiptSerial: RECEIPT,
    receivedAt: now - 2_900_000,
    returnReason: null,
    ...change,
  };
}

const CHANGES: ReportChange[] = [
  { code: 'totals.absentExcused', person: null, before: 4, after: 6 },
  { code: 'totals.absentUnexcused', person: null, before: 272, after: 270 },
  {
    code: 'person.status',
    person: { id: 'p1', name: 'Nguyễn Thị Phương Thảo' },
    before: 'absent_unexcused',
    after: 'absent_excused',
  },
  {
    code: 'remarks',
    person: null,
    before: null,
    after: 'Mất tín hiệu từ 9 giờ 10 đến 9 giờ 20; đề nghị gửi tài liệu sớm hơn.',
  },
];

/** The report of the morning; `revision` null is a draft. */
export function reportOf(now: number, change: Partial<ReportView> = {}): ReportView {
  const built = buildReport(sampleFacts({ people: 300, reportId: REPORT_ID }));
  const revision: RevisionView = {
    revision: 1,
    sealedAt: now - 3_600_000,
    amendment: null,
    sha256Short: '485d3512',
    sizeBytes: 48_211,
    delivery: deliveryOf(now),
  };
  return {
    reportId: REPORT_ID,
    sittingId: 's1',
    revision: 1,
    state: 'delivered',
    rehearsal: false,
    sitting: built.sitting,
    totals: built.totals,
    units: UNITS,
    rollCalls: built.rollCalls,
    interruptions: built.playback.interruptions,
    minutesShown: 187,
    headCount: { counted: 131, reason: 'Ba người phục vụ hội trường đếm nhầm vào', by: 'chair' },
    remarks: null,
    signOff: null,
    pending: { signOff: null, remarks: null },
    phoneCode: '1-300-255-0-0-0-45-0-0-48',
    sha256Short: '485d3512',
    receiptSerial: RECEIPT,
    receivedAt: now - 2_900_000,
    revisions: [revision],
    amendment: null,
    signOffPin: 'chair',
    chair: { name: 'Nguyễn Thị Phương Thảo', position: 'Phó Bí thư Thường trực Đảng ủy phường' },
    ...change,
  };
}

/** The afternoon's, which is still on: nothing of it is sealed or sent. */
const draftOf = (sittingId: string): Partial<ReportView> => ({
  reportId: REPORT_ID.replace('1111', '2222'),
  sittingId,
  revision: null,
  revisions: [],
  state: 'live',
  phoneCode: null,
  sha256Short: null,
  receiptSerial: null,
  receivedAt: null,
});

export const returned = (now: number): RevisionView =>
  ({
    ...reportOf(now).revisions[0]!,
    delivery: deliveryOf(now, { state: 'returned', returnReason: 'Thiếu ghi chú về 10 phút mất tín hiệu buổi sáng' }),
  }) satisfies RevisionView;

export const amending = (now: number): Partial<ReportView> => ({
  revision: null,
  state: 'amended',
  phoneCode: null,
  sha256Short: null,
  amendment: { since: now - 600_000, changes: CHANGES, cancellable: false },
});

const TIMELINE: TimelineEntry[] = [
  { at: 1, what: 'opened', facts: { role: 'nobody' }, proof: 'sitting' },
  { at: 2, what: 'live', facts: {}, proof: 'playback' },
  {
    at: 3,
    what: 'interruption',
    facts: { toAt: 4, whose: 'line', cause: 'no_route' },
    proof: 'playback',
  },
  { at: 5, what: 'roll_call_opened', facts: { title: 'Giữa buổi' }, proof: 'log' },
  {
    at: 6,
    what: 'roster_imported',
    facts: { added: 12, changed: 3, removed: 0, role: 'technician' },
    proof: 'console',
  },
  { at: 7, what: 'ended', facts: { endedBy: 'ENDLIST' }, proof: 'sitting' },
  { at: 8, what: 'sealed', facts: { revision: 1, reason: '', sha: '485d3512' }, proof: 'sealed' },
  { at: 9, what: 'delivered', facts: { revision: 1, serial: RECEIPT }, proof: 'receipt' },
].map((entry, i) => ({ ...entry, at: Date.now() - (60 - i) * 60_000 }) as TimelineEntry);

/** Opens the console with a delivered morning and a running afternoon. */
export function furnish(
  core: FakeCore,
  conference: string,
  open: Partial<ConsoleOpenView> = {},
  view: Partial<ConsoleView> = {},
): void {
  const now = Date.now();
  const base = createOpenView(now);
  const morning = createSitting(now, { state: 'delivered', endedAt: now - 9_000_000, endedBy: 'ENDLIST' });
  const afternoon = createSitting(now, {
    id: 's2',
    title: 'Buổi chiều: Chuyên đề 3 và Chuyên đề 4',
    state: 'live',
    startsAt: now - 600_000,
  });
  const hall = {
    ...base.halls[0]!,
    units: UNITS,
    rollCalls: [
      { id: 'r1', title: 'Giữa buổi', openedAt: now - 900_000, closedAt: null, confirmed: 94, cancelled: null },
    ],
    supervisors: [
      { name: 'Ma Khắc Hằng', position: 'Tỉnh ủy viên', unit: 'Ban Tổ chức Tỉnh ủy', personId: null },
      { name: 'Vàng Thị Mỷ', position: 'Phó Trưởng ban', unit: 'Ban Tuyên giáo và Dân vận Tỉnh ủy', personId: 'p9' },
    ],
  };
  const day: ConsoleOpenView = {
    ...base,
    sittings: [morning, afternoon],
    halls: [
      { ...hall, rollCalls: [], headCount: { counted: 133, reason: null, by: 'chair', inHall: 133 } },
      { ...hall, sittingId: 's2' },
    ],
    reports: [
      { ...base.reports[0]!, state: 'delivered', lastRevision: 1 },
      { ...base.reports[0]!, sittingId: 's2', reportId: REPORT_ID.replace('1111', '2222'), state: 'live' },
    ],
    delivery: [deliveryOf(now)],
    ...open,
  };
  core.console({
    conference,
    locked: false,
    role: 'technician',
    sitting: afternoon,
    rehearsal: false,
    helpAskedAt: null,
    pinMissing: false,
    open: day,
    ...view,
  });
  core.answer('console/report/list', { ok: true, reports: day.reports });
  core.answer('console/people/list', { ok: true, people: [...PEOPLE], total: 300, offset: 0, counts: COUNTS });
  core.answer('console/people/history', {
    ok: true,
    entries: [
      {
        seq: 2,
        type: 'arrived',
        kind: null,
        writtenAt: now - 60_000,
        at: now - 360_000,
        station: 's',
        actor: 'technician',
        method: 'paper',
        reason: null,
        rollCall: null,
        undoneBy: null,
        undoes: null,
      },
    ],
  });
  core.answer('console/people/roll-call/preview', {
    ok: true,
    rollCall: { id: 'r1', title: 'Giữa buổi' },
    count: 39,
    people: PEOPLE.slice(0, 39),
  });
  core.answer('console/people/paper-list', {
    ok: true,
    people: PEOPLE.map((person, i) => ({ ...person, number: i + 1 })),
  });
  core.answer('console/people/add', { ok: false, error: 'duplicates', people: PEOPLE.slice(0, 3) });
  core.answer('console/report/view', ({ sittingId }) => ({
    ok: true,
    report: reportOf(now, sittingId === 's1' ? {} : draftOf(sittingId)),
  }));
  core.answer('console/report/timeline', { ok: true, entries: TIMELINE });
  core.answer('console/report/preview', { ok: true, documentId: 'd', pdf: tinyPdf(2).toString('base64') });
  core.answer('console/printers/list', {
    ok: true,
    printers: [
      { id: 'a', name: 'Máy in văn phòng Đảng ủy, tầng hai', isDefault: true, trouble: 'paper_out' },
      { id: 'b', name: 'HP', isDefault: false, trouble: null },
    ],
  });
  core.answer('console/report/places', {
    ok: true,
    places: [
      { id: 's', kind: 'removable', label: 'USB DANG UY', folder: null, freeBytes: 4e9, writable: true },
      { id: 'f', kind: 'folder', label: null, folder: 'documents', freeBytes: 4e9, writable: true },
    ],
  });
  core.answer('console/keys/state', { ok: true, recovery: { madeAt: now - 86_400_000, sheet: '3F9A1C' } });
}
