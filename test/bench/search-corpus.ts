import { compareNames, initialsOf, splitWords } from '../../electron/shared/names.ts';
import { endsKey, foldedKey, Groups } from './search-groups.ts';
import { HABITS } from './search-habits.ts';
import { pickCommon } from '../fixtures/rosters/invented-names.ts';

/**
 * Noisy queries as people type them at a desk, each with the names that answer it.
 *
 * A query is kept only when the list can answer it: what is left of the name fits at most two people of other names, so
 * that three rows are enough, and a slip does not happen to spell somebody else on the list. People whose names differ only in marks that the query does
 * not show count as the same answer: nothing in the query tells them apart, the choice card does.
 */

export interface NoisyQuery {
  query: string;
  kind: string;
  /** The target's name folded, when the query shows no trustworthy marks; null when `marked` says it. */
  folded: string;
  marked: string | null;
}

export type Dice = () => number;

const COMBINING = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' } as const;
const VNI_TONE: Record<string, string> = { s: '1', f: '2', r: '3', x: '4', j: '5' };
export const TELEX_LETTER: Record<string, string> = { â: 'aa', ă: 'aw', ê: 'ee', ô: 'oo', ơ: 'ow', ư: 'uw', đ: 'dd' };
const VNI_LETTER: Record<string, string> = { â: 'a6', ă: 'a8', ê: 'e6', ô: 'o6', ơ: 'o7', ư: 'u7', đ: 'd9' };

/** The name with every tone mark moved to one fixed place: names equal but for tone placement agree. */
export function markedKey(name: string): string {
  return splitWords(name)
    .map((word) => word.shape + word.tone)
    .join(' ');
}

function toneKeyOf(tone: string): string {
  return Object.entries(COMBINING).find(([, mark]) => mark === tone)?.[0] ?? '';
}

export function typeKeys(
  name: string,
  letters: Record<string, string>,
  toneOf: (key: string) => string,
  dice: Dice,
): string {
  return splitWords(name)
    .map(({ shape, tone }) => {
      const marks = shape.split('').map((letter) => letters[letter] ?? letter);
      const key = toneOf(toneKeyOf(tone));
      if (key === '') return marks.join('');
      // Tone keys are typed at the end of the word, or right after the vowel that carries the tone.
      const vowel = shape.split('').findLastIndex((letter) => /[aăâeêioôơuưy]/u.test(letter));
      if (dice() < 0.5) return marks.join('') + key;
      return [...marks.slice(0, vowel + 1), key, ...marks.slice(vowel + 1)].join('');
    })
    .join(' ');
}

/** Moves tone marks between the two places in use: hoà/hòa, thuỷ/thủy. */
function moveTones(name: string): string {
  return name
    .normalize('NFD')
    .replace(/([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])(?=$|\s)/giu, '$1$3$2')
    .normalize('NFC');
}

function swapTones(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0303\u0309]/gu, (mark) => (mark === '\u0303' ? '\u0309' : '\u0303'))
    .normalize('NFC');
}

function dropSomeMarks(name: string, dice: Dice): string {
  return Array.from(name.normalize('NFD'))
    .filter((c) => !/\p{M}/u.test(c) || dice() < 0.5)
    .join('')
    .normalize('NFC');
}

const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/\bch/u, 'tr'],
  [/\btr/u, 'ch'],
  [/\bs/u, 'x'],
  [/\bx/u, 's'],
  [/\bl/u, 'n'],
  [/y\b/u, 'i'],
  [/([^ui])ng\b/u, '$1n'],
  [/n\b/u, 'ng'],
];

export function slip(folded: string, dice: Dice): string {
  const parts = folded.split(' ');
  const at = Math.floor(dice() * parts.length);
  const word = parts[at] ?? '';
  if (word.length < 3) return folded;
  const place = Math.floor(dice() * word.length);
  const letter = pickCommon('nghaotiucemlrdyvbspkqx'.split(''), dice);
  const alike = ALIKE.filter(([from]) => from.test(word));
  const kind = dice();
  const sound = alike[Math.floor(dice() * alike.length)];
  let wrong: string;
  if (kind < 0.25 && sound) wrong = word.replace(sound[0], sound[1]);
  else if (kind < 0.4) wrong = word.slice(0, place) + word.slice(place + 1);
  else if (kind < 0.6) wrong = word.slice(0, place) + letter + word.slice(place);
  else if (kind < 0.8) wrong = word.slice(0, place) + letter + word.slice(place + 1);
  else wrong = word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2);
  return parts.with(at, wrong).join(' ');
}

export type Maker = (
  name: string,
  parts: string[],
  dice: Dice,
  groups: Groups,
) => { query: string; isMarked?: boolean } | null;

const MAKERS: Record<string, Maker> = {
  unmarked: (_, parts) => ({ query: parts.join(' ') }),
  'other tone place': (name) => ({ query: moveTones(name), isMarked: true }),
  decomposed: (name) => ({ query: name.normalize('NFD'), isMarked: true }),
  'capitals and dots': (name) => ({ query: ` ${name.toUpperCase().replaceAll(' ', ' . ')}. `, isMarked: true }),
  'given name first': (_, parts) => ({ query: [parts.at(-1), ...parts.slice(0, -1)].join(' ') }),
  'some marks': (name, _, dice) => ({ query: dropSomeMarks(name, dice) }),
  'hỏi and ngã mixed up': (name) => ({ query: swapTones(name) }),
  telex: (name, _, dice) => ({ query: typeKeys(name, TELEX_LETTER, (key) => key, dice), isMarked: true }),
  vni: (name, _, dice) => ({ query: typeKeys(name, VNI_LETTER, (key) => VNI_TONE[key] ?? '', dice), isMarked: true }),
  'no spaces': (_, parts) => (parts.length > 1 ? { query: parts.join('') } : null),
  'family and given': (_, parts, __, groups) =>
    parts.length > 2 && groups.ends(parts) <= 2 ? { query: endsKey(parts) } : null,
  'words cut short': (_, parts, dice, groups) => {
    const length = dice() < 0.5 ? 2 : 3;
    if (parts.length < 3 || groups.cuts(parts, length) > 2) return null;
    return { query: parts.map((word) => word.slice(0, length)).join(' ') };
  },
  initials: (_, parts, __, groups) => {
    const query = initialsOf(splitWords(parts.join(' ')));
    return query.length >= 3 && groups.initials(query, parts.join(' ')) <= 2 && !groups.spells(query)
      ? { query }
      : null;
  },
  'one slip': (_, parts, dice, groups) => {
    const query = slip(parts.join(' '), dice);
    return groups.near(query, parts.join(' ')) <= 2 && !groups.spells(query) ? { query } : null;
  },
  'wrong middle name': (_, parts, dice, groups) => {
    const wrong = pickCommon(['van', 'thi', 'duc', 'minh', 'ngoc', 'huu'], dice);
    if (parts.length !== 3 || groups.ends(parts) > 2) return null;
    const query = parts.with(1, wrong).join(' ');
    return groups.near(query, '') === 0 && !groups.spells(query) ? { query } : null;
  },
};

/** `perKind` queries of each kind (fewer where the list answers few), over the given names; seeded through `dice`. */
export function makeNoisyQueries(names: readonly string[], perKind: number, dice: Dice): NoisyQuery[] {
  const groups = new Groups(names);
  const sorted = [...new Set(names)].sort(compareNames);
  const queries: NoisyQuery[] = [];
  for (const [kind, make] of Object.entries({ ...MAKERS, ...HABITS })) {
    let found = 0;
    for (let tries = 0; tries < perKind * 40 && found < perKind; tries++) {
      const name = sorted[Math.floor(dice() * sorted.length)] ?? '';
      const folded = foldedKey(name);
      const made = make(name, folded.split(' '), dice, groups);
      if (!made || (kind === 'one slip' && made.query === folded)) continue;
      found++;
      queries.push({ query: made.query, kind, folded, marked: made.isMarked ? markedKey(name) : null });
    }
  }
  return queries;
}

/** True when one of the names answers the query. */
export function isAnswered(query: NoisyQuery, names: readonly string[]): boolean {
  return names.some((name) =>
    query.marked === null ? foldedKey(name) === query.folded : markedKey(name) === query.marked,
  );
}
