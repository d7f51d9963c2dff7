import { fold } from '../../shared/names.ts';
import type { CellValue } from './roster-types.ts';

/** Text of a cell as a person would read it; '' for nothing. Strings are expected clean; whole numbers keep all digits. */
export function textOf(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? BigInt(cell).toString() : String(cell);
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell);
}

export type NumberReading =
  | { kind: 'none' }
  | { kind: 'ok'; digits: string; isPadded: boolean }
  /** Shown as 1.23E+11: digits are gone for good. */
  | { kind: 'scientific' }
  | { kind: 'unusable' };

/** Citizen number: 12 digits, or 9 of an old card. Zeros a spreadsheet took from the front are put back where certain. */
export function readCitizenNumber(cell: CellValue | undefined): NumberReading {
  const read = readDigits(cell);
  if (typeof read !== 'string') return read;
  if (read.length === 12 || read.length === 9) return { kind: 'ok', digits: read, isPadded: false };
  // Numbers begin with 0: province codes run from 001 to 096. Two zeros are lost from 00x.
  const padded = read.padStart(12, '0');
  if ((read.length === 11 || read.length === 10) && /^0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]/u.test(padded))
    return { kind: 'ok', digits: padded, isPadded: true };
  if (read.length === 8) return { kind: 'ok', digits: `0${read}`, isPadded: true };
  return { kind: 'unusable' };
}

/** Party card number: 12 digits, or 8 of an old card (NN.NNNNNN). */
export function readPartyNumber(cell: CellValue | undefined): NumberReading {
  const read = readDigits(cell);
  if (typeof read !== 'string') return read;
  if (read.length === 12 || read.length === 8) return { kind: 'ok', digits: read, isPadded: false };
  if (read.length === 11) return { kind: 'ok', digits: `0${read}`, isPadded: true };
  if (read.length === 7) return { kind: 'ok', digits: `0${read}`, isPadded: true };
  return { kind: 'unusable' };
}

function readDigits(cell: CellValue | undefined): string | NumberReading {
  const text = textOf(cell);
  if (text === '') return { kind: 'none' };
  // A fraction, or digits a spreadsheet rounded away: what is left identifies nobody.
  if (typeof cell === 'number' && !Number.isSafeInteger(cell)) return { kind: 'scientific' };
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/iu.test(text) || /\d{7}[.,]\d{1,2}$/u.test(text)) return { kind: 'scientific' };
  // "new number/old number": the new one.
  const both = /^'?(\d{12})\s*[/;,(]\s*\d{9}\)?$/u.exec(text) ?? /^'?\d{9}\s*[/;,(]\s*(\d{12})\)?$/u.exec(text);
  const digits = both?.[1] ?? text.replace(/^['’]/u, '').replace(/[\s.-]/gu, '');
  if (/^[1-9]\d*0{6}$/u.test(digits)) return { kind: 'scientific' };
  return /^\d+$/u.test(digits) ? digits : { kind: 'unusable' };
}

/** Nam or Nữ; null when the cell says neither. */
export function readSex(text: string): 'male' | 'female' | null {
  const folded = fold(text).replace(/[.\s]+$/u, '');
  if (/^(?:nam|trai|male|m|ong|nam gioi)$/u.test(folded)) return 'male';
  if (/^(?:nu|gai|female|f|ba|nu gioi)$/u.test(folded)) return 'female';
  return null;
}

/** True when a name is all capitals or all small letters. */
export function isOneCase(name: string): boolean {
  return /\p{L}{2}/u.test(name) && (name === name.toUpperCase() || name === name.toLowerCase());
}

/** Capital at the beginning of each word, the rest small. */
export function toTitleCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
