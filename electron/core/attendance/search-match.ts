import type { Word } from '../../shared/names.ts';
import type { Indexed, NameIndex } from './search-index.ts';
import type { Typed } from './search-query.ts';
import { buildTerm, scorePerson, type Reading, type Term } from './search-score.ts';

/** Takes one person with a score; an attempt offers nobody twice. */
export type Offer = (indexed: Indexed, score: number) => void;

/** Who answers one typed word: words it begins, the same word with i for y, "f" for "ph". Null when nobody does. */
export function termOf(index: NameIndex, word: Word): Term | null {
  const entries = index.listByPrefix(word.folded);
  const alike = index.listAlike(word.folded);
  if (entries.length > 0 || alike.length > 0) return buildTerm(index, word, entries, alike);
  if (!word.folded.startsWith('f')) return null;
  const folded = `ph${word.folded.slice(1)}`;
  const spoken = index.listByPrefix(folded);
  const same = index.listAlike(folded);
  if (spoken.length === 0 && same.length === 0) return null;
  return buildTerm(index, { folded, shape: folded, tone: word.tone }, spoken, same);
}

/** Offers everybody who has a word of their own for each typed word. */
export function matchWords(index: NameIndex, typed: Typed, offer: Offer, reading: Partial<Reading> = {}): void {
  const terms: Term[] = [];
  for (const word of typed.words) {
    const term = termOf(index, word);
    if (!term) return;
    terms.push(term);
  }
  const { birthYear, unit, sex } = typed;
  matchTerms(
    index,
    terms,
    { ...reading, birthYear, ...(unit === undefined ? {} : { unit }), ...(sex === undefined ? {} : { sex }) },
    offer,
  );
}

/** Offers everybody who has a word of their own for each term. */
export function matchTerms(index: NameIndex, terms: readonly Term[], how: Reading, offer: Offer): void {
  const repeats = listRepeats(terms);
  const reading = repeats.length === 0 ? how : { ...how, repeats };
  const sorted = [...terms].sort((a, b) => b.length - a.length);
  const order = terms.map((term) => sorted.indexOf(term));
  const rarest = terms.reduce<Term | null>((best, term) => (best && best.reach <= term.reach ? best : term), null);
  if (!rarest) return;
  const seen = rarest.entries.length > 1 ? new Uint8Array(index.people.length) : null;
  for (const entry of rarest.entries) {
    for (const slot of entry.slots) {
      if (seen?.[slot]) continue;
      if (seen) seen[slot] = 1;
      const indexed = index.people[slot];
      if (!indexed || (reading.mustBeWhole === true && indexed.words.length !== terms.length)) continue;
      const score = scorePerson(indexed, sorted, order, reading);
      if (score !== null) offer(indexed, score);
    }
  }
}

function listRepeats(terms: readonly Term[]): [number, number][] {
  return terms.flatMap(({ folded }, a) =>
    terms.flatMap((other, b): [number, number][] =>
      a < b && folded !== '' && other.folded === folded ? [[a, b]] : [],
    ),
  );
}
