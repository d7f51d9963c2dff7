import { fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';

/** A person on the roster now. Numbers are known only as keyed hashes. */
export interface KnownPerson {
  id: string;
  name: string;
  birthYear: number | null;
  birthDate: string | null;
  sex: 'male' | 'female' | null;
  position: string | null;
  unitId: string | null;
  /** Keyed hash of the citizen number, as `keyOf` of the diff makes it; null without a number. */
  numberKey: string | null;
  hasSignedIn: boolean;
}

export type DiffField = 'name' | 'birthYear' | 'birthDate' | 'sex' | 'position' | 'unitId' | 'number';

export interface RosterDiff {
  added: RosterPerson[];
  changed: { id: string; before: KnownPerson; after: RosterPerson; fields: DiffField[] }[];
  /** On the roster, not in the file, not signed in: would be taken off. */
  removed: KnownPerson[];
  /** Not in the file but signed in: stays, whatever the file says. */
  kept: KnownPerson[];
  unchanged: { id: string; person: RosterPerson }[];
}

/**
 * What importing `incoming` over `existing` would do. People are recognised, surest sign first: own code, citizen number,
 * name with birth and unit, name with birth, name with unit; a sign that fits several people proves nothing. What the file
 * leaves empty is not a change. Matched people carry the id they already have.
 */
export function diffRoster(
  existing: readonly KnownPerson[],
  incoming: readonly RosterPerson[],
  keyOf: (citizenNumber: string) => string,
): RosterDiff {
  const numberKeys = new Map(
    incoming.flatMap((person): [RosterPerson, string][] =>
      person.citizenNumber === undefined ? [] : [[person, keyOf(person.citizenNumber)]],
    ),
  );
  const birthOf = (p: { birthYear?: number | null | undefined }): string => String(p.birthYear ?? '');
  const signs: readonly { known: (p: KnownPerson) => string | null; incoming: (p: RosterPerson) => string | null }[] = [
    { known: (p) => p.id, incoming: (p) => p.id },
    { known: (p) => p.numberKey, incoming: (p) => numberKeys.get(p) ?? null },
    {
      known: (p) => `${nameKey(p.name)}|${birthOf(p)}|${p.unitId ?? ''}`,
      incoming: (p) => `${nameKey(p.name)}|${birthOf(p)}|${p.unitId ?? ''}`,
    },
    {
      known: (p) => (p.birthYear === null ? null : `${nameKey(p.name)}|${birthOf(p)}`),
      incoming: (p) => (p.birthYear === undefined ? null : `${nameKey(p.name)}|${birthOf(p)}`),
    },
    {
      known: (p) => (p.unitId === null ? null : `${nameKey(p.name)}|${p.unitId}`),
      incoming: (p) => (p.unitId === undefined ? null : `${nameKey(p.name)}|${p.unitId}`),
    },
  ];

  const free = new Set(existing);
  const waiting = new Set(incoming);
  const pairs: [KnownPerson, RosterPerson][] = [];
  for (const sign of signs) {
    const known = groupBy(free, sign.known);
    const fresh = groupBy(waiting, sign.incoming);
    for (const [key, people] of fresh) {
      const candidates = known.get(key) ?? [];
      const [person] = people;
      const [match] = candidates;
      if (!person || !match || people.length > 1 || candidates.length > 1) continue;
      // Another number says it is another person, whatever the name.
      const number = numberKeys.get(person);
      if (number !== undefined && match.numberKey !== null && number !== match.numberKey && match.id !== person.id)
        continue;
      pairs.push([match, person]);
      free.delete(match);
      waiting.delete(person);
    }
  }

  const diff: RosterDiff = { added: [...waiting], changed: [], removed: [], kept: [], unchanged: [] };
  for (const [before, person] of pairs) {
    const after = { ...person, id: before.id };
    const fields = changedFields(before, after, numberKeys.get(person) ?? null);
    if (fields.length > 0) diff.changed.push({ id: before.id, before, after, fields });
    else diff.unchanged.push({ id: before.id, person: after });
  }
  for (const person of free) (person.hasSignedIn ? diff.kept : diff.removed).push(person);
  return diff;
}

/** Marks kept: Hoà and Hòa are one name, Hoa another. */
function nameKey(name: string): string {
  return (
    fold(name) +
    name
      .normalize('NFD')
      .replace(/[^\p{M}đĐ]/gu, '')
      .toLowerCase()
  );
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function changedFields(before: KnownPerson, after: RosterPerson, numberKey: string | null): DiffField[] {
  const fields = (['name', 'birthYear', 'birthDate', 'sex', 'position', 'unitId'] as const).filter(
    (field): boolean => after[field] !== undefined && after[field] !== before[field],
  );
  return numberKey !== null && numberKey !== before.numberKey ? [...fields, 'number'] : fields;
}
