import iconv from 'iconv-lite';
import { fold } from '../../shared/names.ts';
import { TCVN3, VNI } from './roster-legacy-tables.ts';
import type { TextEncoding } from './roster-types.ts';

/** Reads Latin-1 looking text as TCVN3. */
export function decodeTcvn3(text: string): string {
  return text.replace(/[\u00a1-\u00fe]/gu, (char) => TCVN3.get(char) ?? char);
}

/** Reads Latin-1 looking text as VNI-Windows. */
export function decodeVni(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const pair = VNI.get(text.slice(i, i + 2));
    if (pair !== undefined && i + 1 < text.length) {
      out += pair;
      i++;
    } else out += VNI.get(text.charAt(i)) ?? text.charAt(i);
  }
  return out;
}

/** Reads Latin-1 looking text as code page 1258, whose tone marks follow their letters. */
export function decodeCp1258(text: string): string {
  return iconv.decode(iconv.encode(text, 'windows-1252'), 'windows-1258').normalize('NFC');
}

const DECODERS: Readonly<Record<TextEncoding, (text: string) => string>> = {
  unicode: (text) => text,
  tcvn3: decodeTcvn3,
  vni: decodeVni,
  cp1258: decodeCp1258,
};

/** Converts text as the technician confirmed; `unicode` leaves it alone. */
export function decodeText(text: string, encoding: TextEncoding): string {
  return DECODERS[encoding](text);
}

const LETTER = /^[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]+$/u;
const SYLLABLE = /^(?:b|ch?|d|gh?|gi|h|kh?|l|m|ng?h?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?$/u;

/** True for a word that can be a Vietnamese syllable, written in one of the usual ways with capitals. */
function isPlausible(word: string): boolean {
  const lower = word.toLowerCase();
  const isCased = word === lower || word === word.toUpperCase() || word.slice(1) === lower.slice(1);
  return isCased && LETTER.test(lower) && SYLLABLE.test(fold(lower));
}

/** Share (0 to 1) of words that read as Vietnamese, among those the encodings disagree on. */
function plausibility(words: readonly string[], encoding: TextEncoding): number {
  let good = 0;
  for (const word of words) {
    const text = decodeText(word, encoding).replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}\d]+$/gu, '');
    if (isPlausible(text)) good++;
  }
  return good / words.length;
}

export interface EncodingGuess {
  encoding: TextEncoding;
  /** The encodings worth showing side by side, the likeliest first; empty when the text is plainly Unicode. */
  candidates: TextEncoding[];
}

/**
 * Guesses how texts were written. Only words with characters of Latin-1 beyond ASCII speak; a text that has other letters
 * (ễ, đ …) is Unicode. `allowed` limits the candidates: code page 1258 makes sense for bytes only.
 */
export function guessEncoding(texts: Iterable<string>, allowed: readonly TextEncoding[]): EncodingGuess {
  const words: string[] = [];
  for (const text of texts) {
    for (const word of text.split(/[\s|/,;:()]+/u)) {
      if (!/[\u0080-\u00ff\u0152-\u2122]/u.test(word)) continue;
      words.push(word);
    }
    if (words.length > 3_000) break;
  }
  const unicode: EncodingGuess = { encoding: 'unicode', candidates: [] };
  if (words.length === 0) return unicode;
  const ranked = allowed
    .map((encoding) => ({ encoding, share: plausibility(words, encoding) }))
    .sort((a, b) => b.share - a.share);
  const asIs = plausibility(words, 'unicode');
  const [best] = ranked;
  if (!best || best.encoding === 'unicode' || best.share < 0.6 || best.share - asIs < 0.15) return unicode;
  const others = ranked.filter((item) => item.encoding !== best.encoding && item.share >= best.share - 0.3);
  const candidates = [best.encoding, ...others.map((item) => item.encoding)];
  if (!candidates.includes('unicode')) candidates.push('unicode');
  return { encoding: best.encoding, candidates };
}
