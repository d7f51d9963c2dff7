import { useEffect, useState } from 'react';
import type { ChecksSummary, ChecksView } from '../../electron/contract/checks.ts';
import { call } from '../client/call.ts';

/** What the checks found, read again whenever the pushed summary says that something moved; null before the first answer. */
export function useChecks(summary: ChecksSummary | undefined): ChecksView | null {
  const [view, setView] = useState<ChecksView | null>(null);
  const stamp = JSON.stringify(summary ?? null);
  useEffect(() => {
    let wanted = true;
    void call('console/checks/view', {}).then((answer) => {
      if (wanted && answer.ok) setView(answer.checks);
    });
    return () => {
      wanted = false;
    };
    // What the summary says is only the sign that something moved.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [stamp]);
  return view;
}
