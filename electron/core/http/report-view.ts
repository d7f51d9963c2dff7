import type { ReportView, ReportViewAnswer, RevisionView, SignOffView } from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { phoneCode } from '../report/documents/phone-code.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Reports } from '../hall/reports.ts';
import type { Store } from '../store/store.ts';

interface ReportViewPorts {
  hall: Pick<Hall, 'session'>;
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
  const report = revision === null ? reports.draft(sitting) : store.reports.getReport(sitting.reportId, revision);
  if (!report) return { ok: false, error: 'no_such_report' };
  const revisions = listRevisions(store, sitting.reportId);
  const sealed = revisions.find((r) => r.revision === revision);
  const notes = store.reports.getNotes(sitting.id);
  const signOff = signOffOf(report);
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
    signOff,
    pending: {
      signOff: notes.signOff && notes.signOff.at !== signOff?.at ? notes.signOff : null,
      remarks: notes.remarks === report.remarks ? null : notes.remarks,
    },
    phoneCode: sealed ? phoneCode(report) : null,
    sha256Short: sealed?.sha256Short ?? null,
    receiptSerial: sealed?.delivery?.receiptSerial ?? null,
    receivedAt: sealed?.delivery?.receivedAt ?? null,
    revisions,
    amendment: reports.amendments.getView(sitting),
    signOffPin: access.signOffRole,
    chair: chair ? { name: chair.name, position: chair.position ?? null } : null,
  };
  return { ok: true, report: view };
}

function listRevisions({ reports, outbox }: ReportViewPorts['store'], reportId: string): RevisionView[] {
  return reports.listRevisions(reportId).map(({ revision, sealedAt, sha256, sizeBytes }) => {
    const amendment = reports.getReport(reportId, revision)?.amendment;
    return {
      revision,
      sealedAt,
      amendment: amendment ? { cause: amendment.cause, reason: amendment.reason, by: amendment.by } : null,
      sha256Short: sha256.slice(0, 8),
      sizeBytes,
      delivery: outbox.getStatus({ reportId, revision }),
    };
  });
}

function signOffOf(report: SessionReport): SignOffView | null {
  const { signOff } = report;
  return signOff && { name: signOff.name, position: signOff.position, at: Date.parse(signOff.at) };
}
