import { call } from '../client/call.ts';

/** Takes back that somebody came; answers whether it was. */
export async function undoArrival(sittingId: string, personId: string, reason: string): Promise<boolean> {
  return (await call('console/people/undo', { sittingId, personId, what: 'arrival', reason })).ok;
}

/** Takes back the newest entry about each; answers whether all were. */
export async function undoLast(sittingId: string, personIds: readonly string[], reason: string): Promise<boolean> {
  let all = true;
  for (const personId of personIds) {
    const answer = await call('console/people/undo', { sittingId, personId, what: 'last', reason });
    all &&= answer.ok;
  }
  return all;
}
