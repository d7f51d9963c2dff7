import { readXlsx, type Sheet } from 'hucre/xlsx';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RosterFileError, RosterSheet } from './roster-types.ts';
import { listZipEntries } from './roster-zip.ts';

/** Together unpacked; a sheet of 50,000 rows and 15 columns has about 45 MB. */
const MAX_UNPACKED_BYTES = 120 * 1024 * 1024;
const MAX_ENTRIES = 2_000;
const MAX_SHEETS = 30;
const MAX_COLUMNS_REF = 'CV';

export interface Workbook {
  sheets: RosterSheet[];
  hiddenSheets: string[];
  /** First font of the workbook: fonts of old encodings give themselves away by name. */
  font: string | null;
}

/**
 * Reads the sheets of an .xlsx file. Chosen reader: hucre, because it tells merges, hidden rows and columns, dates of both
 * calendars and cached formula values. `maxRows` more rows are an error, never cut off silently.
 */
export async function readWorkbook(bytes: Uint8Array, maxRows: number): Promise<Result<Workbook, RosterFileError>> {
  const entries = listZipEntries(bytes, MAX_ENTRIES);
  if (!entries) return err({ error: 'damaged_file' });
  const unpacked = entries.reduce((total, entry) => total + entry.uncompressed, 0);
  if (unpacked > MAX_UNPACKED_BYTES) return err({ error: 'zip_bomb', maxBytes: MAX_UNPACKED_BYTES });
  const names = new Set(entries.map((entry) => entry.name));
  if (!names.has('xl/workbook.xml')) return err({ error: 'not_a_spreadsheet' });
  const hiddenSheets: string[] = [];
  try {
    // One row more than allowed, to notice that there are more.
    const range = `A1:${MAX_COLUMNS_REF}${maxRows + 1}`;
    const workbook = await readXlsx(bytes, {
      range,
      sheets: (info, index) => {
        const isHidden = info.hidden === true || info.veryHidden === true;
        if (isHidden) hiddenSheets.push(info.name);
        return !isHidden && index < MAX_SHEETS;
      },
    });
    const sheets = workbook.sheets.map(toSheet);
    if (sheets.some((sheet) => sheet.rows.length > maxRows)) return err({ error: 'too_many_rows', maxRows });
    return ok({ sheets, hiddenSheets, font: workbook.defaultFont?.name ?? null });
  } catch {
    // Whatever the reader stumbled over, the sentence for the technician is the same.
    return err({ error: 'damaged_file' });
  }
}

function toSheet(sheet: Sheet): RosterSheet {
  const hiddenRows = new Set<number>();
  for (const [row, def] of sheet.rowDefs ?? []) if (def.hidden === true) hiddenRows.add(row);
  const hiddenColumns = new Set<number>();
  sheet.columns?.forEach((column, i) => {
    if (column?.hidden === true) hiddenColumns.add(i);
  });
  const emptyFormulas = new Set<string>();
  for (const [at, cell] of sheet.cells ?? [])
    if (cell.type === 'formula' && (cell.formulaResult ?? null) === null) emptyFormulas.add(at);
  // Formatted but empty rows often run to the end of the sheet.
  const end = sheet.rows.findLastIndex((row) => row.some((cell) => cell !== null && cell !== ''));
  const rows = sheet.rows.slice(0, end + 1);
  return { name: sheet.name, rows, merges: sheet.merges ?? [], hiddenRows, hiddenColumns, emptyFormulas };
}
