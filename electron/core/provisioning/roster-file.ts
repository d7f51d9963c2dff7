import { randomUUID } from 'node:crypto';
import { cleanText } from '../../shared/names.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { textOf } from './roster-cells.ts';
import { findHeader, type RosterHeader } from './roster-columns.ts';
import { decodeCsv, parseCsv } from './roster-csv.ts';
import { decodeText, guessEncoding, type EncodingGuess } from './roster-encoding.ts';
import { describe, readPeople } from './roster-people.ts';
import type {
  CellValue,
  RosterFileError,
  RosterOptions,
  RosterPreview,
  RosterQuestion,
  RosterSheet,
  RosterWarning,
  TextEncoding,
} from './roster-types.ts';
import { readWorkbook } from './roster-xlsx.ts';

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** As many people as a package may have, and room for titles and sections. */
export const MAX_ROWS = 52_000;
const SAMPLE_LINES = 5;

interface Source {
  sheets: RosterSheet[];
  hiddenSheets: string[];
  font: string | null;
  /** False: single bytes whose meaning is unknown; somebody has to say. */
  isUnicode: boolean;
}

/**
 * Reads a roster (.xlsx or .csv, told by content and not by name) into a preview: what each column became, who is ready,
 * what each other row says and why it was left, and what must be asked. Nothing is written. Never throws on any bytes.
 *
 * The import may go ahead when `questions` is empty. While they are open the preview shows the likeliest reading.
 */
export async function readRosterFile(
  bytes: Uint8Array,
  fileName: string,
  options: RosterOptions = {},
): Promise<Result<RosterPreview, RosterFileError>> {
  const opened = await openFile(bytes, fileName);
  if (!opened.ok) return opened;
  const source = opened.value;
  if (options.sheet !== undefined && !source.sheets.some((sheet) => sheet.name === options.sheet))
    return err({ error: 'sheet_not_found', sheet: options.sheet });
  const sheets = options.sheet === undefined ? source.sheets : source.sheets.filter((s) => s.name === options.sheet);

  const guess = guessOf(source, sheets);
  const encoding = options.encoding ?? guess.encoding;
  const chosen = chooseSheet(sheets.map((sheet) => decodeSheet(sheet, encoding)));
  if (!chosen) return err({ error: 'no_header', sheet: sheets[0]?.name ?? fileName });
  const { sheet } = chosen;
  const header = withColumns(chosen.header, options.columns ?? {});

  const reading = await readPeople(sheet, header, {
    ...options,
    createId: options.createId ?? (() => `p-${randomUUID()}`),
    year: options.year ?? new Date().getFullYear(),
  });
  if (reading.people.length === 0 && reading.rejected.length === 0 && reading.hidden.length === 0)
    return err({ error: 'no_people', sheet: sheet.name });

  const raw = sheets.find((candidate) => candidate.name === sheet.name) ?? sheet;
  return ok({
    sheet: sheet.name,
    sheets: [
      ...source.sheets.map(({ name }) => ({ name, isHidden: false })),
      ...source.hiddenSheets.map((name) => ({ name, isHidden: true })),
    ],
    header: { row: header.row + 1, rows: header.rows },
    columns: header.columns,
    people: reading.people,
    units: reading.units.list(),
    rejected: reading.rejected,
    warnings: [...fileWarnings(source, sheet, header), ...reading.warnings],
    questions: listQuestions(options, guess, raw, header, reading.hidden),
    offers:
      reading.oneCase.length > 0
        ? [{ code: 'capitals', names: reading.oneCase.length, sample: reading.oneCase.slice(0, SAMPLE_LINES) }]
        : [],
    encoding,
  });
}

async function openFile(bytes: Uint8Array, fileName: string): Promise<Result<Source, RosterFileError>> {
  if (bytes.length === 0) return err({ error: 'empty_file' });
  if (bytes.length > MAX_FILE_BYTES)
    return err({ error: 'file_too_large', bytes: bytes.length, maxBytes: MAX_FILE_BYTES });
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).toString('latin1');
  if (head.startsWith('PK')) {
    const workbook = await readWorkbook(bytes, MAX_ROWS);
    return workbook.ok ? ok({ ...workbook.value, isUnicode: true }) : workbook;
  }
  // Compound files: an encrypted .xlsx carries its parts under this name, anything else is an old .xls or .doc.
  if (head === '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1') {
    const isEncrypted = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    return err({ error: isEncrypted ? 'password_protected' : 'old_excel' });
  }
  const { text, isUnicode } = decodeCsv(bytes);
  if (/^\s*(?:<!doctype|<html|<\?xml|%PDF|\{\\rtf)/iu.test(text.slice(0, 200)))
    return err({ error: 'not_a_spreadsheet' });
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary files
  if ((text.slice(0, 4_000).match(/[\u0000-\u0008\u000e-\u001f]/gu)?.length ?? 0) > 8)
    return err({ error: 'not_a_spreadsheet' });
  const sheet = parseCsv(text, fileName, MAX_ROWS);
  return sheet.ok ? ok({ sheets: [sheet.value], hiddenSheets: [], font: null, isUnicode }) : sheet;
}

function* textsOf(sheets: readonly RosterSheet[]): Generator<string> {
  for (const sheet of sheets)
    for (const row of sheet.rows) for (const cell of row) if (typeof cell === 'string') yield cell;
}

function guessOf(source: Source, sheets: readonly RosterSheet[]): EncodingGuess {
  const allowed: TextEncoding[] = source.isUnicode ? ['tcvn3', 'vni'] : ['cp1258', 'tcvn3', 'vni'];
  const guess = guessEncoding(textsOf(sheets), allowed);
  if (guess.candidates.length > 0) return guess;
  if (source.isUnicode) return guess;
  return { encoding: 'unicode', candidates: ['unicode', ...allowed] };
}

/** Every text of a sheet decoded, then cleaned: TCVN3 writes ư as a soft hyphen, which cleaning would take away. */
function decodeSheet(sheet: RosterSheet, encoding: TextEncoding): RosterSheet {
  const decode = (cell: CellValue): CellValue =>
    typeof cell === 'string' ? cleanText(decodeText(cell, encoding)) : cell;
  return { ...sheet, rows: sheet.rows.map((row) => row.map(decode)) };
}

/** The sheet whose heading names most columns; the first of equals. */
function chooseSheet(sheets: readonly RosterSheet[]): { sheet: RosterSheet; header: RosterHeader } | null {
  let best: { sheet: RosterSheet; header: RosterHeader; known: number } | null = null;
  for (const sheet of sheets) {
    const header = findHeader(sheet);
    const known = header?.columns.filter((column) => column.field !== null).length ?? 0;
    if (header && known > (best?.known ?? 0)) best = { sheet, header, known };
  }
  return best;
}

function withColumns(header: RosterHeader, answers: NonNullable<RosterOptions['columns']>): RosterHeader {
  const chosen = new Set(Object.values(answers));
  const columns = header.columns.map((column) => {
    const answer = answers[column.index];
    if (answer !== undefined) return { ...column, field: answer };
    // A field given to another column leaves the one that had it.
    return column.field !== null && chosen.has(column.field) ? { ...column, field: null } : column;
  });
  return { ...header, columns };
}

function fileWarnings(source: Source, sheet: RosterSheet, header: RosterHeader): RosterWarning[] {
  const letterOf = (index: number): string => header.columns.find((column) => column.index === index)?.letter ?? '';
  return [
    ...source.hiddenSheets.map((name): RosterWarning => ({ code: 'hidden_sheet', row: null, params: { name } })),
    ...header.columns
      .filter((column) => column.field !== null && sheet.hiddenColumns.has(column.index))
      .map((column): RosterWarning => ({ code: 'hidden_column', row: null, params: { column: column.letter } })),
    ...header.twice.map(({ index, field }): RosterWarning => ({
      code: 'column_twice',
      row: null,
      params: { column: letterOf(index), field },
    })),
  ];
}

function listQuestions(
  options: RosterOptions,
  guess: EncodingGuess,
  raw: RosterSheet,
  header: RosterHeader,
  hidden: readonly string[],
): RosterQuestion[] {
  const questions: RosterQuestion[] = [];
  if (options.encoding === undefined && guess.candidates.length > 0) {
    const start = header.row;
    const rows = raw.rows
      .map((_, row) => row)
      .slice(start)
      .filter((row) => raw.rows[row]?.some((cell) => /[\u0080-\uffff]/u.test(textOf(cell))))
      .slice(0, SAMPLE_LINES);
    const samples = guess.candidates.map((encoding) => {
      const decoded = decodeSheet({ ...raw, rows: rows.map((row) => raw.rows[row] ?? []) }, encoding);
      return { encoding, lines: decoded.rows.map((_, i) => describe(decoded, i)) };
    });
    questions.push({ code: 'encoding', suggested: guess.encoding, samples });
  }
  if (options.hiddenRows === undefined && hidden.length > 0)
    questions.push({ code: 'hidden_rows', rows: hidden.length, sample: hidden.slice(0, SAMPLE_LINES) });
  return questions;
}
