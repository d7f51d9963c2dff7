import { useCallback } from 'react';
import type { PersonRow, StatusFilter } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useLoaded } from './use-loaded.ts';

/** Typing and a busy door are gathered. */
const GATHER_MS = 250;
export const PAGE_SIZE = 50;

export interface PeopleQuery {
  query: string;
  /** Empty: all units; `-`: people without one. */
  unit: string;
  status: StatusFilter | '';
  offset: number;
}

export interface PeopleFound {
  people: readonly PersonRow[];
  total: number;
}

/** One page of a sitting's list, read again whenever `stamp` says that something moved. Null until it was read once. */
export function usePeople(
  sittingId: string,
  asked: PeopleQuery,
  stamp: string,
): { found: PeopleFound | null; refresh: () => Promise<void> } {
  const { query, unit, status, offset } = asked;
  const load = useCallback(async (): Promise<PeopleFound | undefined> => {
    const answer = await call('console/people/list', {
      sittingId,
      query,
      offset,
      limit: PAGE_SIZE,
      ...(unit === '' ? {} : { unitId: unit === '-' ? null : unit }),
      ...(status === '' ? {} : { status }),
    });
    return answer.ok ? { people: answer.people, total: answer.total } : undefined;
  }, [sittingId, query, unit, status, offset]);
  const { value, refresh } = useLoaded(load, stamp, GATHER_MS);
  return { found: value, refresh };
}
