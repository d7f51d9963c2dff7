import { decodeRow, guessEncoding, isBetterAs, type EncodingGuess } from './roster-encoding.ts';
import { describeRow, makeGrid } from './roster-grid.ts';
import type { SheetPlan } from './roster-sheets.ts';
import { textOf } from './roster-cells.ts';
import type { CellMark, RosterOptions, RosterQuestion, RosterSheet, TextEncoding } from './roster-types.ts';

const SAMPLE_LINES = 5;

/** How the texts of the sheets are written; candidates when somebody has to say. */
export function guessOf(sheets: readonly RosterSheet[], isUnicode: boolean): EncodingGuess {
  const allowed: TextEncoding[] = isUnicode ? ['tcvn3', 'vni'] : ['cp1258', 'tcvn3', 'vni'];
  const guess = guessEncoding(textsOf(sheets), allowed);
  if (guess.candidates.length > 0 || isUnicode) return guess;
  return { encoding: 'unicode', candidates: ['unicode', ...allowed] };
}

function* textsOf(sheets: readonly RosterSheet[]): Generator<string> {
  for (const sheet of sheets)
    for (const row of sheet.rows) for (const cell of row) if (typeof cell === 'string') yield cell;
}

/**
 * Decodes the cells that are written in the old encoding, row by row: a file may be half one, half the other.
 * Must come before any cleaning: TCVN3 writes ư as a soft hyphen.
 */
export function decodeSheet(sheet: RosterSheet, encoding: TextEncoding): RosterSheet {
  if (encoding === 'unicode') return sheet;
  const marks = new Map<string, CellMark>();
  for (const [at, mark] of sheet.marks)
    marks.set(at, mark.kept === undefined ? mark : { ...mark, kept: decodeRow([mark.kept], encoding)[0] ?? mark.kept });
  return { ...sheet, rows: sheet.rows.map((row) => decodeRow(row, encoding)), marks };
}

/** Rows of the file read in each of the encodings it may be in. */
export function encodingQuestion(
  options: RosterOptions,
  guess: EncodingGuess,
  sheets: readonly RosterSheet[],
  chosen: readonly SheetPlan[],
): RosterQuestion | null {
  if (options.encoding !== undefined || guess.candidates.length === 0) return null;
  const name = chosen[0]?.grid.sheet.name;
  const raw = sheets.find((sheet) => sheet.name === name) ?? sheets[0];
  if (!raw) return null;
  const old = guess.candidates.find((candidate) => candidate !== 'unicode') ?? 'tcvn3';
  const people = new Set(
    chosen[0]?.tables.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'person').map(({ row }) => row)),
  );
  const speaks = (row: number): boolean =>
    raw.rows[row]?.some(
      (cell) => typeof cell === 'string' && /[\u0080-\u024f]/u.test(textOf(cell)) && isBetterAs(cell, old),
    ) === true;
  const all = raw.rows.map((_, row) => row).filter(speaks);
  const rows = [...all.filter((row) => people.has(row)), ...all.filter((row) => !people.has(row))].slice(
    0,
    SAMPLE_LINES,
  );
  const samples = guess.candidates.map((encoding) => {
    const part = {
      ...raw,
      rows: rows.map((row) => raw.rows[row] ?? []),
      merges: [],
      marks: new Map<string, CellMark>(),
    };
    const grid = makeGrid(decodeSheet(part, encoding), false);
    return { encoding, lines: rows.map((_, i) => describeRow(grid, i)) };
  });
  return { code: 'encoding', suggested: guess.encoding, samples };
}
