import { splitWords, type Word } from '../../shared/names.ts';

/** A query taken apart: the words of the name, and what was typed around it. */
export interface Typed {
  words: Word[];
  birthYear: number | null;
  /** Folded words of a unit behind the name: "Nguyễn Ánh Hiền, chi bộ 3". */
  unit?: string;
  /** What a form of address says of the person. */
  sex?: 'male' | 'female';
  /** What was left out is also a family name of somebody here: Ông, Chu. */
  isDoubtful?: boolean;
}

const MAX_QUERY_CHARS = 100;
const MAX_WORDS = 8;
const COMRADE = /^\s*(?:đ\/c|d\/c|đồng\s+chí|dong\s+chi)[\s.:]+/iu;
/** How people introduce themselves. */
const SELF =
  /^\s*(?:(?:xin\s+)?ch[aà]o[\s,.!]+)?(?:(?:t[oô]i|tui|em|ch[aá]u|m[iì]nh|con|t[oớơ])\s+(?:t[eê]n\s+)?l[aà]|(?:h[oọ]\s+)?t[eê]n\s+(?:(?:t[oô]i|em|ch[aá]u|m[iì]nh)\s+)?l[aà]|t[oô]i\s+t[eê]n)[\s:,]+/iu;
const ADDRESS = /^\s*(ông|ong|bà|ba|anh|chị|chi|cô|co|chú|chu|bác|bac|cụ|cu|thầy|thay|dì|di|mợ)[\s.:]+(?=\S)/iu;
const MALE = /^(?:ông|ong|anh|chú|chu|thầy|thay)$/iu;
const FEMALE = /^(?:bà|ba|chị|chi|cô|co|dì|di|mợ)$/iu;

/** Reads a query as it was typed. Cut at 100 characters and 8 words. */
export function parseQuery(query: string): Typed {
  const text = query.slice(0, MAX_QUERY_CHARS).normalize('NFC').replace(COMRADE, '');
  return wordsOf(text);
}

function wordsOf(text: string): Typed {
  const all = splitWords(text);
  const year = all.find((word) => /^(?:19|20)\d\d$/u.test(word.folded));
  const words = all.filter((word) => word !== year).slice(0, MAX_WORDS);
  return { words, birthYear: year ? Number(year.folded) : null };
}

const foldedOf = (words: readonly Word[]): string => words.map((word) => word.folded).join(' ');

/**
 * The same query without what people say around a name: "tôi là", "ông", a unit behind a comma or of a name in `units`. The
 * likeliest first; empty when there is nothing around it.
 */
export function listBareQueries(
  query: string,
  units: Iterable<string>,
  beginsName: (folded: string) => boolean,
): Typed[] {
  const text = query.slice(0, MAX_QUERY_CHARS).normalize('NFC').replace(COMRADE, '');
  const found: Typed[] = [];
  const add = (rest: string, more: Partial<Typed> = {}): void => {
    const typed = { ...wordsOf(rest), ...more };
    if (foldedOf(typed.words).replaceAll(' ', '').length >= 2) found.push(typed);
  };
  const self = text.replace(SELF, '');
  const address = ADDRESS.exec(self)?.[1];
  const bare = address === undefined ? self : self.replace(ADDRESS, '');
  const sex =
    address === undefined
      ? {}
      : MALE.test(address)
        ? { sex: 'male' as const }
        : FEMALE.test(address)
          ? { sex: 'female' as const }
          : {};
  const names = [...units];
  const addWithUnit = (rest: string, more: Partial<Typed>): void => {
    const comma = /^(.*?\p{L}.*?)\s*(?:[,;(]|\s[-–]\s)\s*(.+)$/u.exec(rest);
    if (comma?.[1] !== undefined && comma[2] !== undefined) {
      const unit = foldedOf(splitWords(comma[2]));
      add(comma[1], { ...more, ...(unit === '' ? {} : { unit }) });
    }
    const unitTail = splitUnit(wordsOf(rest).words, names);
    if (unitTail) found.push({ ...wordsOf(rest), words: unitTail.words, unit: unitTail.unit, ...more });
  };
  const isFamily = address !== undefined && beginsName(foldedOf(splitWords(address)));
  // "Chu Ánh Hương, chi bộ 3" is a name as it stands where somebody is called Chu.
  if (isFamily) addWithUnit(self, {});
  addWithUnit(bare, sex);
  if (bare !== text) add(bare, isFamily ? { ...sex, isDoubtful: true } : sex);
  if (self !== text && self !== bare) add(self);
  return found;
}

/** A name and, behind it, words a unit's name begins with: at least two, or one that is the whole unit. */
function splitUnit(words: readonly Word[], names: readonly string[]): { words: Word[]; unit: string } | null {
  if (words.length < 3) return null;
  for (let from = 1; from < words.length - 1; from++) {
    const tail = foldedOf(words.slice(from));
    if (
      names.some((name) => name === tail || name.startsWith(`${tail} `) || (tail.length >= 5 && name.startsWith(tail)))
    )
      return { words: words.slice(0, from), unit: tail };
  }
  return null;
}
