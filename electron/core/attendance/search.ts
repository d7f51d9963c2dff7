import type { Person } from '../../contract/attendance.ts';
import type { Word } from '../../shared/names.ts';
import { NameIndex } from './search-index.ts';
import { matchWords, type Offer } from './search-match.ts';
import { asSwappedTelex, BestOf, SCORE_WHOLE, withMistakes, withOneSlip } from './search-mistakes.ts';
import { listBareQueries, parseQuery, type Typed } from './search-query.ts';
import { decodeTelex, decodeVni } from './search-residue.ts';
import { TopHits } from './search-top.ts';

export type NameSearchAnswer =
  | { people: { person: Person; score: number }[]; more: boolean }
  | { error: 'query_too_short' };

/** No list before this many letters: the desk is a public screen. */
const MIN_LETTERS = 2;
const MAX_WORDS = 8;
/** People with one and the same name are shown together beyond `limit`, at most this many in all. */
const SAME_NAME_CAP = 50;
const SCORE_INITIALS = -100;
/** So few answers leave room to show what a slip of the finger would mean. */
const FEW = 2;

/**
 * Search over the names of one roster, in memory.
 *
 * Words may come in any order and be cut short; marks, case, punctuation and spaces do not matter, i and y are one letter, but
 * typed marks push names that contradict them down. Given names come first. A four-digit year, or a unit behind the name,
 * picks among people with one name. When nothing answers, the query is read in other ways, one after the other: without
 * "tôi là" or "ông" around the name, Telex or VNI keys left in, words run together, initials, slips of the finger, one word
 * too many. Nothing is ever chosen for the user: people with the same name are all returned, in order of birth year.
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
    if (typed.words.reduce((n, word) => n + word.folded.length, 0) < MIN_LETTERS) return { error: 'query_too_short' };
    const size = Math.max(limit, SAME_NAME_CAP);
    const top = new TopHits(size);
    const offer: Offer = (indexed, score) => top.offer(indexed, score);
    asTyped(this.#index, typed, offer);
    if (top.count === 0) this.#readOtherwise(query, typed, offer, top);
    return cut(top, limit);
  }

  /** Nobody answers as typed: other readings, the likeliest first, until somebody does. */
  #readOtherwise(query: string, typed: Typed, offer: Offer, top: TopHits): void {
    const index = this.#index;
    const bare = listBareQueries(query, index.listUnits(), (word) => index.beginsName(word));
    const sure = bare.filter(({ isDoubtful }) => isDoubtful !== true);
    const doubtful = bare.filter(({ isDoubtful }) => isDoubtful === true);
    const lone = doubtful.filter(({ words }) => words.length === 1);
    const steps: readonly (readonly [readonly Typed[], readonly Attempt[]])[] = [
      [sure, [asTyped]],
      [[typed], AS_KEYS],
      [lone, [asTyped]],
      [[...sure, ...lone], AS_KEYS],
      [[...sure, typed], AS_GUESSED],
      [doubtful, [asTyped, ...AS_KEYS, ...AS_GUESSED]],
    ];
    for (const [readings, attempts] of steps)
      for (const reading of readings)
        for (const attempt of attempts) {
          if (top.count > 0) return;
          attempt(index, reading, offer);
        }
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

type Attempt = (index: NameIndex, typed: Typed, offer: Offer) => void;

/** Keys of an input method left in the text. */
const AS_KEYS: readonly Attempt[] = [
  (index, typed, offer) => asResidue(index, typed, offer, decodeTelex),
  (index, typed, offer) => asResidue(index, typed, offer, decodeVni),
  asSwappedTelex,
];
const AS_GUESSED: readonly Attempt[] = [asOneWord, asLetters, withMistakes];

function asTyped(index: NameIndex, typed: Typed, offer: Offer): void {
  const best = new BestOf();
  matchWords(index, typed, best.offer);
  // "nh an" may be Nhân or Nguyễn Hữu An: letters without a vowel begin a word, or several.
  if (typed.words.length > 1 && typed.words.some(isConsonants)) asLetters(index, typed, best.offer);
  if (typed.words.length === 2 && best.highest < SCORE_WHOLE) firstAsLetters(index, typed, best.offer);
  if (best.size > 0 && best.highest < SCORE_WHOLE) addSlips(index, typed, best);
  best.pass(offer);
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

/**
 * Words that only begin others may be slips: "doan thu hong" for Đoàn Thị Hồng, where a Thuỳ answers "thu". What is typed
 * last may still be growing, so its slips never come before what it begins.
 */
function addSlips(index: NameIndex, typed: Typed, best: BestOf): void {
  if (typed.words.length < 3) return;
  const isGrowing = typed.words.slice(0, -1).every((word) => index.hasWord(word.folded));
  if (isGrowing && best.size > FEW) return;
  const lowest = best.lowest;
  const slips = new BestOf();
  withOneSlip(index, typed, slips.offer);
  slips.pass((indexed, score) => {
    if (score < SCORE_WHOLE - 200) return;
    best.offer(indexed, isGrowing ? Math.min(score, lowest) - 1 - (SCORE_WHOLE * 2 - score) / 10_000 : score);
  });
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

/** What a first word that somebody has loses when it is read as letters. */
const KNOWN_WORD = 310;

/** "ca tuoi" for Chu Anh Tươi: two or three letters before a given name. */
function firstAsLetters(index: NameIndex, typed: Typed, offer: Offer): void {
  const [first, given] = typed.words;
  if (!first || !given || first.folded.length > 3 || first.folded.length < 2 || !/^[a-z]+$/u.test(first.folded)) return;
  const letters = first.folded
    .split('')
    .map((letter, i) => ({ folded: letter, shape: first.shape.charAt(i), tone: '' }));
  const doubt = index.hasWord(first.folded) ? KNOWN_WORD : 0;
  matchWords(index, { ...typed, words: [...letters, given] }, (indexed, score) => offer(indexed, score - doubt), {
    mustBeInOrder: true,
    mustBeWhole: true,
  });
}

const isConsonants = (word: Word): boolean => /^[^aeiouy\d]{2,5}$/u.test(word.folded);

/** "nv duc": a word that begins nothing, or has no vowel, is read as the first letters of several. */
function asLetters(index: NameIndex, typed: Typed, offer: Offer): void {
  let found = false;
  const words = typed.words.flatMap((word) => {
    const isLetters = word.folded.length <= 5 && (isConsonants(word) || index.listByPrefix(word.folded).length === 0);
    if (!isLetters || word.folded.length < 2) return [word];
    found = true;
    return word.folded.split('').map((letter, i) => ({ folded: letter, shape: word.shape.charAt(i), tone: '' }));
  });
  if (found && words.length <= MAX_WORDS) matchWords(index, { ...typed, words }, offer, { mustBeInOrder: true });
}
