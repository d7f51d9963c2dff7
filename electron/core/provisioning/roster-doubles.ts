import type { RosterDoublesAnswer } from '../../contract/api-roster-merge.ts';
import type { Person } from '../../contract/attendance.ts';
import { splitWords } from '../../shared/names.ts';

const MAX_GROUPS = 40;
const MAX_IN_GROUP = 6;

/** Entries of the list that may be one person: the same letters in the name, and no year, number or sex that contradicts. */
export function findDoubles(people: Iterable<Person>, inLog: ReadonlySet<string>): RosterDoublesAnswer['groups'] {
  const byName = new Map<string, Person[]>();
  for (const person of people) {
    const key = splitWords(person.name)
      .map(({ folded }) => folded)
      .join(' ');
    byName.set(key, [...(byName.get(key) ?? []), person]);
  }
  const groups: Person[][] = [];
  for (const namesakes of byName.values()) {
    if (namesakes.length < 2) continue;
    const group = namesakes.filter((one) => namesakes.some((other) => other !== one && mayBeOne(one, other)));
    if (group.length > 1) groups.push(group.slice(0, MAX_IN_GROUP));
    if (groups.length >= MAX_GROUPS) break;
  }
  return groups.map((group) =>
    group.map(({ id, name, birthYear, position, unitName, numberTail }) => ({
      id,
      row: null,
      name,
      birthYear,
      position,
      unit: unitName,
      numberTail,
      inLog: inLog.has(id),
    })),
  );
}

function mayBeOne(a: Person, b: Person): boolean {
  const differ = <T>(x: T | null, y: T | null): boolean => x !== null && y !== null && x !== y;
  if (differ(a.numberTail, b.numberTail) || differ(a.sex, b.sex)) return false;
  // Year and unit both other: two people. One of them may have been corrected.
  return !(differ(a.birthYear, b.birthYear) && differ(a.unitId, b.unitId));
}
