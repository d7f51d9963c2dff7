import { fold } from '../../shared/names.ts';

/** Units met in a file, matched to known ones by folded name. */
export interface UnitBook {
  /** Id of the unit with this name, made at first sight. */
  idOf: (name: string) => string;
  /** Units met, in order. */
  list: () => { id: string; name: string; isNew: boolean }[];
}

/** `known` units keep their ids; new ones get a readable id from their name. */
export function createUnitBook(known: readonly { id: string; name: string }[]): UnitBook {
  const byKey = new Map<string, { id: string; name: string; isNew: boolean }>();
  for (const unit of known) byKey.set(keyOf(unit.name), { ...unit, isNew: false });
  const ids = new Set(known.map((unit) => unit.id));
  const met = new Set<{ id: string; name: string; isNew: boolean }>();

  const create = (name: string): { id: string; name: string; isNew: boolean } => {
    const slug =
      fold(name)
        .replace(/[^a-z0-9]+/gu, '-')
        .replace(/^-+|-+$/gu, '')
        .slice(0, 60)
        .replace(/-+$/u, '') || 'don-vi';
    let id = slug;
    for (let n = 2; ids.has(id); n++) id = `${slug}-${n}`;
    ids.add(id);
    return { id, name: name.slice(0, 300), isNew: true };
  };

  return {
    idOf: (name) => {
      const key = keyOf(name);
      let unit = byKey.get(key);
      if (!unit) byKey.set(key, (unit = create(name)));
      met.add(unit);
      return unit.id;
    },
    list: () => [...met],
  };
}

function keyOf(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
}
