import { cleanText, cutText } from '../../shared/names.ts';
import { textOf } from './roster-cells.ts';
import type { CellMark, CellValue, RosterSheet } from './roster-types.ts';

/** A cell of the grid. */
export interface GridCell {
  value: CellValue;
  /** As shown, in one line. */
  text: string;
  /** As shown, with its line breaks. */
  lines: string;
  /** The value stands in another cell of the same merge. */
  isCopy: boolean;
  /** A copy of a cell in a row above. */
  isFromAbove: boolean;
  mark: CellMark | null;
}

/** A sheet with its texts cleaned and its merges filled, ready to be understood. */
export interface Grid {
  sheet: RosterSheet;
  height: number;
  width: number;
  cell: (row: number, column: number) => GridCell;
  /** Columns of a row that hold a value of their own (no copy of a merge). */
  filled: (row: number) => readonly number[];
  /** Columns a cell covers when it is merged over several, else 1. */
  span: (row: number, column: number) => number;
}

const EMPTY: GridCell = { value: null, text: '', lines: '', isCopy: false, isFromAbove: false, mark: null };
/** A merge drawn over half a sheet is decoration. */
const MAX_MERGE_CELLS = 20_000;
/** Longest text of a cell that is kept, characters; longer ones are somebody's essay. */
const MAX_CELL = 2_000;

/** The apostrophe by which a spreadsheet is told that a cell is text; files of text have it in the cell. */
const TEXT_MARK = /^'(?=[\p{L}\p{N}].*[^']$|[\p{L}\p{N}]$)/u;

/** `useStruck`: read struck-through text as if it were not struck. */
export function makeGrid(sheet: RosterSheet, useStruck: boolean): Grid {
  const cells: GridCell[][] = sheet.rows.map((row, r) =>
    row.map((value, c) => makeCell(value, sheet.marks.get(`${r},${c}`) ?? null, useStruck)),
  );
  const spans = new Map<string, number>();
  let budget = MAX_MERGE_CELLS * 10;
  for (const merge of sheet.merges) {
    const endRow = Math.min(merge.endRow, cells.length - 1);
    const endCol = Math.min(merge.endCol, 99);
    const area = (endRow - merge.startRow + 1) * (endCol - merge.startCol + 1);
    if (merge.startRow >= cells.length || merge.startCol > 99 || area > MAX_MERGE_CELLS || (budget -= area) < 0)
      continue;
    if (endCol > merge.startCol) spans.set(`${merge.startRow},${merge.startCol}`, endCol - merge.startCol + 1);
    const origin = cells[merge.startRow]?.[merge.startCol];
    if (!origin || origin.text === '') continue;
    for (let r = merge.startRow; r <= endRow; r++) {
      const copy = { ...origin, isCopy: true, isFromAbove: r > merge.startRow };
      const row = cells[r];
      for (let c = merge.startCol; row && c <= endCol; c++) {
        if (r === merge.startRow && c === merge.startCol) continue;
        while (row.length < c) row.push(EMPTY);
        if ((row[c]?.text ?? '') === '') row[c] = copy;
      }
    }
  }
  const filled: number[][] = cells.map((row) => {
    const columns: number[] = [];
    row.forEach((cell, c) => {
      if (cell.text !== '' && !cell.isCopy) columns.push(c);
    });
    return columns;
  });
  return {
    sheet,
    height: cells.length,
    width: cells.reduce((width, row) => Math.max(width, row.length), 0),
    cell: (row, column) => cells[row]?.[column] ?? EMPTY,
    filled: (row) => filled[row] ?? [],
    span: (row, column) => spans.get(`${row},${column}`) ?? 1,
  };
}

function makeCell(value: CellValue, mark: CellMark | null, useStruck: boolean): GridCell {
  if (value === null || value === '') return mark ? { ...EMPTY, mark } : EMPTY;
  const used = mark?.struck === 'part' && !useStruck && mark.kept !== undefined ? mark.kept : value;
  if (typeof used !== 'string') {
    const text = mark?.shown ?? textOf(used);
    return { value: used, text, lines: text, isCopy: false, isFromAbove: false, mark };
  }
  const lines = cutText(used, MAX_CELL)
    .split(/\r\n|\r|\n|\u2028/u)
    .map((line) => cleanText(line).replace(TEXT_MARK, ''))
    .filter((line) => line !== '')
    .join('\n');
  const text = lines.replaceAll('\n', ' ');
  return text === ''
    ? mark
      ? { ...EMPTY, mark }
      : EMPTY
    : { value: text, text, lines, isCopy: false, isFromAbove: false, mark };
}

/** Long numbers show their last four digits only. */
export function maskNumbers(text: string): string {
  return text.replace(/\d[\d\s.-]{3,}\d/gu, (digits) => {
    const bare = digits.replace(/\D/gu, '');
    return bare.length > 8 ? `…${bare.slice(-4)}` : digits;
  });
}

/** A row in one short line for the screen; long numbers masked. */
export function describeRow(grid: Grid, row: number): string {
  const texts = grid.filled(row).map((column) => grid.cell(row, column).text);
  return cutText(maskNumbers(texts.join(' · ')), 120);
}
