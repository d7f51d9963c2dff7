import type { ReportChange, ReportChangeCode } from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';

type ReportPerson = SessionReport['people'][number];
type Cell = string | number | null;

const TOTALS = [
  'summoned',
  'present',
  'onTime',
  'late',
  'leftEarly',
  'absentExcused',
  'absentUnexcused',
  'substituted',
  'walkIns',
  'guests',
  'substitutes',
  'supervisors',
  'came',
  'inHall',
] as const satisfies readonly (keyof SessionReport['totals'])[];

/** What is compared of a person who is in both; the order is the order on screen. */
const PERSON: readonly [ReportChangeCode, (person: ReportPerson) => Cell][] = [
  ['person.name', (p) => p.name],
  ['person.kind', (p) => p.kind],
  ['person.status', (p) => p.status],
  ['person.arrivedAt', (p) => p.arrivedAt],
  ['person.leftAt', (p) => p.leftAt],
  ['person.reason', (p) => p.reason],
  ['person.confirmed', (p) => p.confirmed.join(' ') || null],
];

/**
 * What a chair has to check between two revisions of one report: totals first, then the sitting's own facts, then people
 * in the order of the later list. Facts that change with every sealing (moments of making, log head, clock offset) are
 * left out. Empty when the two say the same. Pure.
 */
export function diffReports(before: SessionReport, after: SessionReport): ReportChange[] {
  const changes: ReportChange[] = [];
  const compare = (code: ReportChangeCode, was: Cell, is: Cell, person: ReportPerson | null = null): void => {
    if (was === is) return;
    const about = person && { id: person.personId, name: person.name };
    changes.push({ code, person: about, before: was, after: is });
  };
  for (const key of TOTALS) compare(`totals.${key}`, before.totals[key], after.totals[key]);
  compare('headCount', before.headCount?.counted ?? null, after.headCount?.counted ?? null);
  compare('headCount.reason', before.headCount?.reason ?? null, after.headCount?.reason ?? null);
  compare('signOff', signedBy(before), signedBy(after));
  // A first confirmation is one change.
  if (before.signOff && after.signOff) compare('signOff.role', before.signOff.role, after.signOff.role);
  compare('remarks', before.remarks, after.remarks);
  compare('sitting.endedAt', before.sitting.endedAt, after.sitting.endedAt);
  compare('playback.minutesShown', before.playback.minutesShown, after.playback.minutesShown);
  compare('playback.interruptions', before.playback.interruptions.length, after.playback.interruptions.length);

  const earlier = new Map(before.people.map((p) => [p.personId, p]));
  for (const person of after.people) {
    const was = earlier.get(person.personId);
    earlier.delete(person.personId);
    if (!was) {
      compare('person.added', null, person.status, person);
      continue;
    }
    for (const [code, cell] of PERSON) compare(code, cell(was), cell(person), person);
  }
  for (const gone of earlier.values()) compare('person.removed', gone.status, null, gone);
  return changes;
}

function signedBy(report: SessionReport): string | null {
  return report.signOff && [report.signOff.name, report.signOff.position].filter(Boolean).join(', ');
}
