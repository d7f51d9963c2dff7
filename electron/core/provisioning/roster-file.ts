import { err, ok, type Result } from '../../shared/result.ts';
import { guessOf, decodeSheet, encodingQuestion } from './roster-decode.ts';
import { makeGrid } from './roster-grid.ts';
import { openRosterFile, type RosterSource } from './roster-open.ts';
import { readPeople } from './roster-people.ts';
import type { ReadingBooks } from './roster-person.ts';
import { namesBeside, planSheet, showSheet, type SheetPlan } from './roster-sheets.ts';
import type {
  RosterFileError,
  RosterOptions,
  RosterPreview,
  RosterQuestion,
  RowKind,
  SheetReading,
} from './roster-types.ts';
import { createUnitBook } from './roster-units.ts';
import { WarningBook } from './roster-warnings.ts';

export { MAX_FILE_BYTES, MAX_ROWS } from './roster-types.ts';
const SAMPLE_LINES = 8;

/** A file of the stick: its bytes and its name. */
export interface NamedBytes {
  bytes: Uint8Array;
  name: string;
}

/** Reads one roster; see `readRosterFiles`. */
export async function readRosterFile(
  bytes: Uint8Array,
  fileName: string,
  options: RosterOptions = {},
): Promise<Result<RosterPreview, RosterFileError>> {
  return readRosterFiles([{ bytes, name: fileName }], options);
}

/**
 * Reads rosters (.xlsx, .xlsm, .ods, .csv, known by content, not by name) into a preview: what every row is and why, who
 * is ready, and what must be asked. Several files are read as if they were sheets of one. Nothing is written. Never throws
 * on any bytes.
 *
 * The import may go ahead when `questions` is empty. While they are open the preview leaves out what they are about.
 */
export async function readRosterFiles(
  files: readonly NamedBytes[],
  options: RosterOptions = {},
): Promise<Result<RosterPreview, RosterFileError>> {
  const opened = await openAll(files);
  if (!opened.ok) return opened;
  const source = opened.value;
  const unknown = options.sheets?.find((name) => !source.sheets.some((sheet) => sheet.name === name));
  if (unknown !== undefined) return err({ error: 'sheet_not_found', sheet: unknown });
  const year = options.year ?? new Date().getFullYear();
  const guess = guessOf(source.sheets, source.isUnicode);
  const encoding = options.encoding ?? guess.encoding;
  const plans = source.sheets.map((sheet) =>
    planSheet(
      makeGrid(decodeSheet(sheet, encoding), options.struck === 'include'),
      options.bySheet?.[sheet.name] ?? {},
      year,
    ),
  );
  const { chosen, question } = chooseSheets(plans, options);
  const warnings = new WarningBook();
  const books: ReadingBooks = {
    units: createUnitBook(options.units ?? [], options.similarUnits === 'same'),
    warnings,
    people: [],
    asked: { hidden_rows: [], struck: [], two_in_cell: [], unsure_rows: [] },
    oneCase: [],
    codes: new Set(),
    sheetCount: chosen.length,
  };
  for (const name of source.hiddenSheets) warnings.add('hidden_sheet', null, { name });
  for (const plan of chosen) readSheet(plan, chosen.length > 1, options, year, books);
  dropSharedNumbers(books);
  findDoubles(books);
  const sheets = chosen.map(showSheet);
  const samples = encodingQuestion(options, guess, source.sheets, chosen);
  return ok({
    sheets,
    allSheets: [
      ...plans.map((plan) => ({
        name: plan.grid.sheet.name,
        isHidden: false,
        isRead: chosen.includes(plan),
        people: plan.people,
      })),
      ...source.hiddenSheets.map((name) => ({ name, isHidden: true, isRead: false, people: 0 })),
    ],
    counts: countRows(sheets),
    people: books.people,
    units: books.units.list(),
    warnings: warnings.list(),
    questions: [
      ...(samples ? [samples] : []),
      ...(question ? [question] : []),
      ...listQuestions(options, chosen, books),
    ],
    offers:
      books.oneCase.length > 0 && options.titleCase === undefined
        ? [{ code: 'capitals', names: books.oneCase.length, sample: books.oneCase.slice(0, SAMPLE_LINES) }]
        : [],
    encoding,
  });
}

async function openAll(files: readonly NamedBytes[]): Promise<Result<RosterSource, RosterFileError>> {
  const all: RosterSource = { sheets: [], hiddenSheets: [], isUnicode: true };
  for (const file of files) {
    const opened = await openRosterFile(file.bytes, file.name);
    if (!opened.ok) return opened;
    const { sheets, hiddenSheets, isUnicode } = opened.value;
    const nameOf = (name: string): string =>
      files.length === 1 ? name : sheets.length === 1 ? file.name.replace(/\.\w+$/u, '') : `${file.name} › ${name}`;
    all.sheets.push(...sheets.map((sheet) => ({ ...sheet, name: nameOf(sheet.name) })));
    all.hiddenSheets.push(...hiddenSheets.map(nameOf));
    all.isUnicode &&= isUnicode;
  }
  return all.sheets.length > 0 ? ok(all) : err({ error: 'empty_file' });
}

/** One sheet, or all that have the same columns and other people; what else has people is asked about. */
function chooseSheets(
  plans: readonly SheetPlan[],
  options: RosterOptions,
): { chosen: SheetPlan[]; question: RosterQuestion | null } {
  const { sheets } = options;
  if (sheets !== undefined)
    return { chosen: plans.filter((plan) => sheets.includes(plan.grid.sheet.name)), question: null };
  const filled = plans.filter((plan) => plan.people > 0);
  if (filled.length === 0) {
    const most = plans.reduce<SheetPlan | null>(
      (best, plan) => (best && worthOf(best) >= worthOf(plan) ? best : plan),
      null,
    );
    return { chosen: most ? [most] : [], question: null };
  }
  if (filled.length === 1) return { chosen: filled, question: null };
  const best = filled.reduce((a, b) =>
    fieldsOf(b).length * 1000 + b.people > fieldsOf(a).length * 1000 + a.people ? b : a,
  );
  const alike = filled.filter((plan) => fieldsOf(plan).join() === fieldsOf(best).join());
  const names = alike.map((plan) => new Set(namesOf(plan)));
  const total = names.reduce((n, set) => n + set.size, 0);
  const distinct = new Set(names.flatMap((set) => [...set])).size;
  const belongTogether = alike.length > 1 && distinct >= total * 0.8;
  const chosen = belongTogether ? alike : [best];
  const isWhole = chosen.length === filled.length;
  return {
    chosen,
    question: isWhole
      ? null
      : { code: 'sheets', sheets: filled.map((plan) => ({ name: plan.grid.sheet.name, people: plan.people })) },
  };
}

/** A table without people says more than none. */
const worthOf = (plan: SheetPlan): number => plan.tables.length * 1_000_000 + plan.grid.height;
const fieldsOf = (plan: SheetPlan): string[] => [...(plan.tables[0]?.plan.byField.keys() ?? [])].sort();

function namesOf(plan: SheetPlan): string[] {
  return plan.tables.flatMap(({ grid, rows, plan: columns }) => {
    const name = columns.byField.get('name')?.[0] ?? columns.byField.get('familyPart')?.[0] ?? 0;
    return rows
      .filter(({ kind }) => kind === 'person')
      .map(({ row }) =>
        grid
          .filled(row)
          .map((c) => (c === 0 && c !== name ? '' : grid.cell(row, c).text))
          .join('|'),
      );
  });
}

const PLAIN_SHEET = /^(?:sheet|trang[ _]?tính|danh[ _]?sách|ds|bảng|table|export|data)[\s_]*\d*$/iu;

function readSheet(
  plan: SheetPlan,
  isOneOfMany: boolean,
  options: RosterOptions,
  year: number,
  books: ReadingBooks,
): void {
  const { warnings } = books;
  const sheetUnit =
    isOneOfMany && !PLAIN_SHEET.test(plan.grid.sheet.name) ? (plan.grid.sheet.name.split(' › ').at(-1) ?? '') : '';
  for (const table of plan.tables) {
    for (const { column, field } of table.plan.twice)
      warnings.add('column_twice', null, {
        column: table.plan.columns.find((c) => c.index === column)?.letter ?? '',
        field,
      });
    for (const column of table.plan.columns)
      if (column.field !== null && plan.grid.sheet.hiddenColumns.has(column.index))
        warnings.add('hidden_column', null, { column: column.letter });
    if (table.codesCount) warnings.add('codes_are_numbering', null);
    const hasSections = table.rows.some(({ kind }) => kind === 'section');
    const defaultUnit = isOneOfMany && !hasSections && sheetUnit !== '' ? sheetUnit : table.defaultUnit;
    readPeople({ ...table, defaultUnit }, { ...options, year }, books);
    warnAboutCells(table.plan.columns, plan, table.rows, books);
  }
  for (const row of namesBeside(plan)) warnings.add('text_beside', row + 1);
}

/** Errors of formulas and formulas without a value, in columns that are used. */
function warnAboutCells(
  columns: readonly { index: number; field: string | null }[],
  plan: SheetPlan,
  rows: SheetPlan['tables'][number]['rows'],
  { warnings }: ReadingBooks,
): void {
  const used = columns.filter(({ field }) => field !== null && field !== 'index').map(({ index }) => index);
  for (const { row, kind } of rows) {
    if (kind !== 'person' && kind !== 'unknown') continue;
    for (const column of used) {
      const cell = plan.grid.cell(row, column);
      if (/^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/u.test(cell.text))
        warnings.add('cell_error', row + 1, { column });
      if (cell.mark?.noValue === true && cell.text === '') warnings.add('formula_without_value', row + 1, { column });
    }
  }
}

/** One number for two people is nobody's: both stay, without it. */
function dropSharedNumbers({ people, warnings }: ReadingBooks): void {
  for (const field of ['citizenNumber', 'partyNumber', 'badge'] as const) {
    const holders = new Map<string, typeof people>();
    for (const row of people) {
      const number = row.person[field];
      if (number !== undefined) holders.set(number, [...(holders.get(number) ?? []), row]);
    }
    for (const [number, rows] of holders) {
      if (rows.length < 2) continue;
      for (const { row, person } of rows) {
        delete person[field];
        warnings.add('number_twice', row, { tail: number.slice(-4), row: rows[0]?.row ?? row });
      }
    }
  }
}

function findDoubles({ people, warnings }: ReadingBooks): void {
  const seen = new Map<string, number>();
  for (const { row, person } of people) {
    const key = `${person.name.toLowerCase()}|${person.birthDate ?? person.birthYear ?? ''}|${person.unitId ?? ''}`;
    const same = seen.get(key);
    if (same !== undefined) warnings.add('same_person', row, { row: same, name: person.name });
    else seen.set(key, row);
  }
}

function countRows(sheets: readonly SheetReading[]): Record<RowKind, number> {
  const counts: Record<RowKind, number> = {
    person: 0,
    heading: 0,
    section: 0,
    total: 0,
    note: 0,
    unknown: 0,
    empty: 0,
  };
  for (const sheet of sheets) for (const { kind } of sheet.rows) counts[kind] += 1;
  return counts;
}

function listQuestions(options: RosterOptions, chosen: readonly SheetPlan[], books: ReadingBooks): RosterQuestion[] {
  const questions: RosterQuestion[] = [];
  const tables = chosen.flatMap(({ tables: own }) => own);
  const answered = chosen.some(
    (plan) => Object.keys(options.bySheet?.[plan.grid.sheet.name]?.columns ?? {}).length > 0,
  );
  if (tables.length === 0) questions.push({ code: 'no_table' });
  else if (chosen.some((plan) => plan.isGuessed) && options.guessedColumns === undefined && !answered)
    questions.push({
      code: 'guessed_columns',
      columns: (tables[0]?.plan.columns ?? [])
        .filter(({ field }) => field !== null)
        .map(({ letter, field }) => `${letter}:${field}`),
    });
  for (const code of ['hidden_rows', 'struck', 'two_in_cell', 'unsure_rows'] as const) {
    const lines = books.asked[code];
    if (lines.length > 0) questions.push({ code, rows: lines.length, sample: lines.slice(0, SAMPLE_LINES) });
  }
  const pairs = options.similarUnits === undefined ? books.units.similar() : [];
  if (pairs.length > 0) questions.push({ code: 'similar_units', pairs: pairs.slice(0, 12) });
  return questions;
}
