import { fold } from '../../shared/names.ts';
import { textOf } from './roster-cells.ts';
import type { CellValue } from './roster-types.ts';

export interface Birth {
  year: number | null;
  /** ISO date, only when day and month are known. */
  date: string | null;
  /** When the cell says it as well: "1962 (Nam)". */
  sex: 'male' | 'female' | null;
  problem: 'birth_unreadable' | 'birth_two_digit_year' | 'birth_year_unlikely' | 'age_not_year' | null;
}

/** How the numbers of a column are meant. `year`: of the conference. */
export interface BirthContext {
  year: number;
  is1904?: boolean;
  /** The heading says age. */
  isAge?: boolean;
  /** The cell shows two digits of the year only. */
  shortYear?: boolean;
}

/** Nothing is known, and nothing was unreadable. */
export const NO_BIRTH: Birth = { year: null, date: null, sex: null, problem: null };
const OLDEST = 105;
const YOUNGEST = 15;
const DAY_MS = 86_400_000;

/**
 * Birth date or year as rosters write it: day before month always, dots, dashes or slashes, year only, zeros for an unknown
 * day or month, words around it ("SN 1965", "1962 (Nam)", "'72"), spreadsheet day numbers.
 */
export function readBirth(cell: CellValue | undefined, context: BirthContext): Birth {
  if (cell === null || cell === undefined || cell === '') return NO_BIRTH;
  if (cell instanceof Date) return fromDate(cell, context);
  if (typeof cell === 'number') return fromNumber(cell, context);
  const marked = textOf(cell).normalize('NFKC').toLowerCase();
  const sex = /(?:^|[^\p{L}])nữ(?!\p{L})/u.test(marked)
    ? ('female' as const)
    : /(?:^|[^\p{L}])nam(?!\p{L})/u.test(marked) && !/tháng|thang/u.test(marked)
      ? ('male' as const)
      : null;
  const text = fold(
    marked.replace(/(?:^|(?<=[^\p{L}]))(?:nữ|nam(?!\s*\d{4}\s*$)|nam(?=[^\p{L}]*(?:19|20)\d\d))(?!\p{L})/gu, ' '),
  )
    .replace(/\(?\b\d{1,3} ?tuoi\b\)?/gu, ' ')
    .replace(/['’`~()[\]*:;]/gu, ' ')
    .replace(/\b(\d\d?) ?(?:thang) ?(\d\d?)\b/gu, '$1/$2')
    .replace(/\s*\b(?:thang|nam)\b\s*/gu, '/')
    .replace(/\b(?:ngay|sinh|sn|ns|k\/s|khoang|chung|tu)\b/gu, ' ')
    .trim()
    .replace(/\s*[./,\\–-]+\s*/gu, '/')
    .replace(/\s+/gu, '/')
    .replace(/\/{2,}/gu, '/')
    .replace(/^\/+|\/+$/gu, '');
  const birth = fromText(text, context);
  return sex === null ? birth : { ...birth, sex };
}

function fromText(text: string, context: BirthContext): Birth {
  const { year } = context;
  if (text === '') return NO_BIRTH;
  const iso = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:t?\/?\d\d:?\d\d.*)?$/u.exec(text);
  if (iso) return build(Number(iso[3]), Number(iso[2]), Number(iso[1]), year);
  // 19-77: a year cut in two.
  const cut = /^(19|20)\/(\d\d)$/u.exec(text);
  if (cut) return build(0, 0, Number(`${cut[1]}${cut[2]}`), year);
  const full = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:\/\d{1,2}(?:\/|:)?\d\d.*)?$/u.exec(text);
  if (full) return build(Number(full[1]), Number(full[2]), readYear(full[3] ?? '', year), year, full[3]?.length === 2);
  const month = /^(\d{1,2})\/(\d{4})$/u.exec(text);
  if (month) return build(0, Number(month[1]), Number(month[2]), year);
  const glued = /^(\d\d)(\d\d)((?:19|20)\d\d)$/u.exec(text);
  if (glued) return build(Number(glued[1]), Number(glued[2]), Number(glued[3]), year);
  if (/^\d{4}$/u.test(text)) return build(0, 0, Number(text), year);
  if (/^\d{5}$/u.test(text)) return fromNumber(Number(text), context);
  if (/^\d{1,3}$/u.test(text)) return fromNumber(Number(text), context);
  // The one year among other words; a whole date among them is read as one.
  const years = text.match(/(?<!\d)(?:19|20)\d\d(?!\d)/gu) ?? [];
  const date = /(?<!\d)(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)(?!\d)/u.exec(text);
  if (years.length === 1 && date) return build(Number(date[1]), Number(date[2]), Number(date[3]), year);
  if (years.length === 1) return build(0, 0, Number(years[0]), year);
  return { ...NO_BIRTH, problem: 'birth_unreadable' };
}

/** Birth from day, month and year in columns of their own. */
export function readBirthParts(day: string, month: string, yearText: string, year: number): Birth {
  if (yearText === '') return NO_BIRTH;
  if (!/^\d{4}$|^\d{2}$/u.test(yearText)) return { ...NO_BIRTH, problem: 'birth_unreadable' };
  return build(Number(day) || 0, Number(month) || 0, readYear(yearText, year), year, yearText.length === 2);
}

function readYear(text: string, year: number): number {
  if (text.length === 4) return Number(text);
  // The latest year with these digits in which somebody attending could be born.
  const in2000s = 2000 + Number(text);
  return in2000s <= year - YOUNGEST ? in2000s : 1900 + Number(text);
}

function fromNumber(value: number, context: BirthContext): Birth {
  const { year, is1904 } = context;
  if (Number.isInteger(value) && value >= 1900 && value <= 2100) return build(0, 0, value, year);
  if (Number.isInteger(value) && value >= 1 && value <= 99) {
    // 73 in a column of ages is an age: the year of birth may be one of two.
    if (context.isAge) return { ...NO_BIRTH, problem: 'age_not_year' };
    return value >= 10
      ? build(0, 0, readYear(String(value), year), year, true)
      : { ...NO_BIRTH, problem: 'birth_unreadable' };
  }
  if (context.isAge && value <= 120) return { ...NO_BIRTH, problem: 'age_not_year' };
  const glued = /^(\d{1,2})(\d\d)((?:19|20)\d\d)$/u.exec(String(value));
  if (glued && value > 100_000) return build(Number(glued[1]), Number(glued[2]), Number(glued[3]), year);
  // Day numbers for people alive; the reader has already turned formatted dates into dates.
  if (value >= 1_500 && value < 60_000)
    return fromDate(new Date(firstDay(is1904) + Math.floor(value) * DAY_MS), context);
  return { ...NO_BIRTH, problem: 'birth_unreadable' };
}

const firstDay = (is1904: boolean | undefined): number =>
  is1904 === true ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);

function fromDate(date: Date, { year, shortYear, is1904 }: BirthContext): Birth {
  if (Number.isNaN(date.getTime())) return { ...NO_BIRTH, problem: 'birth_unreadable' };
  const full = date.getUTCFullYear();
  // A year typed into a cell of dates: 1960 became the day 1960, in 1905, when nobody alive was born.
  const day = Math.round((date.getTime() - firstDay(is1904)) / DAY_MS);
  if (year - full > OLDEST && day >= year - OLDEST && day <= year - YOUNGEST) return build(0, 0, day, year);
  // A spreadsheet made 2062 of a typed "62", and still shows 62.
  const guessed = shortYear === true && full > year - YOUNGEST && full - 100 > year - OLDEST ? full - 100 : full;
  return build(date.getUTCDate(), date.getUTCMonth() + 1, guessed, year, guessed !== full);
}

function build(day: number, month: number, birthYear: number, year: number, isShort = false): Birth {
  const age = year - birthYear;
  if (age > OLDEST || age < YOUNGEST) return { ...NO_BIRTH, problem: 'birth_year_unlikely' };
  const short = isShort ? 'birth_two_digit_year' : null;
  if (day === 0 || month === 0) return { ...NO_BIRTH, year: birthYear, problem: short };
  const date = new Date(Date.UTC(birthYear, month - 1, day));
  // 25/13/1960: the year stands, the rest is not guessed; never month before day.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return { ...NO_BIRTH, year: birthYear, problem: 'birth_unreadable' };
  return { ...NO_BIRTH, year: birthYear, date: date.toISOString().slice(0, 10), problem: short };
}

/** The birth of the columns; where they say nothing, the one behind the name. */
export function chooseBirth(own: Birth, behind: string, year: number): { birth: Birth; isTaken: boolean } {
  if (behind === '') return { birth: own, isTaken: false };
  const other = readBirth(behind, { year });
  if (own.year !== null) return { birth: own, isTaken: own.year === other.year };
  return other.year === null ? { birth: own, isTaken: false } : { birth: { ...other, sex: own.sex }, isTaken: true };
}
