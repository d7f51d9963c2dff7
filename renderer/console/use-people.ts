import { useCallback } from 'react';
import type { InputOf } from '../../electron/contract/endpoints.ts';
import type { PeopleCounts, PersonRow, StatusFilter } from '../../electron/contract/api-attendance.ts';
import type { AttendeeKind } from '../../electron/contract/attendance.ts';
import { call } from '../client/call.ts';
import { useLoaded } from '../ui/use-loaded.ts';

/** Typing and a busy door are gathered. */
const GATHER_MS = 250;
export const PAGE_SIZE = 50;

/** Whom the list shows: a status, or a kind of people. */
export type Show = StatusFilter | `kind:${AttendeeKind}`;

export type PeopleSort = NonNullable<InputOf<'console/people/list'>['sort']>;

export interface PeopleQuery {
  query: string;
  /** Empty: all units; `-`: people without one. */
  unit: string;
  show: Show | '';
  sort: PeopleSort;
  descending: boolean;
  offset: number;
}

export const EVERYBODY: PeopleQuery = { query: '', unit: '', show: '', sort: 'name', descending: false, offset: 0 };

export interface PeopleFound {
  people: readonly PersonRow[];
  total: number;
  counts: PeopleCounts;
}

/** One page of a sitting's list, read again whenever `stamp` says that something moved. Null until it was read once. */
export function usePeople(
  sittingId: string,
  asked: PeopleQuery,
  stamp: string,
  limit = PAGE_SIZE,
): { found: PeopleFound | null; refresh: () => Promise<void> } {
  const { query, unit, show, sort, descending, offset } = asked;
  const load = useCallback(async (): Promise<PeopleFound | undefined> => {
    const answer = await call('console/people/list', {
      sittingId,
      query,
      offset,
      limit,
      sort,
      descending,
      ...(unit === '' ? {} : { unitId: unit === '-' ? null : unit }),
      ...filterOf(show),
    });
    return answer.ok ? answer : undefined;
  }, [sittingId, query, unit, show, sort, descending, offset, limit]);
  const { value, refresh } = useLoaded(load, stamp, GATHER_MS);
  return { found: value, refresh };
}

function filterOf(show: Show | ''): { status?: StatusFilter; kind?: AttendeeKind } {
  if (show === '') return {};
  return show.startsWith('kind:')
    ? { kind: show.slice('kind:'.length) as AttendeeKind }
    : { status: show as StatusFilter };
}

/** How many a choice would show. */
export function countOf(counts: PeopleCounts, show: Show | ''): number {
  const { status, kind } = filterOf(show);
  if (status) return counts.status[status];
  return kind ? counts.kind[kind] : counts.all;
}
