import { isData, isErrorText, isUnitLike, NAME_SURE, nameScore, readNumbering } from './roster-looks.ts';
import type { Grid } from './roster-grid.ts';
import { isHeadingText, readDatePart, readHeading, type HeadingEvidence } from './roster-headings.ts';
import type { RosterField } from './roster-types.ts';

/** Where a table begins: its heading rows, and the columns they span. */
export interface TableFrame {
  /** First heading row from 0; null when the table has none. */
  heading: number | null;
  headingRows: number;
  firstRow: number;
  /** Last row that can belong to it. */
  lastRow: number;
  fromColumn: number;
  toColumn: number;
  headings: ColumnHeading[];
  /** The heading is the unit of everybody below it: one column of names for each unit. */
  unit?: string;
}

/** Heading of one column, over all heading rows. */
export interface ColumnHeading {
  text: string;
  evidence: HeadingEvidence;
  /** First column of the merge the heading covers; several columns may share one. */
  mergedFrom: number;
}

const MAX_HEADING_ROWS = 3;
const NAME_FIELDS = ['name', 'familyPart', 'givenPart'] as const;

/** Rows that look like headings of a table, from the top. `byHand`: rows marked as headings, or as something else. */
export function findHeadingRows(grid: Grid, byHand: ReadonlyMap<number, boolean>): number[] {
  const rows: number[] = [];
  /** First row below the newest heading; null before any. */
  let body: number | null = null;
  for (let row = 0; row < grid.height; row++) {
    const said = byHand.get(row);
    if (said === false) continue;
    if (said === true || looksLikeHeading(grid, row, body) || unitColumns(grid, row).length > 0) {
      rows.push(row);
      row += countHeadingRows(grid, row, byHand) - 1;
      body = row + 1;
    }
  }
  return rows;
}

/**
 * `body`: first row of the list above, null where there is none. A further heading names the column of names too, and says nothing that
 * people above it have: "Lưu Ý", "Chi bộ 1" in the middle of a list is a person.
 */
function looksLikeHeading(grid: Grid, row: number, body: number | null): boolean {
  const columns = grid.filled(row);
  if (columns.length === 0 || columns.length > 60) return false;
  let known = 0;
  let strong = 0;
  let hasName = false;
  for (const column of columns) {
    const { text, value } = grid.cell(row, column);
    if (isErrorText(text)) continue;
    if (isData(value) || (nameScore(text) >= NAME_SURE && !isHeadingText(text))) return false;
    const { fields, isForeign } = readHeading(text);
    const weight = Math.max(isForeign ? 0.6 : 0, ...fields.values());
    if (weight >= 0.5) known += 1;
    if (weight >= 0.95) strong += 1;
    hasName ||= NAME_FIELDS.some((field) => (fields.get(field) ?? 0) >= 0.5);
  }
  if (body !== null && (!hasName || columns.some((column) => standsAbove(grid, row, column, body)))) return false;
  if (columns.length === 1) return known === 1 && strong === 1 && isLoneNameHeading(grid, row, columns[0] ?? 0);
  return known >= 2 && strong >= 1 && known >= columns.length * 0.5;
}

/** Somebody above has the same in this column. */
function standsAbove(grid: Grid, row: number, column: number, body: number): boolean {
  const { text } = grid.cell(row, column);
  for (let r = Math.max(body, row - 200); r < row; r++) if (grid.cell(r, column).text === text) return true;
  return false;
}

/** Columns headed by units, each with names below it and nothing else: at least two of them, and a column that counts. */
export function unitColumns(grid: Grid, row: number): number[] {
  const columns: number[] = [];
  let names = 0;
  for (const column of grid.filled(row)) {
    const { text } = grid.cell(row, column);
    if ((readHeading(text).fields.get('index') ?? 0) >= 0.95) continue;
    if (!isUnitLike(text) || nameScore(text) >= NAME_SURE) return [];
    const below = namesBelow(grid, row, column);
    if (below === 0) return [];
    names += below;
    columns.push(column);
  }
  return columns.length >= 2 && names >= 3 ? columns : [];
}

/** How many names stand in a column below a row; 0 when most of what stands there are no names. */
function namesBelow(grid: Grid, row: number, column: number): number {
  let names = 0;
  let filled = 0;
  for (let r = row + 1; r < Math.min(grid.height, row + 40); r++) {
    const { text, isCopy } = grid.cell(r, column);
    if (text === '' || isCopy) continue;
    filled += 1;
    if (nameScore(text.replace(/^\d+[.)]?\s*/u, '')) >= NAME_SURE) names += 1;
  }
  return names > filled / 2 ? names : 0;
}

/** One column of names under "Họ và tên". */
function isLoneNameHeading(grid: Grid, row: number, column: number): boolean {
  return (
    (readHeading(grid.cell(row, column).text).fields.get('name') ?? 0) >= 0.95 && namesBelow(grid, row, column) > 0
  );
}

/** How many rows a heading has: the rows below it that name parts of its columns. */
export function countHeadingRows(grid: Grid, row: number, byHand: ReadonlyMap<number, boolean>): number {
  let rows = 1;
  while (rows < MAX_HEADING_ROWS && byHand.get(row + rows) !== false && isSubHeading(grid, row, row + rows)) rows += 1;
  return rows;
}

function isSubHeading(grid: Grid, top: number, row: number): boolean {
  const columns = grid.filled(row);
  if (columns.length === 0) return false;
  const nameColumn = grid.filled(top).find((c) => (readHeading(grid.cell(top, c).text).fields.get('name') ?? 0) >= 0.9);
  const below = nameColumn === undefined ? null : grid.cell(row, nameColumn);
  // A person's row has its name in the column of names; a part of a heading has nothing there, or "Họ đệm" and "Tên".
  if (below && below.text !== '' && !below.isCopy && !isHeadingText(below.text)) return false;
  // "Họ và tên" merged over this row: whatever else stands here is heading too.
  const isMergedOver = below?.isFromAbove === true;
  // One cell alone is the first group of people, unless it can only be a part: "Nam", "Tháng".
  const [only] = columns.length === 1 && !isMergedOver ? columns : [];
  if (only !== undefined) {
    const { text } = grid.cell(row, only);
    if (readDatePart(text) === null && !isPartWord(text)) return false;
  }
  let parts = isMergedOver ? 1 : 0;
  for (const column of columns) {
    const { text, value } = grid.cell(row, column);
    if (isData(value) || nameScore(text) >= NAME_SURE) return false;
    const isPart = isHeadingText(text) || readDatePart(text) !== null || isPartWord(text);
    const above = grid.cell(row - 1, column);
    const isUnderMerge = grid.span(row - 1, column) > 1;
    // Something under a heading that spans several columns, or that was left blank above.
    if (isPart && (above.text === '' || above.isCopy || isUnderMerge || hasBlankRight(grid, row - 1, column)))
      parts += 1;
    else if (!isUnderMerge && !isMergedOver) return false;
  }
  return parts > 0;
}

function hasBlankRight(grid: Grid, row: number, column: number): boolean {
  const next = grid.cell(row, column + 1);
  return next.text === '' || next.isCopy;
}

function isPartWord(text: string): boolean {
  return /^(?:đảng|chính quyền|đoàn thể|kiêm nhiệm|số|số thẻ|cũ|mới|đệm|tên|họ|tên đệm|nam|nữ|ngày|tháng|năm|có|không|từ|đến|chính|khác)$/iu.test(
    text.trim(),
  );
}

/** Headings of the columns of a table: the texts of all heading rows joined, with what they say. */
export function readColumnHeadings(grid: Grid, row: number, rows: number): ColumnHeading[] {
  const headings: ColumnHeading[] = [];
  let parentAt = -1;
  for (let column = 0; column < grid.width; column++) {
    const parts: string[] = [];
    for (let r = row; r < row + rows; r++) {
      const { text } = grid.cell(r, column);
      if (text !== '' && parts.at(-1) !== text) parts.push(text);
    }
    const top = grid.cell(row, column);
    if (top.text !== '' && !top.isCopy) parentAt = column;
    const isMergedRight = top.isCopy && parentAt >= 0 && grid.span(row, parentAt) > column - parentAt;
    const mergedFrom = isMergedRight ? parentAt : column;
    // Without merges (CSV) the heading above two columns stands over the first only.
    const child = rows > 1 ? parts.at(-1) : undefined;
    if (top.text === '' && child !== undefined && parentAt >= 0 && isPartWord(child))
      parts.unshift(grid.cell(row, parentAt).text);
    headings.push({ text: parts.join(' / '), evidence: joinEvidence(parts), mergedFrom });
  }
  return headings;
}

/** The lowest part says most; the parts above give what it leaves open. */
function joinEvidence(parts: readonly string[]): HeadingEvidence {
  const [first = ''] = parts;
  if (parts.length < 2) return readHeading(first);
  const child = parts.at(-1) ?? '';
  const above = readHeading(parts.slice(0, -1).join(' '));
  const below = readHeading(child);
  const isAbove = (field: RosterField): boolean => (above.fields.get(field) ?? 0) >= 0.5;
  const datePart = isAbove('birth') ? readDatePart(child) : null;
  if (datePart) return { fields: new Map([[datePart, 1]]), isForeign: false };
  if (below.isForeign || (above.isForeign && !below.fields.has('male') && !below.fields.has('female')))
    return { fields: new Map(), isForeign: true };
  if (isAbove('name') && /^(?:họ|họ đệm|họ và (?:tên )?đệm|đệm|chữ đệm)$/iu.test(child.trim()))
    return { fields: new Map([['familyPart', 1]]), isForeign: false };
  if (isAbove('name') && /^tên$/iu.test(child.trim())) return { fields: new Map([['givenPart', 1]]), isForeign: false };
  const strongest = Math.max(0, ...below.fields.values());
  if (strongest >= 0.8 && !/^(?:từ|đến)/iu.test(child)) {
    // "Chức vụ / Chi bộ" is a position in the cell, not the cell.
    return isAbove('position') && below.fields.has('unit') ? above : below;
  }
  return above.fields.size > 0 ? above : below;
}

/** True when a row says again what the heading of its table says, or parts of it. */
export function repeatsHeading(grid: Grid, row: number, frame: TableFrame): boolean {
  if (frame.heading === null) return false;
  const columns = grid.filled(row).filter((c) => c >= frame.fromColumn && c <= frame.toColumn);
  if (columns.length === 0) return false;
  let same = 0;
  for (const column of columns) {
    const text = grid.cell(row, column).text.toLowerCase();
    for (let r = frame.heading; r < frame.heading + frame.headingRows; r++)
      if (grid.cell(r, column).text.toLowerCase() === text) {
        same += 1;
        break;
      }
  }
  return (
    same >= Math.min(2, columns.length) &&
    same >= columns.length - 1 &&
    (same >= 2 ||
      isHeadingText(grid.cell(row, columns[0] ?? 0).text) ||
      isPartWord(grid.cell(row, columns[0] ?? 0).text))
  );
}

/** (1) (2) (3) … under a heading. */
export function isColumnNumbers(grid: Grid, row: number): boolean {
  const columns = grid.filled(row);
  if (columns.length < 3) return false;
  const marks = columns.map((column) => readNumbering(grid.cell(row, column).text));
  const values = marks.map((mark) => (mark?.kind === 'number' || mark?.kind === 'letter' ? mark.value : null));
  let rising = 0;
  for (let i = 1; i < values.length; i++)
    if (values[i] !== null && values[i - 1] !== null && Number(values[i]) === Number(values[i - 1]) + 1) rising += 1;
  return values.every((value) => value !== null && value <= 60) && rising >= values.length - 2;
}
