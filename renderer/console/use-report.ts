import { useCallback, useState } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useLoaded } from '../ui/use-loaded.ts';

/** While people still sign in, the draft is read again at most this often. */
const GATHER_MS = 900;

/** What the report page shows of one sitting, read from the core whenever the pushed view says that something moved. */
export interface ReportState {
  /** Null while nothing was read yet, or nothing is there. */
  report: ReportView | null;
  /** Shows one sealed revision; null goes back to the newest, or to the draft. */
  showRevision: (revision: number | null) => void;
  /** Reads again now; resolves when it has been read. */
  refresh: () => Promise<void>;
}

export function useReport(open: ConsoleOpenView, sittingId: string): ReportState {
  const [wanted, showRevision] = useState<number | null>(null);
  const load = useCallback(async (): Promise<ReportView | null | undefined> => {
    const list = await call('console/report/list', {});
    const item = list.ok ? list.reports.find((each) => each.sittingId === sittingId) : undefined;
    if (!item) return undefined;
    const amending = item.state === 'amended' || item.lastRevision === 0;
    const revision = wanted ?? (amending ? null : item.lastRevision);
    const answer = await call('console/report/view', { sittingId, revision });
    if (answer.ok) return answer.report;
    return answer.error === 'unreachable' ? undefined : null;
  }, [wanted, sittingId]);
  const stamp = JSON.stringify([open.delivery, open.sittings.map((s) => s.state), open.logHead]);
  const { value, refresh } = useLoaded(load, stamp, GATHER_MS);
  return { report: value, showRevision, refresh };
}
