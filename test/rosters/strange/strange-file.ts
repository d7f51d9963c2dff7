import type { CellValue, WriteSheet } from 'hucre/xlsx';
import { writeXlsx } from 'hucre/xlsx';
import type { RightAnswer } from '../score.ts';

/** A roster file made in code, with the answer that was written down before it was first read. */
export interface StrangeFile {
  file: string;
  make: () => Promise<Uint8Array> | Uint8Array;
  right: RightAnswer;
}

type RightPerson = NonNullable<RightAnswer['people']>[number];

/** Somebody of a right answer. `l4`: last four digits of the citizen number. */
export function who(
  name: string,
  by: number | null = null,
  unit: string | null = null,
  more: Partial<RightPerson> = {},
): RightPerson {
  return { name, by, sex: null, unit, l4: null, ...more };
}

/** A workbook of these sheets; a list of rows is a sheet called "Danh sách". */
export function book(...sheets: (CellValue[][] | WriteSheet)[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map((sheet, i) =>
      Array.isArray(sheet) ? { name: i === 0 ? 'Danh sách' : `Sheet${i + 1}`, rows: sheet } : sheet,
    ),
  });
}

/** Merges, each as [first row, first column, last row, last column], from 0. */
export function merged(...ranges: [number, number, number, number][]): NonNullable<WriteSheet['merges']> {
  return ranges.map(([startRow, startCol, endRow, endCol]) => ({ startRow, startCol, endRow, endCol }));
}
