import { initialsOf, splitWords } from '../../electron/shared/names.ts';

/** A name without marks, as the corpus and its groups compare them. */
export const foldedKey = (name: string): string =>
  splitWords(name)
    .map((word) => word.folded)
    .join(' ');

/** Counts of people by what a short query leaves of their names. */
export class Groups {
  readonly #size = new Map<string, number>();
  readonly #words: string[][];
  readonly #ends = new Map<string, Set<string>>();
  readonly #initials = new Map<string, Set<string>>();
  readonly #cuts = new Map<string, Set<string>>();
  readonly #holes = new Map<string, Set<string>>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const folded = foldedKey(name);
      this.#size.set(folded, (this.#size.get(folded) ?? 0) + 1);
    }
    this.#words = [...this.#size.keys()].map((name) => name.split(' '));
    for (const parts of this.#words) {
      const name = parts.join(' ');
      add(this.#ends, endsKey(parts), name);
      add(this.#initials, initialsOf(splitWords(name)), name);
      for (const length of [2, 3]) add(this.#cuts, cutKey(parts, length), name);
      parts.forEach((_, at) => add(this.#holes, parts.with(at, '*').join(' '), name));
    }
  }

  /** People of other names that fit as well. */
  #others(fit: Iterable<string>, target: string): number {
    let people = 0;
    for (const name of fit) if (name !== target) people += this.#size.get(name) ?? 0;
    return people;
  }

  ends = (parts: string[]): number => this.#others(this.#ends.get(endsKey(parts)) ?? [], parts.join(' '));
  initials = (initials: string, target: string): number => this.#others(this.#initials.get(initials) ?? [], target);
  cuts = (parts: string[], length: number): number =>
    this.#others(this.#cuts.get(cutKey(parts, length)) ?? [], parts.join(' '));

  /** People of other names at most one edit in one word away from `query`. */
  near(query: string, target: string): number {
    const parts = query.split(' ');
    const fit = new Set<string>();
    parts.forEach((word, at) => {
      for (const name of this.#holes.get(parts.with(at, '*').join(' ')) ?? [])
        if (isNear(word, name.split(' ')[at] ?? '')) fit.add(name);
    });
    return this.#others(fit, target);
  }

  /** People of other names for which `fits` holds. */
  count(target: string, fits: (parts: readonly string[]) => boolean): number {
    const names = this.#words.filter(fits).map((parts) => parts.join(' '));
    return this.#others(names, target);
  }

  /** True when some name has, for each word of the query, a word of its own that begins so. */
  spells(query: string): boolean {
    const parts = query.split(' ').sort((a, b) => b.length - a.length);
    return this.#words.some((name) => {
      const free = [...name];
      return parts.every((part) => {
        const at = free.findIndex((word) => word.startsWith(part));
        if (at >= 0) free.splice(at, 1);
        return at >= 0;
      });
    });
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

export const endsKey = (parts: string[]): string => `${parts[0] ?? ''} ${parts.at(-1) ?? ''}`;
const cutKey = (parts: string[], length: number): string =>
  `${length}:${parts.map((word) => word.slice(0, length)).join(' ')}`;

/** At most one letter more, less or other, or two neighbours swapped. Written apart from the search's own, on purpose. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restA === restB.charAt(1) + restB.charAt(0);
}
