import { readBirth } from './roster-birth.ts';
import { readCitizenNumber, readSex, textOf } from './roster-cells.ts';
import type { Grid } from './roster-grid.ts';
import { isErrorText, isUnitLike, nameScore, readNumbering } from './roster-looks.ts';
import { isAddressed, readName } from './roster-names.ts';
import type { TableFrame } from './roster-tables.ts';

/** What stands in a column of a table: shares (0 to 1) of its filled cells. */
export interface ColumnStats {
  filled: number;
  names: number;
  births: number;
  /** Births with all digits of the year. */
  years: number;
  sexes: number;
  citizen: number;
  numbering: number;
  units: number;
  singleWords: number;
  crosses: number;
  /** Names behind a form of address. */
  addressed: number;
  /** Whole numbers that count on from cell to cell. */
  running: number;
}

/** Rows looked at for what a column holds. */
const SAMPLE = 400;

/** An empty column. */
export const NO_STATS: ColumnStats = {
  filled: 0,
  names: 0,
  births: 0,
  years: 0,
  sexes: 0,
  citizen: 0,
  numbering: 0,
  units: 0,
  singleWords: 0,
  crosses: 0,
  addressed: 0,
  running: 0,
};

/** Counts what the cells of a column look like, over its first rows. */
export function readStats(grid: Grid, frame: TableFrame, column: number, year: number): ColumnStats {
  const sum = { ...NO_STATS };
  const lone = findLoneColumn(grid, frame);
  let last: number | null = null;
  const end = Math.min(frame.lastRow, frame.firstRow + SAMPLE);
  for (let row = frame.firstRow; row <= end; row++) {
    const cell = grid.cell(row, column);
    if (cell.text === '' || cell.isCopy || isErrorText(cell.text)) continue;
    // A lone cell is a section, a remark or a signature; it says nothing about its column unless most rows are one cell there.
    if (frame.toColumn > frame.fromColumn && grid.filled(row).length < 2 && column !== lone) continue;
    sum.filled += 1;
    sum.names += nameScore(readName(cell.text).name);
    if (isAddressed(cell.text)) sum.addressed += 1;
    // Several people in one row have a line each.
    const value = cell.lines.includes('\n') ? (cell.lines.split('\n')[0] ?? '') : cell.value;
    const birth = readBirth(value, { year, is1904: grid.sheet.is1904 });
    if (birth.year !== null) sum.births += 1;
    if (birth.year !== null && birth.problem === null) sum.years += 1;
    if (readSex(textOf(value)) !== null) sum.sexes += 1;
    const citizen = readCitizenNumber(value);
    if (citizen.kind === 'ok' && citizen.digits.length === 12) sum.citizen += 1;
    const mark = readNumbering(cell.text);
    if (mark !== null) sum.numbering += 1;
    if (isUnitLike(cell.text)) sum.units += 1;
    if (!cell.text.includes(' ') && /^\p{L}/u.test(cell.text)) sum.singleWords += 1;
    if (/^[xX✓✔+v]$/u.test(cell.text)) sum.crosses += 1;
    const number = mark?.kind === 'number' ? mark.value : null;
    if (number !== null && (last === null || number === last + 1)) sum.running += 1;
    last = number ?? last;
  }
  const share = (n: number): number => (sum.filled === 0 ? 0 : n / sum.filled);
  return {
    filled: sum.filled,
    names: share(sum.names),
    births: share(sum.births),
    years: share(sum.years),
    sexes: share(sum.sexes),
    citizen: share(sum.citizen),
    numbering: share(sum.numbering),
    units: share(sum.units),
    singleWords: share(sum.singleWords),
    crosses: share(sum.crosses),
    addressed: share(sum.addressed),
    running: share(sum.running),
  };
}

/** The column of the one cell that most rows of the table have; null when most have more. */
function findLoneColumn(grid: Grid, frame: TableFrame): number | null {
  const rowsOf = new Map<number, number>();
  let wide = 0;
  for (let row = frame.firstRow; row <= Math.min(frame.lastRow, frame.firstRow + 50); row++) {
    const [column, ...others] = grid.filled(row);
    if (column === undefined) continue;
    if (others.length > 0) wide += 1;
    else rowsOf.set(column, (rowsOf.get(column) ?? 0) + 1);
  }
  const [most] = [...rowsOf].toSorted((x, y) => y[1] - x[1]);
  return most && most[1] > wide ? most[0] : null;
}
