import { call } from '../client/call.ts';

/** Takes back that somebody came; answers whether it was. */
export async function undoArrival(sittingId: string, personId: string, reason: string): Promise<boolean> {
  return (await call('console/people/undo', { sittingId, personId, what: 'arrival', reason })).ok;
}

/** Takes back the newest entry about one person; answers whether it was. */
export async function undoLast(sittingId: string, personId: string, reason: string): Promise<boolean> {
  return (await call('console/people/undo', { sittingId, personId, what: 'last', reason })).ok;
}

/** Takes back the newest entry about each, all in one commit; answers whether it was done for all. */
export async function undoMany(sittingId: string, personIds: readonly string[], reason: string): Promise<boolean> {
  const answer = await call('console/people/undo-many', {
    sittingId,
    personIds: [...personIds],
    what: 'last',
    reason,
  });
  return answer.ok && answer.skipped.length === 0;
}
