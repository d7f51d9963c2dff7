import { writeXlsx } from 'hucre/xlsx';
import type { CellStyle, WriteSheet } from 'hucre';
import type { SessionReport } from '../../../contract/report.ts';
import { buildAttendanceRows, occasionLine, type CellText } from './attendance-rows.ts';
import type { DocumentTemplate } from './page-style.ts';
import { tellSignature } from './report-content.ts';
import { amendmentWords, whoWords } from './words.ts';
import {
  CENTRE_STYLE,
  COUNT_STYLE,
  FONT,
  Grid,
  HEADER_HEIGHT,
  HEADER_STYLE,
  letter,
  page,
  PAGE_NUMBER,
  printTitles,
  putCell,
  TEXT_STYLE,
  toSerial,
} from './xlsx-sheet.ts';

/** One line of the third sheet. */
export interface EditLogRow {
  /** Epoch ms. */
  at: number;
  actor: string;
  person: string;
  before: string;
  after: string;
  reason: string;
}

export interface XlsxOptions {
  /** For the heading block; absent: the venue's name and no party or state. */
  template?: DocumentTemplate;
  /** What was changed by hand. Absent: only the report's own amendment. */
  edits?: readonly EditLogRow[];
}

/** Row of the column headings, counted from 1: one row without merged cells, so that it can be filtered and read back. */
export const HEADER_ROW = 8;

/** The same of the other sheets, under two lines of heading. */
export const OTHER_HEADER_ROW = 4;
/** Of the columns, in digits. */
const LIST_WIDTHS = [6, 28, 10, 24, 32, 20, 11, 12, 24, 28];
const UNIT_WIDTHS = [6, 40, 11, 11, 11, 11, 13, 13, 13, 12];
const EDIT_WIDTHS = [6, 18, 24, 28, 24, 24, 40];
/**
 * The attendance list as a workbook of three sheets: the list, the totals by unit, the log of changes. Identity numbers
 * are not in it. Pure but for hucre's own zip writer.
 */
export async function renderAttendanceXlsx(report: SessionReport, options: XlsxOptions = {}): Promise<Uint8Array> {
  const [list, units, edits] = [
    listSheet(report, options.template),
    unitSheet(report),
    editSheet(report, options.edits),
  ];
  return writeXlsx({
    sheets: [list, units, edits],
    namedRanges: [
      printTitles(list.name, HEADER_ROW),
      printTitles(units.name, OTHER_HEADER_ROW),
      printTitles(edits.name, OTHER_HEADER_ROW),
    ],
    defaultFont: FONT,
    properties: { title: 'Danh sách đại biểu tham dự' },
  });
}

function listSheet(report: SessionReport, template: DocumentTemplate | undefined): WriteSheet {
  const { header, people, total } = buildAttendanceRows(report);
  const last = header.length - 1;
  const half = Math.floor(last / 2);
  const [leftTop, left] = [template?.parentOrganisation ?? null, template?.organisation ?? report.venue.name];
  const [right, rightBelow] = nationalLines(template);
  const grid = new Grid();
  const bold: CellStyle = { font: { ...FONT, bold: true }, alignment: { horizontal: 'center', vertical: 'center' } };
  const plain: CellStyle = { font: FONT, alignment: { horizontal: 'center', vertical: 'center' } };
  grid.put(0, 0, leftTop?.toLocaleUpperCase('vi') ?? null, plain);
  grid.put(1, 0, left.toLocaleUpperCase('vi'), bold);
  grid.put(0, half + 1, right, bold);
  grid.put(1, half + 1, rightBelow, bold);
  grid.put(3, 0, report.rehearsal ? 'DANH SÁCH ĐẠI BIỂU THAM DỰ (CHẠY THỬ)' : 'DANH SÁCH ĐẠI BIỂU THAM DỰ', {
    ...bold,
    font: { ...FONT, size: 14, bold: true },
  });
  grid.put(4, 0, report.conference.title, {
    ...plain,
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  });
  grid.put(5, 0, occasionLine(report), plain);
  const top = HEADER_ROW - 1;
  header.forEach((heading, column) => grid.put(top, column, heading, HEADER_STYLE));
  people.forEach((person, i) => {
    person.forEach((cell, column) =>
      putCell(grid, top + 1 + i, column, cell, [1, 3, 4, 8, 9].includes(column) ? TEXT_STYLE : CENTRE_STYLE),
    );
  });
  const end = top + 1 + people.length;
  grid.put(end, 0, total, {
    font: { ...FONT, bold: true },
    alignment: { horizontal: 'left', vertical: 'center', wrapText: true },
  });
  const { authority, office, name, confirmed } = tellSignature(report, template);
  const italic: CellStyle = { ...plain, font: { ...FONT, italic: true } };
  grid.put(end + 2, half + 1, authority, bold);
  grid.put(end + 3, 1, 'THƯ KÝ', bold);
  grid.put(end + 3, half + 1, office, bold);
  grid.put(end + 4, 1, '(Ký, ghi rõ họ tên)', italic);
  grid.put(end + 4, half + 1, '(Ký, ghi rõ họ tên)', italic);
  grid.put(end + 8, half + 1, name || null, bold);
  grid.put(end + 9, half + 1, confirmed, italic);
  const across = (row: number, from: number, to: number) => ({
    startRow: row,
    startCol: from,
    endRow: row,
    endCol: to,
  });
  return {
    name: 'Danh sách điểm danh',
    ...grid.sheet(),
    columns: LIST_WIDTHS.map((width) => ({ width })),
    merges: [
      across(0, 0, half),
      across(1, 0, half),
      across(0, half + 1, last),
      across(1, half + 1, last),
      across(3, 0, last),
      across(4, 0, last),
      across(5, 0, last),
      across(end, 0, last),
      ...[3, 4].map((below) => across(end + below, 1, half)),
      ...[2, 3, 4, 8, 9].map((below) => across(end + below, half + 1, last)),
    ],
    rowDefs: new Map([
      ...grid.heights(top + 1, LIST_WIDTHS),
      [4, { height: 33 }],
      [top, { height: HEADER_HEIGHT }],
      [end, { height: 33 }],
    ]),
    freezePane: { rows: HEADER_ROW },
    autoFilter: { range: `A${HEADER_ROW}:${letter(last)}${Math.max(HEADER_ROW + 1, end)}` },
    pageSetup: page('landscape'),
    headerFooter: PAGE_NUMBER,
  };
}

function unitSheet(report: SessionReport): WriteSheet {
  const header = [
    'STT',
    'Đơn vị',
    'Triệu tập',
    'Có mặt',
    'Đến muộn',
    'Về sớm',
    'Vắng có lý do',
    'Vắng không lý do',
    'Có người dự thay',
    'Tỷ lệ (%)',
  ];
  const numbers = (t: SessionReport['totals']): number[] => [
    t.summoned,
    t.present,
    t.late,
    t.leftEarly,
    t.absentExcused,
    t.absentUnexcused,
    t.substituted,
  ];
  const grid = new Grid();
  const put = (row: number, cells: readonly CellText[], t: SessionReport['totals'], font: typeof FONT): void => {
    cells.forEach((cell, column) =>
      grid.put(row, column, cell, { ...(column === 1 ? TEXT_STYLE : COUNT_STYLE), font }),
    );
    const rate = t.summoned === 0 ? '–' : t.present / t.summoned;
    grid.put(row, cells.length, rate, { ...CENTRE_STYLE, font, numFmt: '0.00%' });
  };
  const merges = putHeading(grid, 'TỔNG HỢP THEO ĐƠN VỊ', report, header.length - 1);
  header.forEach((heading, column) => grid.put(OTHER_HEADER_ROW - 1, column, heading, HEADER_STYLE));
  report.units.forEach((unit, i) =>
    put(OTHER_HEADER_ROW + i, [i + 1, unit.unitName ?? 'Không ghi đơn vị', ...numbers(unit)], unit, FONT),
  );
  const bold = { ...FONT, bold: true };
  put(OTHER_HEADER_ROW + report.units.length, [null, 'Tổng cộng', ...numbers(report.totals)], report.totals, bold);
  return {
    name: 'Tổng hợp theo đơn vị',
    ...grid.sheet(),
    columns: UNIT_WIDTHS.map((width) => ({ width })),
    merges,
    rowDefs: grid.heights(OTHER_HEADER_ROW, UNIT_WIDTHS).set(OTHER_HEADER_ROW - 1, { height: HEADER_HEIGHT }),
    freezePane: { rows: OTHER_HEADER_ROW },
    pageSetup: page('portrait'),
    headerFooter: PAGE_NUMBER,
  };
}

function editSheet(report: SessionReport, edits: readonly EditLogRow[] | undefined): WriteSheet {
  const rows = edits ?? listOwnEdit(report);
  const grid = new Grid();
  const header = ['STT', 'Thời điểm', 'Người thực hiện', 'Đại biểu', 'Trước', 'Sau', 'Lý do'];
  const merges = putHeading(grid, 'NHẬT KÝ CHỈNH SỬA', report, header.length - 1);
  header.forEach((heading, column) => grid.put(OTHER_HEADER_ROW - 1, column, heading, HEADER_STYLE));
  rows.forEach((row, i) => {
    const line = OTHER_HEADER_ROW + i;
    grid.put(line, 0, i + 1, CENTRE_STYLE);
    grid.put(line, 1, toSerial(row.at), { ...CENTRE_STYLE, numFmt: 'hh:mm dd/mm/yyyy' });
    const cells = [row.actor, row.person, row.before, row.after, row.reason];
    cells.forEach((cell, column) => grid.put(line, column + 2, cell, TEXT_STYLE));
  });
  return {
    name: 'Nhật ký chỉnh sửa',
    ...grid.sheet(),
    columns: EDIT_WIDTHS.map((width) => ({ width })),
    merges,
    rowDefs: grid.heights(OTHER_HEADER_ROW, EDIT_WIDTHS).set(OTHER_HEADER_ROW - 1, { height: HEADER_HEIGHT }),
    freezePane: { rows: OTHER_HEADER_ROW },
    pageSetup: page('landscape'),
    headerFooter: PAGE_NUMBER,
  };
}

/** The revision itself is a change too. */
export function listOwnEdit(report: SessionReport): EditLogRow[] {
  const { amendment, revision } = report;
  if (!amendment) return [];
  return [
    {
      at: Date.parse(report.createdAt),
      actor: whoWords(amendment.by),
      person: '',
      before: `Bản ${revision - 1}`,
      after: `Bản ${revision}`,
      reason: amendmentWords(amendment, amendment.returnReason),
    },
  ];
}

/** What the sheet is and of which sitting, over its columns; the merged cells. */
function putHeading(grid: Grid, title: string, report: SessionReport, last: number) {
  const centre = { horizontal: 'center' as const, vertical: 'center' as const };
  grid.put(0, 0, title, { font: { ...FONT, size: 14, bold: true }, alignment: centre });
  grid.put(1, 0, occasionLine(report), { font: FONT, alignment: centre });
  return [0, 1].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: last }));
}

function nationalLines(template: DocumentTemplate | undefined): [string | null, string | null] {
  if (template?.template === 'party') return ['ĐẢNG CỘNG SẢN VIỆT NAM', null];
  if (template?.template === 'government') return ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];
  return [null, null];
}
