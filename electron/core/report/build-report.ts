import type { Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import type { Evidence } from '../../contract/broadcast.ts';
import { SessionReport } from '../../contract/report.ts';
import { assert } from '../../shared/result.ts';
import type { Provenance, SessionPackage } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { toNfc } from './canonical.ts';

/** What a report repeats of the session package; no PIN, no identity number, no key. */
export type ReportedPackage = Pick<SessionPackage, 'packageId' | 'conference' | 'venue' | 'roles' | 'sittings'>;

/** Everything a report is made of. Moments are epoch milliseconds. */
export interface ReportFacts {
  revision: number;
  createdAt: number;
  rehearsal: boolean;
  provenance: Provenance;
  /** SHA-256 of the package as imported, hex. */
  packageDigest: string;
  package: ReportedPackage;
  /** An ended sitting; its `reportId` names the report. */
  sitting: SittingRecord;
  /** In the order of the list. */
  people: readonly Person[];
  statuses: ReadonlyMap<string, PersonStatus> | readonly PersonStatus[];
  totals: Totals;
  units: readonly UnitTotals[];
  rollCalls: readonly { id: string; title: string; openedAt: number; closedAt: number | null; confirmed: number }[];
  evidence: Evidence;
  clock: { centreOffsetMs: number | null; jumps: number };
  log: { events: number; head: string };
  device: { keyId: string; app: string };
  headCount?: { counted: number; reason: string | null; by: string } | null;
  signOff?: { name: string; position: string; at: number } | null;
  remarks?: string | null;
  /** For revision 2 and later. */
  amendment?: { reason: string; author: string };
}

type ReportPerson = SessionReport['people'][number];
type ReportTotals = SessionReport['totals'];

/**
 * Assembles the session report of an ended sitting. Closing turns "not here yet" into an absence without an excuse;
 * only summoned people can be absent, so somebody outside the roster who never came is left out. Throws when the
 * facts do not make a valid report: that is a fault of ours.
 */
export function buildReport(facts: ReportFacts): SessionReport {
  const { sitting, package: pack, evidence } = facts;
  assert(sitting.endedAt !== null && sitting.endedBy !== null, 'a report is built of an ended sitting');
  assert(facts.revision > 1 === (facts.amendment !== undefined), 'revision 2 and later, and only they, say why');
  const plan = pack.sittings.find((s) => s.id === sitting.id);
  const report = {
    format: 'session-report/1',
    reportId: sitting.reportId,
    revision: facts.revision,
    rehearsal: facts.rehearsal,
    provenance: facts.provenance,
    packageId: pack.packageId,
    packageDigest: facts.packageDigest,
    createdAt: instant(facts.createdAt),
    amendment: facts.amendment,
    conference: { id: pack.conference.id, title: pack.conference.title, organiser: pack.conference.organiser },
    venue: { id: pack.venue.id, name: pack.venue.name, address: pack.venue.address },
    roles: pack.roles,
    sitting: {
      id: sitting.id,
      title: sitting.title,
      startsAt: instant(sitting.startsAt),
      endsAt: instant(sitting.endsAt),
      openedAt: instantOrNull(sitting.openedAt),
      liveAt: instantOrNull(sitting.liveAt),
      endedAt: instant(sitting.endedAt),
      endedBy: sitting.endedBy,
      topics: (plan?.topics ?? []).map(({ title, presenter, startsAt, endsAt }) => ({
        title,
        presenter,
        startsAt: startsAt && instant(Date.parse(startsAt)),
        endsAt: endsAt && instant(Date.parse(endsAt)),
      })),
    },
    totals: closeTotals(facts.totals),
    units: facts.units.map((u) => ({ ...closeTotals(u), unitId: u.unitId, unitName: u.unitName })),
    people: closePeople(facts),
    rollCalls: facts.rollCalls.map((r) => ({
      ...r,
      openedAt: instant(r.openedAt),
      closedAt: instantOrNull(r.closedAt),
    })),
    headCount: facts.headCount ?? null,
    signOff: facts.signOff ? { ...facts.signOff, at: instant(facts.signOff.at) } : null,
    remarks: facts.remarks ?? null,
    playback: {
      ...evidence,
      interruptions: evidence.interruptions.map((i) => ({ ...i, from: instant(i.from), to: instantOrNull(i.to) })),
    },
    clock: facts.clock,
    log: facts.log,
    device: facts.device,
  };
  return SessionReport.parse(toNfc(report));
}

function closeTotals(totals: Totals): ReportTotals {
  return {
    summoned: totals.summoned,
    present: totals.present,
    onTime: totals.onTime,
    late: totals.late,
    leftEarly: totals.leftEarly,
    absentExcused: totals.absentExcused,
    absentUnexcused: totals.absentUnexcused + totals.awaited,
    walkIns: totals.walkIns,
    guests: totals.guests,
    substitutes: totals.substitutes,
    supervisors: totals.supervisors,
    inHall: totals.inHall,
  };
}

function closePeople(facts: ReportFacts): ReportPerson[] {
  const statuses: ReadonlyMap<string, PersonStatus> =
    facts.statuses instanceof Map
      ? facts.statuses
      : new Map([...facts.statuses.values()].map((status) => [status.personId, status]));
  const people: ReportPerson[] = [];
  for (const person of facts.people) {
    const found = statuses.get(person.id);
    const status = !found || found.status === 'awaited' ? 'absent_unexcused' : found.status;
    if (person.kind !== 'summoned' && status === 'absent_unexcused') continue;
    people.push({
      personId: person.id,
      name: person.name,
      birthYear: person.birthYear,
      position: person.position,
      unitId: person.unitId,
      kind: person.kind,
      substituteFor: person.substituteFor,
      status,
      arrivedAt: instantOrNull(found?.arrivedAt ?? null),
      lateMinutes: found?.lateMinutes ?? 0,
      leftAt: instantOrNull(found?.leftAt ?? null),
      method: found?.method ?? null,
      reason: found?.reason ?? null,
      confirmed: found?.confirmed ?? [],
    });
  }
  return people;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
