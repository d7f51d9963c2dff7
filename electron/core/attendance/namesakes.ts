import type { Person } from '../../contract/attendance.ts';
import type { PersonCard } from '../../contract/api-person.ts';
import { fold } from '../../shared/names.ts';

/** Who on a list has the same name as somebody else, marks aside: people at a desk overlook marks. */
export class Namesakes {
  readonly #byName: ReadonlyMap<string, readonly Person[]>;

  constructor(people: Iterable<Person>) {
    this.#byName = Map.groupBy(people, (person) => fold(person.name));
  }

  /** How far others are like this person; null when nobody has the name. A year that is not known tells nobody apart. */
  of(person: Person): NonNullable<PersonCard['alike']> | null {
    const others = (this.#byName.get(fold(person.name)) ?? []).filter((other) => other.id !== person.id);
    if (others.length === 0) return null;
    const isSameYear = (other: Person): boolean =>
      other.birthYear === null || person.birthYear === null || other.birthYear === person.birthYear;
    return others.some((other) => isSameYear(other) && other.unitId === person.unitId) ? 'all' : 'name';
  }
}
