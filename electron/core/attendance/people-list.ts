import { StatusFilter, type PeopleCounts, type PersonRow } from '../../contract/api-attendance.ts';
import { AttendeeKind, type AttendanceStatus, type Person, type PersonStatus } from '../../contract/attendance.ts';
import { isInHall } from './fold-totals.ts';
import { MIN_QUERY_LETTERS } from '../../contract/limits.ts';
import type { Register } from './register.ts';

/** What the console asks for; `unitId` null means people without a unit. */
export interface PeopleFilter {
  query: string;
  unitId?: string | null | undefined;
  status?: StatusFilter | undefined;
  kind?: AttendeeKind | undefined;
  /** By name when absent. */
  sort?: 'name' | 'unit' | 'status' | 'arrival';
  descending?: boolean;
  offset: number;
  limit: number;
}

/** More than this many answers to a name are no answer. */
const QUERY_LIMIT = 500;

interface Listed {
  person: Person;
  /** Null: outside the roster and not here now; listed only when asked for by name. */
  status: PersonStatus | null;
}

/**
 * One page of the list and how many each filter would leave. By name: the customary order, or best first when a name was
 * asked for; every other order keeps that one among equals.
 */
export function listPeoplePage(
  register: Register,
  rollCallId: string | null,
  filter: PeopleFilter,
): { people: PersonRow[]; total: number; counts: PeopleCounts } {
  const isByName = filter.query.trim().length >= MIN_QUERY_LETTERS;
  const listed = candidates(register, filter, isByName)
    .map((person) => ({ person, status: register.getStatus(person.id) }))
    .filter(({ person, status }) => {
      if (!status && !isByName) return false;
      return filter.unitId === undefined || person.unitId === filter.unitId;
    });
  const { status, kind } = filter;
  const found = listed.filter(
    (each) => (kind === undefined || each.person.kind === kind) && (status === undefined || matches(each, status)),
  );
  const { sort = 'name' } = filter;
  const sorted = sort === 'name' ? found : found.toSorted(COMPARE[sort]);
  const ordered = filter.descending ? sorted.toReversed() : sorted;
  const page = ordered.slice(filter.offset, filter.offset + filter.limit);
  return {
    people: page.map(({ person }) => rowOf(register, person, rollCallId)),
    total: found.length,
    counts: countFilters(listed),
  };
}

function candidates(register: Register, filter: PeopleFilter, isByName: boolean): readonly Person[] {
  if (!isByName) return register.listInOrder();
  const answer = register.search(filter.query, QUERY_LIMIT);
  if (!answer.ok) return [];
  return answer.people.flatMap((card) => register.getPerson(card.personId) ?? []);
}

function matches({ person, status }: Listed, wanted: StatusFilter): boolean {
  if (!status) return false;
  if (wanted === 'here') return isInHall(status);
  if (wanted === 'missing')
    return person.kind === 'summoned' && status.arrivedAt === null && status.status !== 'substituted';
  return status.status === wanted;
}

function countFilters(listed: readonly Listed[]): PeopleCounts {
  const count = (is: (each: Listed) => boolean) => listed.filter(is).length;
  return {
    all: listed.length,
    status: Object.fromEntries(
      StatusFilter.options.map((wanted) => [wanted, count((each) => matches(each, wanted))]),
    ) as PeopleCounts['status'],
    kind: Object.fromEntries(
      AttendeeKind.options.map((kind) => [kind, count(({ person }) => person.kind === kind)]),
    ) as PeopleCounts['kind'],
  };
}

const collator = new Intl.Collator('vi', { numeric: true });

/** In the hall, then gone, then missing. */
const STATUS_ORDER: Record<AttendanceStatus, number> = {
  present: 0,
  late: 1,
  left_early: 2,
  substituted: 3,
  absent_excused: 4,
  absent_unexcused: 5,
  awaited: 6,
};

const COMPARE = {
  /** People without a unit come last. */
  unit: (a: Listed, b: Listed) =>
    Number(a.person.unitName === null) - Number(b.person.unitName === null) ||
    collator.compare(a.person.unitName ?? '', b.person.unitName ?? ''),
  status: (a: Listed, b: Listed) => orderOf(a.status) - orderOf(b.status),
  /** Whoever did not come goes last. */
  arrival: (a: Listed, b: Listed) => arrivalOf(a.status) - arrivalOf(b.status),
} as const;

function orderOf(status: PersonStatus | null): number {
  return STATUS_ORDER[status?.status ?? 'awaited'];
}

/** A number beyond every moment for whoever did not come, so that two of them are equal. */
function arrivalOf(status: PersonStatus | null): number {
  return status?.arrivedAt ?? Number.MAX_SAFE_INTEGER;
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
