import { splitWords } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import type { RosterRow } from './roster-types.ts';

/** A person on the list now, walk-ins too. Numbers are known only as keyed hashes. */
export interface KnownPerson {
  id: string;
  name: string;
  birthYear: number | null;
  birthDate: string | null;
  sex: 'male' | 'female' | null;
  position: string | null;
  unitId: string | null;
  kind: 'summoned' | 'walk_in' | 'guest' | 'substitute' | 'supervisor';
  /** Keyed hash of the citizen number; null without a number. */
  numberKey: string | null;
  /** Ids of entries that were merged into this one: a file may still have their code. */
  otherIds?: readonly string[];
  /** Named by an event of the log, in any sitting. */
  isInLog: boolean;
}

/** Finds who of the list somebody of a file is. */
export class Matcher {
  readonly #byNumber = new Map<string, KnownPerson[]>();
  readonly #byId = new Map<string, KnownPerson>();
  readonly #byName = new Map<string, KnownPerson[]>();
  readonly #byBare = new Map<string, KnownPerson[]>();
  readonly #incomingByName = new Map<string, RosterRow[]>();
  readonly #numberKeys = new Map<string, string>();
  readonly #markedNames = new Map<string, string>();
  readonly #keyOf: (number: string) => string;

  constructor(keyOf: (number: string) => string) {
    this.#keyOf = keyOf;
  }

  addKnown(people: readonly KnownPerson[]): void {
    for (const person of people) {
      for (const id of [person.id, ...(person.otherIds ?? [])]) this.#byId.set(id, person);
      if (person.numberKey !== null) push(this.#byNumber, person.numberKey, person);
      push(this.#byName, this.#marked(person.name), person);
      push(this.#byBare, bareName(person.name), person);
    }
  }

  addIncoming(rows: readonly RosterRow[]): void {
    for (const row of rows) push(this.#incomingByName, this.#marked(row.person.name), row);
  }

  #marked(name: string): string {
    let key = this.#markedNames.get(name);
    if (key === undefined) this.#markedNames.set(name, (key = markedName(name)));
    return key;
  }

  /** Entries that are alike in everything, as many here as there: which is which makes no difference. */
  listTwins(): [RosterRow, KnownPerson][] {
    const sign = (p: KnownPerson | RosterPerson): string =>
      [p.birthYear ?? '', p.birthDate ?? '', p.unitId ?? '', p.position ?? '', p.sex ?? ''].join('|');
    const twins: [RosterRow, KnownPerson][] = [];
    for (const [name, rows] of this.#incomingByName) {
      if (rows.length < 2) continue;
      const people = this.#byName.get(name) ?? [];
      for (const key of new Set(rows.map((row) => sign(row.person)))) {
        const here = people.filter((person) => sign(person) === key);
        const there = rows.filter((row) => sign(row.person) === key);
        if (there.length < 2 || here.length !== there.length) continue;
        if (there.some((row) => row.person.citizenNumber !== undefined || row.hasCode)) continue;
        there.forEach((row, i) => {
          const person = here[i];
          if (person) twins.push([row, person]);
        });
      }
    }
    return twins;
  }

  numberKeyOf(person: RosterPerson): string | null {
    if (person.citizenNumber === undefined) return null;
    let key = this.#numberKeys.get(person.citizenNumber);
    if (key === undefined) this.#numberKeys.set(person.citizenNumber, (key = this.#keyOf(person.citizenNumber)));
    return key;
  }

  find(row: RosterRow): { sure: KnownPerson | null; candidates: KnownPerson[] } {
    const { person } = row;
    const number = this.numberKeyOf(person);
    const byNumber = number === null ? [] : (this.#byNumber.get(number) ?? []);
    const [holder] = byNumber;
    if (holder && byNumber.length === 1)
      return isStranger(holder, person) ? ask([holder]) : { sure: holder, candidates: [] };
    const byCode = row.hasCode ? this.#byId.get(person.id) : undefined;
    // A code that now stands beside another name may be a new numbering: never taken without asking.
    if (byCode)
      return bareName(byCode.name) === bareName(person.name)
        ? { sure: byCode, candidates: [] }
        : ask([byCode, ...this.#namesakes(person, number)]);
    const fitting = this.#namesakes(person, number);
    if (fitting.length === 0) return this.#almost(person, number);
    const rivals = (this.#incomingByName.get(this.#marked(person.name)) ?? []).filter((other) => other !== row);
    const exact = fitting.filter(
      (other) => other.birthYear === (person.birthYear ?? null) && other.unitId === (person.unitId ?? null),
    );
    const sure = pickOne(exact, person) ?? (exact.length === 0 ? pickOne(fitting, person) : null);
    if (!sure) return ask(fitting);
    const isContested = rivals.some((rival) => fits(sure, rival.person) && !isBetter(sure, person, rival.person));
    if (isContested || !agrees(sure, person)) return ask(fitting);
    return { sure, candidates: [] };
  }

  /** People of the same name, marks included, whom no number or year tells apart from this one. */
  #namesakes(person: RosterPerson, number: string | null): KnownPerson[] {
    const all = this.#byName.get(this.#marked(person.name)) ?? [];
    return all.filter(
      (other) => fits(other, person) && (number === null || other.numberKey === null || other.numberKey === number),
    );
  }

  /** The same letters with other marks, the same year and unit: a corrected spelling, or somebody else. */
  #almost(person: RosterPerson, number: string | null): { sure: null; candidates: KnownPerson[] } {
    const all = this.#byBare.get(bareName(person.name)) ?? [];
    return ask(
      all.filter(
        (other) =>
          other.birthYear === (person.birthYear ?? null) &&
          (other.unitId === (person.unitId ?? null) || other.kind !== 'summoned') &&
          (number === null || other.numberKey === null),
      ),
    );
  }
}

const ask = (candidates: KnownPerson[]): { sure: null; candidates: KnownPerson[] } => ({
  sure: null,
  candidates: [...new Set(candidates)],
});

/** Same number, but neither name nor year agree: one of the two was mistyped. */
function isStranger(known: KnownPerson, person: RosterPerson): boolean {
  const words = new Set(bareName(known.name).split(' '));
  const shared = bareName(person.name)
    .split(' ')
    .filter((word) => words.has(word)).length;
  return (
    shared < 2 && (known.birthYear === null || person.birthYear === undefined || known.birthYear !== person.birthYear)
  );
}

/** Nothing known says that they are two people. */
function fits(known: KnownPerson, person: RosterPerson): boolean {
  if (known.birthYear !== null && person.birthYear !== undefined && known.birthYear !== person.birthYear) return false;
  if (known.birthDate !== null && person.birthDate !== undefined && known.birthDate !== person.birthDate) return false;
  return known.sex === null || person.sex === undefined || known.sex === person.sex;
}

/** Enough is the same: the year, or the unit, or one of them is not known at all. Two units are two people until somebody says so. */
function agrees(known: KnownPerson, person: RosterPerson): boolean {
  const hasUnits = known.unitId !== null && person.unitId !== undefined;
  return (
    !hasUnits || known.unitId === person.unitId || (known.birthDate !== null && known.birthDate === person.birthDate)
  );
}

/** The one that fits, or the one of several whose position and date are the same. */
function pickOne(people: readonly KnownPerson[], person: RosterPerson): KnownPerson | null {
  if (people.length <= 1) return people[0] ?? null;
  const same = people.filter(
    (other) => other.position === (person.position ?? null) && other.birthDate === (person.birthDate ?? null),
  );
  return same.length === 1 ? (same[0] ?? null) : null;
}

/** True when `person` is surely nearer to `known` than `rival` is. */
function isBetter(known: KnownPerson, person: RosterPerson, rival: RosterPerson): boolean {
  const closeness = (one: RosterPerson): number =>
    Number(known.birthYear === (one.birthYear ?? null)) * 4 +
    Number(known.unitId === (one.unitId ?? null)) * 4 +
    Number(known.birthDate === (one.birthDate ?? null)) * 2 +
    Number(known.position === (one.position ?? null)) * 2;
  return closeness(person) > closeness(rival);
}

/** Either place of the tone mark is one name: Hoà and Hòa; Hoa is another. */
function markedName(name: string): string {
  return splitWords(name)
    .map(({ shape, tone }) => shape + tone)
    .join(' ');
}

function bareName(name: string): string {
  return splitWords(name)
    .map(({ folded }) => folded)
    .join(' ');
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
