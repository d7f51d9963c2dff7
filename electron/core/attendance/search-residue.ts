import { parseWord, type Word } from '../../shared/names.ts';

/**
 * Typing habits of Vietnamese keyboards with the input method switched off: the keys that would have made marks are left
 * in the word. Telex doubles letters and ends with s f r x j ("Dduwcs"); VNI uses digits ("Nguye64n").
 */

const ACUTE = '\u0301';
const GRAVE = '\u0300';
const HOOK = '\u0309';
const TILDE = '\u0303';
const DOT = '\u0323';
const CIRCUMFLEX: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' };
const HORN: Readonly<Record<string, string>> = { o: 'ơ', u: 'ư' };
const TELEX_TONE: Readonly<Record<string, string>> = { s: ACUTE, f: GRAVE, r: HOOK, x: TILDE, j: DOT, z: '' };
const VNI_TONE: Readonly<Record<string, string>> = { '1': ACUTE, '2': GRAVE, '3': HOOK, '4': TILDE, '5': DOT, '0': '' };
const VOWEL = /[aăâeêioôơuưy]/u;

class Typed {
  letters: string[] = [];
  tone = '';

  hasVowel(): boolean {
    return this.letters.some((letter) => VOWEL.test(letter));
  }

  /** Changes the last letter found in `map`; false when there is none. */
  change(map: Readonly<Record<string, string>>): boolean {
    const at = this.letters.findLastIndex((letter) => map[letter] !== undefined);
    const letter = this.letters[at];
    if (letter === undefined) return false;
    this.letters[at] = map[letter] ?? letter;
    return true;
  }

  /** Horn: both letters of "uo" take it, as in Phương. */
  horn(): boolean {
    const at = this.letters.findLastIndex((letter, i) => letter === 'o' && this.letters[i - 1] === 'u');
    if (at > 0 && this.letters[at - 2] !== 'q') {
      this.letters[at - 1] = 'ư';
      this.letters[at] = 'ơ';
      return true;
    }
    return this.change(HORN);
  }

  word(): Word {
    const { folded, shape } = parseWord(this.letters.join(''));
    return { folded, shape, tone: this.tone };
  }
}

/** Reads a word as Telex keys; null when it holds none. */
export function decodeTelex(word: Word): Word | null {
  const typed = new Typed();
  let found = false;
  for (const key of word.folded) {
    const done =
      (key === 'd' && typed.letters[0] === 'd' && typed.change({ d: 'đ' })) ||
      (key in CIRCUMFLEX && typed.letters.includes(key) && typed.change({ [key]: CIRCUMFLEX[key] ?? key })) ||
      (key === 'w' && telexW(typed)) ||
      (key in TELEX_TONE && typed.hasVowel() && setTone(typed, TELEX_TONE[key] ?? ''));
    if (done) found = true;
    else typed.letters.push(key);
  }
  return found ? typed.word() : null;
}

function telexW(typed: Typed): boolean {
  const last = typed.letters.findLast((letter) => VOWEL.test(letter));
  // "ua" takes the horn on u (Thưa), except after q (Quăng).
  const afterU = typed.letters.at(-1) === 'a' && typed.letters.at(-2) === 'u' && typed.letters.at(-3) !== 'q';
  if (last === 'a' && !afterU) return typed.change({ a: 'ă' });
  if (typed.horn()) return true;
  typed.letters.push('ư');
  return true;
}

/** Reads a word as VNI keys; null when it holds none, or only digits. */
export function decodeVni(word: Word): Word | null {
  const typed = new Typed();
  let found = false;
  for (const key of word.folded) {
    const done =
      (key in VNI_TONE && typed.hasVowel() && setTone(typed, VNI_TONE[key] ?? '')) ||
      (key === '6' && typed.change(CIRCUMFLEX)) ||
      (key === '7' && typed.horn()) ||
      (key === '8' && typed.change({ a: 'ă' })) ||
      (key === '9' && typed.change({ d: 'đ' }));
    if (done) found = true;
    else typed.letters.push(key);
  }
  return found ? typed.word() : null;
}

function setTone(typed: Typed, tone: string): boolean {
  typed.tone = tone;
  return true;
}
