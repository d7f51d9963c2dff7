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

export interface Birth {
  year: number | null;
  /** ISO date, only when day and month are known. */
  date: string | null;
  problem: 'birth_unreadable' | 'birth_two_digit_year' | 'birth_year_unlikely' | null;
}

const NOTHING: Birth = { year: null, date: null, problem: null };
const OLDEST = 105;
const YOUNGEST = 15;

/**
 * Birth date or year as rosters write it: day before month always, dots, dashes or slashes, year only, zeros for an unknown
 * day or month, spreadsheet serials. `year` is the year of the conference.
 */
export function readBirth(cell: CellValue | undefined, year: number): Birth {
  if (cell === null || cell === undefined || cell === '') return NOTHING;
  if (cell instanceof Date) return fromDate(cell, year);
  if (typeof cell === 'number') return fromNumber(cell, year);
  const text = fold(textOf(cell))
    .replace(/\bngay\b|\bsinh\b|['`]/gu, ' ')
    .replace(/\s*\b(?:thang|nam)\b\s*/gu, '/')
    .replace(/\s*[./,\\-]+\s*/gu, '/')
    .replace(/\s+/gu, '/')
    .replace(/^\/+|\/+$/gu, '');
  if (text === '') return NOTHING;
  const iso = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:t?\/?\d\d:\d\d.*)?$/u.exec(text);
  if (iso) return build(Number(iso[3]), Number(iso[2]), Number(iso[1]), year);
  const full = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:\/\d{1,2}:\d\d.*)?$/u.exec(text);
  if (full) return build(Number(full[1]), Number(full[2]), readYear(full[3] ?? '', year), year, full[3]?.length === 2);
  const month = /^(\d{1,2})\/(\d{4})$/u.exec(text);
  if (month) return build(0, Number(month[1]), Number(month[2]), year);
  const glued = /^(\d\d)(\d\d)((?:19|20)\d\d)$/u.exec(text);
  if (glued) return build(Number(glued[1]), Number(glued[2]), Number(glued[3]), year);
  if (/^\d{4}$/u.test(text)) return build(0, 0, Number(text), year);
  if (/^\d{5}$/u.test(text)) return fromNumber(Number(text), year);
  return { ...NOTHING, problem: 'birth_unreadable' };
}

/** Birth from day, month and year in columns of their own. */
export function readBirthParts(day: string, month: string, yearText: string, year: number): Birth {
  if (yearText === '') return NOTHING;
  if (!/^\d{4}$|^\d{2}$/u.test(yearText)) return { ...NOTHING, problem: 'birth_unreadable' };
  return build(Number(day) || 0, Number(month) || 0, readYear(yearText, year), year, yearText.length === 2);
}

function readYear(text: string, year: number): number {
  if (text.length === 4) return Number(text);
  // The latest year with these digits in which somebody attending could be born.
  const in2000s = 2000 + Number(text);
  return in2000s <= year - YOUNGEST ? in2000s : 1900 + Number(text);
}

function fromNumber(value: number, year: number): Birth {
  if (Number.isInteger(value) && value >= 1900 && value <= 2100) return build(0, 0, value, year);
  // Day numbers of the 1900 calendar for people alive; the reader has already turned formatted dates into dates.
  if (value >= 3_000 && value < 60_000)
    return fromDate(new Date(Date.UTC(1899, 11, 30) + Math.floor(value) * 86_400_000), year);
  return { ...NOTHING, problem: 'birth_unreadable' };
}

function fromDate(date: Date, year: number): Birth {
  if (Number.isNaN(date.getTime())) return { ...NOTHING, problem: 'birth_unreadable' };
  return build(date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear(), year);
}

function build(day: number, month: number, birthYear: number, year: number, isShort = false): Birth {
  const age = year - birthYear;
  if (age > OLDEST || age < YOUNGEST) return { ...NOTHING, problem: 'birth_year_unlikely' };
  const short = isShort ? 'birth_two_digit_year' : null;
  if (day === 0 || month === 0) return { year: birthYear, date: null, problem: short };
  const date = new Date(Date.UTC(birthYear, month - 1, day));
  // 25/13/1960: the year stands, the rest is not guessed; never month before day.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return { year: birthYear, date: null, problem: 'birth_unreadable' };
  return { year: birthYear, date: date.toISOString().slice(0, 10), problem: short };
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
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/iu.test(text)) return { kind: 'scientific' };
  const digits = text.replace(/^['’]/u, '').replace(/[\s.-]/gu, '');
  return /^\d+$/u.test(digits) ? digits : { kind: 'unusable' };
}

/** Nam or Nữ; null when the cell says neither. */
export function readSex(text: string): 'male' | 'female' | null {
  const folded = fold(text);
  if (/^(?:nam|trai|male|m|ong)$/u.test(folded)) return 'male';
  if (/^(?:nu|gai|female|f|ba)$/u.test(folded)) return 'female';
  return null;
}

export interface NameReading {
  name: string;
  /** What stood before or after the name: đ/c, (Bí thư). */
  aside: string[];
}

const HONORIFIC = /^(?:đ\s*[/.]\s*c|đc|đồng\s+chí|ông\s*(?:\(bà\)|\/\s*bà)|ông|bà)(?:[\s.:]+|(?<=\.))/iu;

/** Takes forms of address and remarks off a name. The name itself is never changed. */
export function readName(text: string): NameReading {
  const aside: string[] = [];
  let name = text.replace(/^[\s*•+-]+|[\s*;,:]+$/gu, '');
  const before = HONORIFIC.exec(name);
  // "Bà" and "Ông" are also names: something must be left.
  if (before && /\p{L}.*\s\p{L}/u.test(name.slice(before[0].length))) {
    aside.push(before[0].trim());
    name = name.slice(before[0].length);
  }
  name = name.replace(/\s*[([]([^)\]]*)[)\]]\s*$/u, (_, inner: string) => {
    if (inner.trim() !== '') aside.push(inner.trim());
    return '';
  });
  const comma = /\s*[,;–]\s+(.+)$/u.exec(name);
  if (comma?.[1]) {
    aside.push(comma[1]);
    name = name.slice(0, comma.index);
  }
  return { name: name.trim(), aside };
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
