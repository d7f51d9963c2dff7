import type { AttendeeKind, Method } from '../../contract/attendance.ts';
import { SessionReport1 } from '../../contract/report-1.ts';
import type { AnySessionReport, FaultSide, ReopeningCause, SessionReport } from '../../contract/report.ts';
import { REPORT_FORMATS, type Provenance, type ReportFormat } from '../../contract/session-package.ts';
import type { EndedBy } from '../../contract/sitting.ts';

type Totals1 = SessionReport1['totals'];
type Person1 = SessionReport1['people'][number];

/** The newest format that both this program and the province know. Throws when there is none: the package was refused then. */
export function chooseFormat(taken: readonly string[]): ReportFormat {
  const format = REPORT_FORMATS.find((known) => taken.includes(known));
  if (!format) throw new Error(`invariant broken: the province takes none of ${REPORT_FORMATS.join(', ')}`);
  return format;
}

/** The report in the format asked for; `session-report/2` is the report itself. */
export function toFormat(report: SessionReport, format: ReportFormat): AnySessionReport {
  return format === 'session-report/2' ? report : toReport1(report);
}

/**
 * The same report for a province that reads `session-report/1` only. Lost: package trust beyond `provenance`, last sign of
 * life, starts, re-openings, times and sizes of clock jumps (their number stays), marks of people under a wrong clock,
 * state of the chain and of the second copy, checks, cause words and codes of interruptions, the role of the sign-off, and
 * earlier revisions. Changed: somebody with a substitute counts as absent with an excuse, and the reason says who sat there;
 * a cancelled roll call is left out; an interruption on the province's side is `unknown`. Pure.
 */
export function toReport1(report: SessionReport): SessionReport1 {
  const { conference, venue, roles, sitting, playback, clock, log, signOff } = report;
  const counted = report.rollCalls.filter((call) => call.cancelled === null);
  const countedIds = new Set(counted.map((call) => call.id));
  const names = new Map(report.people.map((person) => [person.personId, person.name]));
  return SessionReport1.parse({
    format: 'session-report/1',
    reportId: report.reportId,
    revision: report.revision,
    rehearsal: report.rehearsal,
    provenance: PROVENANCE[report.provenance],
    packageId: report.packageId,
    packageDigest: report.packageDigest,
    createdAt: report.createdAt,
    amendment: report.amendment && toAmendment1(report.amendment),
    conference,
    venue,
    roles,
    sitting: {
      id: sitting.id,
      title: sitting.title,
      startsAt: sitting.startsAt,
      endsAt: sitting.endsAt,
      openedAt: sitting.openedAt,
      liveAt: sitting.liveAt,
      endedAt: sitting.endedAt,
      endedBy: ENDED_BY[sitting.endedBy],
      topics: sitting.topics,
    },
    totals: toTotals1(report.totals),
    units: report.units.map((u) => ({ ...toTotals1(u), unitId: u.unitId, unitName: u.unitName })),
    people: report.people.map((person) => toPerson1(person, names, countedIds)),
    rollCalls: counted.map(({ id, title, openedAt, closedAt, confirmed }) => ({
      id,
      title,
      openedAt,
      closedAt,
      confirmed,
    })),
    headCount: report.headCount,
    signOff: signOff && { name: signOff.name, position: signOff.position, at: signOff.at },
    remarks: report.remarks,
    playback: {
      ...playback,
      interruptions: playback.interruptions.map(({ from, to, whose }) => ({ from, to, cause: SIDE[whose] })),
    },
    clock: { centreOffsetMs: clock.centreOffset?.ms ?? null, jumps: clock.jumps.length },
    log: { events: log.events, head: log.head },
    device: report.device,
  });
}

function toTotals1({ substituted, ...totals }: SessionReport['totals']): Totals1 {
  return {
    summoned: totals.summoned,
    present: totals.present,
    onTime: totals.onTime,
    late: totals.late,
    leftEarly: totals.leftEarly,
    absentExcused: totals.absentExcused + substituted,
    absentUnexcused: totals.absentUnexcused,
    walkIns: totals.walkIns,
    guests: totals.guests,
    substitutes: totals.substitutes,
    supervisors: totals.supervisors,
    inHall: totals.came,
  };
}

function toPerson1(
  person: SessionReport['people'][number],
  names: ReadonlyMap<string, string>,
  countedRollCalls: ReadonlySet<string>,
): Person1 {
  const { substitutedBy, clockWrong: _, ...kept } = person;
  const substitute = substitutedBy === null ? undefined : names.get(substitutedBy);
  const inPlace = substitute === undefined ? 'Có người dự thay' : `Có người dự thay: ${substitute}`;
  const replaced = person.status === 'substituted';
  return {
    ...kept,
    kind: KIND[person.kind],
    method: person.method && METHOD[person.method],
    status: replaced ? 'absent_excused' : (person.status as Person1['status']),
    reason: replaced ? [inPlace, person.reason].filter(Boolean).join('; ') : person.reason,
    confirmed: person.confirmed.filter((id) => countedRollCalls.has(id)),
  };
}

function toAmendment1(amendment: NonNullable<SessionReport['amendment']>): { reason: string; author: string } {
  const { cause, reason, by } = amendment;
  return { reason: reason ?? REASON[cause], author: by.name ?? AUTHOR[by.role] };
}

/** Codes and words that readers of the first format know. */
const REASON: Record<ReopeningCause, string> = {
  by_hand: 'Buổi được mở lại tại điểm cầu',
  broadcast_returned: 'broadcast_returned',
  province_return: 'Tỉnh trả lại báo cáo',
  correction: 'Bổ sung báo cáo',
  sign_off: 'chair_sign_off',
  not_recorded: 'Buổi được mở lại',
};

const AUTHOR: Record<NonNullable<SessionReport['amendment']>['by']['role'], string> = {
  technician: 'Cán bộ kỹ thuật',
  chair: 'Chủ trì điểm cầu',
  secretary: 'Thư ký',
  kiosk: 'kiosk',
  province: 'Tỉnh',
  unknown: 'Không rõ',
};

// What the enumerations gain later must be given a value of the frozen format here.
const SIDE: Record<FaultSide, SessionReport1['playback']['interruptions'][number]['cause']> = {
  centre: 'centre',
  line: 'line',
  this_pc: 'this_pc',
  province: 'unknown',
  unknown: 'unknown',
};
const PROVENANCE: Record<Provenance, SessionReport1['provenance']> = {
  signed: 'signed',
  signed_first_use: 'signed_first_use',
  unsigned: 'unsigned',
  rehearsal: 'rehearsal',
};
const ENDED_BY: Record<EndedBy, SessionReport1['sitting']['endedBy']> = {
  ENDLIST: 'ENDLIST',
  schedule: 'schedule',
  province: 'province',
  technician: 'technician',
  chair: 'chair',
};
const KIND: Record<AttendeeKind, Person1['kind']> = {
  summoned: 'summoned',
  walk_in: 'walk_in',
  guest: 'guest',
  substitute: 'substitute',
  supervisor: 'supervisor',
};
const METHOD: Record<Method, NonNullable<Person1['method']>> = {
  search: 'search',
  list: 'list',
  citizen_card: 'citizen_card',
  party_card: 'party_card',
  badge: 'badge',
  number: 'number',
  secretary: 'secretary',
  paper: 'secretary',
};
