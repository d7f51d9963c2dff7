import { fold } from '../../shared/names.ts';
import { textOf } from './roster-cells.ts';
import type { RosterColumn, RosterField, RosterSheet } from './roster-types.ts';

/** Headings of real rosters, folded. Longer headings that begin with one of these count too, if nothing else fits. */
const SYNONYMS: Readonly<Partial<Record<RosterField, readonly string[]>>> = {
  index: ['stt', 'tt', 'so tt', 'so thu tu', 'no'],
  code: ['ma', 'ma so', 'ma dai bieu', 'ma nguoi', 'id'],
  name: [
    'ho va ten',
    'ho ten',
    'ho va ten dai bieu',
    'ho ten dai bieu',
    'ten dai bieu',
    'ho va ten dang vien',
    'ho ten dang vien',
    'ten dang vien',
    'ho va ten khai sinh',
    'ho chu dem va ten',
    'ho chu dem va ten khai sinh',
    'ho dem va ten',
    'ho va ten can bo',
    'dai bieu',
    'full name',
  ],
  familyPart: ['ho dem', 'ho va dem', 'ho va ten dem', 'ho ten dem', 'ho lot', 'ho va chu dem', 'ho chu dem', 'ho'],
  givenPart: ['ten'],
  birth: [
    'ngay sinh',
    'sinh ngay',
    'nam sinh',
    'sinh nam',
    'ngay thang nam sinh',
    'ngay/thang/nam sinh',
    'ngay thang sinh',
    'ngay nam sinh',
    'ns',
  ],
  sex: ['gioi tinh', 'nam/nu', 'nam nu', 'phai', 'gioi'],
  position: [
    'chuc vu',
    'chuc danh',
    'chuc vu cong tac',
    'chuc vu dang',
    'chuc vu chinh quyen',
    'chuc vu chuc danh',
    'nhiem vu',
  ],
  unit: [
    'don vi',
    'don vi cong tac',
    'noi cong tac',
    'chi bo',
    'dang bo',
    'chi bo dang bo',
    'co quan',
    'co quan don vi',
    'to chuc dang',
    'to chuc dang sinh hoat',
    'chi bo sinh hoat',
    'noi sinh hoat',
    'noi sinh hoat dang',
  ],
  citizenNumber: [
    'cccd',
    'so cccd',
    'can cuoc',
    'so can cuoc',
    'can cuoc cong dan',
    'so can cuoc cong dan',
    'so dinh danh',
    'so dinh danh ca nhan',
    'ma dinh danh',
    'cmnd/cccd',
    'cccd/cmnd',
    'so cmnd/cccd',
    'so cccd/cmnd',
    'cmnd',
    'so cmnd',
    'cmt',
  ],
  partyNumber: ['so the', 'so the dang', 'so the dang vien', 'the dang', 'the dang vien', 'so the dang moi'],
  badge: ['ma the du hop', 'ma qr', 'ma moi'],
  note: ['ghi chu', 'luu y'],
};

const EXACT = new Map<string, RosterField>();
for (const [field, keys] of Object.entries(SYNONYMS)) for (const key of keys) EXACT.set(key, field as RosterField);
const PREFIXES = [...EXACT].filter(([key]) => key.length >= 6).sort((a, b) => b[0].length - a[0].length);
/** Headings about other people or other dates, which begin like ours. */
const FOREIGN =
  /\b(?:cha|me|bo|vo|chong|con|than nhan|nguoi than|nguoi gioi thieu|ngay cap|noi cap|vao dang|chinh thuc|thuong tru|tam tru|dien thoai)\b/u;

function keyOf(header: string): string {
  return fold(header)
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, ' ')
    .replace(/[^a-z0-9/\s]/gu, ' ')
    .replace(/\s*\/\s*/gu, '/')
    .replace(/\s+/gu, ' ')
    .trim();
}

function exactField(header: string): RosterField | null {
  return EXACT.get(keyOf(header)) ?? null;
}

function prefixField(header: string): RosterField | null {
  const key = keyOf(header);
  if (FOREIGN.test(key)) return null;
  return PREFIXES.find(([prefix]) => key.startsWith(`${prefix} `))?.[1] ?? null;
}

/** Field of a column whose heading has two rows. */
function pairField(parent: string, child: string): RosterField | null {
  if (child === '' || parent === child) return exactField(parent);
  if (parent === '') return singleField(child);
  const above = exactField(parent) ?? prefixField(parent);
  const below = keyOf(child);
  if (above === 'birth' || above === 'sex') {
    // "Năm" and "Nam" fold alike: under a birth date only the marks tell the year from the sex.
    if (below === 'ngay') return 'birthDay';
    if (below === 'thang') return 'birthMonth';
    if (below === 'nam') return above === 'birth' && /ă/iu.test(child.normalize('NFC')) ? 'birthYear' : 'male';
    if (below === 'nu') return 'female';
  }
  if (FOREIGN.test(below)) return null;
  const own = singleField(child);
  if (own) return own;
  return (
    exactField(`${parent} ${child}`) ??
    (above === 'citizenNumber' || above === 'partyNumber' ? numbered(above, below) : above)
  );
}

function numbered(above: RosterField, below: string): RosterField | null {
  return below === 'so' || below === 'so the' ? above : null;
}

function singleField(header: string): RosterField | null {
  const key = keyOf(header);
  if (key === 'nam' && !/ă/iu.test(header.normalize('NFC'))) return 'male';
  if (key === 'nu') return 'female';
  return exactField(header);
}

export interface RosterHeader {
  /** First heading row, from 0, and how many rows it has. */
  row: number;
  rows: 1 | 2;
  columns: RosterColumn[];
  /** Columns left unused because another one had the same meaning. */
  twice: { index: number; field: RosterField }[];
}

const SCAN_ROWS = 30;

/**
 * Finds the heading among title rows: of the first 30 rows the one (or two, one above the other) with most known headings,
 * at least two and one of them a name.
 */
export function findHeader(sheet: RosterSheet): RosterHeader | null {
  const grid = expandMerges(sheet, SCAN_ROWS + 1);
  let best: { row: number; rows: 1 | 2; headers: Heading[]; score: number } | null = null;
  for (let row = 0; row < Math.min(SCAN_ROWS, grid.length); row++) {
    for (const rows of [1, 2] as const) {
      // The upper of two rows must hold headings itself: a title over the heading is no part of it.
      if (rows === 2 && countKnown(grid[row] ?? []) < 2) continue;
      const headers = readHeadings(grid, row, rows);
      const score = scoreOf(headers);
      if (score > (best?.score ?? 0)) best = { row, rows, headers, score };
    }
  }
  if (!best) return null;
  const { columns, twice } = assign(best.headers);
  return { row: best.row, rows: best.rows, columns, twice };
}

interface Heading {
  text: string;
  exact: RosterField | null;
  prefix: RosterField | null;
}

function readHeadings(grid: readonly (readonly string[])[], row: number, rows: 1 | 2): Heading[] {
  const upper = grid[row] ?? [];
  const lower = rows === 2 ? (grid[row + 1] ?? []) : [];
  const width = Math.max(upper.length, lower.length);
  const headings: Heading[] = [];
  let lastParent = '';
  for (let i = 0; i < width; i++) {
    const own = upper[i] ?? '';
    const child = lower[i] ?? '';
    if (rows === 1) {
      headings.push({ text: own, exact: singleField(own), prefix: prefixField(own) });
      continue;
    }
    if (own !== '') lastParent = own;
    // Without merges (CSV) the heading above two columns stands over the first only.
    const parent = own === '' && /^(?:nam|nu|ngay|thang|dem|ten)$/u.test(keyOf(child)) ? lastParent : own;
    const text = child === '' || child === parent ? parent : parent === '' ? child : `${parent} / ${child}`;
    headings.push({ text, exact: pairField(parent, child), prefix: child === '' ? prefixField(parent) : null });
  }
  return headings;
}

function countKnown(texts: readonly string[]): number {
  return new Set(texts.map((text) => singleField(text) ?? prefixField(text)).filter((field) => field !== null)).size;
}

function scoreOf(headings: readonly Heading[]): number {
  const exact = new Set(headings.map((heading) => heading.exact).filter((field) => field !== null));
  const fields = new Set([...exact, ...headings.map((heading) => heading.prefix).filter((field) => field !== null)]);
  if (!fields.has('name') && !fields.has('givenPart')) return 0;
  if (fields.size < 2) return 0;
  return fields.size * 10 + exact.size;
}

function assign(headings: readonly Heading[]): Pick<RosterHeader, 'columns' | 'twice'> {
  const taken = new Set<RosterField>();
  const twice: RosterHeader['twice'] = [];
  const columns = headings.map((heading, index): RosterColumn => {
    return { index, letter: letterOf(index), header: heading.text, field: null };
  });
  for (const pass of ['exact', 'prefix'] as const) {
    headings.forEach((heading, index) => {
      const column = columns[index];
      const field = heading[pass];
      if (!column || column.field !== null || field === null) return;
      if (taken.has(field)) {
        if (pass === 'exact') twice.push({ index, field });
        return;
      }
      taken.add(field);
      column.field = field;
    });
  }
  // A column "Tên" alone is the whole name; "Họ tên" beside "Tên" is the family part of it.
  const find = (field: RosterField) => columns.find((column) => column.field === field);
  const given = find('givenPart');
  if (given && !find('name') && !find('familyPart')) given.field = 'name';
  const whole = find('name');
  if (given && whole && given !== whole && !find('familyPart')) whole.field = 'familyPart';
  return { columns: columns.filter((column) => column.header !== '' || column.field !== null), twice };
}

/** Spreadsheet name of a column: 0 is A. */
export function letterOf(index: number): string {
  return (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Texts of the first rows, with the value of a merged cell in every cell it covers. */
function expandMerges(sheet: RosterSheet, rows: number): string[][] {
  const grid = sheet.rows.slice(0, rows).map((row) => row.map(textOf));
  for (const merge of sheet.merges) {
    if (merge.startRow >= rows) continue;
    const value = grid[merge.startRow]?.[merge.startCol] ?? '';
    for (let r = merge.startRow; r <= Math.min(merge.endRow, rows - 1); r++) {
      const row = grid[r];
      for (let c = merge.startCol; row && c <= Math.min(merge.endCol, 99); c++) row[c] = value;
    }
  }
  return grid;
}
