import type { Corruption } from './cards-corruption.ts';

/** Date of a card, `ddMMyyyy`, as ISO; null for anything that is no day of 1900 to 2099. */
export function readDate(text: string): string | null {
  const match = /^(\d\d)(\d\d)((?:19|20)\d\d)$/u.exec(text);
  if (!match) return null;
  const [, day = '', month = '', year = ''] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? `${year}-${month}-${day}` : null;
}

export interface SplitScan {
  fields: string[];
  corruption: Corruption | null;
}

/** Symbology identifier some scanners put in front (ISO/IEC 15424), and control characters. */
// oxlint-disable-next-line no-control-regex -- scanners do send them
const PREFIX = /^[\u0000-\u001f\ufeff]*(?:\][A-Za-z][0-9A-Za-z])?/u;

/** Cuts a scan into its fields, undoing what can be undone with certainty. */
export function splitFields(raw: string): SplitScan {
  const digits = readVietnameseLayout(raw.replace(PREFIX, ''));
  const text = (digits ?? raw.replace(PREFIX, '')).replace(/[\u00a0\u200b-\u200d\ufeff]/gu, ' ').trim();
  const separators = undoSeparators(text);
  return {
    fields: separators.text.split('|').map((field) => field.trim()),
    corruption: digits === null ? separators.corruption : 'letters_for_digits',
  };
}

function undoSeparators(text: string): { text: string; corruption: Corruption | null } {
  if (!text.includes('|')) {
    // Another layout's key in the place of the pipe: the same sign after the number and at least four more times.
    const sign = /^(?:\d{12}|BP1)([^\p{L}\p{N}\s.,-])/iu.exec(text)?.[1];
    if (sign !== undefined && (text.split(sign).length >= 6 || /^BP1/iu.test(text)))
      return { text: text.replaceAll(sign, '|'), corruption: 'other_separators' };
    return { text, corruption: null };
  }
  const runs = text.match(/\|+/gu) ?? [];
  // An empty old number makes one doubled pipe; only if all runs are even is every pipe doubled.
  const isDoubled = runs.length >= (/^BP1/iu.test(text) ? 2 : 4) && runs.every((run) => run.length % 2 === 0);
  return isDoubled
    ? { text: text.replace(/\|+/gu, (run) => '|'.repeat(run.length / 2)), corruption: 'doubled_separators' }
    : { text, corruption: null };
}

const LAYOUT_DIGIT: Readonly<Record<string, string>> = {
  ă: '1',
  â: '2',
  ê: '3',
  ô: '4',
  '\u0300': '5',
  '\u0309': '6',
  '\u0303': '7',
  '\u0301': '8',
  '\u0323': '9',
  đ: '0',
};

/** Letters that swallowed a tone mark give back both: ắ is 1 then 8. */
const LAYOUT_PAIR: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('aăâeêioôơuưyAĂÂEÊIOÔƠUƯY').flatMap((letter) =>
    ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'].map((mark) => [
      (letter + mark).normalize('NFC'),
      (LAYOUT_DIGIT[letter] ?? letter) + (LAYOUT_DIGIT[mark] ?? ''),
    ]),
  ),
);

/**
 * The Vietnamese keyboard layout of Windows has ă â ê ô, five tone marks and đ where others have digits 1 to 0.
 * Gives the text with digits put back when the leading field then is a number or our prefix, null when that is not so.
 * Marks must be in the order typed: the text is not normalised first.
 */
function readVietnameseLayout(text: string): string | null {
  const head = text.split('|')[0] ?? '';
  if (/\d/u.test(head)) return null;
  let out = '';
  for (const char of text) out += LAYOUT_DIGIT[char] ?? LAYOUT_PAIR[char] ?? char;
  return /^(?:\d{12}|\d{9}|\d{8}|BP1)(?:\||$)/iu.test(out) ? out : null;
}
