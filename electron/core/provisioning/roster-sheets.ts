import { cutText } from '../../shared/names.ts';
import { planColumns, type ColumnPlan } from './roster-columns.ts';
import { cleanUnit, stripNumbering } from './roster-evidence.ts';
import { findFrames } from './roster-frames.ts';
import { maskNumbers, type Grid } from './roster-grid.ts';
import { isUnitLike, nameScore, NAME_SURE, readNumbering } from './roster-looks.ts';
import type { TableReading } from './roster-person.ts';
import { classifyRows, type ClassifiedRow } from './roster-rows.ts';
import type { TableFrame } from './roster-tables.ts';
import type { RosterTable, RowKind, RowReading, SheetAnswers, SheetReading } from './roster-types.ts';

/** A sheet with its tables found and its rows classified; people are read later. */
export interface SheetPlan {
  grid: Grid;
  tables: TableReading[];
  /** Rows that look like people. */
  people: number;
  /** No heading was found in any table. */
  isGuessed: boolean;
}

/** Longest text of a cell shown in the preview, characters. */
const SHOWN = 160;

export function planSheet(grid: Grid, answers: SheetAnswers, year: number): SheetPlan {
  const byHand = new Map<number, boolean>();
  for (const [row, kind] of Object.entries(answers.rows ?? {})) byHand.set(Number(row) - 1, kind === 'heading');
  const tables: TableReading[] = [];
  const columns = answers.columns ?? {};
  let frames = findFrames(grid, byHand);
  // Columns named by hand make a table of a sheet in which none was found.
  if (frames.length === 0 && Object.values(columns).some((field) => field !== null)) frames = [wholeSheet(grid)];
  for (const frame of frames) {
    const plan = planColumns(grid, frame, year, columns);
    if (!plan) continue;
    const rows = classifyRows(grid, frame, plan, answers.rows ?? {}, year);
    tables.push({
      grid,
      frame,
      plan,
      rows,
      defaultUnit:
        frame.unit === undefined
          ? titleUnit(
              grid,
              frame,
              tables.length === 0,
              frames.some((other) => isBeside(frame, other)),
            )
          : cleanUnit(frame.unit),
      codesCount: codesCount(grid, frame, plan, rows),
      carriesUnits: carriesUnits(grid, plan, rows),
    });
  }
  const people = new Set(
    tables.flatMap((table) => table.rows.filter(({ kind }) => kind === 'person').map(({ row }) => row)),
  );
  return {
    grid,
    tables,
    people: people.size,
    isGuessed: tables.length > 0 && tables.every(({ frame }) => frame.heading === null),
  };
}

function wholeSheet(grid: Grid): TableFrame {
  return {
    heading: null,
    headingRows: 0,
    firstRow: 0,
    lastRow: grid.height - 1,
    fromColumn: 0,
    toColumn: grid.width - 1,
    headings: [],
  };
}

/** Two tables that share rows. */
function isBeside(frame: TableFrame, other: TableFrame): boolean {
  return (
    frame !== other &&
    (frame.toColumn < other.fromColumn || other.toColumn < frame.fromColumn) &&
    frame.firstRow <= other.lastRow &&
    other.firstRow <= frame.lastRow
  );
}

/** "Đơn vị: …" above a list. */
const TITLE_LABEL =
  /^(?:tên\s+)?(?:đơn vị|chi bộ|đảng bộ|đảng ủy|đảng uỷ|cơ quan|tổ chức đảng|trường|thôn|tổ dân phố)\s*:\s*(\S.*)?$/iu;
/** Where the name of a unit ends in a title: "… CHI BỘ 1 DỰ HỘI NGHỊ". */
const TITLE_GOES_ON =
  /\s+(?:(?:tham|được)\s+)?(?:dự|gia|học|cử|mời|triệu tập|đăng ký|quán triệt|tại|về|ngày|tháng|năm|nhiệm kỳ|lần thứ)(?=\s|$).*$/iu;

/** A line above the heading that names one unit for the whole list; beside another table only what stands above this one. */
function titleUnit(grid: Grid, frame: TableFrame, isFirst: boolean, isShared: boolean): string {
  const heading = frame.heading ?? frame.firstRow;
  const filled = (row: number): readonly number[] =>
    grid.filled(row).filter((column) => !isShared || (column >= frame.fromColumn && column <= frame.toColumn));
  for (let row = 0; row < heading; row++)
    for (const column of filled(row)) {
      const { text } = grid.cell(row, column);
      const named = TITLE_LABEL.exec(text);
      if (!named || heading - row > 12) continue;
      // The unit may stand in the next cell.
      const value = named[1] ?? '';
      const unit = value === '' ? grid.cell(row, filled(row).find((other) => other > column) ?? -1).text : value;
      if (/\p{L}/u.test(unit)) return cleanUnit(unit);
    }
  // "DANH SÁCH ĐẢNG VIÊN CHI BỘ 1", or "II. KHÁCH MỜI" straight above a second table.
  for (let row = heading - 1; row >= Math.max(0, heading - 4); row--) {
    const columns = filled(row);
    if (columns.length === 0) continue;
    if (columns.length > 1) break;
    const { text } = grid.cell(row, columns[0] ?? 0);
    const list =
      /^danh sách\s+(?:đảng viên|đại biểu|cán bộ|thành viên|hội viên)?\s*((?:chi bộ|chi đoàn|tổ dân phố|thôn|xóm|ấp|bản|buôn|khu phố)\s.+)$/iu.exec(
        text,
      )?.[1];
    if (list !== undefined) return cleanUnit(list.replace(TITLE_GOES_ON, ''));
    const mark = readNumbering(/^(\S{1,6}[.)])\s/u.exec(text)?.[1] ?? '');
    if (mark && (mark.kind === 'roman' || mark.kind === 'letter')) return cleanUnit(text);
    if (row === heading - 1 && isUnitLike(stripNumbering(text))) return cleanUnit(text);
  }
  // The letterhead: "CHI BỘ 5" on a line of its own.
  for (let row = heading - 1; row >= Math.max(0, heading - 12); row--)
    for (const column of filled(row)) {
      const { text } = grid.cell(row, column);
      if (
        /^(?:chi bộ|chi đoàn|tổ dân phố|thôn|xóm|ấp|bản|buôn|khu phố)\s+[^:]{1,60}$/iu.test(text) &&
        (isFirst || isShared)
      )
        return cleanUnit(text);
    }
  return '';
}

/** A column "Mã" or "ID" that only counts says nothing about who somebody is. */
function codesCount(grid: Grid, frame: TableFrame, plan: ColumnPlan, rows: readonly ClassifiedRow[]): boolean {
  const column = plan.byField.get('code')?.[0];
  if (column === undefined) return false;
  const index = plan.byField.get('index')?.[0];
  let last: number | null = null;
  let steps = 0;
  let same = 0;
  let seen = 0;
  for (const { row, kind } of rows) {
    if (kind !== 'person' || row < frame.firstRow) continue;
    const { text } = grid.cell(row, column);
    const value = /^\d{1,6}$/u.test(text) ? Number(text) : null;
    if (value === null) continue;
    seen += 1;
    if (last === null ? value <= 1 : value === last + 1 || value === 1) steps += 1;
    if (index !== undefined && Number(readNumberOf(grid.cell(row, index).text)) === value) same += 1;
    last = value;
  }
  return seen > 0 && (steps >= seen * 0.8 || same >= seen * 0.8);
}

function readNumberOf(text: string): number | null {
  const mark = readNumbering(text);
  return mark?.kind === 'number' ? mark.value : null;
}

/** The unit is written in the first row of its group only: blank cells mean the unit above. */
function carriesUnits(grid: Grid, plan: ColumnPlan, rows: readonly ClassifiedRow[]): boolean {
  const column = plan.byField.get('unit')?.[0];
  if (column === undefined) return false;
  const index = plan.byField.get('index')?.[0];
  const people = rows.filter(({ kind }) => kind === 'person');
  const texts = people.map(({ row }) => grid.cell(row, column).text);
  const filled = texts.filter((text) => text !== '');
  if (filled.length === 0 || filled.length === texts.length || texts[0] === '') return false;
  if (rows.some(({ kind }) => kind === 'section')) return false;
  const repeats = texts.some((text, i) => text !== '' && text === texts[i - 1]);
  if (repeats || new Set(filled).size < filled.length) return false;
  const restarts =
    index !== undefined &&
    filled.length >= 2 &&
    people.every(({ row }, i) => (texts[i] === '') === (readNumberOf(grid.cell(row, index).text) !== 1));
  return restarts || (texts.length - filled.length >= texts.length * 0.4 && texts.length >= 3);
}

const RANK: readonly RowKind[] = ['person', 'unknown', 'section', 'heading', 'total', 'note', 'empty'];

/** Every row of the sheet that has any text, with what it was taken for; what no table covers is a title or a remark. */
function accountForRows(plan: SheetPlan): RowReading[] {
  const byRow = new Map<number, RowReading>();
  const take = (row: number, kind: RowKind, why: RowReading['why']): void => {
    const before = byRow.get(row);
    if (!before || RANK.indexOf(kind) < RANK.indexOf(before.kind)) byRow.set(row, { row: row + 1, kind, why });
  };
  for (const { frame, rows } of plan.tables) {
    if (frame.heading !== null)
      for (let row = frame.heading; row < frame.heading + frame.headingRows; row++) take(row, 'heading', 'heading');
    for (const { row, kind, why } of rows) take(row, kind, why);
  }
  const readings: RowReading[] = [];
  for (let row = 0; row < plan.grid.height; row++) {
    if (plan.grid.filled(row).length === 0) continue;
    readings.push(
      byRow.get(row) ?? {
        row: row + 1,
        kind: plan.tables.length > 0 ? 'note' : 'unknown',
        why: plan.tables.length > 0 ? 'title' : 'no_table',
      },
    );
  }
  return readings;
}

/** What the preview shows of a sheet. */
export function showSheet(plan: SheetPlan): SheetReading {
  const { grid } = plan;
  const cells: string[][] = [];
  for (let row = 0; row < grid.height; row++) {
    const texts: string[] = [];
    for (let column = 0; column < grid.width; column++)
      texts.push(cutText(maskNumbers(grid.cell(row, column).text), SHOWN));
    while (texts.at(-1) === '') texts.pop();
    cells.push(texts);
  }
  return { name: grid.sheet.name, tables: plan.tables.map(showTable), rows: accountForRows(plan), cells };
}

function showTable({ frame, plan }: TableReading): RosterTable {
  return {
    heading: frame.heading === null ? null : { row: frame.heading + 1, rows: frame.headingRows },
    firstRow: frame.firstRow + 1,
    lastRow: frame.lastRow + 1,
    columns: plan.columns,
  };
}

/** Texts that stand beside the tables and may be names: rows (from 0). */
export function namesBeside(plan: SheetPlan): number[] {
  const rows: number[] = [];
  const [first] = plan.tables;
  if (!first) return rows;
  for (const { row, kind } of first.rows) {
    if (kind !== 'person') continue;
    const covered = (column: number): boolean =>
      plan.tables.some(
        ({ frame }) =>
          row >= frame.firstRow && row <= frame.lastRow && column >= frame.fromColumn && column <= frame.toColumn,
      );
    if (
      plan.grid
        .filled(row)
        .some((column) => !covered(column) && nameScore(plan.grid.cell(row, column).text) >= NAME_SURE)
    )
      rows.push(row);
  }
  return rows;
}
