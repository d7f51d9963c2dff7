import type { Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import type { Evidence } from '../../contract/broadcast.ts';
import type { SessionReport } from '../../contract/report.ts';
import { assert } from '../../shared/result.ts';
import type { Provenance } from '../../contract/session-package.ts';
import type { SittingLife, SittingRecord } from '../../contract/sitting.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { buildReport, type LifeFacts, type ReportFacts } from './build-report.ts';
import { findClockWrongFor, readCentreClock } from '../store/centre-clock.ts';
import { listReopenings, stateAmendment, type Amendment } from './reopenings.ts';
import { chooseFormat } from './report-formats.ts';
import { sealReport } from './seal.ts';
import type { SealingKey } from './sign-compact.ts';

/** Another event may be written while the signature is made; then the report is built again, at most this often. */
const TRIES = 5;
/** Wall and monotonic clock further apart than this between two events of one boot: somebody set the clock. */
const CLOCK_JUMP_MS = 2_000;

/** What other rooms know of a sitting that is over. */
export interface SittingFacts {
  people: readonly Person[];
  statuses: ReadonlyMap<string, PersonStatus>;
  totals: Totals;
  units: readonly UnitTotals[];
  evidence: Evidence;
  /** What is left out stands in the report as "not known". */
  hall?: HallFacts;
}

/** What the rest of the program knows of this sitting and this PC, as far as it does. */
export interface HallFacts extends Partial<Pick<ReportFacts, 'trust' | 'checks' | 'marks' | 'secondCopy'>> {
  /** Keys and signed heads of the log. */
  log?: Partial<Pick<ReportFacts['log'], 'signedHeads'>> & { keyedFromSeq?: number | null; keyed?: boolean };
}

type Chain = ReportFacts['log']['chain'];

export interface SealerOptions {
  store: Store;
  session: SessionRecord;
  deviceKey: SealingKey;
  app: string;
  facts(sitting: SittingRecord): SittingFacts;
  /** Epoch ms of the first try of this revision. */
  firstAttemptAt(endedAt: number, revision: number): number;
}

export interface Sealed {
  reportId: string;
  revision: number;
  tookMs: number;
}

interface Draft {
  report: SessionReport;
  /** The sitting's own last event. */
  lastSeq: number;
  /** Notes and head-count as they were read, to be compared once more when the report is stored. */
  notes: string;
}

/**
 * The report as it would be sealed now, from stored rows and the rooms' facts. A sitting that still runs is taken as
 * ending this moment, so that a chair can look at the report before the end.
 */
export function draftReport(
  options: SealerOptions,
  sitting: SittingRecord,
  said: Amendment | null = null,
): SessionReport {
  return draft(options, sitting, said, 'not_checked').report;
}

/**
 * Seals an ended or amended sitting: computes, signs and encrypts, then stores report, outbox row and state in one
 * transaction. Signing cannot happen inside a synchronous transaction, so the log head, notes and head-count it was
 * computed from are compared in that transaction and the work is repeated when they moved.
 */
export async function sealSitting(
  options: SealerOptions,
  sitting: SittingRecord,
  said: Amendment | null = null,
): Promise<Sealed> {
  const { store, session } = options;
  const began = performance.now();
  const receives = session.document.delivery.receiver !== 'none';
  assert(sitting.endedAt !== null, 'only an ended sitting is sealed');
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    store.heads.sign(sitting.id, 'sealing');
    const check = store.verifyLog();
    const { report, lastSeq, notes } = draft(options, sitting, said, check.ok ? 'verified' : check.seq);
    const sealed = await sealReport(report, {
      deviceKey: options.deviceKey,
      provinceKey: session.document.keys.reports ?? null,
      format: chooseFormat(session.document.delivery.reportFormats),
    });
    const stored = store.reports.recordSealed({
      sittingId: sitting.id,
      report,
      sealed: sealed.bytes,
      sha256: sealed.sha256,
      firstAttemptAt: receives ? Math.round(options.firstAttemptAt(sitting.endedAt, report.revision)) : null,
      lastSeq,
      unchanged: () => readNotes(store, sitting.id).text === notes,
    });
    if (stored.ok) return { reportId: report.reportId, revision: report.revision, tookMs: performance.now() - began };
    assert(stored.error !== 'wrong_state', `sitting ${sitting.id} is over and not sealed yet`);
  }
  throw new Error('invariant broken: the log of an ended sitting kept growing while it was sealed');
}

function draft(
  options: SealerOptions,
  sitting: SittingRecord,
  said: Amendment | null,
  chain: 'verified' | 'not_checked' | number,
): Draft {
  const { store, session } = options;
  const log = store.attendance.getLogHead();
  const noted = readNotes(store, sitting.id);
  const facts = options.facts(sitting);
  const hall = facts.hall ?? {};
  const life = store.sittings.getLife(sitting.id);
  const now = store.clock.now();
  const ended: SittingRecord =
    sitting.endedAt === null ? { ...sitting, state: 'ended', endedAt: now, endedBy: 'technician' } : sitting;
  const reopenings = listReopenings(life, noted.notes);
  const amendment = stateAmendment(store, sitting, life, said);
  const report = buildReport({
    revision: store.reports.getLastRevision(sitting.reportId) + 1,
    createdAt: now,
    rehearsal: session.provenance === 'rehearsal',
    provenance: session.provenance,
    packageDigest: session.digest,
    trust: hall.trust ?? { admitted: ADMITTED[session.provenance], by: null, at: null, fingerprint: session.keyId },
    package: session.document,
    sitting: ended,
    reopenings,
    people: facts.people,
    statuses: facts.statuses,
    totals: facts.totals,
    units: facts.units,
    rollCalls: rollCallsOf(store, sitting, facts.statuses),
    evidence: {
      ...facts.evidence,
      interruptions: facts.evidence.interruptions.map(({ from, to, cause }) => ({
        from,
        to,
        whose: cause,
        cause: null,
        code: null,
      })),
    },
    life: lifeOf(store, sitting.id, life),
    log: { ...log, chain: chainOf(chain, hall), signedHeads: hall.log?.signedHeads ?? [] },
    secondCopy: hall.secondCopy ?? { state: 'none', where: null, at: null },
    checks: hall.checks ?? [],
    marks: hall.marks ?? [],
    device: { keyId: options.deviceKey.kid, app: options.app },
    headCount: noted.headCount,
    signOff: noted.notes.signOff,
    remarks: noted.notes.remarks,
    ...(amendment ? { amendment } : {}),
  });
  return { report, lastSeq: store.attendance.getLastSeq(sitting.id), notes: noted.text };
}

const ADMITTED: Record<Provenance, ReportFacts['trust']['admitted']> = {
  signed: 'pinned_key',
  signed_first_use: 'first_use',
  unsigned: 'unsigned',
  rehearsal: 'rehearsal',
};

/** `check` is the seq at which the chain was found broken. */
function chainOf(check: 'verified' | 'not_checked' | number, { log }: HallFacts): Chain {
  const broken = typeof check === 'number';
  return {
    state: broken ? 'broken' : check,
    brokenAtSeq: broken ? check : null,
    method: log?.keyed ? 'keyed' : 'hash',
    keyedFromSeq: log?.keyedFromSeq ?? null,
  };
}

function lifeOf(store: Store, sittingId: string, life: SittingLife): LifeFacts {
  return {
    lastSignOfLifeAt: life.lastSignOfLifeAt,
    endFoundAt: life.endIs === 'last_sign_of_life' ? life.endRecordedAt : null,
    starts: life.starts,
    centreOffset: readCentreClock(store, sittingId),
    // Sittings of before have no list of their own; their log still shows jumps between two rows.
    jumps: life.clockJumps.length > 0 ? life.clockJumps : store.eventClocks.listJumps(sittingId, CLOCK_JUMP_MS),
    clockWrongFor: findClockWrongFor(store, sittingId),
  };
}

function readNotes(store: Store, sittingId: string) {
  const notes = store.reports.getNotes(sittingId);
  const headCount = store.settings.getHeadCount(sittingId);
  const rollCalls = store.attendance.listRollCalls(sittingId);
  return {
    notes,
    headCount,
    text: JSON.stringify([notes.signOff, notes.remarks, notes.openings, headCount, rollCalls]),
  };
}

function rollCallsOf(store: Store, sitting: SittingRecord, statuses: ReadonlyMap<string, PersonStatus>) {
  return store.attendance.listRollCalls(sitting.id).map((call) => ({
    id: call.id,
    title: call.title,
    openedAt: call.openedAt,
    closedAt: call.closedAt,
    confirmed: [...statuses.values()].filter((s) => s.confirmed.includes(call.id)).length,
    cancelled: call.cancelled && { ...call.cancelled, by: { role: roleOf(call.cancelled.by), name: null } },
  }));
}

function roleOf(actor: string): 'technician' | 'chair' | 'unknown' {
  return actor === 'technician' || actor === 'chair' ? actor : 'unknown';
}
