import type { Word } from '../../shared/names.ts';
import type { Entry, Indexed, NameIndex, Spelling } from './search-index.ts';

/** How a spelling answers one typed word; bits, 0 when it does not. */
export const MATCH = 1;
/** The whole word, not only its beginning. */
export const FULL = 2;
/** Letter for letter with all marks. */
const EXACT = 4;
/** Typed marks that the name does not have. Missing marks are no contradiction. */
const CONTRADICTS = 8;

/** A typed word with the spellings that answer it. */
export interface Term {
  /** As typed, without marks; '' for a word read as others. */
  folded: string;
  length: number;
  /** Bits by spelling id. */
  bits: Uint8Array;
  /** Cost of reading the word as another one, by spelling id; null when the word stands as typed. See search-typo. */
  costs: Uint8Array | null;
  entries: readonly Entry[];
  /** People behind the entries; people with two such words are counted twice. */
  reach: number;
}

/** How the typed words are being read. */
export interface Reading {
  birthYear: number | null;
  /** Only names that have the words in the typed order. */
  mustBeInOrder?: boolean;
  /** Places in `order` of a word that was typed twice: either may answer either. */
  repeats?: readonly (readonly [number, number])[];
  /** A typed word was left out, so covering the whole name proves nothing. */
  isPartial?: boolean;
  /** Only names of as many words as were typed. */
  mustBeWhole?: boolean;
  /** Folded words of a unit named after the name. */
  unit?: string;
  /** What the form of address says. */
  sex?: 'male' | 'female' | null;
}

/** Score weights. Their distances keep the order: exact with marks, folded, given name, others. */
const SCORE = {
  whole: 1000,
  inOrder: 150,
  everyWord: 80,
  givenFull: 300,
  givenPrefix: 200,
  fullWord: 10,
  exactWord: 12,
  familyFull: 40,
  familyPrefix: 20,
  contradiction: -500,
  birthYear: 400,
  /** The unit typed is theirs. */
  unit: 400,
  sex: 30,
  /** Every word of the name begun, in the typed order: worth more than a given name hit by chance. */
  throughout: 260,
  cost: -20,
} as const;

/** Of i for y: less than any slip. */
const COST_ALIKE = 1;

/** Builds the term of one typed word from the entries that answer it; `alike` are the same word with i for y. */
export function buildTerm(index: NameIndex, word: Word, entries: readonly Entry[], alike: readonly Entry[] = []): Term {
  const bits = new Uint8Array(index.spellings.length);
  const costs = alike.length > 0 ? new Uint8Array(index.spellings.length) : null;
  let reach = 0;
  for (const entry of alike) {
    reach += entry.slots.length;
    for (const spelling of entry.spellings) {
      bits[spelling.id] = MATCH | FULL;
      if (costs) costs[spelling.id] = COST_ALIKE;
    }
  }
  for (const entry of entries) {
    reach += entry.slots.length;
    for (const spelling of entry.spellings) bits[spelling.id] = compare(word, spelling);
  }
  return {
    folded: word.folded,
    length: word.folded.length,
    bits,
    costs,
    entries: alike.length > 0 ? [...entries, ...alike] : entries,
    reach,
  };
}

/** Builds the term of a word read as others that cost something; each counts as a full word. */
export function buildSlipTerm(index: NameIndex, slips: ReadonlyMap<Entry, number>): Term {
  const bits = new Uint8Array(index.spellings.length);
  const costs = new Uint8Array(index.spellings.length);
  let reach = 0;
  for (const [entry, cost] of slips) {
    reach += entry.slots.length;
    for (const spelling of entry.spellings) {
      bits[spelling.id] = MATCH | FULL;
      costs[spelling.id] = cost;
    }
  }
  // Length 0 sorts it last: words that stand as typed choose first.
  return { folded: '', length: 0, bits, costs, entries: [...slips.keys()], reach };
}

function compare(word: Word, name: Spelling): number {
  let bits = MATCH;
  const isFull = word.folded.length === name.folded.length;
  if (isFull) bits |= FULL;
  if (isFull && word.shape === name.shape && word.tone === name.tone) return bits | EXACT;
  if (word.tone !== '' && word.tone !== name.tone) return bits | CONTRADICTS;
  if (word.shape === word.folded) return bits;
  for (let i = 0; i < word.shape.length; i++)
    if (word.shape[i] !== word.folded[i] && word.shape[i] !== name.shape[i]) return bits | CONTRADICTS;
  return bits;
}

/** Which word of the name answers each term, reused between calls. */
const taken: number[] = [];

/**
 * Score of one person for all terms, higher is better; null when some term has no word of its own in the name, or when
 * the words had to stand in the typed order and do not.
 * `terms` come longest first: sets of words that answer prefixes are nested or apart, so taking the most particular first
 * finds an assignment whenever there is one.
 */
export function scorePerson(
  indexed: Indexed,
  terms: readonly Term[],
  order: readonly number[],
  reading: Reading,
): number | null {
  const { words, givenFrom } = indexed;
  const length = words.length;
  if (terms.length > length) return null;
  let used = 0;
  let score = 0;
  let full = 0;
  let slipped = false;
  const isStraight = terms.length === length && runsStraight(words, terms, order);
  for (let t = 0; t < terms.length; t++) {
    const term = terms[t];
    if (!term) return null;
    let best = -1;
    let bestBits = 0;
    let bestValue = -1;
    for (let w = 0; w < length; w++) {
      if (used & (1 << w) || (isStraight && order[w] !== t)) continue;
      const bits = term.bits[words[w] ?? -1] ?? 0;
      if (bits === 0) continue;
      const cost = term.costs?.[words[w] ?? -1] ?? 0;
      const value = (bits & CONTRADICTS ? 0 : 40) + (bits & FULL ? 20 : 0) + (w >= givenFrom ? 10 : 9) - cost;
      if (value > bestValue) {
        best = w;
        bestBits = bits;
        bestValue = value;
      }
    }
    if (best < 0) return null;
    used |= 1 << best;
    taken[t] = best;
    if (bestBits & FULL) {
      full++;
      score += SCORE.fullWord;
    }
    if (bestBits & EXACT) score += SCORE.exactWord;
    if (bestBits & CONTRADICTS) score += SCORE.contradiction;
    if (best >= givenFrom) score += bestBits & FULL ? SCORE.givenFull : SCORE.givenPrefix;
    else if (best === 0) score += bestBits & FULL ? SCORE.familyFull : SCORE.familyPrefix;
    const cost = term.costs?.[words[best] ?? -1] ?? 0;
    score += cost * SCORE.cost;
    if (cost > COST_ALIKE) slipped = true;
  }
  for (const [a, b] of reading.repeats ?? []) putInOrder(order[a] ?? 0, order[b] ?? 0);
  const isWhole = terms.length === length && !reading.isPartial;
  if (isWhole) {
    score += SCORE.everyWord;
    if (full === length) score += SCORE.whole;
  }
  if (isInOrder(order))
    score += SCORE.inOrder + (isWhole && length > 2 && full < length && !slipped ? SCORE.throughout : 0);
  else if (reading.mustBeInOrder) return null;
  if (reading.birthYear !== null && indexed.person.birthYear === reading.birthYear) score += SCORE.birthYear;
  if (reading.unit !== undefined && indexed.unit !== '' && hasUnit(indexed.unit, reading.unit)) score += SCORE.unit;
  if (reading.sex && indexed.person.sex === reading.sex) score += SCORE.sex;
  return score;
}

/** True when the typed words stand in the unit's name, in their order. */
function hasUnit(unit: string, typed: string): boolean {
  return ` ${unit} `.includes(` ${typed} `) || unit.startsWith(typed);
}

/** Every typed word answers the word of the name in its place: of two alike, each has its own. */
function runsStraight(words: readonly number[], terms: readonly Term[], order: readonly number[]): boolean {
  for (let i = 0; i < words.length; i++) {
    const bits = terms[order[i] ?? -1]?.bits[words[i] ?? -1] ?? 0;
    if (bits === 0 || bits & CONTRADICTS) return false;
  }
  return true;
}

function putInOrder(a: number, b: number): void {
  const [first = 0, second = 0] = [taken[a], taken[b]];
  if (first < second) return;
  taken[a] = second;
  taken[b] = first;
}

/** `order[i]` is the place in `terms` of the i-th typed word. */
function isInOrder(order: readonly number[]): boolean {
  for (let i = 1; i < order.length; i++)
    if ((taken[order[i] ?? 0] ?? 0) < (taken[order[i - 1] ?? 0] ?? 0)) return false;
  return true;
}
