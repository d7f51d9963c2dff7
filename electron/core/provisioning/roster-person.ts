import { cutText, fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import { NO_BIRTH, readBirth, readBirthParts, type Birth } from './roster-birth.ts';
import { isOneCase, readCitizenNumber, readPartyNumber, readSex, toTitleCase } from './roster-cells.ts';
import type { ColumnPlan } from './roster-columns.ts';
import type { Grid, GridCell } from './roster-grid.ts';
import { isDitto, isErrorText } from './roster-looks.ts';
import type { ClassifiedRow } from './roster-rows.ts';
import type { TableFrame } from './roster-tables.ts';
import type { RosterField, RosterOptions, RosterRow } from './roster-types.ts';
import type { UnitBook } from './roster-units.ts';
import type { WarningBook } from './roster-warnings.ts';

/** What all sheets of one reading share. */
export interface ReadingBooks {
  units: UnitBook;
  warnings: WarningBook;
  people: RosterRow[];
  /** Rows left out for now, each kind with its texts. */
  asked: Record<'hidden_rows' | 'struck' | 'two_in_cell' | 'unsure_rows', string[]>;
  oneCase: string[];
  codes: Set<string>;
  sheetCount: number;
}

export interface TableReading {
  grid: Grid;
  frame: TableFrame;
  plan: ColumnPlan;
  rows: ClassifiedRow[];
  /** Unit of people who have none of their own: from the title, or the sheet's name. */
  defaultUnit: string;
  /** The column of codes only counts. */
  codesCount: boolean;
  /** Blank cells of the unit column mean the unit above. */
  carriesUnits: boolean;
}

const MAX_NAME = 200;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/u;
const BADGE = /^[A-Za-z0-9_-]{4,64}$/u;

/** Which of the people of one row: the line of a cell that has a line for each of them is theirs. */
export interface Share {
  /** From 0. */
  at: number;
  of: number;
}

/** Fields that tell people apart: what stands once for several people is nobody's for sure. */
const OF_ONE: ReadonlySet<RosterField> = new Set([
  'code',
  'badge',
  'citizenNumber',
  'partyNumber',
  'sex',
  'male',
  'female',
  'birth',
  'birthDay',
  'birthMonth',
  'birthYear',
]);

/** Cells of a field in a row, best column first; of one person when several share the row. */
export function cellsOf(table: TableReading, row: number, field: RosterField, share: Share | null = null): GridCell[] {
  const cells = (table.plan.byField.get(field) ?? []).map((column) => table.grid.cell(row, column));
  if (!share) return cells;
  return cells.flatMap((cell) => {
    const parts = cell.lines.split(field === 'birth' ? /\s*[\n;,/+]\s*/u : /\s*[\n;]\s*/u);
    const part = parts.length === share.of ? (parts[share.at] ?? '') : null;
    if (part !== null) return [{ ...cell, value: part, text: part, lines: part }];
    return OF_ONE.has(field) ? [] : [cell];
  });
}

/** Texts of a field; ditto marks give the text above, dashes and dots nothing. */
export function textsOf(
  table: TableReading,
  row: number,
  field: RosterField,
  above: Map<number, string>,
  share: Share | null = null,
): string[] {
  const texts: string[] = [];
  const columns = table.plan.byField.get(field) ?? [];
  cellsOf(table, row, field, share).forEach(({ text }, i) => {
    const column = columns[i] ?? 0;
    const meant = isDitto(text) ? (above.get(column) ?? '') : text;
    if (!/[\p{L}\p{N}]/u.test(meant) || isErrorText(meant)) return;
    above.set(column, meant);
    if (!texts.includes(meant)) texts.push(meant);
  });
  return texts;
}

/** A name as read, and what stood beside it. */
export interface Named {
  name: string;
  given: string;
  aside: string[];
  positions: string[];
  birth: Birth;
  /** One of several people in the row. */
  share: Share | null;
}

/** Adds one person of a row to the books, or says why the row is nobody's. */
export function addPerson(
  table: TableReading,
  row: ClassifiedRow,
  named: Named,
  unit: string,
  above: Map<number, string>,
  options: RosterOptions & { year: number },
  books: ReadingBooks,
): void {
  const shownRow = row.row + 1;
  const warn = (code: Parameters<WarningBook['add']>[0], params: Parameters<WarningBook['add']>[2] = {}): void =>
    books.warnings.add(code, shownRow, params);
  // Figures and signs are nobody's name.
  const isNameless = !/\p{L}/u.test(named.name);
  if (isNameless || named.name.length > MAX_NAME) {
    Object.assign(row, { kind: 'unknown', why: isNameless ? 'no_name' : 'name_too_long' });
    return;
  }
  if (isOneCase(named.name)) books.oneCase.push(named.name);
  const name = options.titleCase === true && isOneCase(named.name) ? toTitleCase(named.name) : named.name;
  if (!/\s/u.test(name)) warn('name_one_word', { name });
  // A question mark inside a word is a letter that was lost when the file was saved; an arrow names somebody else.
  if (/[^\p{L}\p{M}\s'’‘`.,()"“”-]/u.test(name)) warn('name_has_signs', { name });
  if (named.aside.length + named.positions.length > 0)
    warn('name_extras', { name, text: [...named.positions, ...named.aside].join(', ') });
  const { birth } = named;
  if (birth.problem) warn(birth.problem, { text: birthText(table, row.row) });
  const { share } = named;
  const positions = textsOf(table, row.row, 'position', above, share);
  for (const position of named.positions) if (!positions.includes(position)) positions.push(position);
  const note = [...textsOf(table, row.row, 'note', above, share), ...named.aside].join('; ');
  const unitId = unit === '' ? null : books.units.idOf(unit);
  if (unitId === null && (table.plan.byField.has('unit') || books.people.some((p) => p.person.unitId !== undefined)))
    warn('unit_missing');
  const code = table.codesCount ? '' : (cellsOf(table, row.row, 'code', share)[0]?.text ?? '');
  const hasCode = CODE.test(code) && !books.codes.has(code);
  if (CODE.test(code) && books.codes.has(code)) warn('code_twice', { code });
  if (hasCode) books.codes.add(code);
  const person: RosterPerson = { id: hasCode ? code : `row-${books.people.length + 1}`, name };
  if (named.given !== '' && options.titleCase !== true) person.givenName = named.given;
  if (birth.year !== null) person.birthYear = birth.year;
  if (birth.date !== null) person.birthDate = birth.date;
  const sex = readSexOf(table, row.row, named, warn);
  if (sex !== null) person.sex = sex;
  if (positions.length > 0) person.position = cutText(positions.join('; '), 300);
  if (unitId !== null) person.unitId = unitId;
  readNumbers(table, row.row, share, person, warn);
  if (note !== '') person.note = cutText(note, 2_000);
  books.people.push({ sheet: table.grid.sheet.name, row: shownRow, person, hasCode });
}

function readNumbers(
  table: TableReading,
  row: number,
  share: Share | null,
  person: RosterPerson,
  warn: (
    code: 'number_scientific' | 'number_ignored' | 'number_padded' | 'party_number_ignored',
    params?: { tail: string },
  ) => void,
): void {
  const citizen = readCitizenNumber(cellsOf(table, row, 'citizenNumber', share)[0]?.value);
  if (citizen.kind === 'scientific') warn('number_scientific');
  if (citizen.kind === 'unusable') warn('number_ignored');
  if (citizen.kind === 'ok') {
    person.citizenNumber = citizen.digits;
    if (citizen.isPadded) warn('number_padded', { tail: citizen.digits.slice(-4) });
  }
  const party = readPartyNumber(cellsOf(table, row, 'partyNumber', share)[0]?.value);
  if (party.kind === 'ok') person.partyNumber = party.digits;
  else if (party.kind !== 'none') warn('party_number_ignored');
  const badge = cellsOf(table, row, 'badge', share)[0]?.text ?? '';
  if (BADGE.test(badge)) person.badge = badge;
}

/** Birth from whichever columns of the row have it, the whole date before a year. */
export function readBirthOf(table: TableReading, row: number, year: number, share: Share | null = null): Birth {
  let best = NO_BIRTH;
  const consider = (birth: Birth): void => {
    if (best.year === null || (best.date === null && birth.date !== null))
      best = birth.year === null ? { ...best, problem: best.problem ?? birth.problem } : birth;
  };
  const read = (cell: GridCell): Birth =>
    readBirth(cell.value, {
      year,
      is1904: table.grid.sheet.is1904,
      isAge: table.plan.isAge,
      shortYear: cell.mark?.shortYear === true,
    });
  const part = (field: RosterField): string => cellsOf(table, row, field, share)[0]?.text ?? '';
  if (part('birthYear') !== '') consider(readBirthParts(part('birthDay'), part('birthMonth'), part('birthYear'), year));
  for (const cell of cellsOf(table, row, 'birth', share))
    if (cell.text !== '' && !cell.isCopy && !isErrorText(cell.text)) consider(read(cell));
  // Columns Nam and Nữ hold a date or a year in the one that applies, or a cross.
  for (const field of ['male', 'female'] as const)
    for (const cell of cellsOf(table, row, field, share)) if (/\d\d/u.test(cell.text)) consider(read(cell));
  return best;
}

function readSexOf(
  table: TableReading,
  row: number,
  { birth, share }: Named,
  warn: (code: 'sex_unreadable', params: { text: string }) => void,
): 'male' | 'female' | null {
  const text = cellsOf(table, row, 'sex', share)[0]?.text ?? '';
  const read = readSex(text);
  if (text !== '' && read === null) warn('sex_unreadable', { text: cutText(text, 40) });
  if (read !== null) return read;
  for (const field of ['male', 'female'] as const)
    for (const cell of cellsOf(table, row, field, share))
      if (cell.text !== '' && !cell.isCopy && fold(cell.text) !== '0') return field;
  return birth.sex;
}

function birthText(table: TableReading, row: number): string {
  const fields = ['birth', 'male', 'female', 'birthYear'] as const;
  const texts = fields.flatMap((field) => cellsOf(table, row, field).map((cell) => cell.text));
  return cutText(texts.find((text) => text !== '') ?? '', 40);
}
