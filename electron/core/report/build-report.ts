import type { Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import type { Evidence } from '../../contract/broadcast.ts';
import { SessionReport } from '../../contract/report.ts';
import type { FaultSide, PackageAdmission, ReopeningCause } from '../../contract/report.ts';
import { assert } from '../../shared/result.ts';
import type { Provenance, SessionPackage } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { toNfc } from './canonical.ts';

/** What a report repeats of the session package; no PIN, no identity number, no key. */
export type ReportedPackage = Pick<SessionPackage, 'packageId' | 'conference' | 'venue' | 'roles' | 'sittings'>;

type Who = NonNullable<SessionReport['amendment']>['by'];

/** A time the end of a sitting was taken back, or its sealed report opened. */
export interface Reopening {
  at: number;
  cause: ReopeningCause;
  by: Who;
  /** In the words of `by`; null where the cause says all. */
  reason: string | null;
}

/** What is known of the PC and its clock while the sitting ran. Null and empty: not known, or there was none. */
export interface LifeFacts {
  lastSignOfLifeAt: number | null;
  /** The start that found a sitting which a dead PC had left open. */
  endFoundAt: number | null;
  /** Starts of the core while the sitting ran, the first one too. */
  starts: number;
  centreOffset: { ms: number; at: number; hosts: number } | null;
  jumps: readonly { at: number; byMs: number }[];
  /** People of whom something was written down under a clock known to be wrong. */
  clockWrongFor: ReadonlySet<string>;
}

/** Everything a report is made of. Moments are epoch milliseconds. */
export interface ReportFacts {
  revision: number;
  createdAt: number;
  rehearsal: boolean;
  provenance: Provenance;
  /** SHA-256 of the package as imported, hex. */
  packageDigest: string;
  trust: { admitted: PackageAdmission; by: Who | null; at: number | null; fingerprint: string | null };
  package: ReportedPackage;
  /** An ended sitting; its `reportId` names the report. */
  sitting: SittingRecord;
  reopenings: readonly Reopening[];
  /** In the order of the list. */
  people: readonly Person[];
  statuses: ReadonlyMap<string, PersonStatus> | readonly PersonStatus[];
  totals: Totals;
  units: readonly UnitTotals[];
  rollCalls: readonly {
    id: string;
    title: string;
    openedAt: number;
    closedAt: number | null;
    confirmed: number;
    cancelled: { at: number; by: Who; reason: string } | null;
  }[];
  evidence: Omit<Evidence, 'interruptions'> & {
    interruptions: readonly {
      from: number;
      to: number | null;
      whose: FaultSide;
      cause: string | null;
      code: string | null;
    }[];
  };
  life: LifeFacts;
  log: {
    events: number;
    head: string;
    chain: SessionReport['log']['chain'];
    signedHeads: readonly (Omit<SessionReport['log']['signedHeads'][number], 'at'> & { at: number })[];
  };
  secondCopy: Omit<SessionReport['secondCopy'], 'at'> & { at: number | null };
  checks: readonly (Omit<SessionReport['checks'][number], 'at'> & { at: number })[];
  marks: readonly { at: number; mark: string; by: Who }[];
  device: { keyId: string; app: string };
  headCount?: { counted: number; reason: string | null; by: string } | null;
  signOff?: { name: string; position: string; at: number; role: 'chair' | 'technician' | null } | null;
  remarks?: string | null;
  /** For revision 2 and later. */
  amendment?: NonNullable<SessionReport['amendment']>;
}

type ReportPerson = SessionReport['people'][number];
type ReportTotals = SessionReport['totals'];

/**
 * Assembles the session report of an ended sitting. Closing turns "not here yet" into an absence without an excuse;
 * only summoned people can be absent, so somebody outside the roster who never came is left out. Throws when the
 * facts do not make a valid report: that is a fault of ours.
 */
export function buildReport(facts: ReportFacts): SessionReport {
  const { sitting, package: pack, evidence, life } = facts;
  assert(sitting.endedAt !== null && sitting.endedBy !== null, 'a report is built of an ended sitting');
  assert(facts.revision > 1 === (facts.amendment !== undefined), 'revision 2 and later, and only they, say why');
  const plan = pack.sittings.find((s) => s.id === sitting.planId);
  const report = {
    format: 'session-report/2',
    reportId: sitting.reportId,
    revision: facts.revision,
    rehearsal: facts.rehearsal,
    provenance: facts.provenance,
    packageId: pack.packageId,
    packageDigest: facts.packageDigest,
    packageTrust: { ...facts.trust, at: instantOrNull(facts.trust.at) },
    createdAt: instant(facts.createdAt),
    amendment: facts.amendment,
    conference: { id: pack.conference.id, title: pack.conference.title, organiser: pack.conference.organiser },
    venue: { id: pack.venue.id, name: pack.venue.name, address: pack.venue.address },
    roles: pack.roles,
    sitting: {
      id: sitting.planId,
      title: sitting.title,
      startsAt: instant(sitting.startsAt),
      endsAt: instant(sitting.endsAt),
      openedAt: instantOrNull(sitting.openedAt),
      liveAt: instantOrNull(sitting.liveAt),
      endedAt: instant(sitting.endedAt),
      endedBy: sitting.endedBy,
      lastSignOfLifeAt: instantOrNull(life.lastSignOfLifeAt),
      endFoundAt: instantOrNull(life.endFoundAt),
      reopenings: facts.reopenings.map(timed),
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
      cancelled: r.cancelled && timed(r.cancelled),
    })),
    headCount: facts.headCount ?? null,
    signOff: facts.signOff ? timed(facts.signOff) : null,
    remarks: facts.remarks ?? null,
    playback: {
      ...evidence,
      interruptions: evidence.interruptions.map((i) => ({ ...i, from: instant(i.from), to: instantOrNull(i.to) })),
    },
    clock: { centreOffset: life.centreOffset && timed(life.centreOffset), jumps: life.jumps.map(timed) },
    starts: life.starts,
    log: { ...facts.log, signedHeads: facts.log.signedHeads.map(timed) },
    secondCopy: { ...facts.secondCopy, at: instantOrNull(facts.secondCopy.at) },
    checks: facts.checks.map(timed),
    marks: facts.marks.map(timed),
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
    substituted: totals.substituted,
    walkIns: totals.walkIns,
    guests: totals.guests,
    substitutes: totals.substitutes,
    supervisors: totals.supervisors,
    came: totals.came,
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
      substitutedBy: found?.substitutedBy ?? null,
      clockWrong: facts.life.clockWrongFor.has(person.id),
    });
  }
  return people;
}

function timed<T extends { at: number }>(fact: T): Omit<T, 'at'> & { at: string } {
  return { ...fact, at: instant(fact.at) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instant(ms);
}
