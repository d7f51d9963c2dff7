import { setImmediate as nextTurn } from 'node:timers/promises';
import { fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import {
  isOneCase,
  readBirth,
  readBirthParts,
  readCitizenNumber,
  readName,
  readPartyNumber,
  readSex,
  textOf,
  toTitleCase,
  type Birth,
} from './roster-cells.ts';
import type { RosterHeader } from './roster-columns.ts';
import { cleanUnit, createRowReader, type RowReader } from './roster-rows.ts';
import { createUnitBook, type UnitBook } from './roster-units.ts';
import type {
  RejectedRow,
  RejectReason,
  RosterOptions,
  RosterRow,
  RosterSheet,
  RosterWarning,
  RosterWarningCode,
} from './roster-types.ts';

export interface PeopleReading {
  people: RosterRow[];
  units: UnitBook;
  rejected: RejectedRow[];
  warnings: RosterWarning[];
  /** Rows left out because they are hidden: their texts. */
  hidden: string[];
  /** Names in one case. */
  oneCase: string[];
}

const MAX_NAME = 200;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/u;
const BADGE = /^[A-Za-z0-9_-]{4,64}$/u;

/** Rows read before other work of the process gets its turn: sign-ins must not wait for an import. */
const ROWS_PER_TURN = 250;

/** Reads everybody below the heading. `createId` makes ids for people without a usable code. */
export async function readPeople(
  sheet: RosterSheet,
  header: RosterHeader,
  options: RosterOptions & { createId: () => string; year: number },
): Promise<PeopleReading> {
  const reader = createRowReader(sheet, header);
  const reading: PeopleReading = {
    people: [],
    units: createUnitBook(options.units ?? []),
    rejected: [],
    warnings: [],
    hidden: [],
    oneCase: [],
  };
  const seen: Seen = { ids: new Set(), numbers: new Map(), people: new Map() };
  let unit = titleUnit(sheet, header.row);
  for (let row = header.row + header.rows; row < sheet.rows.length; row++) {
    if (row % ROWS_PER_TURN === 0) await nextTurn();
    const kind = reader.read(row);
    if (kind.kind === 'section') unit = kind.unit;
    if (kind.kind !== 'person') continue;
    if (sheet.hiddenRows.has(row) && options.hiddenRows !== 'include') {
      reading.hidden.push(describe(sheet, row));
      continue;
    }
    readPerson(row, { sheet, reader, options, unit, seen }, reading);
  }
  return reading;
}

interface Seen {
  ids: Set<string>;
  numbers: Map<string, number>;
  people: Map<string, number>;
}

interface Context {
  sheet: RosterSheet;
  reader: RowReader;
  options: RosterOptions & { createId: () => string; year: number };
  unit: string;
  seen: Seen;
}

function readPerson(row: number, context: Context, reading: PeopleReading): void {
  const { sheet, reader, options, seen } = context;
  const shownRow = row + 1;
  const warn = (code: RosterWarningCode, params: RosterWarning['params'] = {}): void => {
    reading.warnings.push({ code, row: shownRow, params });
  };
  const reject = (why: RejectReason, params: RejectedRow['params'] = {}): void => {
    reading.rejected.push({ row: shownRow, what: describe(sheet, row), why, params });
  };
  warnAboutCells(sheet, row, warn);

  const family = reader.text(row, 'familyPart');
  const given = reader.text(row, 'givenPart');
  const { name: rawName, aside } = readName(reader.text(row, 'name') || `${family} ${given}`.trim());
  if (rawName === '') {
    // One lone cell is a remark, more is somebody whose name is missing.
    const filled = (sheet.rows[row] ?? []).filter((cell) => textOf(cell) !== '').length;
    if (filled >= 2) reject('no_name');
    else warn('row_ignored', { what: describe(sheet, row) });
    return;
  }
  if (rawName.length > MAX_NAME) return reject('name_too_long', { max: MAX_NAME });
  if (isOneCase(rawName)) reading.oneCase.push(rawName);
  const name = options.titleCase === true && isOneCase(rawName) ? toTitleCase(rawName) : rawName;
  if (!/\s/u.test(name)) warn('name_one_word', { name });
  if (/\d/u.test(name)) warn('name_has_digits', { name });

  const citizen = readCitizenNumber(reader.cell(row, 'citizenNumber'));
  if (citizen.kind === 'scientific') return reject('number_scientific');
  if (citizen.kind === 'unusable') warn('number_ignored');
  const number = citizen.kind === 'ok' ? citizen.digits : null;
  const twin = number === null ? undefined : seen.numbers.get(number);
  if (twin !== undefined) return reject('number_twice', { row: twin });
  if (number !== null) seen.numbers.set(number, shownRow);
  if (citizen.kind === 'ok' && citizen.isPadded) warn('number_padded', { tail: citizen.digits.slice(-4) });
  const party = readPartyNumber(reader.cell(row, 'partyNumber'));
  if (party.kind === 'unusable' || party.kind === 'scientific') warn('party_number_ignored');

  const { birth, sex } = readBirthAndSex(row, context, warn);
  if (birth.problem) warn(birth.problem, { text: birthText(reader, row) });
  const unit = cleanUnit(reader.text(row, 'unit')) || context.unit;
  const unitId = unit === '' ? null : reading.units.idOf(unit);
  const position = reader.text(row, 'position');
  const note = [reader.text(row, 'note'), ...aside].filter((part) => part !== '').join('; ');
  const badge = reader.text(row, 'badge');
  const person: RosterPerson = { id: idOf(reader.text(row, 'code'), context, warn), name };
  if (given !== '' && options.titleCase !== true) person.givenName = given;
  if (birth.year !== null) person.birthYear = birth.year;
  if (birth.date !== null) person.birthDate = birth.date;
  if (sex) person.sex = sex;
  if (position !== '') person.position = position.slice(0, 300);
  if (unitId !== null) person.unitId = unitId;
  if (number !== null) person.citizenNumber = number;
  if (party.kind === 'ok') person.partyNumber = party.digits;
  if (BADGE.test(badge)) person.badge = badge;
  if (note !== '') person.note = note.slice(0, 2_000);

  const key = `${fold(name)}|${birth.date ?? birth.year ?? ''}|${unitId ?? ''}`;
  const same = seen.people.get(key);
  if (same !== undefined) warn('same_person', { row: same });
  else seen.people.set(key, shownRow);
  reading.people.push({ row: shownRow, person });
}

function idOf(
  code: string,
  { seen, options }: Context,
  warn: (code: 'code_twice', params: { code: string }) => void,
): string {
  if (CODE.test(code)) {
    if (!seen.ids.has(code)) {
      seen.ids.add(code);
      return code;
    }
    warn('code_twice', { code });
  }
  const id = options.createId();
  seen.ids.add(id);
  return id;
}

function readBirthAndSex(
  row: number,
  { reader, options }: Context,
  warn: (code: 'sex_unreadable', params: { text: string }) => void,
): { birth: Birth; sex: 'male' | 'female' | null } {
  const sexText = reader.text(row, 'sex');
  let sex = readSex(sexText);
  if (sexText !== '' && sex === null) warn('sex_unreadable', { text: sexText.slice(0, 40) });
  let birth = readBirth(reader.cell(row, 'birth'), options.year);
  const yearText = reader.text(row, 'birthYear');
  if (yearText !== '')
    birth = readBirthParts(reader.text(row, 'birthDay'), reader.text(row, 'birthMonth'), yearText, options.year);
  // Columns Nam and Nữ hold a date or a year in the one that applies, or a cross.
  for (const column of ['male', 'female'] as const) {
    const text = reader.text(row, column);
    if (text === '') continue;
    sex ??= column;
    if (/\d/u.test(text) && birth.year === null) birth = readBirth(reader.cell(row, column), options.year);
  }
  return { birth, sex };
}

function birthText(reader: RowReader, row: number): string {
  const fields = ['birth', 'male', 'female', 'birthYear'] as const;
  return (fields.map((field) => reader.text(row, field)).find((text) => text !== '') ?? '').slice(0, 40);
}

function warnAboutCells(
  sheet: RosterSheet,
  row: number,
  warn: (code: RosterWarningCode, params: { column: number }) => void,
): void {
  sheet.rows[row]?.forEach((cell, column) => {
    if (typeof cell === 'string' && /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/u.test(cell))
      warn('cell_error', { column });
    if (sheet.emptyFormulas.has(`${row},${column}`)) warn('formula_without_value', { column });
  });
}

/** A line above the heading that names one unit for the whole list: "Đơn vị: Chi bộ 3". */
function titleUnit(sheet: RosterSheet, headerRow: number): string {
  for (const row of sheet.rows.slice(0, headerRow)) {
    for (const cell of row) {
      const match = /^(?:đơn vị|chi bộ|đảng bộ|đảng ủy|đảng uỷ)\s*:\s*(\S.*)$/iu.exec(textOf(cell));
      if (match?.[1]) return cleanUnit(match[1]);
    }
  }
  return '';
}

/** A row in one short line for the screen; long numbers show their last four digits only. */
export function describe(sheet: RosterSheet, row: number): string {
  const texts = (sheet.rows[row] ?? []).map(textOf).filter((text) => text !== '');
  return texts
    .join(' · ')
    .replace(/\d{5,}/gu, (digits) => `…${digits.slice(-4)}`)
    .slice(0, 120);
}
