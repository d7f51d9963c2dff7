import { fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import { chooseBirth, readBirth, readBirthParts, type Birth } from './roster-birth.ts';
import { isOneCase, readCitizenNumber, readPartyNumber, readSex, toTitleCase } from './roster-cells.ts';
import type { ColumnPlan } from './roster-columns.ts';
import { cleanUnit } from './roster-evidence.ts';
import { describeRow, type Grid, type GridCell } from './roster-grid.ts';
import { isDitto, isErrorText } from './roster-looks.ts';
import { readName, splitPeople } from './roster-names.ts';
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

/** Reads the people of a table; changes the kind of rows that are left out, with the reason. */
export function readPeople(table: TableReading, options: RosterOptions & { year: number }, books: ReadingBooks): void {
  let section = '';
  let unitAbove = '';
  const above = new Map<number, string>();
  for (const row of table.rows) {
    if (row.kind === 'section') {
      section = row.unit ?? '';
      unitAbove = '';
      continue;
    }
    if (row.why === 'unsure_person' || row.why === 'unsure_section') {
      if (options.unsureRows === undefined) books.asked.unsure_rows.push(describeRow(table.grid, row.row));
      else if (options.unsureRows === 'skip') Object.assign(row, { kind: 'note' });
      else if (row.why === 'unsure_person') Object.assign(row, { kind: 'person' });
    }
    if (row.kind !== 'person') continue;
    const ownUnit = readUnit(table, row.row, above);
    if (ownUnit !== '') unitAbove = ownUnit;
    const unit = ownUnit || (table.carriesUnits ? unitAbove : '') || section || table.defaultUnit;
    if (table.carriesUnits && ownUnit === '' && unitAbove !== '')
      books.warnings.add('unit_carried_down', row.row + 1, { unit: unitAbove });
    readRow(table, row, unit, above, options, books);
  }
}

function cellsOf(table: TableReading, row: number, field: RosterField): GridCell[] {
  return (table.plan.byField.get(field) ?? []).map((column) => table.grid.cell(row, column));
}

/** Text of a field; ditto marks give the text above. */
function textsOf(table: TableReading, row: number, field: RosterField, above: Map<number, string>): string[] {
  const texts: string[] = [];
  for (const column of table.plan.byField.get(field) ?? []) {
    const { text } = table.grid.cell(row, column);
    const meant = isDitto(text) ? (above.get(column) ?? '') : text;
    if (meant !== '' && !isErrorText(meant)) {
      above.set(column, meant);
      if (!texts.includes(meant)) texts.push(meant);
    }
  }
  return texts;
}

function readUnit(table: TableReading, row: number, above: Map<number, string>): string {
  return cleanUnit(textsOf(table, row, 'unit', above)[0] ?? '');
}

/** Leaves a row out, with the reason, until it is answered; true when it is left out. */
function isLeftOut(table: TableReading, row: ClassifiedRow, options: RosterOptions, books: ReadingBooks): boolean {
  const { grid } = table;
  const leave = (
    why: 'hidden' | 'struck',
    answer: 'include' | 'skip' | undefined,
    code: 'hidden_rows' | 'struck',
  ): boolean => {
    if (answer === 'include') return false;
    if (answer === undefined) books.asked[code].push(describeRow(grid, row.row));
    Object.assign(row, { kind: answer === 'skip' ? 'note' : 'unknown', why });
    return true;
  };
  if (grid.sheet.hiddenRows.has(row.row) && leave('hidden', options.hiddenRows, 'hidden_rows')) return true;
  const names = (['name', 'familyPart', 'givenPart'] as const)
    .flatMap((field) => cellsOf(table, row.row, field))
    .filter((cell) => cell.text !== '');
  if (
    names.length > 0 &&
    names.every((cell) => cell.mark?.struck === 'all') &&
    leave('struck', options.struck, 'struck')
  )
    return true;
  if (options.struck === undefined && names.some((cell) => cell.mark?.struck === 'part'))
    books.asked.struck.push(describeRow(grid, row.row));
  return false;
}

function readRow(
  table: TableReading,
  row: ClassifiedRow,
  unit: string,
  above: Map<number, string>,
  options: RosterOptions & { year: number },
  books: ReadingBooks,
): void {
  if (isLeftOut(table, row, options, books)) return;
  const { grid } = table;
  const join = (field: RosterField): string =>
    cellsOf(table, row.row, field)
      .map((cell) => cell.lines)
      .filter((text) => text !== '')
      .join(' ');
  const given = join('givenPart').replaceAll('\n', ' ');
  const raw = join('name') || `${join('familyPart')} ${given}`.trim();
  const several = splitPeople(raw);
  if (several !== null && options.twoInCell !== 'one') {
    if (options.twoInCell !== 'split') {
      if (options.twoInCell === undefined) books.asked.two_in_cell.push(describeRow(grid, row.row));
      Object.assign(row, { kind: options.twoInCell === 'skip' ? 'note' : 'unknown', why: 'two_in_cell' });
      return;
    }
    const births = (cellsOf(table, row.row, 'birth')[0]?.lines ?? '').split(/\s*[\n;,/+]\s*/u);
    several.forEach((name, i) => {
      const birth = births.length === several.length ? readBirth(births[i] ?? '', { year: options.year }) : NO_BIRTH;
      addPerson(
        table,
        row,
        { name, given: '', aside: [], positions: [], birth, isShared: true },
        unit,
        above,
        options,
        books,
      );
    });
    return;
  }
  const reading = readName(raw.replaceAll('\n', ' '));
  const { birth, isTaken } = chooseBirth(readBirthOf(table, row.row, options.year), reading.birth, options.year);
  const aside = reading.birth === '' || isTaken ? reading.aside : [...reading.aside, reading.birth];
  addPerson(table, row, { ...reading, aside, given, birth, isShared: false }, unit, above, options, books);
}

const NO_BIRTH: Birth = { year: null, date: null, sex: null, problem: null };

interface Named {
  name: string;
  given: string;
  aside: string[];
  positions: string[];
  birth: Birth;
  /** One of several people in the row: numbers of the row belong to nobody for sure. */
  isShared: boolean;
}

function addPerson(
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
  if (/\d/u.test(name)) warn('name_has_digits', { name });
  if (named.aside.length + named.positions.length > 0)
    warn('name_extras', { name, text: [...named.positions, ...named.aside].join(', ') });
  const { birth } = named;
  if (birth.problem) warn(birth.problem, { text: birthText(table, row.row) });
  const positions = textsOf(table, row.row, 'position', above);
  for (const position of named.positions) if (!positions.includes(position)) positions.push(position);
  const note = [...textsOf(table, row.row, 'note', above), ...named.aside].join('; ');
  const unitId = unit === '' ? null : books.units.idOf(unit);
  if (unitId === null && (table.plan.byField.has('unit') || books.people.some((p) => p.person.unitId !== undefined)))
    warn('unit_missing');
  const code = named.isShared || table.codesCount ? '' : (cellsOf(table, row.row, 'code')[0]?.text ?? '');
  const hasCode = CODE.test(code) && !books.codes.has(code);
  if (CODE.test(code) && books.codes.has(code)) warn('code_twice', { code });
  if (hasCode) books.codes.add(code);
  const person: RosterPerson = { id: hasCode ? code : `row-${books.people.length + 1}`, name };
  if (named.given !== '' && options.titleCase !== true) person.givenName = named.given;
  if (birth.year !== null) person.birthYear = birth.year;
  if (birth.date !== null) person.birthDate = birth.date;
  const sex = readSexOf(table, row.row, birth, warn);
  if (sex !== null) person.sex = sex;
  if (positions.length > 0) person.position = positions.join('; ').slice(0, 300);
  if (unitId !== null) person.unitId = unitId;
  if (!named.isShared) readNumbers(table, row.row, person, warn);
  if (note !== '') person.note = note.slice(0, 2_000);
  books.people.push({ sheet: table.grid.sheet.name, row: shownRow, person, hasCode });
}

function readNumbers(
  table: TableReading,
  row: number,
  person: RosterPerson,
  warn: (
    code: 'number_scientific' | 'number_ignored' | 'number_padded' | 'party_number_ignored',
    params?: { tail: string },
  ) => void,
): void {
  const citizen = readCitizenNumber(cellsOf(table, row, 'citizenNumber')[0]?.value);
  if (citizen.kind === 'scientific') warn('number_scientific');
  if (citizen.kind === 'unusable') warn('number_ignored');
  if (citizen.kind === 'ok') {
    person.citizenNumber = citizen.digits;
    if (citizen.isPadded) warn('number_padded', { tail: citizen.digits.slice(-4) });
  }
  const party = readPartyNumber(cellsOf(table, row, 'partyNumber')[0]?.value);
  if (party.kind === 'ok') person.partyNumber = party.digits;
  else if (party.kind !== 'none') warn('party_number_ignored');
  const badge = cellsOf(table, row, 'badge')[0]?.text ?? '';
  if (BADGE.test(badge)) person.badge = badge;
}

function readBirthOf(table: TableReading, row: number, year: number): Birth {
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
  const part = (field: RosterField): string => cellsOf(table, row, field)[0]?.text ?? '';
  if (part('birthYear') !== '') consider(readBirthParts(part('birthDay'), part('birthMonth'), part('birthYear'), year));
  for (const cell of cellsOf(table, row, 'birth'))
    if (cell.text !== '' && !cell.isCopy && !isErrorText(cell.text)) consider(read(cell));
  // Columns Nam and Nữ hold a date or a year in the one that applies, or a cross.
  for (const field of ['male', 'female'] as const)
    for (const cell of cellsOf(table, row, field)) if (/\d\d/u.test(cell.text)) consider(read(cell));
  return best;
}

function readSexOf(
  table: TableReading,
  row: number,
  birth: Birth,
  warn: (code: 'sex_unreadable', params: { text: string }) => void,
): 'male' | 'female' | null {
  const text = cellsOf(table, row, 'sex')[0]?.text ?? '';
  const read = readSex(text);
  if (text !== '' && read === null) warn('sex_unreadable', { text: text.slice(0, 40) });
  if (read !== null) return read;
  for (const field of ['male', 'female'] as const)
    for (const cell of cellsOf(table, row, field))
      if (cell.text !== '' && !cell.isCopy && fold(cell.text) !== '0') return field;
  return birth.sex;
}

function birthText(table: TableReading, row: number): string {
  const fields = ['birth', 'male', 'female', 'birthYear'] as const;
  const texts = fields.flatMap((field) => cellsOf(table, row, field).map((cell) => cell.text));
  return (texts.find((text) => text !== '') ?? '').slice(0, 40);
}
