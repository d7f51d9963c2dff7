import type { Word } from '../../shared/names.ts';
import type { Entry, Indexed, NameIndex } from './search-index.ts';
import { matchTerms, matchWords, termOf, type Offer } from './search-match.ts';
import type { Typed } from './search-query.ts';
import { decodeTelex } from './search-residue.ts';
import { buildSlipTerm, type Term } from './search-score.ts';
import { slipCost } from './search-typo.ts';

/** Scores from here on say that every word of the name was typed in full. */
export const SCORE_WHOLE = 1000;

/** What a second slip takes from a whole name. */
const TWO_SLIPS = 1050;

/** Joins several readings: each person once, with the best score. */
export class BestOf {
  readonly #best = new Map<Indexed, number>();
  highest = Number.NEGATIVE_INFINITY;

  /** Lowest score so far; 0 without any. */
  get lowest(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const score of this.#best.values()) lowest = Math.min(lowest, score);
    return Number.isFinite(lowest) ? lowest : 0;
  }

  get size(): number {
    return this.#best.size;
  }

  readonly offer = (indexed: Indexed, score: number): void => {
    const before = this.#best.get(indexed);
    if (before === undefined || score > before) this.#best.set(indexed, score);
    this.highest = Math.max(this.highest, score);
  };

  pass(offer: Offer): void {
    for (const [indexed, score] of this.#best) offer(indexed, score);
  }
}

/** The last reading: one word slipped, one word that is not in the name, or a slip in each of two words. */
export function withMistakes(index: NameIndex, typed: Typed, offer: Offer): void {
  const best = new BestOf();
  withOneSlip(index, typed, best.offer);
  // A whole name but for one slip leaves no doubt.
  if (best.highest < SCORE_WHOLE) {
    withOneWordLess(index, typed, best.offer);
    // One word wrong is likelier than two words slipped.
    withTwoSlips(index, typed, (indexed, score) => best.offer(indexed, score - TWO_SLIPS));
  }
  best.pass(offer);
}

/** One typed word may be another word by one edit; all others must stand as typed, and all in the order of the name. */
export function withOneSlip(index: NameIndex, typed: Typed, offer: Offer): void {
  const terms = typed.words.map((word) => termOf(index, word));
  const unknown = terms.filter((term) => term === null).length;
  if (unknown > 1) return;
  typed.words.forEach((word, at) => {
    // A word nobody has is the slip; when all are known, each may be it.
    if (unknown === 1 && terms[at] !== null) return;
    const slips = listSlips(index, word, typed.words.length);
    if (slips.size === 0) return;
    const mixed = terms.map((term, i) => (i === at ? buildSlipTerm(index, slips) : term));
    if (mixed.every((term): term is Term => term !== null))
      matchTerms(index, mixed, { ...readingOf(typed), mustBeInOrder: true }, offer);
  });
}

/** A slip in each of two words of three or more, all in the order of the name. */
function withTwoSlips(index: NameIndex, typed: Typed, offer: Offer): void {
  if (typed.words.length < 3 || typed.words.length > 6) return;
  const terms = typed.words.map((word) => termOf(index, word));
  const unknown = terms.flatMap((term, at) => (term === null ? [at] : []));
  if (unknown.length > 2) return;
  const slipped = typed.words.map((word, at) => {
    if (unknown.length === 2 && !unknown.includes(at)) return null;
    const slips = listSlips(index, word, typed.words.length);
    return slips.size === 0 ? null : buildSlipTerm(index, slips);
  });
  for (let a = 0; a < terms.length; a++)
    for (let b = a + 1; b < terms.length; b++) {
      if (!unknown.every((at) => at === a || at === b)) continue;
      const mixed = terms.map((term, i) => (i === a || i === b ? (slipped[i] ?? null) : term));
      if (mixed.every((term): term is Term => term !== null))
        matchTerms(index, mixed, { ...readingOf(typed), mustBeInOrder: true, mustBeWhole: true }, offer);
    }
}

/** Entries one edit away from a word, with the cost. A lone word of two letters is too little to guess from. */
function listSlips(index: NameIndex, word: Word, words: number): Map<Entry, number> {
  const slips = new Map<Entry, number>();
  // "y" for Kỷ: of one letter only a lost one is guessed, and only in a longer query.
  if (word.folded.length < (words > 2 ? 1 : words > 1 ? 2 : 3)) return slips;
  for (const entry of index.listEntries()) {
    if (Math.abs(entry.folded.length - word.folded.length) > 1) continue;
    if (word.folded.length === 1 && (entry.folded.length !== 2 || !entry.folded.endsWith(word.folded))) continue;
    const cost = slipCost(word.folded, entry.folded);
    if (cost !== null && cost > 0) slips.set(entry, cost);
  }
  return slips;
}

/** A wrong middle name, a title: three words or more, one of which is not in the name. */
function withOneWordLess(index: NameIndex, typed: Typed, offer: Offer): void {
  if (typed.words.length < 3) return;
  const last = typed.words.length - 1;
  typed.words.forEach((_, at) => {
    // People are surer of family and given names than of middle names.
    const doubt = at === 0 ? 200 : at === last ? 250 : 0;
    const words = typed.words.toSpliced(at, 1);
    matchWords(index, { ...typed, words }, (indexed, score) => offer(indexed, score - doubt), { isPartial: true });
  });
}

/** Readings of one word at most, and of a whole query: what fits first is taken. */
const MAX_READINGS = 4;

/** Telex keys with two neighbours swapped: a word is read with each pair swapped back, as far as it then is one that exists. */
export function asSwappedTelex(index: NameIndex, typed: Typed, offer: Offer): void {
  if (typed.words.every((word) => decodeTelex(word) === null)) return;
  let queries: string[][] = [[]];
  let swapped = 0;
  for (const word of typed.words) {
    const plain = decodeTelex(word) ?? word;
    const readings = index.hasWord(plain.folded) ? [plain.folded] : listUnswapped(index, word);
    if (readings.length === 0) return;
    if (readings[0] !== plain.folded) swapped += 1;
    queries = queries.flatMap((query) => readings.map((reading) => [...query, reading])).slice(0, MAX_READINGS * 2);
  }
  if (swapped === 0 || swapped > 2) return;
  // Which marks were meant is a guess: the letters alone are compared.
  const best = new BestOf();
  for (const query of queries) {
    const words = query.map((folded) => ({ folded, shape: folded, tone: '' }));
    matchWords(index, { ...typed, words }, best.offer);
  }
  best.pass(offer);
}

function listUnswapped(index: NameIndex, word: Word): string[] {
  const readings = new Set<string>();
  for (let at = 0; at + 1 < word.folded.length; at++) {
    const letters = word.folded.split('');
    [letters[at], letters[at + 1]] = [letters[at + 1] ?? '', letters[at] ?? ''];
    const folded = letters.join('');
    const read = decodeTelex({ folded, shape: folded, tone: '' })?.folded ?? folded;
    if (index.hasWord(read)) readings.add(read);
  }
  return [...readings].slice(0, MAX_READINGS);
}

const readingOf = (typed: Typed) => ({
  birthYear: typed.birthYear,
  ...(typed.unit === undefined ? {} : { unit: typed.unit }),
  ...(typed.sex === undefined ? {} : { sex: typed.sex }),
});
