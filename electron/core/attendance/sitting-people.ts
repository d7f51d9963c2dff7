import type { Person } from '../../contract/attendance.ts';
import { rootIdOf, withdrawnWhole } from '../../shared/merged.ts';
import { sortKeyOf } from '../../shared/names.ts';
import { Namesakes } from './namesakes.ts';
import { NameSearch } from './search.ts';

/**
 * The people of one sitting as its lists show them: who is found by name, in which order they stand, and which entries are one
 * person. An entry that was merged into another stands on no list; whoever asks for it gets the person it belongs to.
 */
export class SittingPeople {
  readonly #people: Map<string, Person>;
  /** Outside the roster, and their adding was undone: in the log, on no list. */
  #withdrawn: Set<string>;
  readonly #search: NameSearch;
  #inOrder: Person[] | null = null;
  #namesakes: Namesakes | null = null;

  constructor(people: Iterable<Person>, withdrawn: ReadonlySet<string>) {
    this.#people = new Map(Array.from(people, (person) => [person.id, person]));
    this.#withdrawn = withdrawnWhole(withdrawn, this.#people);
    this.#search = new NameSearch([...this.#people.values()].filter(({ id }) => this.#isListed(id)));
  }

  /** Everyone the log may name, by id: the withdrawn and merged entries too. */
  get all(): ReadonlyMap<string, Person> {
    return this.#people;
  }

  /** Takes somebody onto the list or changes them. `listWithdrawn`: everybody about whom nothing counts. */
  set(person: Person, listWithdrawn: () => ReadonlySet<string>): void {
    const before = this.#people.get(person.id);
    this.#people.set(person.id, person);
    if (person.kind === 'summoned' && !person.merged && !before?.merged) this.#withdrawn.delete(person.id);
    else this.#withdrawn = withdrawnWhole(listWithdrawn(), this.#people);
    for (const id of new Set([person.id, before?.merged?.into, person.merged?.into, rootIdOf(this.#people, person.id)]))
      if (id !== undefined) this.#follow(id);
  }

  /** Takes somebody off the list who is in no event of the log. */
  drop(personId: string): void {
    this.#people.delete(personId);
    this.#follow(personId);
  }

  /** Somebody on the list; null for the unknown and the withdrawn. */
  get(personId: string): Person | null {
    const id = rootIdOf(this.#people, personId);
    return this.#withdrawn.has(id) ? null : (this.#people.get(id) ?? null);
  }

  /** Best first; fewer than asked for when fewer are found. */
  search(query: string, limit: number): ReturnType<NameSearch['search']> {
    return this.#search.search(query, limit);
  }

  /** Everyone on the list in the customary order of names. */
  listInOrder(): readonly Person[] {
    return (this.#inOrder ??= [...this.#people.values()]
      .filter(({ id }) => this.#isListed(id))
      .map((person) => ({ person, key: sortKeyOf(person.name, person.givenName) }))
      .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)) || (a.person.id < b.person.id ? -1 : 1))
      .map(({ person }) => person));
  }

  /** Each person once, the withdrawn too; whom a substitute sits for is that person's own id. */
  listPersons(): Person[] {
    return [...this.#people.values()]
      .filter(({ id }) => rootIdOf(this.#people, id) === id)
      .map((person) =>
        person.substituteFor === null
          ? person
          : { ...person, substituteFor: rootIdOf(this.#people, person.substituteFor) },
      );
  }

  /** How far others are like this person; null when nobody has the name. */
  alike(person: Person): ReturnType<Namesakes['of']> {
    // Kept up to date from then on: a sign-in must not wait until a long list is gone through again.
    this.#namesakes ??= new Namesakes([...this.#people.values()].filter(({ id }) => this.#isListed(id)));
    return this.#namesakes.of(person);
  }

  #isListed(id: string): boolean {
    return !this.#withdrawn.has(id) && rootIdOf(this.#people, id) === id;
  }

  #follow(id: string): void {
    this.#inOrder = null;
    const person = this.#people.get(id);
    if (person && this.#isListed(id)) {
      this.#search.add(person);
      this.#namesakes?.add(person);
    } else {
      this.#search.remove(id);
      this.#namesakes?.remove(id);
    }
  }
}
