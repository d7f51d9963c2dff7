import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Person } from '../../contract/attendance.ts';
import { rootIdOf, withdrawnWhole } from '../../shared/merged.ts';
import type { Store } from '../store/store.ts';
import type { KnownPerson } from './roster-match.ts';

/** People gone through before other work gets its turn. */
const PER_TURN = 500;

/**
 * Who of the list somebody of a file may be, each person once. A substitute sits for somebody else, a supervisor is listed
 * apart: neither becomes a summoned person by a file. In portions, for lists are long.
 */
export async function listKnown(
  store: Store,
  packageId: string,
  people: ReadonlyMap<string, Person>,
): Promise<(Person & KnownPerson)[]> {
  const numberKeys = store.tokens.listNumberKeys(packageId);
  await nextTurn();
  const inLog = store.people.listIdsInLog(packageId);
  await nextTurn();
  const withdrawn = withdrawnWhole(store.attendance.listWithdrawn(packageId), people);
  await nextTurn();
  const otherIds = new Map<string, string[]>();
  for (const { id, merged } of people.values()) {
    const root = merged ? rootIdOf(people, id) : id;
    if (root !== id) otherIds.set(root, [...(otherIds.get(root) ?? []), id]);
  }
  const known: (Person & KnownPerson)[] = [];
  let seen = 0;
  for (const person of people.values()) {
    seen += 1;
    if (seen % PER_TURN === 0) await nextTurn();
    const { id, kind } = person;
    if (withdrawn.has(id) || kind === 'substitute' || kind === 'supervisor' || rootIdOf(people, id) !== id) continue;
    known.push({
      ...person,
      otherIds: otherIds.get(id) ?? [],
      numberKey: numberKeys.get(id) ?? null,
      isInLog: inLog.has(id),
    });
  }
  return known;
}
