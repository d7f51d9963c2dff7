import { chooseBirth, type Birth } from './roster-birth.ts';
import { NO_STATS } from './roster-column-stats.ts';
import { cleanUnit } from './roster-evidence.ts';
import { describeRow } from './roster-grid.ts';
import { readName, splitPeople, type NameColumn, type NameReading } from './roster-names.ts';
import {
  addPerson,
  cellsOf,
  readBirthOf,
  textsOf,
  type Named,
  type ReadingBooks,
  type TableReading,
} from './roster-person.ts';
import type { ClassifiedRow } from './roster-rows.ts';
import type { RosterField, RosterOptions } from './roster-types.ts';

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
  const several = splitPeople(raw, nameColumnOf(table));
  if (several !== null && options.twoInCell !== 'one') {
    if (options.twoInCell !== 'split') {
      if (options.twoInCell === undefined) books.asked.two_in_cell.push(describeRow(grid, row.row));
      Object.assign(row, { kind: options.twoInCell === 'skip' ? 'note' : 'unknown', why: 'two_in_cell' });
      return;
    }
    for (const [at, reading] of several.entries()) {
      const share = { at, of: several.length };
      const own = readBirthOf(table, row.row, options.year, share);
      addPerson(
        table,
        row,
        { ...withBirth(reading, own, options.year), given: '', share },
        unit,
        above,
        options,
        books,
      );
    }
    return;
  }
  const reading = readName(raw.replaceAll('\n', ' '), nameColumnOf(table));
  const named = withBirth(reading, readBirthOf(table, row.row, options.year), options.year);
  addPerson(table, row, { ...named, given, share: null }, unit, above, options, books);
}

/** The name with the birth of the columns; one that stood behind the name and is not taken remains as a note. */
function withBirth(
  reading: NameReading,
  own: Birth,
  year: number,
): Pick<Named, 'name' | 'aside' | 'positions' | 'birth'> {
  const { name, positions } = reading;
  const { birth, isTaken } = chooseBirth(own, reading.birth, year);
  const aside = reading.birth === '' || isTaken ? reading.aside : [...reading.aside, reading.birth];
  return { name, positions, aside, birth };
}

/** One in ten, and more than one, is a habit: whoever writes "Đ/c" and "Ông" before others means a form of address here too. */
const HABIT = 0.1;

function nameColumnOf({ plan }: TableReading): NameColumn {
  const column = (plan.byField.get('name') ?? plan.byField.get('familyPart'))?.[0];
  const { addressed, filled } = (column === undefined ? undefined : plan.stats[column]) ?? NO_STATS;
  return { hasAddresses: addressed >= HABIT && addressed * filled > 1.5 };
}
