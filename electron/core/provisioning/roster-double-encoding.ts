import iconv from 'iconv-lite';
import type { CellMark, CellValue, RosterSheet } from './roster-types.ts';

/** Share of the texts with letters beyond ASCII that must read as UTF-8 before a sheet counts as encoded twice. */
const NEARLY_ALL = 0.8;

/**
 * A UTF-8 file that a spreadsheet opened as CP1252 and saved again has "Nguyá»…n" for "Nguyễn", with nothing lost. Text in any other
 * writing is hardly ever valid UTF-8 as bytes, so a sheet in which nearly all texts are is read as what it was.
 */
export function undoDoubleEncoding(sheet: RosterSheet): RosterSheet {
  let foreign = 0;
  let twice = 0;
  for (const row of sheet.rows)
    for (const cell of row)
      if (typeof cell === 'string' && /[^\p{ASCII}]/u.test(cell)) {
        foreign += 1;
        if (decodeTwice(cell) !== null) twice += 1;
      }
  if (twice === 0 || twice < foreign * NEARLY_ALL) return sheet;
  const marks = new Map<string, CellMark>();
  for (const [at, mark] of sheet.marks)
    marks.set(at, mark.kept === undefined ? mark : { ...mark, kept: decodeTwice(mark.kept) ?? mark.kept });
  const decode = (cell: CellValue): CellValue => (typeof cell === 'string' ? (decodeTwice(cell) ?? cell) : cell);
  return {
    ...sheet,
    name: decodeTwice(sheet.name) ?? sheet.name,
    rows: sheet.rows.map((row) => row.map(decode)),
    marks,
  };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text that these letters are the bytes of; null when they are no valid UTF-8 with letters beyond ASCII. */
function decodeTwice(text: string): string | null {
  // A letter that is lost for good is not guessed.
  if (!/[\u00c2-\u00f4]/u.test(text) || text.includes('\ufffd')) return null;
  const bytes = Buffer.alloc(text.length);
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    // What CP1252 leaves undefined stays a control character of the same number.
    const byte = code < 0x100 ? code : (iconv.encode(char, 'windows-1252')[0] ?? 0x3f);
    if (code >= 0x100 && byte === 0x3f) return null;
    bytes[at] = byte;
    at += 1;
  }
  try {
    return UTF8.decode(bytes.subarray(0, at));
  } catch {
    return null;
  }
}
