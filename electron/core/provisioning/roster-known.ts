import type { Person } from '../../contract/attendance.ts';
import { rootIdOf, withdrawnWhole } from '../../shared/merged.ts';
import type { Store } from '../store/store.ts';
import type { KnownPerson } from './roster-match.ts';

/**
 * Who of the list somebody of a file may be, each person once. A substitute sits for somebody else, a supervisor is listed
 * apart: neither becomes a summoned person by a file.
 */
export function listKnown(
  store: Store,
  packageId: string,
  people: ReadonlyMap<string, Person>,
): (Person & KnownPerson)[] {
  const numberKeys = store.tokens.listNumberKeys(packageId);
  const inLog = store.people.listIdsInLog(packageId);
  const withdrawn = withdrawnWhole(store.attendance.listWithdrawn(packageId), people);
  const otherIds = new Map<string, string[]>();
  for (const { id, merged } of people.values()) {
    const root = merged ? rootIdOf(people, id) : id;
    if (root !== id) otherIds.set(root, [...(otherIds.get(root) ?? []), id]);
  }
  return [...people.values()]
    .filter(({ id, kind }) => !withdrawn.has(id) && kind !== 'substitute' && kind !== 'supervisor')
    .filter(({ id }) => rootIdOf(people, id) === id)
    .map((person) => ({
      ...person,
      otherIds: otherIds.get(person.id) ?? [],
      numberKey: numberKeys.get(person.id) ?? null,
      isInLog: inLog.has(person.id),
    }));
}
