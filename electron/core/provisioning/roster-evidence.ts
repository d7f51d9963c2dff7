import { readBirth } from './roster-birth.ts';
import { readCitizenNumber, readPartyNumber, readSex } from './roster-cells.ts';
import type { ColumnPlan } from './roster-columns.ts';
import type { Grid } from './roster-grid.ts';
import { isErrorText, isUnitLike, nameScore, readNumbering, type NumberingMark } from './roster-looks.ts';
import { readName } from './roster-names.ts';
import type { TableFrame } from './roster-tables.ts';
import type { RosterField } from './roster-types.ts';

/** What one row has that suggests a person, a section or neither. */
export interface RowEvidence {
  row: number;
  filled: readonly number[];
  /** Text of the name's own cells, in one line. */
  name: string;
  /** How much the name looks like one, 0 to 1. */
  score: number;
  isUnitLike: boolean;
  /** The name stands in a cell merged down from a row above. */
  isNameCopied: boolean;
  mark: NumberingMark | null;
  /** Text in the column of numbers that is no number: a section written from the left edge. */
  headline: string;
  /** Cells that hold a birth, sex or identity number. */
  typed: number;
  /** Filled cells of other known columns: position, unit, note. */
  extras: number;
  /** Position or unit says what it says in other rows too: whoever has it is one of them. */
  isAmongOthers: boolean;
  isBold: boolean;
  /** Merged over several columns. */
  isWide: boolean;
  isUpper: boolean;
  hasError: boolean;
}

/** How the people of a table are written; single rows are measured against it. */
export interface TableHabits {
  usesNumbers: boolean;
  usesTyped: boolean;
  mostlyBold: boolean;
  mostlyUpper: boolean;
}

const NAME_FIELDS = ['familyPart', 'name', 'givenPart'] as const;
const TYPED: readonly RosterField[] = ['birth', 'birthYear', 'male', 'female', 'sex', 'citizenNumber', 'partyNumber'];
const EXTRA: readonly RosterField[] = ['position', 'unit', 'note', 'code', 'badge'];

export function readEvidence(grid: Grid, frame: TableFrame, plan: ColumnPlan, row: number, year: number): RowEvidence {
  const filled = grid.filled(row).filter((c) => c >= frame.fromColumn && c <= frame.toColumn);
  const columnsOf = (field: RosterField): readonly number[] => plan.byField.get(field) ?? [];
  let name = '';
  let isNameCopied = false;
  let isBold = false;
  for (const field of NAME_FIELDS)
    for (const column of columnsOf(field)) {
      const cell = grid.cell(row, column);
      if (cell.isCopy) isNameCopied ||= cell.isFromAbove && cell.text !== '';
      else if (cell.text !== '') {
        name = `${name} ${cell.text}`.trim();
        isBold ||= cell.mark?.bold === true;
      }
    }
  const indexColumn = columnsOf('index')[0];
  const indexText = indexColumn === undefined ? '' : grid.cell(row, indexColumn).text;
  let mark = indexText === '' ? null : readNumbering(indexText);
  // A number in front of the name stands for a column of numbers.
  const inName = /^(\d{1,4}(?:\.\d{1,3})*[.)]|[IVXLC]{1,5}[.)]|[A-ZĐ][.)])\s+\S/u.exec(name)?.[1];
  if (mark === null && inName !== undefined) mark = readNumbering(inName);
  const headline = indexText !== '' && readNumbering(indexText) === null ? indexText : '';
  if (headline !== '') isBold ||= grid.cell(row, indexColumn ?? 0).mark?.bold === true;
  const bare = readName(name).name;
  const score = nameScore(bare);
  let typed = 0;
  let extras = 0;
  for (const field of TYPED)
    for (const column of columnsOf(field)) {
      if (isTyped(grid, row, column, field, score, year)) typed += 1;
      else if (filled.includes(column) && !isErrorText(grid.cell(row, column).text)) extras += 1;
    }
  for (const field of EXTRA)
    for (const column of columnsOf(field))
      if (filled.includes(column) && !isErrorText(grid.cell(row, column).text)) extras += 1;
  const isAmongOthers = (['position', 'unit'] as const).some((field) =>
    columnsOf(field).some((column) => {
      const { text, isCopy } = grid.cell(row, column);
      return text !== '' && !isCopy && (plan.repeated.get(column)?.has(text) ?? false);
    }),
  );
  const isWide = filled.some((c) => grid.span(row, c) > 1);
  return {
    row,
    filled,
    name,
    score,
    isUnitLike: isUnitLike(stripNumbering(name === '' ? headline : name)),
    isNameCopied,
    mark,
    headline,
    typed,
    extras,
    isAmongOthers,
    isBold,
    isWide,
    isUpper: name !== '' && name === name.toUpperCase() && name !== name.toLowerCase(),
    hasError: isErrorText(name),
  };
}

function isTyped(grid: Grid, row: number, column: number, field: RosterField, score: number, year: number): boolean {
  const cell = grid.cell(row, column);
  if (cell.text === '' || cell.isCopy) return false;
  if (field === 'sex') return readSex(cell.text) !== null || /^[xX]$/u.test(cell.text);
  if (field === 'citizenNumber') return readCitizenNumber(cell.value).kind === 'ok';
  if (field === 'partyNumber') return readPartyNumber(cell.value).kind === 'ok';
  if ((field === 'male' || field === 'female') && /^[xX✓✔+v1]$/u.test(cell.text)) return score > 0;
  const birth = readBirth(cell.value, { year, is1904: grid.sheet.is1904 });
  // "15" beside a unit is a count; beside a name it may be a year.
  return birth.year !== null && (birth.problem !== 'birth_two_digit_year' || score >= 0.4);
}

export function readHabits(rows: readonly RowEvidence[]): TableHabits {
  let people = rows.filter((row) => row.score >= 0.7 && (row.typed > 0 || row.mark !== null || row.extras > 0));
  if (people.length === 0) people = rows.filter((row) => row.name !== '' && row.typed > 0);
  const share = (test: (row: RowEvidence) => boolean): number =>
    people.length === 0 ? 0 : people.filter(test).length / people.length;
  return {
    usesNumbers: share((row) => row.mark?.kind === 'number' || row.mark?.kind === 'path') >= 0.5,
    usesTyped: share((row) => row.typed > 0) >= 0.6,
    mostlyBold: share((row) => row.isBold) > 0.5,
    mostlyUpper: share((row) => row.isUpper) > 0.5,
  };
}

/** Text without a number, letter or dash in front. */
export function stripNumbering(text: string): string {
  return text.replace(/^(?:(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.)/:-]+|[*+•–—-]+)\s*/u, '').trim();
}

/** Unit name without numbering, end marks, or a count behind it: "II. Chi bộ 3 (15 đ/c):" is "Chi bộ 3". */
export function cleanUnit(text: string): string {
  return stripNumbering(text)
    .replace(/\s*[-–—:(]+\s*(?:gồm\s+)?\d+\s*(?:đ\/c|đồng chí|đại biểu|đảng viên|người|đv)?\s*\)?\s*[:.]?\s*$/iu, '')
    .replace(/[\s:;.,–—-]+$/u, '')
    .replace(/^(?:đơn vị|tên đơn vị)\s*:\s*/iu, '')
    .trim();
}
