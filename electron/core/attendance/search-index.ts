import type { Person } from '../../contract/attendance.ts';
import { fold, initialsOf, sortKeyOf, splitWords, type Word } from '../../shared/names.ts';

/** A distinct word as it is spelt, with marks. */
export interface Spelling extends Word {
  id: number;
}

/** A distinct word without marks: its spellings, and the people who have it. */
export interface Entry {
  folded: string;
  spellings: Spelling[];
  /** Slots of people, each once, in no particular order; removed people stay until their slot is reused. */
  slots: number[];
}

/** A person as the search holds one. */
export interface Indexed {
  person: Person;
  /** Ids of spellings, in the order of the name. */
  words: readonly number[];
  /** Words from this one on are the given name. */
  givenFrom: number;
  folded: string;
  /** The folded name without anything between its words. */
  glued: string;
  sortKey: string;
  /** Folded words of the unit's name; '' without one. */
  unit: string;
}

/** Words of one name that are indexed; longer than any real name, shorter than a bit mask. */
const MAX_WORDS = 16;

/** Words of all names. Vietnamese names draw on few syllables, so the dictionary stays small however long the roster is. */
export class NameIndex {
  readonly people: (Indexed | null)[] = [];
  readonly spellings: Spelling[] = [];
  readonly byInitials = new Map<string, number[]>();
  readonly #slotOf = new Map<string, number>();
  readonly #entries = new Map<string, Entry>();
  readonly #spellingOf = new Map<string, Spelling>();
  /** Entries by their word with every y written i. */
  readonly #byI = new Map<string, Entry[]>();
  readonly #units = new Map<string, string>();
  readonly #firstWords = new Set<string>();
  #sorted: Entry[] | null = null;
  size = 0;

  add(person: Person): void {
    this.remove(person.id);
    const words = splitWords(person.name).slice(0, MAX_WORDS);
    const given = splitWords(person.givenName);
    const givenWords = given.length > 0 && endsWith(words, given) ? given.length : 1;
    const slot = this.people.length;
    const ids = words.map((word) => this.#addWord(word, slot));
    this.people.push({
      person,
      words: ids,
      givenFrom: Math.max(0, words.length - givenWords),
      folded: fold(words.map((word) => word.folded).join(' ')),
      glued: words.map((word) => word.folded).join(''),
      unit: this.#foldUnit(person.unitName),
      sortKey: `${sortKeyOf(person.name, person.givenName)}\u0000${person.birthYear ?? ''}\u0000${person.id}`,
    });
    if (words[0]) this.#firstWords.add(words[0].folded);
    const initials = initialsOf(words);
    const list = this.byInitials.get(initials);
    if (list) list.push(slot);
    else this.byInitials.set(initials, [slot]);
    this.#slotOf.set(person.id, slot);
    this.size++;
  }

  remove(personId: string): void {
    const slot = this.#slotOf.get(personId);
    if (slot === undefined) return;
    this.#slotOf.delete(personId);
    // Slots in the lists are left behind: removal is rare and a null slot is skipped.
    this.people[slot] = null;
    this.size--;
  }

  /** Somebody has this word, without marks. */
  hasWord(folded: string): boolean {
    return this.#entries.has(folded);
  }

  /** Somebody's name begins with this word, without marks. */
  beginsName(folded: string): boolean {
    return this.#firstWords.has(folded);
  }

  /** Every entry, by its folded word. */
  listEntries(): readonly Entry[] {
    this.#sorted ??= [...this.#entries.values()].sort((a, b) => (a.folded < b.folded ? -1 : 1));
    return this.#sorted;
  }

  /** Entries whose folded word starts with `prefix`. */
  listByPrefix(prefix: string): Entry[] {
    const entries = this.listEntries();
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.folded ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    const found: Entry[] = [];
    for (let i = low; i < entries.length; i++) {
      const entry = entries[i];
      if (!entry?.folded.startsWith(prefix)) break;
      found.push(entry);
    }
    return found;
  }

  /** Entries that are the word itself but for i and y: "ki" for Kỷ, "quinh" for Quỳnh. */
  listAlike(folded: string): readonly Entry[] {
    if (!/[iy]/u.test(folded)) return [];
    return (this.#byI.get(folded.replaceAll('y', 'i')) ?? []).filter((entry) => entry.folded !== folded);
  }

  /** Folded names of all units met. */
  listUnits(): Iterable<string> {
    return this.#units.values();
  }

  #foldUnit(name: string | null): string {
    if (name === null) return '';
    let folded = this.#units.get(name);
    if (folded === undefined) {
      folded = splitWords(name)
        .map((word) => word.folded)
        .join(' ');
      this.#units.set(name, folded);
    }
    return folded;
  }

  #addWord(word: Word, slot: number): number {
    let entry = this.#entries.get(word.folded);
    if (!entry) {
      entry = { folded: word.folded, spellings: [], slots: [] };
      this.#entries.set(word.folded, entry);
      const key = word.folded.replaceAll('y', 'i');
      const alike = this.#byI.get(key);
      if (alike) alike.push(entry);
      else this.#byI.set(key, [entry]);
      this.#sorted = null;
    }
    if (entry.slots.at(-1) !== slot) entry.slots.push(slot);
    const key = `${word.shape}\u0000${word.tone}`;
    let spelling = this.#spellingOf.get(key);
    if (!spelling) {
      spelling = { ...word, id: this.spellings.length };
      this.#spellingOf.set(key, spelling);
      this.spellings.push(spelling);
      entry.spellings.push(spelling);
    }
    return spelling.id;
  }
}

function endsWith(words: readonly Word[], tail: readonly Word[]): boolean {
  const from = words.length - tail.length;
  return from >= 0 && tail.every((word, i) => words[from + i]?.folded === word.folded);
}
