import type { Person } from '../../contract/attendance.ts';
import { MIN_QUERY_LETTERS } from '../../contract/limits.ts';
import { splitWords, type Word } from '../../shared/names.ts';
import { NameIndex, type Entry, type Indexed } from './search-index.ts';
import { decodeTelex, decodeVni } from './search-residue.ts';
import { buildSlipTerm, buildTerm, scorePerson, type Reading, type Term } from './search-score.ts';
import { TopHits } from './search-top.ts';
import { slipCost } from './search-typo.ts';

export type NameSearchAnswer =
  | { people: { person: Person; score: number }[]; more: boolean }
  | { error: 'query_too_short' };

const MAX_QUERY_CHARS = 100;
const MAX_WORDS = 8;
/** People with one and the same name are shown together beyond `limit`, at most this many in all. */
const SAME_NAME_CAP = 50;
const SCORE_INITIALS = -100;
/** Scores from here on say that every word of the name was typed in full. */
const SCORE_WHOLE = 1000;

/**
 * Search over the names of one roster, in memory.
 *
 * Words may come in any order and be cut short; marks, case, punctuation and spaces do not matter, but typed marks push
 * names that contradict them down. Given names come first. A four-digit year picks among people with one name. When
 * nothing answers, the query is read in other ways, one after the other: Telex or VNI keys left in, words run together,
 * initials, one slip of the finger, one word too many. Nothing is ever chosen for the user: people with the same name are
 * all returned, in order of birth year.
 */
export class NameSearch {
  readonly #index = new NameIndex();

  constructor(people: readonly Person[]) {
    for (const person of people) this.#index.add(person);
  }

  get size(): number {
    return this.#index.size;
  }

  /** Adds a person, or replaces the one with the same id. */
  add(person: Person): void {
    this.#index.add(person);
  }

  remove(personId: string): void {
    this.#index.remove(personId);
  }

  /** Best `limit` (≥ 1) people, best first; `more` when others answered too. Queries are cut at 100 characters. */
  search(query: string, limit: number): NameSearchAnswer {
    const typed = parseQuery(query);
    if (typed.words.reduce((n, word) => n + word.folded.length, 0) < MIN_QUERY_LETTERS)
      return { error: 'query_too_short' };
    const size = Math.max(limit, SAME_NAME_CAP);
    const top = new TopHits(size);
    for (const attempt of ATTEMPTS) {
      attempt(this.#index, typed, (indexed, score) => top.offer(indexed, score));
      if (top.count > 0) break;
    }
    return cut(top, limit);
  }
}

function cut(top: TopHits, limit: number): NameSearchAnswer {
  const hits = top.list();
  let end = Math.min(limit, hits.length);
  const last = hits[end - 1]?.indexed.folded;
  while (end < hits.length && hits[end]?.indexed.folded === last) end++;
  const people = hits.slice(0, end).map(({ indexed, score }) => ({ person: indexed.person, score }));
  return { people, more: top.count > end };
}

interface Typed {
  words: Word[];
  birthYear: number | null;
}

const HONORIFIC = /^\s*(?:đ\/c|d\/c|đồng\s+chí|dong\s+chi)[\s.:]+/iu;

function parseQuery(query: string): Typed {
  const text = query.slice(0, MAX_QUERY_CHARS).normalize('NFC').replace(HONORIFIC, '');
  const all = splitWords(text);
  const year = all.find((word) => /^(?:19|20)\d\d$/u.test(word.folded));
  const words = all.filter((word) => word !== year).slice(0, MAX_WORDS);
  return { words, birthYear: year ? Number(year.folded) : null };
}

/** Takes one person with a score; an attempt offers nobody twice. */
type Offer = (indexed: Indexed, score: number) => void;
type Attempt = (index: NameIndex, typed: Typed, offer: Offer) => void;

const ATTEMPTS: readonly Attempt[] = [
  asTyped,
  (index, typed, offer) => asResidue(index, typed, offer, decodeTelex),
  (index, typed, offer) => asResidue(index, typed, offer, decodeVni),
  asOneWord,
  asLetters,
  withOneMistake,
];

function asTyped(index: NameIndex, typed: Typed, offer: Offer): void {
  matchWords(index, typed, offer);
  const [only] = typed.words;
  if (!only || typed.words.length > 1) return;
  for (const slot of index.byInitials.get(only.folded) ?? []) {
    const indexed = index.people[slot];
    // Somebody found by a word as well is already there, and higher.
    if (!indexed || indexed.words.some((id) => index.spellings[id]?.folded.startsWith(only.folded))) continue;
    const firsts = indexed.words.map((id) => index.spellings[id]?.shape.charAt(0)).join('');
    const bonus = indexed.person.birthYear === typed.birthYear && typed.birthYear !== null ? 50 : 0;
    offer(indexed, SCORE_INITIALS + (firsts === only.shape ? 10 : 0) + bonus);
  }
}

function matchWords(index: NameIndex, typed: Typed, offer: Offer, reading: Partial<Reading> = {}): void {
  const terms: Term[] = [];
  for (const word of typed.words) {
    const entries = index.listByPrefix(word.folded);
    if (entries.length === 0) return;
    terms.push(buildTerm(index, word, entries));
  }
  matchTerms(index, terms, { ...reading, birthYear: typed.birthYear }, offer);
}

/** Offers everybody who has a word of their own for each term. */
function matchTerms(index: NameIndex, terms: readonly Term[], reading: Reading, offer: Offer): void {
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
      const score = indexed ? scorePerson(indexed, sorted, order, reading) : null;
      if (indexed && score !== null) offer(indexed, score);
    }
  }
}

function asResidue(index: NameIndex, typed: Typed, offer: Offer, decode: (word: Word) => Word | null): void {
  const decoded = typed.words.map(decode);
  if (decoded.every((word) => word === null)) return;
  const words = typed.words.map((word, i) => decoded[i] ?? word);
  matchWords(index, { ...typed, words }, offer);
}

/** "nguyenvanduc", or "hhen" for H'Hen: the whole query against the beginning or the end of whole names. */
function asOneWord(index: NameIndex, typed: Typed, offer: Offer): void {
  const glued = typed.words.map((word) => word.folded).join('');
  if (glued.length < 4) return;
  for (const indexed of index.people) {
    if (!indexed) continue;
    if (indexed.glued === glued) offer(indexed, 900);
    else if (indexed.glued.endsWith(glued)) offer(indexed, 300);
    else if (indexed.glued.startsWith(glued)) offer(indexed, 200);
  }
}

/** "nv duc": a word that begins nothing is read as the first letters of several. */
function asLetters(index: NameIndex, typed: Typed, offer: Offer): void {
  let found = false;
  const words = typed.words.flatMap((word) => {
    if (word.folded.length > 5 || index.listByPrefix(word.folded).length > 0) return [word];
    found = true;
    return word.folded.split('').map((letter, i) => ({ folded: letter, shape: word.shape.charAt(i), tone: '' }));
  });
  if (found && words.length <= MAX_WORDS) matchWords(index, { ...typed, words }, offer, { mustBeInOrder: true });
}

/** The last reading: one word slipped, or one word that is not in the name. */
function withOneMistake(index: NameIndex, typed: Typed, offer: Offer): void {
  const best = new BestOf();
  withOneSlip(index, typed, best.offer);
  // A whole name but for one slip leaves no doubt.
  if (best.highest < SCORE_WHOLE) withOneWordLess(index, typed, best.offer);
  best.pass(offer);
}

/** One typed word may be another word by one edit; all others must stand as typed, and all in the order of the name. */
function withOneSlip(index: NameIndex, typed: Typed, offer: Offer): void {
  const plain = typed.words.map((word) => index.listByPrefix(word.folded));
  const unknown = plain.filter((entries) => entries.length === 0).length;
  if (unknown > 1) return;
  typed.words.forEach((word, at) => {
    // A word nobody has is the slip; when all are known, each may be it.
    if (unknown === 1 && plain[at]?.length !== 0) return;
    const slips = listSlips(index, word, typed.words.length);
    if (slips.size === 0) return;
    const terms = typed.words.map((other, i) =>
      i === at ? buildSlipTerm(index, slips) : buildTerm(index, other, plain[i] ?? []),
    );
    matchTerms(index, terms, { birthYear: typed.birthYear, mustBeInOrder: true }, offer);
  });
}

/** Entries one edit away from a word, with the cost. A lone word of two letters is too little to guess from. */
function listSlips(index: NameIndex, word: Word, words: number): Map<Entry, number> {
  const slips = new Map<Entry, number>();
  if (word.folded.length < (words > 1 ? 2 : 3)) return slips;
  for (const entry of index.listEntries()) {
    const cost = slipCost(word.folded, entry.folded);
    if (cost !== null && cost > 0) slips.set(entry, cost);
  }
  return slips;
}

/** A wrong middle name, a title, a unit: three words or more, one of which is not in the name. */
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

/** Joins several readings of one attempt: each person once, with the best score. */
class BestOf {
  readonly #best = new Map<Indexed, number>();
  highest = Number.NEGATIVE_INFINITY;

  readonly offer = (indexed: Indexed, score: number): void => {
    const before = this.#best.get(indexed);
    if (before === undefined || score > before) this.#best.set(indexed, score);
    this.highest = Math.max(this.highest, score);
  };

  pass(offer: Offer): void {
    for (const [indexed, score] of this.#best) offer(indexed, score);
  }
}
