import iconv from 'iconv-lite';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RosterFileError, RosterSheet } from './roster-types.ts';

export interface CsvText {
  text: string;
  /** False: bytes of an older encoding, shown as CP1252 until somebody says which. */
  isUnicode: boolean;
}

/** Decodes the bytes of a .csv file: byte order marks, UTF-8, UTF-16 without a mark, else CP1252 byte for byte. */
export function decodeCsv(bytes: Uint8Array): CsvText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [a, b, c] = buffer;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { text: buffer.toString('utf8', 3), isUnicode: true };
  if (a === 0xff && b === 0xfe) return { text: buffer.toString('utf16le', 2), isUnicode: true };
  if (a === 0xfe && b === 0xff) return { text: iconv.decode(buffer, 'utf16-be'), isUnicode: true };
  const head = buffer.subarray(0, 4_000);
  const zeros = head.filter((byte) => byte === 0).length;
  if (zeros > head.length / 5) {
    const isBigEndian = head.findIndex((byte) => byte === 0) % 2 === 0;
    return { text: iconv.decode(buffer, isBigEndian ? 'utf16-be' : 'utf16-le'), isUnicode: true };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer), isUnicode: true };
  } catch {
    return { text: iconv.decode(buffer, 'windows-1252'), isUnicode: false };
  }
}

const MAX_COLUMNS = 100;
/** A quoted cell of a roster is an address at most. */
const MAX_QUOTED = 2_000;
const DELIMITERS = [';', ',', '\t', '|'] as const;

/**
 * Cuts text into rows, row by row: a quote that is never closed, or closed in the middle of a word, is a character like any
 * other and swallows nothing. Excel's `sep=;` line is obeyed; else the delimiter is the one that gives most rows the same width.
 */
export function parseCsv(text: string, name: string, maxRows: number): Result<RosterSheet, RosterFileError> {
  const hint = /^sep=(.)\r?\n/iu.exec(text);
  const whole = hint ? text.slice(hint[0].length) : text;
  const guessed = hint?.[1] ?? guessDelimiter(whole);
  const body = guessed === null ? whole.replaceAll(/(?<=\S) {2,}(?=\S)/gu, '\t') : whole;
  const delimiter = guessed ?? '\t';
  const rows = cutRows(body, delimiter, maxRows + 1);
  if (rows.length > maxRows) return err({ error: 'too_many_rows', maxRows });
  return ok({
    name,
    rows: rows.map((row) => row.slice(0, MAX_COLUMNS).map((cell) => (cell === '' ? null : cell))),
    merges: [],
    hiddenRows: new Set<number>(),
    hiddenColumns: new Set<number>(),
    marks: new Map(),
    is1904: false,
  });
}

/** Null: nothing but runs of blanks separates the columns. */
function guessDelimiter(text: string): string | null {
  const head = text.slice(0, 20_000);
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const widths = cutRows(head, delimiter, 60).map((row) => row.length);
    const counts = new Map<number, number>();
    for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
    // Rows of one width suggest a delimiter; titles with commas in them do not.
    const score = Math.max(0, ...[...counts].map(([width, count]) => count * count * Math.min(width, 6)));
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return bestScore > 1 ? best : isAligned(head) ? null : best;
}

/** Lines that nearly all have the same number of parts between runs of two blanks and more. */
function isAligned(text: string): boolean {
  const widths = text.split(/\r\n|\r|\n/u).map((line) => line.trim().split(/ {2,}/u).length);
  const cut = widths.filter((width) => width > 1);
  const [usual = 1] = cut;
  return cut.length >= 2 && cut.filter((width) => width === usual).length >= cut.length * 0.8;
}

function cutRows(text: string, delimiter: string, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < limit) {
    const quoted = text[at] === '"' ? readQuoted(text, at, delimiter, row.length) : null;
    let end: number;
    let cell: string;
    if (quoted) {
      ({ cell, end } = quoted);
    } else {
      end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
      cell = text.slice(at, end);
      // A quote that opens a cell and is not closed was never meant as one.
      if (cell.startsWith('"') && cell.indexOf('"', 1) < 0) cell = cell.slice(1);
    }
    row.push(unwrap(cell));
    if (text[end] === delimiter) {
      at = end + 1;
      if (at >= text.length) row.push('');
      continue;
    }
    at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** A quoted cell that is closed properly; null when the quote is only a character. */
function readQuoted(
  text: string,
  start: number,
  delimiter: string,
  column: number,
): { cell: string; end: number } | null {
  let cell = '';
  let at = start + 1;
  const limit = Math.min(text.length, start + MAX_QUOTED);
  while (at < limit) {
    const char = text[at];
    if (char !== '"') {
      cell += char;
      at += 1;
    } else if (text[at + 1] === '"') {
      cell += '"';
      at += 2;
    } else {
      const after = text[at + 1];
      if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r') return null;
      return swallowsRows(cell, delimiter, column) ? null : { cell, end: at + 1 };
    }
  }
  return null;
}

/** Lines inside quotes that have as many delimiters as rows have are rows. */
function swallowsRows(cell: string, delimiter: string, column: number): boolean {
  if (!cell.includes('\n')) return false;
  const [, ...lines] = cell.split(/\r?\n/u);
  return lines.some((line) => line.split(delimiter).length - 1 >= Math.max(2, column));
}

/** ="025…" is how people keep zeros in CSV. */
function unwrap(cell: string): string {
  return /^=\s*"([^"]*)"$/u.exec(cell.trim())?.[1] ?? cell;
}
