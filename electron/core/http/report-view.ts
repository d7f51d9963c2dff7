import type {
  AmendmentView,
  ReportView,
  ReportViewAnswer,
  RevisionView,
  SignOffView,
} from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Register } from '../attendance/register.ts';
import { inOneClock } from '../report/one-clock.ts';
import { phoneCode } from '../report/documents/phone-code.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Reports } from '../hall/reports.ts';
import type { Store } from '../store/store.ts';
import { shownStatus } from './views.ts';

interface ReportViewPorts {
  hall: Pick<Hall, 'session' | 'register'>;
  reports: Pick<Reports, 'draft' | 'amendments'>;
  access: Pick<Access, 'signOffRole'>;
  store: Pick<Store, 'reports' | 'outbox'>;
}

/** A report for the review screen: a sealed revision, or with `null` what would be sealed now. */
export function buildReportView(
  ports: ReportViewPorts,
  sitting: SittingRecord,
  revision: number | null,
): ReportViewAnswer {
  const { hall, reports, access, store } = ports;
  if (revision === null && sitting.state === 'prepared') return { ok: false, error: 'not_begun' };
  const kept = revision === null ? reports.draft(sitting) : store.reports.getReport(sitting.reportId, revision);
  if (!kept) return { ok: false, error: 'no_such_report' };
  const report = inOneClock(kept);
  const register = hall.register(sitting.id);
  const revisions = listRevisions(store, sitting.reportId, register);
  const sealed = revisions.find((r) => r.revision === revision);
  const notes = store.reports.getNotes(sitting.id);
  const isPending = notes.signOff !== null && notes.signOff.at !== signOffOf(kept)?.at;
  const amendment = reports.amendments.getView(sitting);
  const chair = hall.session.document.roles.chair;
  const view: ReportView = {
    reportId: sitting.reportId,
    sittingId: sitting.id,
    revision,
    state: sitting.state,
    rehearsal: report.rehearsal,
    sitting: report.sitting,
    totals: report.totals,
    units: report.units,
    rollCalls: report.rollCalls,
    interruptions: report.playback.interruptions,
    minutesShown: report.playback.minutesShown,
    headCount: report.headCount,
    remarks: report.remarks,
    signOff: signOffOf(report),
    pending: {
      signOff: isPending ? notes.signOff && { ...notes.signOff, at: register.shownAt(notes.signOff.at) } : null,
      remarks: notes.remarks === report.remarks ? null : notes.remarks,
    },
    phoneCode: sealed ? phoneCode(report) : null,
    sha256Short: sealed?.sha256Short ?? null,
    receiptSerial: sealed?.delivery?.receiptSerial ?? null,
    receivedAt: sealed?.delivery?.receivedAt ?? null,
    revisions,
    amendment: amendment && showAmendment(register, amendment),
    signOffPin: access.signOffRole,
    chair: chair ? { name: chair.name, position: chair.position ?? null } : null,
  };
  return { ok: true, report: view };
}

/** What was changed is told apart by the PC's clock, and shown by the agreed one. */
export function showAmendment(register: Pick<Register, 'shownAt'>, view: AmendmentView): AmendmentView {
  const right = (at: string | number | null) =>
    typeof at === 'string' ? new Date(register.shownAt(Date.parse(at))).toISOString() : at;
  return {
    ...view,
    since: register.shownAt(view.since),
    changes: view.changes.map((change) =>
      // Arrivals are by the agreed time already.
      change.code === 'sitting.endedAt'
        ? { ...change, before: right(change.before), after: right(change.after) }
        : change,
    ),
  };
}

function listRevisions(
  { reports, outbox }: ReportViewPorts['store'],
  reportId: string,
  register: Pick<Register, 'shownAt'>,
): RevisionView[] {
  return reports.listRevisions(reportId).map(({ revision, sealedAt, sha256, sizeBytes }) => {
    const amendment = reports.getReport(reportId, revision)?.amendment;
    const delivery = outbox.getStatus({ reportId, revision });
    return {
      revision,
      sealedAt: register.shownAt(sealedAt),
      amendment: amendment ? { cause: amendment.cause, reason: amendment.reason, by: amendment.by } : null,
      sha256Short: sha256.slice(0, 8),
      sizeBytes,
      delivery: delivery && shownStatus(register, delivery),
    };
  });
}

function signOffOf(report: SessionReport): SignOffView | null {
  const { signOff } = report;
  return signOff && { ...signOff, at: Date.parse(signOff.at) };
}
