import type { Person } from '../../contract/attendance.ts';
import { parseWord, sortKeyOf, splitWords } from '../../shared/names.ts';

/**
 * The way to a person without typing, at most three taps: unit, first letter of the given name where the unit is large, person.
 * Nobody is left out: people without a unit have a group of their own, and names that begin with no letter have `#`.
 */

export interface BrowseUnit {
  /** Null: people without a unit. */
  unitId: string | null;
  unitName: string | null;
  people: number;
}

export interface BrowseLetter {
  /** Upper-case first letter of the given name without tone: A, Ă, Â … Đ; `#` for anything else. */
  letter: string;
  people: number;
}

const collator = new Intl.Collator('vi', { numeric: true });

/** Units that have people, by name in Vietnamese order; people without a unit last. */
export function listBrowseUnits(people: Iterable<Person>): BrowseUnit[] {
  const units = new Map<string | null, BrowseUnit>();
  for (const person of people) {
    const unit = units.get(person.unitId);
    if (unit) {
      unit.people++;
      unit.unitName ??= person.unitName;
    } else units.set(person.unitId, { unitId: person.unitId, unitName: person.unitName, people: 1 });
  }
  return [...units.values()].sort(
    (a, b) =>
      Number(a.unitId === null) - Number(b.unitId === null) ||
      collator.compare(a.unitName ?? a.unitId ?? '', b.unitName ?? b.unitId ?? ''),
  );
}

function letterOf(person: Person): string {
  const first = splitWords(person.givenName)[0] ?? splitWords(person.name).at(-1);
  const letter = first ? parseWord(first.shape).shape.charAt(0) : '';
  return /\p{L}/u.test(letter) ? letter.toUpperCase() : '#';
}

/** First letters of given names in one unit, in Vietnamese order, `#` last. */
export function listBrowseLetters(people: Iterable<Person>, unitId: string | null): BrowseLetter[] {
  const letters = new Map<string, number>();
  for (const person of people) {
    if (person.unitId !== unitId) continue;
    const letter = letterOf(person);
    letters.set(letter, (letters.get(letter) ?? 0) + 1);
  }
  return [...letters]
    .map(([letter, count]) => ({ letter, people: count }))
    .sort((a, b) => Number(a.letter === '#') - Number(b.letter === '#') || collator.compare(a.letter, b.letter));
}

/** People of one unit in the customary order; with `letter`, those whose given name begins with it. */
export function listBrowsePeople(people: Iterable<Person>, unitId: string | null, letter?: string): Person[] {
  const found: { key: string; person: Person }[] = [];
  for (const person of people) {
    if (person.unitId === unitId && (letter === undefined || letterOf(person) === letter))
      found.push({ key: `${sortKeyOf(person.name, person.givenName)}\u0000${person.birthYear ?? ''}`, person });
  }
  return found
    .sort((a, b) => (a.key === b.key ? (a.person.id < b.person.id ? -1 : 1) : a.key < b.key ? -1 : 1))
    .map((item) => item.person);
}
