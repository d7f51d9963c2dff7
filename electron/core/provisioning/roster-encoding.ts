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
function decodeText(text: string, encoding: TextEncoding): string {
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

const SPLIT = /[\s|/,;:()]+/u;

function isPlausibleAs(word: string, encoding: TextEncoding): boolean {
  return isPlausible(decodeText(word, encoding).replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}\d]+$/gu, ''));
}

/** Words of a text that read as Vietnamese in this encoding and not as they stand, less those that are the other way round. */
function gainOf(text: string, encoding: TextEncoding): number {
  let gain = 0;
  for (const word of text.split(SPLIT)) {
    if (!/[\u0080-\u00ff\u0152-\u2122]/u.test(word)) continue;
    const asIs = isPlausibleAs(word, 'unicode');
    const decoded = isPlausibleAs(word, encoding);
    if (decoded && !asIs) gain += 1;
    if (asIs && !decoded) gain -= 1;
  }
  return gain;
}

/** Letters that no old encoding has: the text is Unicode already. */
const MODERN = /[\u0102\u0103\u0110\u0111\u01a0-\u01b0\u1ea0-\u1ef9]|\p{M}/u;

/** True when a text reads better in an old encoding than as it stands. */
export function isBetterAs(text: string, encoding: TextEncoding): boolean {
  return encoding !== 'unicode' && !MODERN.test(text) && gainOf(text, encoding) > 0;
}

/**
 * Decodes the cells of one row. Each cell is judged by itself; one that reads as well either way ("Chi bé" may be "Chi bộ")
 * goes with its row. Bytes of code page 1258 are in it throughout.
 */
export function decodeRow<T>(row: readonly T[], encoding: TextEncoding): T[] {
  if (encoding === 'unicode') return [...row];
  const gains = row.map((cell) => (typeof cell === 'string' && !MODERN.test(cell) ? gainOf(cell, encoding) : null));
  const isOld = encoding === 'cp1258' || gains.some((gain) => gain !== null && gain > 0);
  return row.map((cell, i) => {
    const gain = gains[i];
    const isDecoded =
      typeof cell === 'string' && isOld && gain !== null && gain !== undefined && (gain >= 0 || encoding === 'cp1258');
    return isDecoded ? (decodeText(cell, encoding) as T & string) : cell;
  });
}

export interface EncodingGuess {
  encoding: TextEncoding;
  /** The encodings worth showing side by side, the likeliest first; empty when the text is plainly Unicode. */
  candidates: TextEncoding[];
}

/** Words looked at; more say nothing new. */
const MAX_WORDS = 20_000;

/**
 * Guesses how texts were written. Every text is judged by itself, so that one old row in a Unicode list is noticed. `allowed`
 * limits the candidates: code page 1258 makes sense for bytes only.
 */
export function guessEncoding(texts: Iterable<string>, allowed: readonly TextEncoding[]): EncodingGuess {
  const gains = new Map(allowed.map((encoding): [TextEncoding, number] => [encoding, 0]));
  let words = 0;
  const seen = new Map<string, number>();
  for (const text of texts) {
    if (!/[\u0080-\u00ff\u0152-\u2122]/u.test(text)) continue;
    // Units repeat in every row: what was judged twice is enough.
    const times = seen.get(text) ?? 0;
    if (times > 1) continue;
    seen.set(text, times + 1);
    words += text.split(SPLIT).length;
    if (words > MAX_WORDS) break;
    for (const encoding of allowed)
      if (isBetterAs(text, encoding)) gains.set(encoding, (gains.get(encoding) ?? 0) + gainOf(text, encoding));
  }
  const ranked = [...gains].sort((a, b) => b[1] - a[1]);
  const [best] = ranked;
  if (!best || best[1] < 1) return { encoding: 'unicode', candidates: [] };
  const others = ranked.filter(([encoding, gain]) => encoding !== best[0] && gain >= Math.max(1, best[1] * 0.5));
  return { encoding: best[0], candidates: [best[0], ...others.map(([encoding]) => encoding), 'unicode'] };
}
