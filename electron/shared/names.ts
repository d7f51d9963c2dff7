/**
 * Vietnamese names as text. Two facts shape everything here: stripping marks by Unicode decomposition leaves đ alone
 * (it is a letter of its own, not d with a mark), and one syllable has two accepted spellings when the tone mark may sit
 * on either vowel (hoà = hòa, thuỷ = thủy). Names are compared through these folds and never rewritten by them.
 */

/** Soft hyphens, zero-width and direction marks, variation selectors. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** đ and the letters that stand in for it in old fonts and foreign keyboards; ƀ is used in Ê Đê and Ba Na names. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ɖ: 'd', ƀ: 'b' };
/** Marks that make another letter: breve, circumflex, horn. */
const SHAPES = '\u0306\u0302\u031b';
/** Tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng. */
const TONES = '\u0300\u0309\u0303\u0301\u0323';

/** NFC, one kind of space, no invisible characters, trimmed. Decode old Vietnamese fonts first: TCVN3 writes ư as U+00AD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, '').normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** At most `most` UTF-16 units of a text, and no half of a character at its end. */
export function cutText(text: string, most: number): string {
  const isInside = (text.codePointAt(most - 1) ?? 0) > 0xff_ff;
  return text.slice(0, isInside ? most - 1 : most);
}

/** Lower case without any mark, đ as d, single spaces; punctuation stays. "Đặng Thị Thuỷ" and "ĐẶNG THỊ THỦY" agree. */
export function fold(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðɖƀ]/gu, (letter) => LOOK_ALIKE[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** One word of a name taken apart, so that marks can be compared whichever vowel carries the tone. */
export interface Word {
  /** Letters and digits without any mark. */
  readonly folded: string;
  /** The same letters, each as long as in `folded`, with breve, circumflex, horn and đ kept. */
  readonly shape: string;
  /** Tone, `''` for none: one of the five combining marks. */
  readonly tone: string;
}

/** Takes one word apart. Expects letters, digits and marks only. */
export function parseWord(text: string): Word {
  let folded = '';
  let shape = '';
  let tone = '';
  for (const char of text.toLowerCase().normalize('NFKD')) {
    if (TONES.includes(char)) {
      tone = char;
    } else if (SHAPES.includes(char)) {
      shape = shape.slice(0, -1) + (shape.slice(-1) + char).normalize('NFC');
    } else if (!/\p{M}/u.test(char)) {
      folded += LOOK_ALIKE[char] ?? char;
      shape += char === 'ð' || char === 'ɖ' ? 'đ' : char;
    }
  }
  return { folded, shape, tone };
}

/** Words of a name or a query; everything that is neither letter, digit nor mark separates. */
export function splitWords(text: string): Word[] {
  const words = text.replace(INVISIBLE, '').match(WORD) ?? [];
  return words.map(recallWord).filter((word) => word.folded !== '');
}

/** Names draw on a few thousand syllables: each is taken apart once. */
const known = new Map<string, Word>();
const KNOWN_MAX = 20_000;

function recallWord(text: string): Word {
  let word = known.get(text);
  if (!word) {
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(text, (word = parseWord(text)));
  }
  return word;
}

/** The word people are called by: the last one. A roster that keeps it in a column of its own says it better. */
export function givenNameOf(name: string): string {
  return cleanText(name).split(' ').at(-1) ?? '';
}

/** First letters of the words, folded: "Nguyễn Văn Đức" gives "nvd". */
export function initialsOf(words: readonly Word[]): string {
  return words.map((word) => word.folded.charAt(0)).join('');
}

const ALPHABET = '0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';

const keyOf = new WeakMap<Word, string>();

function wordKey(word: Word): string {
  let key = keyOf.get(word) ?? '';
  if (key !== '') return key;
  for (const letter of word.shape) {
    const at = ALPHABET.indexOf(letter);
    key += at < 0 ? letter : String.fromCharCode(0x40 + at);
  }
  keyOf.set(word, key);
  return key;
}

function partKey(words: readonly Word[]): string {
  // Letters of the whole part first, then tones, as Vietnamese dictionaries do.
  const tones = words.map((word) => (word.tone === '' ? 0 : TONES.indexOf(word.tone) + 1)).join('');
  return `${words.map(wordKey).join(' ')}\u0001${tones}`;
}

/**
 * Key for the customary order: given name, then family name, then the middle. Compare keys with `<`.
 * Ă, Â, Đ, Ê, Ô, Ơ, Ư are letters of their own; tones order only words that are otherwise equal.
 */
export function sortKeyOf(name: string, givenName?: string): string {
  const words = splitWords(name);
  const given = splitWords(givenName ?? '').at(-1) ?? words.at(-1);
  if (!given) return '';
  return [partKey([given]), partKey(words.slice(0, 1)), partKey(words.slice(1, -1))].join('\u0000');
}

/** Orders two names the customary way: An, Ánh, Ăn, Ân, Dũng, Đan, Đức. */
export function compareNames(a: string, b: string): number {
  const x = sortKeyOf(a);
  const y = sortKeyOf(b);
  return x < y ? -1 : Number(x > y);
}
