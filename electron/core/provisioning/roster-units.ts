import { cutText, fold, splitWords } from '../../shared/names.ts';

/** As long as a name may be, characters. */
const LONGEST_NAME = 300;

/** Units met in a file, matched to known ones by their whole name, marks included. */
export interface UnitBook {
  /** Id of the unit with this name, made at first sight. */
  idOf: (name: string) => string;
  /** Units met, in order. */
  list: () => { id: string; name: string; isNew: boolean }[];
  /** Pairs of names, one of them met in the file, that differ in nothing but marks: Thôn Hạ, Thôn Hà. */
  similar: () => [string, string][];
}

interface Unit {
  id: string;
  name: string;
  isNew: boolean;
  met: number;
}

/**
 * `known` units keep their ids; new ones get a readable id from their name. `joinSimilar`: names that differ in marks alone
 * are one unit.
 */
export function createUnitBook(known: readonly { id: string; name: string }[], joinSimilar = false): UnitBook {
  const keyOf = joinSimilar ? bareKey : markedKey;
  const byKey = new Map<string, Unit>();
  const all: Unit[] = [];
  for (const { id, name } of known) {
    const unit = { id, name, isNew: false, met: 0 };
    all.push(unit);
    if (!byKey.has(keyOf(name))) byKey.set(keyOf(name), unit);
  }
  const ids = new Set(known.map((unit) => unit.id));
  const met: Unit[] = [];

  const create = (name: string): Unit => {
    const slug =
      fold(name)
        .replace(/[^a-z0-9]+/gu, '-')
        .replace(/^-+|-+$/gu, '')
        .slice(0, 60)
        .replace(/-+$/u, '') || 'don-vi';
    let id = slug;
    for (let n = 2; ids.has(id); n++) id = `${slug}-${n}`;
    ids.add(id);
    const unit = { id, name, isNew: true, met: 0 };
    all.push(unit);
    return unit;
  };

  return {
    idOf: (written) => {
      // Also before it is compared: a later file has it in full again.
      const name = cutText(written, LONGEST_NAME);
      const key = keyOf(name);
      let unit = byKey.get(key);
      if (!unit) byKey.set(key, (unit = create(name)));
      if (unit.met === 0) met.push(unit);
      unit.met += 1;
      return unit.id;
    },
    list: () => met.map(({ id, name, isNew }) => ({ id, name, isNew })),
    similar: () => {
      if (joinSimilar) return [];
      const byBare = new Map<string, Unit[]>();
      for (const unit of all) byBare.set(bareKey(unit.name), [...(byBare.get(bareKey(unit.name)) ?? []), unit]);
      const pairs: [string, string][] = [];
      for (const group of byBare.values())
        for (const [i, unit] of group.entries())
          for (const other of group.slice(i + 1)) if (unit.met + other.met > 0) pairs.push([unit.name, other.name]);
      return pairs;
    },
  };
}

/** Words with their marks; either place of the tone mark, capitals and punctuation do not matter. */
export function markedKey(name: string): string {
  return splitWords(name)
    .map(({ shape, tone }) => shape + tone)
    .join(' ');
}

function bareKey(name: string): string {
  return splitWords(name)
    .map(({ folded }) => folded)
    .join(' ');
}
