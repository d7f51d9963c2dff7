import type { Person } from '../../contract/attendance.ts';
import type { PersonCard } from '../../contract/api-person.ts';
import { fold } from '../../shared/names.ts';

/** Who on a list has the same name as somebody else, marks aside: people at a desk overlook marks. */
export class Namesakes {
  readonly #byName = new Map<string, Map<string, Person>>();
  readonly #nameOf = new Map<string, string>();

  constructor(people: Iterable<Person>) {
    for (const person of people) this.add(person);
  }

  /** Adds a person, or replaces the one with the same id. */
  add(person: Person): void {
    this.remove(person.id);
    const name = fold(person.name);
    this.#nameOf.set(person.id, name);
    const same = this.#byName.get(name);
    if (same) same.set(person.id, person);
    else this.#byName.set(name, new Map([[person.id, person]]));
  }

  remove(personId: string): void {
    this.#byName.get(this.#nameOf.get(personId) ?? '')?.delete(personId);
    this.#nameOf.delete(personId);
  }

  /** How far others are like this person; null when nobody has the name. A year that is not known tells nobody apart. */
  of(person: Person): NonNullable<PersonCard['alike']> | null {
    const same = this.#byName.get(fold(person.name))?.values() ?? [];
    const others = [...same].filter((other) => other.id !== person.id);
    if (others.length === 0) return null;
    const isSameYear = (other: Person): boolean =>
      other.birthYear === null || person.birthYear === null || other.birthYear === person.birthYear;
    return others.some((other) => isSameYear(other) && other.unitId === person.unitId) ? 'all' : 'name';
  }
}
