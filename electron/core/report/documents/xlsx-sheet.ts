import type { Cell, CellStyle, CellValue, NamedRange, PageSetup } from 'hucre';
import { neutralise, type CellMoment, type CellText } from './attendance-rows.ts';

/** What the sheets of all workbooks have in common: type, lines, paper, and cells that are numbers where they count. */

export const PAGE_NUMBER = { oddFooter: '&CTrang &P/&N' };
/** Of a row of headings in two lines, points: programs do not all make room by themselves. */
export const HEADER_HEIGHT = 33;

/** Of one line of text, points, and what a cell has around its lines. */
const LINE_HEIGHT = 15.75;
const CELL_HEIGHT = 1.5;
/** A column's width counts digits of another typeface; of ours so many more characters have room. */
const CHARACTERS_PER_DIGIT = 1.1;

const MM_PER_INCH = 25.4;
const DAY_MS = 86_400_000;
/** Vietnam keeps UTC+7 all year. */
const UTC_OFFSET_MS = 7 * 3_600_000;
/** Day 0 of spreadsheets is 30 December 1899. */
const DAYS_TO_1970 = 25_569;
const thin = { style: 'thin' as const };
const BORDER = { top: thin, right: thin, bottom: thin, left: thin };
export const FONT = { name: 'Times New Roman', size: 12 };
export const HEADER_STYLE: CellStyle = {
  font: { ...FONT, bold: true },
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
export const TEXT_STYLE: CellStyle = { font: FONT, border: BORDER, alignment: { vertical: 'center', wrapText: true } };
export const CENTRE_STYLE: CellStyle = {
  font: FONT,
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
export const COUNT_STYLE: CellStyle = { ...CENTRE_STYLE, numFmt: '#,##0' };

/** A moment as spreadsheets count it: days, with the time of day behind the point. */
export function toSerial(ms: number): number {
  return (ms + UTC_OFFSET_MS) / DAY_MS + DAYS_TO_1970;
}

/** A time is a number between 0 and 1 with a format, so that it can be sorted and reckoned with. */
export function putCell(grid: Grid, row: number, column: number, cell: CellText | CellMoment, style: CellStyle): void {
  if (typeof cell !== 'object' || cell === null) return grid.put(row, column, cell, style);
  const minutes = Math.floor(toSerial(Date.parse(cell.at)) * 1_440);
  grid.put(row, column, (minutes % 1_440) / 1_440, { ...style, numFmt: 'hh:mm' });
}

/** Cells put one by one; every text is neutralised on its way in. */
export class Grid {
  readonly #rows: CellValue[][] = [];
  readonly #cells = new Map<string, Partial<Cell>>();

  put(row: number, column: number, value: CellText, style: CellStyle): void {
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row]!;
    while (cells.length <= column) cells.push(null);
    const safe = neutralise(value);
    cells[column] = safe;
    this.#cells.set(`${row},${column}`, { value: safe, style });
  }

  /** Heights of the rows from `top` on, by the lines that their texts need: programs do not all make room by themselves. `widths` are the columns'. */
  heights(top: number, widths: readonly number[]): Map<number, { height: number }> {
    const found = new Map<number, { height: number }>();
    this.#rows.forEach((cells, row) => {
      if (row < top) return;
      const lines = cells.map((cell, column) => countLines(cell, (widths[column] ?? 1) * CHARACTERS_PER_DIGIT));
      found.set(row, { height: Math.max(1, ...lines) * LINE_HEIGHT + CELL_HEIGHT });
    });
    return found;
  }

  sheet(): { rows: CellValue[][]; cells: Map<string, Partial<Cell>> } {
    return { rows: this.#rows, cells: this.#cells };
  }
}

/** Lines of a text that is broken between words, and inside one only where it is longer than a line. */
function countLines(cell: CellValue, characters: number): number {
  if (typeof cell !== 'string') return 1;
  let lines = 1;
  let used = 0;
  for (const word of cell.split(/\s+/u)) {
    const wanted = used === 0 ? word.length : used + 1 + word.length;
    if (wanted <= characters) {
      used = wanted;
      continue;
    }
    lines += used === 0 ? 0 : 1;
    lines += Math.max(0, Math.ceil(word.length / characters) - 1);
    used = word.length % characters;
  }
  return lines;
}

/** A4, one page wide; margins 20, 15, 20, 20 mm (top, right, bottom, left). */
export function page(orientation: 'portrait' | 'landscape'): PageSetup {
  const mm = (length: number): number => Math.round((length / MM_PER_INCH) * 1000) / 1000;
  return {
    paperSize: 'a4',
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { top: mm(20), right: mm(15), bottom: mm(20), left: mm(20), header: mm(8), footer: mm(8) },
  };
}

/**
 * The row of headings of a sheet, counted from 1, repeated on each page. As a name of our own: the library writes the name of the sheet
 * without the quotation marks that a name with spaces must have, and then no program repeats anything.
 */
export function printTitles(sheet: string, row: number): NamedRange {
  return {
    name: '_xlnm.Print_Titles',
    range: `'${sheet.replaceAll("'", "''")}'!$${row}:$${row}`,
    scope: sheet,
  };
}

export function letter(column: number): string {
  return String.fromCharCode(65 + column);
}
