import { useCallback, useEffect, useState } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { ReportListItem, ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';

/** While people still sign in, the draft is read again at most this often. */
const GATHER_MS = 900;

/** What the report page shows of one sitting, read from the core whenever the pushed view says that something moved. */
export interface ReportState {
  reports: readonly ReportListItem[];
  /** Null while nothing was read yet, or nothing is there. */
  report: ReportView | null;
  /** Shows one sealed revision; null goes back to the newest, or to the draft. */
  showRevision: (revision: number | null) => void;
  /** Reads again now; resolves when it has been read. */
  refresh: () => Promise<void>;
}

export function useReport(open: ConsoleOpenView, sittingId: string): ReportState {
  const [reports, setReports] = useState<readonly ReportListItem[]>([]);
  const [wanted, showRevision] = useState<number | null>(null);
  const [report, setReport] = useState<ReportView | null>(null);

  const read = useCallback(async (): Promise<void> => {
    const list = await call('console/report/list', {});
    if (!list.ok) return;
    setReports(list.reports);
    const item = list.reports.find((each) => each.sittingId === sittingId);
    if (!item) return;
    const amending = item.state === 'amended' || item.lastRevision === 0;
    const revision = wanted ?? (amending ? null : item.lastRevision);
    const answer = await call('console/report/view', { sittingId, revision });
    if (answer.ok) setReport(answer.report);
    else if (answer.error !== 'unreachable') setReport(null);
  }, [wanted, sittingId]);

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

  return { reports, report, showRevision, refresh: read };
}
