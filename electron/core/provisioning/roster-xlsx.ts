import { readXlsx, type Cell, type Sheet, type Workbook as HucreBook } from 'hucre/xlsx';
import { err, ok, type Result } from '../../shared/result.ts';
import { textOf } from './roster-cells.ts';
import type { CellMark, CellValue, RosterFileError, RosterSheet } from './roster-types.ts';
import { listZipEntries, straightenZip } from './roster-zip.ts';

/** Together unpacked; a sheet of 50,000 rows and 15 columns has about 45 MB. */
const MAX_UNPACKED_BYTES = 120 * 1024 * 1024;
const MAX_ENTRIES = 4_000;
const MAX_SHEETS = 300;
const MAX_COLUMNS_REF = 'CV';

export interface Workbook {
  sheets: RosterSheet[];
  hiddenSheets: string[];
}

/** Refuses an archive that would swell; null when it may be read. */
export function checkArchive(bytes: Uint8Array): Result<ReturnType<typeof listZipEntries> & object, RosterFileError> {
  const entries = listZipEntries(bytes, MAX_ENTRIES);
  if (!entries) return err({ error: 'damaged_file' });
  const unpacked = entries.reduce((total, entry) => total + entry.uncompressed, 0);
  return unpacked > MAX_UNPACKED_BYTES ? err({ error: 'zip_bomb', maxBytes: MAX_UNPACKED_BYTES }) : ok(entries);
}

/**
 * Reads the sheets of an .xlsx or .xlsm file. Chosen reader: hucre, because it tells merges, hidden rows and columns, strike and
 * bold, number formats, dates of both calendars and cached formula values. `maxRows` more rows are an error, never cut off
 * silently.
 */
export async function readWorkbook(bytes: Uint8Array, maxRows: number): Promise<Result<Workbook, RosterFileError>> {
  const checked = checkArchive(bytes);
  if (!checked.ok) return checked;
  const entries = checked.value;
  if (!entries.some((entry) => /content_types|\.rels$|(?:^|[\\/])xl[\\/]/iu.test(entry.name)))
    return err({ error: 'not_a_spreadsheet' });
  const isCrooked = entries.some((entry) => /\\|^\//u.test(entry.name));
  const first = isCrooked ? null : await tryRead(bytes, maxRows);
  // What the library stumbles over may only be the names of the parts.
  const straight = first ? null : straightenZip(bytes, entries);
  const read = first ?? (straight ? await tryRead(straight, maxRows) : null);
  if (!read) {
    const isBook = entries.some((entry) => /sheet|(?:^|[\\/])xl[\\/]/iu.test(entry.name));
    return err({ error: isBook ? 'damaged_file' : 'not_a_spreadsheet' });
  }
  const { book, hiddenSheets } = read;
  const sheets = book.sheets.map((sheet) => toRosterSheet(sheet, book.dateSystem === '1904'));
  if (sheets.some((sheet) => sheet.rows.length > maxRows)) return err({ error: 'too_many_rows', maxRows });
  return ok({ sheets, hiddenSheets });
}

async function tryRead(
  bytes: Uint8Array,
  maxRows: number,
): Promise<{ book: HucreBook; hiddenSheets: string[] } | null> {
  const hiddenSheets: string[] = [];
  try {
    const book = await readXlsx(bytes, {
      readStyles: true,
      // One row more than allowed, to notice that there are more.
      range: `A1:${MAX_COLUMNS_REF}${maxRows + 1}`,
      sheets: (info, index) => {
        const isHidden = info.hidden === true || info.veryHidden === true;
        if (isHidden) hiddenSheets.push(info.name);
        return !isHidden && index < MAX_SHEETS;
      },
    });
    return { book, hiddenSheets };
  } catch {
    // Whatever the reader stumbled over, the sentence for the technician is the same.
    return null;
  }
}

/** A sheet of the library as the reader takes it: values, and marks of the cells that have some. */
export function toRosterSheet(sheet: Sheet, is1904: boolean): RosterSheet {
  const hiddenRows = new Set<number>();
  for (const [row, def] of sheet.rowDefs ?? []) if (def.hidden === true) hiddenRows.add(row);
  const hiddenColumns = new Set<number>();
  sheet.columns?.forEach((column, i) => {
    if (column?.hidden === true) hiddenColumns.add(i);
  });
  // Formatted but empty rows often run to the end of the sheet.
  const end = sheet.rows.findLastIndex((row) => row.some((cell) => cell !== null && cell !== ''));
  const rows: CellValue[][] = sheet.rows.slice(0, end + 1);
  const marks = new Map<string, CellMark>();
  for (const [at, cell] of sheet.cells ?? []) {
    const comma = at.indexOf(',');
    const row = Number(at.slice(0, comma));
    if (row > end) continue;
    const mark = markOf(cell, rows[row]?.[Number(at.slice(comma + 1))]);
    if (mark) marks.set(at, mark);
  }
  return { name: sheet.name, rows, merges: sheet.merges ?? [], hiddenRows, hiddenColumns, marks, is1904 };
}

function markOf(cell: Cell, value: CellValue | undefined): CellMark | null {
  const mark: CellMark = {};
  const font = cell.style?.font;
  if (font?.bold === true) mark.bold = true;
  if (font?.strikethrough === true) mark.struck = 'all';
  const runs = cell.richText;
  if (runs && runs.length > 0) {
    const struck = runs.filter((run) => run.font?.strikethrough === true && run.text.trim() !== '');
    if (struck.length > 0) {
      const kept = runs
        .filter((run) => run.font?.strikethrough !== true)
        .map((run) => run.text)
        .join('');
      mark.struck = kept.trim() === '' ? 'all' : 'part';
      if (mark.struck === 'part') mark.kept = kept;
    }
    if (runs.every((run) => run.font?.bold === true || run.text.trim() === '')) mark.bold = true;
  }
  const format = cell.style?.numFmt;
  // 0000 shows 7 as 0007.
  const zeros = format === undefined ? null : /^0{2,30}$/u.exec(format.replace(/;.*$/u, '').replace(/["\\ ]/gu, ''));
  if (zeros && typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    mark.shown = textOf(value).padStart(zeros[0].length, '0');
  if (format !== undefined && value instanceof Date && /y/iu.test(format) && !/yyy/iu.test(format))
    mark.shortYear = true;
  if (cell.type === 'formula' && (value ?? null) === null && (cell.formulaResult ?? null) === null) mark.noValue = true;
  return Object.keys(mark).length > 0 ? mark : null;
}
