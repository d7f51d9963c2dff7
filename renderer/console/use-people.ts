import { useEffect, useState } from 'react';
import type { PersonRow, StatusFilter } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';

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
): { found: PeopleFound | null; refresh: () => void } {
  const [found, setFound] = useState<PeopleFound | null>(null);
  const [round, setRound] = useState(0);
  const { query, unit, status, offset } = asked;
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      void call('console/people/list', {
        sittingId,
        query,
        offset,
        limit: PAGE_SIZE,
        ...(unit === '' ? {} : { unitId: unit === '-' ? null : unit }),
        ...(status === '' ? {} : { status }),
      }).then((answer) => {
        if (wanted && answer.ok) setFound({ people: answer.people, total: answer.total });
      });
    }, GATHER_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // Read again when something moved.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [sittingId, query, unit, status, offset, stamp, round]);
  return { found, refresh: () => setRound((n) => n + 1) };
}
