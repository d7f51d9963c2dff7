import type { Grid } from './roster-grid.ts';
import { NAME_SURE, nameScore } from './roster-looks.ts';
import { readName } from './roster-names.ts';
import {
  countHeadingRows,
  findHeadingRows,
  readColumnHeadings,
  unitColumns,
  type ColumnHeading,
  type TableFrame,
} from './roster-tables.ts';

/** The tables of a sheet: one under the other, and side by side. Empty when there is nothing like a list of names. */
export function findFrames(grid: Grid, byHand: ReadonlyMap<number, boolean>): TableFrame[] {
  const frames: TableFrame[] = [];
  const starts = findHeadingRows(grid, byHand);
  let before: TableFrame[] = [];
  for (const [i, row] of starts.entries()) {
    const rows = countHeadingRows(grid, row, byHand);
    const headings = readColumnHeadings(grid, row, rows);
    const lastRow = (starts[i + 1] ?? grid.height) - 1;
    // The same heading on the next page goes on with the same tables.
    if (before.length > 0 && isSameHeading(before[0]?.headings ?? [], headings)) {
      for (const frame of before) frame.lastRow = lastRow;
      continue;
    }
    const units = unitColumns(grid, row);
    before =
      units.length > 0
        ? units.map((column) => frameOfUnit(grid, row, column, lastRow))
        : splitSideBySide(grid, row, rows, headings, lastRow);
    frames.push(...before);
  }
  if (frames.length > 0) return frames;
  const bare = frameWithoutHeading(grid);
  return bare ? [bare] : [];
}

/** One column of names under the name of their unit. */
function frameOfUnit(grid: Grid, row: number, column: number, lastRow: number): TableFrame {
  const { text } = grid.cell(row, column);
  const headings: ColumnHeading[] = [];
  headings[column] = { text, evidence: { fields: new Map([['name', 1]]), isForeign: false }, mergedFrom: column };
  return {
    heading: row,
    headingRows: 1,
    firstRow: row + 1,
    lastRow,
    fromColumn: column,
    toColumn: column,
    headings,
    unit: text,
  };
}

function isSameHeading(a: readonly ColumnHeading[], b: readonly ColumnHeading[]): boolean {
  const text = (list: readonly ColumnHeading[], i: number): string => (list[i]?.text ?? '').toLowerCase();
  let same = 0;
  let filled = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (text(a, i) === '' && text(b, i) === '') continue;
    filled += 1;
    if (text(a, i) === text(b, i)) same += 1;
  }
  return filled > 0 && same === filled;
}

function splitSideBySide(
  grid: Grid,
  row: number,
  rows: number,
  headings: ColumnHeading[],
  lastRow: number,
): TableFrame[] {
  const width = headings.findLastIndex((heading) => heading.text !== '') + 1;
  const weight = (column: number, field: 'name' | 'index'): number => headings[column]?.evidence.fields.get(field) ?? 0;
  const frame = (fromColumn: number, toColumn: number): TableFrame => ({
    heading: row,
    headingRows: rows,
    firstRow: row + rows,
    lastRow,
    fromColumn,
    toColumn,
    headings,
  });
  const names: number[] = [];
  for (let c = 0; c < width; c++) if (weight(c, 'name') >= 0.8 && headings[c]?.mergedFrom === c) names.push(c);
  const cuts: number[] = [];
  for (const [i, column] of names.entries()) {
    const left = names[i - 1];
    if (left === undefined) continue;
    const from = weight(column - 1, 'index') >= 0.8 && column - 1 > left ? column - 1 : column;
    const isRepeated = from < column && names.some((other) => other < column && weight(other - 1, 'index') >= 0.8);
    const isGap =
      from - 1 > left && (headings[from - 1]?.text ?? '') === '' && isBlankColumn(grid, row, lastRow, from - 1);
    const twins = headings
      .slice(from)
      .filter((h) => h.text !== '' && headings.slice(0, from).some((other) => other.text === h.text)).length;
    if (isRepeated || isGap || (headings[column]?.text === headings[left]?.text && twins >= 2)) cuts.push(from);
  }
  // Wide cells right of the heading belong to the last table; a merged title does not widen it.
  const end = Math.max(width, lastBodyColumn(grid, row + rows, lastRow, width)) - 1;
  const edges = [0, ...cuts, end + 1];
  const frames: TableFrame[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const from = edges[i] ?? 0;
    const to = (edges[i + 1] ?? 0) - 1;
    if (i === 0 || holdsNames(grid, row + rows, lastRow, from, to, names)) frames.push(frame(from, to));
  }
  return frames;
}

function isBlankColumn(grid: Grid, from: number, to: number, column: number): boolean {
  for (let row = from; row <= Math.min(to, from + 200); row++) if (grid.cell(row, column).text !== '') return false;
  return true;
}

function holdsNames(
  grid: Grid,
  from: number,
  to: number,
  left: number,
  right: number,
  names: readonly number[],
): boolean {
  const column = names.find((c) => c >= left && c <= right);
  if (column === undefined) return false;
  for (let row = from; row <= Math.min(to, from + 400); row++)
    if (
      nameScore(readName(grid.cell(row, column).text).name) >= NAME_SURE &&
      !grid.cell(row, column).text.includes(':')
    )
      return true;
  return false;
}

/** One more column than the heading has, when the body goes on there (a name over two columns without merge). */
function lastBodyColumn(grid: Grid, from: number, to: number, width: number): number {
  let filled = 0;
  let rows = 0;
  for (let row = from; row <= Math.min(to, from + 100); row++) {
    if (grid.filled(row).length < 2) continue;
    rows += 1;
    if (grid.cell(row, width).text !== '') filled += 1;
  }
  return rows > 0 && filled >= rows * 0.5 ? width + 1 : width;
}

/** A list under no heading at all: the column that holds most names, from its first name on. */
function frameWithoutHeading(grid: Grid): TableFrame | null {
  let best: { column: number; names: number; first: number } | null = null;
  for (let column = 0; column < grid.width; column++) {
    let names = 0;
    let filled = 0;
    let first = -1;
    for (let row = 0; row < Math.min(grid.height, 500); row++) {
      const { text, isCopy } = grid.cell(row, column);
      if (text === '' || isCopy) continue;
      filled += 1;
      if (nameScore(readName(text).name) < NAME_SURE) continue;
      names += 1;
      if (first < 0) first = row;
    }
    if (names >= 2 && names >= filled * 0.4 && names > (best?.names ?? 0)) best = { column, names, first };
  }
  if (!best) return null;
  return {
    heading: null,
    headingRows: 0,
    firstRow: best.first,
    lastRow: grid.height - 1,
    fromColumn: 0,
    toColumn: grid.width - 1,
    headings: [],
  };
}
