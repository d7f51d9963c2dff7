import Papa from 'papaparse';
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

/** Cuts text into rows. The delimiter is found by itself; Excel's `sep=;` line is obeyed. */
export function parseCsv(text: string, name: string, maxRows: number): Result<RosterSheet, RosterFileError> {
  const hint = /^sep=(.)\r?\n/iu.exec(text);
  const body = hint ? text.slice(hint[0].length) : text;
  const parsed = Papa.parse<string[]>(body, {
    delimiter: hint?.[1] ?? '',
    delimitersToGuess: [',', ';', '\t', '|'],
    skipEmptyLines: false,
    preview: maxRows + 2,
  });
  const rows = parsed.data;
  // The line break at the end of the file is no row.
  if (rows.at(-1)?.every((cell) => cell === '') === true) rows.pop();
  if (rows.length > maxRows) return err({ error: 'too_many_rows', maxRows });
  return ok({
    name,
    rows: rows.map((row) => row.slice(0, 100).map((cell) => (cell === '' ? null : cell))),
    merges: [],
    hiddenRows: new Set<number>(),
    hiddenColumns: new Set<number>(),
    emptyFormulas: new Set<string>(),
  });
}
