import { useCallback, useEffect, useState } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { ReportListItem, ReportView } from '../../electron/contract/api-report.ts';
import { getReport, listReports } from '../client/report-calls.ts';

/** While people still sign in, the draft is read anew at most this often. */
const GATHER_MS = 900;

/** What the report page shows, read from the core whenever the pushed view says that something moved. */
export interface ReportState {
  reports: readonly ReportListItem[];
  /** The sitting looked at. */
  chosen: ReportListItem | null;
  choose: (sittingId: string) => void;
  /** Null while nothing was read yet, or nothing is there. */
  report: ReportView | null;
  /** Shows one sealed revision; null goes back to the newest, or to the draft. */
  showRevision: (revision: number | null) => void;
  /** Reads again now; resolves when it has been read. */
  refresh: () => Promise<void>;
}

export function useReport(open: ConsoleOpenView, currentId: string | null): ReportState {
  const [reports, setReports] = useState<readonly ReportListItem[]>([]);
  const [wanted, setWanted] = useState<{ sittingId: string | null; revision: number | null }>({
    sittingId: null,
    revision: null,
  });
  const [report, setReport] = useState<ReportView | null>(null);

  const read = useCallback(async (): Promise<void> => {
    const list = await listReports();
    if (list.length === 0) return;
    setReports(list);
    const item = pick(list, wanted.sittingId, currentId);
    if (!item) return;
    const amending = item.state === 'amended' || item.lastRevision === 0;
    const answer = await getReport(item.reportId, wanted.revision ?? (amending ? null : item.lastRevision));
    if (answer.ok && 'report' in answer) setReport(answer.report);
    else if (answer.error !== 'unreachable') setReport(null);
  }, [wanted, currentId]);

  const stamp = JSON.stringify([open.delivery, open.sittings.map((s) => s.state), open.logHead]);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(
      () => {
        if (!gone) void read();
      },
      report === null ? 0 : GATHER_MS,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
    // A change of what was read must not read again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [read, stamp]);

  return {
    reports,
    chosen: pick(reports, wanted.sittingId, currentId),
    choose: (sittingId) => {
      setReport(null);
      setWanted({ sittingId, revision: null });
    },
    report,
    showRevision: (revision) => setWanted((before) => ({ ...before, revision })),
    refresh: read,
  };
}

/** The sitting asked for; else one that needs somebody, else the newest that is signed, else the current one. */
function pick(list: readonly ReportListItem[], wanted: string | null, currentId: string | null): ReportListItem | null {
  return (
    list.find((item) => item.sittingId === wanted) ??
    list.find((item) => item.state === 'amended') ??
    list.find((item) => item.returnReason !== null) ??
    list.findLast((item) => item.lastRevision > 0) ??
    list.find((item) => item.sittingId === currentId) ??
    list.at(-1) ??
    null
  );
}
