import type { Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import type { Evidence } from '../../contract/broadcast.ts';
import type { SessionReport } from '../../contract/report.ts';
import { assert } from '../../shared/result.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { buildReport } from './build-report.ts';
import { sealReport, type SealingKey } from './seal.ts';

/** Another event may be written while the signature is made; then the report is built anew, at most this often. */
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
  centreOffsetMs: number | null;
}

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

/** Why a revision replaces the one before. */
export interface Amendment {
  reason: string;
  author: string;
}

interface Draft {
  report: SessionReport;
  /** The sitting's own last event. */
  lastSeq: number;
  /** What was read beside the log, to be compared once more when the report is stored. */
  beside: string;
}

/**
 * The report as it would be sealed now, from stored rows and the rooms' facts. A sitting that still runs is taken as
 * ending this moment, so that a chair can look at the report before the end.
 */
export function draftReport(options: SealerOptions, sitting: SittingRecord, amendment?: Amendment): SessionReport {
  return draft(options, sitting, amendment).report;
}

/**
 * Seals an ended or amended sitting: computes, signs and encrypts, then stores report, outbox row and state in one
 * transaction. Signing cannot happen inside a synchronous transaction, so the log head, notes and head-count it was
 * computed from are compared in that transaction and the work is repeated when they moved.
 */
export async function sealSitting(
  options: SealerOptions,
  sitting: SittingRecord,
  amendment?: Amendment,
): Promise<Sealed> {
  const { store, session } = options;
  const began = performance.now();
  assert(sitting.endedAt !== null, 'only an ended sitting is sealed');
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { report, lastSeq, beside } = draft(options, sitting, amendment);
    const sealed = await sealReport(report, {
      deviceKey: options.deviceKey,
      provinceKey: session.document.keys.reports,
    });
    const stored = store.reports.recordSealed({
      sittingId: sitting.id,
      report,
      sealed: sealed.bytes,
      sha256: sealed.sha256,
      firstAttemptAt: Math.round(options.firstAttemptAt(sitting.endedAt, report.revision)),
      lastSeq,
      unchanged: () => readBeside(store, sitting.id).text === beside,
    });
    if (stored.ok) return { reportId: report.reportId, revision: report.revision, tookMs: performance.now() - began };
    assert(stored.error !== 'wrong_state', `sitting ${sitting.id} is over and not sealed yet`);
  }
  throw new Error('invariant broken: the log of an ended sitting kept growing while it was sealed');
}

function draft(options: SealerOptions, sitting: SittingRecord, amendment?: Amendment): Draft {
  const { store, session } = options;
  const log = store.attendance.getLogHead();
  const beside = readBeside(store, sitting.id);
  const facts = options.facts(sitting);
  const now = store.clock.now();
  const revision = store.reports.getLastRevision(sitting.reportId) + 1;
  const ended: SittingRecord =
    sitting.endedAt === null ? { ...sitting, state: 'ended', endedAt: now, endedBy: 'technician' } : sitting;
  const reason = revision > 1 ? (amendment ?? { reason: 'broadcast_returned', author: 'kiosk' }) : undefined;
  const report = buildReport({
    revision,
    createdAt: now,
    rehearsal: session.provenance === 'rehearsal',
    provenance: session.provenance,
    packageDigest: session.digest,
    package: session.document,
    sitting: { ...ended, id: planIdOf(sitting) },
    people: facts.people,
    statuses: facts.statuses,
    totals: facts.totals,
    units: facts.units,
    rollCalls: rollCallsOf(store, sitting, facts.statuses),
    evidence: facts.evidence,
    clock: { centreOffsetMs: facts.centreOffsetMs, jumps: store.reports.countClockJumps(sitting.id, CLOCK_JUMP_MS) },
    log,
    device: { keyId: options.deviceKey.kid, app: options.app },
    headCount: beside.headCount,
    signOff: beside.notes.signOff,
    remarks: beside.notes.remarks,
    ...(reason ? { amendment: reason } : {}),
  });
  return { report, lastSeq: store.attendance.getLastSeq(sitting.id), beside: beside.text };
}

function readBeside(store: Store, sittingId: string) {
  const notes = store.reports.getNotes(sittingId);
  const headCount = store.settings.getHeadCount(sittingId);
  return { notes, headCount, text: JSON.stringify([notes.signOff, notes.remarks, headCount]) };
}

/** The sitting's id in the package; in the store it carries the package's id in front. */
function planIdOf(sitting: SittingRecord): string {
  return sitting.id.slice(sitting.id.indexOf('/') + 1);
}

function rollCallsOf(store: Store, sitting: SittingRecord, statuses: ReadonlyMap<string, PersonStatus>) {
  return store.attendance.listRollCalls(sitting.id).map((call) => ({
    id: call.id,
    title: call.title,
    openedAt: call.openedAt,
    closedAt: call.closedAt,
    confirmed: [...statuses.values()].filter((s) => s.confirmed.includes(call.id)).length,
  }));
}
