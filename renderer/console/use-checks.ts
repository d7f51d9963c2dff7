import type { ChecksSummary, ChecksView } from '../../electron/contract/checks.ts';
import { call } from '../client/call.ts';
import { useLoaded } from '../ui/use-loaded.ts';

/** What the checks found, read again whenever the pushed summary says that something moved; null before the first answer. */
export function useChecks(summary: ChecksSummary | undefined): ChecksView | null {
  return useLoaded(load, JSON.stringify(summary ?? null)).value;
}

async function load(): Promise<ChecksView | undefined> {
  const answer = await call('console/checks/view', {});
  return answer.ok ? answer.checks : undefined;
}
