import { readOds } from 'hucre/ods';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RosterFileError } from './roster-types.ts';
import { checkArchive, toRosterSheet, type Workbook } from './roster-xlsx.ts';

/** Reads the sheets of an OpenDocument spreadsheet (.ods). */
export async function readOpenDocument(bytes: Uint8Array, maxRows: number): Promise<Result<Workbook, RosterFileError>> {
  const checked = checkArchive(bytes);
  if (!checked.ok) return checked;
  try {
    const book = await readOds(bytes, { readStyles: true });
    const hiddenSheets = book.sheets.filter((sheet) => sheet.hidden === true).map(({ name }) => name);
    const sheets = book.sheets.filter((sheet) => sheet.hidden !== true).map((sheet) => toRosterSheet(sheet, false));
    if (sheets.some((sheet) => sheet.rows.length > maxRows)) return err({ error: 'too_many_rows', maxRows });
    return ok({ sheets, hiddenSheets });
  } catch {
    return err({ error: 'damaged_file' });
  }
}
