import { fold } from '../../shared/names.ts';
import { textOf } from './roster-cells.ts';
import type { RosterHeader } from './roster-columns.ts';
import type { CellValue, RosterField, RosterSheet } from './roster-types.ts';

/** What a row under the heading is. Rows count from 0. */
export type RowKind =
  | { kind: 'blank' }
  /** (1) (2) (3) under the heading, or the heading again on a new page. */
  | { kind: 'heading' }
  | { kind: 'footer' }
  /** Names the unit of the rows that follow. */
  | { kind: 'section'; unit: string }
  | { kind: 'person' };

/** Begins a footer line; the second group also ends the list. */
const TOTAL =
  /^(?:tong cong|tong so|tong:|cong:|cong$|cong cong|tong$|an dinh danh sach|danh sach (?:nay )?(?:gom|co)\b)/u;
const CLOSING =
  /^(?:nguoi lap|nguoi tong hop|t\/m|tm\.|t\.m|k\/t|kt\.|thu truong|xac nhan|noi nhan|\(?ky|ky ten|ngay \d{0,2} ?thang|.{0,40}, ?ngay .{0,6}thang|luu y:|\* ?ghi chu|ghi chu:|bi thu$|pho bi thu$|chu tich$|thu ky$|dai dien)/u;

/** Words a unit's name begins with; with marks, because Trương is a family name and Trường a school. */
const UNIT_WORD =
  /^(?:chi bộ|đảng bộ|đảng u[ỷỶ]|đảng ủy|đảng đoàn|chi uỷ|chi ủy|tổ|thôn|xóm|ấp|bản|buôn|làng|khu|khối|phòng|ban|trường|bệnh viện|công ty|hội|đoàn thanh niên|đoàn tncs|ubnd|ủy ban|uỷ ban|hđnd|mttq|xã|phường|đặc khu|công an|quân sự|trạm|hợp tác xã|htx|cơ quan|đơn vị|bộ phận|liên chi|nhóm|trung tâm|doanh nghiệp)(?=[\s\d]|$)/u;
const NUMBERING = /^(?:[IVXLC]+|[A-Z]|\d{1,3})\s*[.)/:-]\s*/u;

export interface RowReader {
  read: (rowIndex: number) => RowKind;
  cell: (rowIndex: number, field: RosterField) => CellValue | undefined;
  text: (rowIndex: number, field: RosterField) => string;
}

/** Reads the rows below a heading one after the other; call `read` in order, because a footer ends the list. */
export function createRowReader(sheet: RosterSheet, header: RosterHeader): RowReader {
  const indexOf = new Map<RosterField, number>();
  for (const column of header.columns) if (column.field !== null) indexOf.set(column.field, column.index);
  const headings = new Map(header.columns.map((column) => [column.index, fold(column.header)]));
  const wide = new Set(sheet.merges.filter((m) => m.endCol - m.startCol >= 2).map((m) => m.startRow));
  let isOver = false;

  const cell = (rowIndex: number, field: RosterField): CellValue | undefined => {
    const index = indexOf.get(field);
    return index === undefined ? undefined : sheet.rows[rowIndex]?.[index];
  };
  const text = (rowIndex: number, field: RosterField): string => textOf(cell(rowIndex, field));
  const nameText = (row: number): string =>
    [text(row, 'familyPart'), text(row, 'name'), text(row, 'givenPart')].join(' ').trim();

  const read = (rowIndex: number): RowKind => {
    const row = sheet.rows[rowIndex] ?? [];
    const filled = row.flatMap((value, index) => {
      const shown = textOf(value);
      return shown === '' ? [] : [{ index, shown }];
    });
    const [first] = filled;
    if (!first) return { kind: 'blank' };
    if (isNumberRow(filled.map((item) => item.shown))) return { kind: 'heading' };
    const repeats = filled.filter((item) => headings.get(item.index) === fold(item.shown)).length;
    if (repeats >= 2 && repeats >= filled.length - 1) return { kind: 'heading' };

    const isNumbered = /^\d+\.?$/u.test(text(rowIndex, 'index'));
    const folded = fold(first.shown);
    if (!isNumbered && CLOSING.test(folded)) isOver = true;
    if (isOver && !(isNumbered && nameText(rowIndex) !== '')) return { kind: 'footer' };
    if (!isNumbered && (TOTAL.test(folded) || TOTAL.test(fold(nameText(rowIndex))))) return { kind: 'footer' };
    const unit = sectionOf(rowIndex, filled);
    return unit === null ? { kind: 'person' } : { kind: 'section', unit };
  };

  const sectionOf = (rowIndex: number, filled: readonly { index: number; shown: string }[]): string | null => {
    const own = new Set(['index', 'name', 'familyPart', 'givenPart'].map((field) => indexOf.get(field as RosterField)));
    const mark = text(rowIndex, 'index');
    const isRoman = /^(?:[IVXLC]+|[A-Z])[.)]?$/u.test(mark);
    const words = filled.filter(
      (item) => !(item.index === indexOf.get('index') && (isRoman || /^\d+[.)]?$/u.test(mark))),
    );
    const [only] = words;
    if (!only || new Set(words.map((item) => item.shown)).size > 1) {
      // A total beside the unit's name (15 đ/c) does not make it a person.
      const rest = words.filter(
        (item) => !own.has(item.index) && !/^\d+(?:\s*(?:đ\/c|đồng chí|người))?$/iu.test(item.shown),
      );
      if (!only || rest.length > 0 || !isRoman) return null;
    }
    const stripped = only.shown.replace(NUMBERING, '');
    const isMerged = wide.has(rowIndex) && !/^\d+[.)]?$/u.test(mark);
    const looksLikeUnit = UNIT_WORD.test(stripped.toLowerCase()) && !/^\d+$/u.test(mark);
    const isOutside = !own.has(only.index) && only.index !== indexOf.get('unit');
    const isRomanText = /^(?:[IVXLC]+|[A-Z])\s*[.)/]\s*\S/u.test(only.shown);
    if (!(isRoman || isMerged || looksLikeUnit || isRomanText) || (isOutside && !looksLikeUnit)) return null;
    return cleanUnit(stripped);
  };

  return { read, cell, text };
}

/** Unit name without a count behind it: "Chi bộ 3 (15 đ/c):" is "Chi bộ 3". */
export function cleanUnit(text: string): string {
  return text
    .replace(NUMBERING, '')
    .replace(/\s*[(:–-]\s*\d+\s*(?:đ\/c|đồng chí|đại biểu|đảng viên|người|đv)?\s*\)?\s*:?\s*$/iu, '')
    .replace(/\s*:+\s*$/u, '')
    .trim();
}

function isNumberRow(shown: readonly string[]): boolean {
  if (shown.length < 3) return false;
  const numbers = shown.map((text) => /^\(?(\d{1,2})\)?$/u.exec(text)?.[1]);
  return numbers.every(
    (number, i) => number !== undefined && (i === 0 || Number(number) === Number(numbers[i - 1]) + 1),
  );
}
