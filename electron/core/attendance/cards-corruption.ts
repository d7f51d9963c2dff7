/**
 * How a scanner, its settings or the PC damaged a text. Shown by the scanner test, so that the technician knows what to
 * set; reading a card needs none of it.
 */
export type Corruption =
  /** UTF-8 read as Latin-1 or CP1252: "TrÆ°Æ¡ng". */
  | 'mojibake'
  /** Bytes from 128 typed as four decimals each: "Ng022501870141c". */
  | 'decimal_bytes'
  /** Letters typed as decimal code points: "Nguy7877n". */
  | 'decimal_code_points'
  /** Low byte of letters shown in CP437: box drawing in a name. */
  | 'oem_code_page'
  /** A camera decoder guessed a Chinese, Japanese or Korean encoding. */
  | 'foreign_charset'
  | 'html_entities'
  | 'percent_encoded'
  /** Letters replaced by ? or U+FFFD. */
  | 'lost_letters'
  /** Letters with marks are gone or bare. */
  | 'marks_missing'
  /** Marks as characters of their own (NFD). */
  | 'combining_marks'
  | 'no_break_space'
  | 'lost_separators'
  | 'doubled_separators'
  /** The pipe arrives as another sign: keyboard layout. */
  | 'other_separators'
  /** The Vietnamese keyboard layout turned digits into letters. */
  | 'letters_for_digits'
  | 'caps_lock'
  | 'cut_short'
  | 'damaged_fields';

// Two or three bytes of UTF-8 in Latin-1 or CP1252 clothes; E1 BA and E1 BB begin nearly all Vietnamese letters.
const MOJIBAKE =
  /[\u00c3-\u00c6][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]|\u00e1[\u00ba\u00bb][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]?/u;

const SIGNS: readonly (readonly [RegExp, Corruption])[] = [
  [/&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});/iu, 'html_entities'],
  [/%[0-9a-f]{2}/iu, 'percent_encoded'],
  [MOJIBAKE, 'mojibake'],
  [/[\u2500-\u259f]/u, 'oem_code_page'],
  [/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff61-\uff9f]/u, 'foreign_charset'],
  [/\p{L}(?:0(?:12[89]|1[3-9]\d|2[0-4]\d|25[0-5])){2}/u, 'decimal_bytes'],
  [/(?:^|[\p{L}\s])(?:19[2-9]|2\d\d|3[0-6]\d|41[67]|43[12]|78[4-9]\d|79[0-2]\d)(?=\p{L}|\s|$)/u, 'decimal_code_points'],
  [/\ufffd|\p{L}\?|\?\p{L}/u, 'lost_letters'],
];

/** Names the damage to the words of a card; null when they look right. Fields that are numbers are not looked at. */
export function nameCorruption(raw: string, fields: readonly string[]): Corruption | null {
  const words = fields.filter((field) => /[^\d]/u.test(field)).slice(0, 8);
  const names = words.filter((field) => !field.includes(',')).join('|');
  const all = words.join('|');
  for (const [sign, corruption] of SIGNS) {
    // House numbers in an address are digits of their own right.
    if (sign.test(corruption === 'decimal_code_points' ? names : all)) return corruption;
  }
  if (/[\u0300-\u0323]/u.test(all)) return 'combining_marks';
  if (raw.includes('\u00a0')) return 'no_break_space';
  // A whole card without one letter beyond ASCII does not exist: name, sex or address has some.
  if (fields.length >= 6 && !/[^\u0020-\u007e]/u.test(all) && /[a-z]/iu.test(all)) return 'marks_missing';
  return null;
}
