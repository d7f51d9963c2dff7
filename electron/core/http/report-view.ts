import type { ReportView, ReportViewAnswer, RevisionView, SignOffView } from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { phoneCode } from '../report/documents/phone-code.ts';
import type { Kiosk } from './kiosk.ts';

/** A report for the review screen: a sealed revision, or with `null` what would be sealed now. */
export function buildReportView(kiosk: Kiosk, sitting: SittingRecord, revision: number | null): ReportViewAnswer {
  const { store } = kiosk;
  if (revision === null && sitting.state === 'prepared') return { ok: false, error: 'not_begun' };
  const report = revision === null ? kiosk.draftReport(sitting) : store.reports.getReport(sitting.reportId, revision);
  if (!report) return { ok: false, error: 'no_such_report' };
  const revisions = listRevisions(kiosk, sitting.reportId);
  const sealed = revisions.find((r) => r.revision === revision);
  const notes = store.reports.getNotes(sitting.id);
  const signOff = signOffOf(report);
  const chair = kiosk.session.document.roles.chair;
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
    amendment: kiosk.amendments.getView(sitting),
    signOffPin: kiosk.pins.isSet('chair') ? 'chair' : 'technician',
    chair: chair ? { name: chair.name, position: chair.position ?? null } : null,
  };
  return { ok: true, report: view };
}

function listRevisions(kiosk: Kiosk, reportId: string): RevisionView[] {
  const { reports, outbox } = kiosk.store;
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
