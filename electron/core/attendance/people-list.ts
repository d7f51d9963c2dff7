import type { PersonRow, StatusFilter } from '../../contract/api-attendance.ts';
import type { AttendeeKind, Person, PersonStatus } from '../../contract/attendance.ts';
import { isInHall } from './fold-totals.ts';
import { MIN_QUERY_LETTERS } from '../../contract/limits.ts';
import type { Register } from './register.ts';

/** What the console asks for; `unitId` null means people without a unit. */
export interface PeopleFilter {
  query: string;
  unitId?: string | null | undefined;
  status?: StatusFilter | undefined;
  kind?: AttendeeKind | undefined;
  offset: number;
  limit: number;
}

/** More than this many answers to a name are no answer. */
const QUERY_LIMIT = 500;

/**
 * One page of the list, in the customary order of names, or best first when a name was asked for. Somebody outside the
 * roster who is not here now (a guest of the morning) is listed only when asked for by name.
 */
export function listPeoplePage(
  register: Register,
  rollCallId: string | null,
  filter: PeopleFilter,
): { people: PersonRow[]; total: number } {
  const isByName = filter.query.trim().length >= MIN_QUERY_LETTERS;
  const found = candidates(register, filter, isByName).filter((person) => {
    const status = register.getStatus(person.id);
    if (!status && !isByName) return false;
    if (filter.unitId !== undefined && person.unitId !== filter.unitId) return false;
    if (filter.kind !== undefined && person.kind !== filter.kind) return false;
    return filter.status === undefined || (status !== null && matches(person, status, filter.status));
  });
  const page = found.slice(filter.offset, filter.offset + filter.limit);
  return { people: page.map((person) => rowOf(register, person, rollCallId)), total: found.length };
}

function candidates(register: Register, filter: PeopleFilter, isByName: boolean): readonly Person[] {
  if (!isByName) return register.listInOrder();
  const answer = register.search(filter.query, QUERY_LIMIT);
  if (!answer.ok) return [];
  return answer.people.flatMap((card) => register.getPerson(card.personId) ?? []);
}

function matches(person: Person, status: PersonStatus, wanted: StatusFilter): boolean {
  if (wanted === 'here') return isInHall(status);
  if (wanted === 'missing')
    return person.kind === 'summoned' && status.arrivedAt === null && status.status !== 'substituted';
  return status.status === wanted;
}

/** A person as the console shows them. */
export function rowOf(register: Register, person: Person, rollCallId: string | null): PersonRow {
  const status = register.getStatus(person.id);
  const nameOf = (id: string | null | undefined) => (id ? (register.listPeople().get(id)?.name ?? null) : null);
  return {
    ...register.cardOf(person),
    status: status?.status ?? 'awaited',
    reason: status?.reason ?? null,
    unitId: person.unitId,
    lateMinutes: status?.lateMinutes ?? 0,
    leftAt: status?.leftAt ?? null,
    method: status?.method ?? null,
    substituteForName: nameOf(person.substituteFor),
    substitutedByName: nameOf(status?.substitutedBy),
    confirmedNow: rollCallId === null || !status ? null : status.confirmed.includes(rollCallId),
  };
}
