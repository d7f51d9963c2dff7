/**
 * Two encodings from before Unicode that still reach us in old files. Both hide Vietnamese letters behind Latin-1
 * characters and showed them right only in fonts of their own.
 */

/** TCVN 5712 third table (fonts .VnTime …): one byte a letter, from 0xA1 on; a space stands for an unused place. */
const TCVN3_FROM_A1 =
  'ĂÂÊÔƠƯĐăâêôơưđ' + // A1-AE
  '      ' + // AF-B4
  'àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ'; // B5-FE

/** Latin-1 character of a TCVN3 text to the letter it stands for. */
export const TCVN3: ReadonlyMap<string, string> = new Map(
  Array.from(TCVN3_FROM_A1)
    .map((letter, i): [string, string] => [String.fromCharCode(0xa1 + i), letter])
    .filter(([, letter]) => letter !== ' '),
);

/** VNI-Windows: single characters (small letters; capitals follow by case). */
const VNI_SINGLE: readonly (readonly [string, string])[] = [
  ['í', 'í'],
  ['ì', 'ì'],
  ['æ', 'ỉ'],
  ['ó', 'ĩ'],
  ['ò', 'ị'],
  ['ô', 'ơ'],
  ['ö', 'ư'],
  ['î', 'ỵ'],
  ['ñ', 'đ'],
];

/** Characters that put a tone on the letter before, and the same together with a breve or a circumflex. */
const VNI_TONES = 'ùøûõï';
const VNI_BREVE = 'êéèúüë';
const VNI_CIRCUMFLEX = 'âáàåãä';

const PLAIN: readonly (readonly [string, string])[] = [
  ['a', 'áàảãạ'],
  ['e', 'éèẻẽẹ'],
  ['o', 'óòỏõọ'],
  ['u', 'úùủũụ'],
  ['y', 'ýỳỷỹỵ'],
  ['ô', 'ớờởỡợ'],
  ['ö', 'ứừửữự'],
];
const CIRCUMFLEX: readonly (readonly [string, string])[] = [
  ['a', 'âấầẩẫậ'],
  ['e', 'êếềểễệ'],
  ['o', 'ôốồổỗộ'],
];

function buildVni(): Map<string, string> {
  const table = new Map<string, string>();
  const put = (code: string, letter: string): void => {
    table.set(code, letter);
    // A capital letter may be followed by its mark in either case.
    const [base = '', mark = ''] = code;
    table.set(base.toUpperCase() + mark.toUpperCase(), letter.toUpperCase());
    if (mark !== '') table.set(base.toUpperCase() + mark, letter.toUpperCase());
  };
  for (const [code, letter] of VNI_SINGLE) put(code, letter);
  for (const [base, letters] of PLAIN)
    Array.from(letters).forEach((letter, i) => put(base + VNI_TONES.charAt(i), letter));
  Array.from('ăắằẳẵặ').forEach((letter, i) => put(`a${VNI_BREVE.charAt(i)}`, letter));
  for (const [base, letters] of CIRCUMFLEX)
    Array.from(letters).forEach((letter, i) => put(base + VNI_CIRCUMFLEX.charAt(i), letter));
  return table;
}

/** One or two Latin-1 characters of a VNI text to the letter they stand for; two go before one. */
export const VNI: ReadonlyMap<string, string> = buildVni();
