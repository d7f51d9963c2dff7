import { writeXlsx } from 'hucre/xlsx';
import type { Cell, CellStyle, CellValue, PageSetup, WriteSheet } from 'hucre';
import type { SessionReport } from '../../../contract/report.ts';
import { buildAttendanceRows, neutralise, occasionLine } from './attendance-rows.ts';
import type { CellText } from './attendance-rows.ts';
import { formatDate, formatPercent, formatTime } from './format-vi.ts';
import type { DocumentTemplate } from './page-style.ts';
import { amendmentWords, whoWords } from './words.ts';

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

const MM_PER_INCH = 25.4;
const thin = { style: 'thin' as const };
const BORDER = { top: thin, right: thin, bottom: thin, left: thin };
const FONT = { name: 'Times New Roman', size: 12 };
const HEADER_STYLE: CellStyle = {
  font: { ...FONT, bold: true },
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const TEXT_STYLE: CellStyle = { font: FONT, border: BORDER, alignment: { vertical: 'center', wrapText: true } };
const CENTRE_STYLE: CellStyle = {
  font: FONT,
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const COUNT_STYLE: CellStyle = { ...CENTRE_STYLE, numFmt: '#,##0' };

/**
 * The attendance list as a workbook of three sheets: the list, the totals by unit, the log of changes. Identity numbers
 * are not in it. Pure but for hucre's own zip writer.
 */
export async function renderAttendanceXlsx(report: SessionReport, options: XlsxOptions = {}): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [listSheet(report, options.template), unitSheet(report), editSheet(report, options.edits)],
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
  grid.put(3, 0, report.rehearsal ? 'DANH SÁCH ĐẠI BIỂU THAM DỰ (DIỄN TẬP)' : 'DANH SÁCH ĐẠI BIỂU THAM DỰ', {
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
      grid.put(top + 1 + i, column, cell, [1, 3, 4, 8, 9].includes(column) ? TEXT_STYLE : CENTRE_STYLE),
    );
  });
  const end = top + 1 + people.length;
  grid.put(end, 0, total, {
    font: { ...FONT, bold: true },
    alignment: { horizontal: 'left', vertical: 'center', wrapText: true },
  });
  grid.put(end + 2, 1, 'THƯ KÝ', bold);
  grid.put(end + 2, half + 1, 'CHỦ TRÌ ĐIỂM CẦU', bold);
  grid.put(end + 3, 1, '(Ký, ghi rõ họ tên)', { ...plain, font: { ...FONT, italic: true } });
  grid.put(end + 3, half + 1, '(Ký, ghi rõ họ tên)', { ...plain, font: { ...FONT, italic: true } });
  const across = (row: number, from: number, to: number) => ({
    startRow: row,
    startCol: from,
    endRow: row,
    endCol: to,
  });
  return {
    name: 'Danh sách điểm danh',
    ...grid.sheet(),
    columns: [6, 28, 10, 24, 32, 20, 11, 12, 24, 28].map((width) => ({ width })),
    merges: [
      across(0, 0, half),
      across(1, 0, half),
      across(0, half + 1, last),
      across(1, half + 1, last),
      across(3, 0, last),
      across(4, 0, last),
      across(5, 0, last),
      across(end, 0, last),
      across(end + 2, 1, half),
      across(end + 3, 1, half),
      across(end + 2, half + 1, last),
      across(end + 3, half + 1, last),
    ],
    rowDefs: new Map([
      [4, { height: 33 }],
      [end, { height: 33 }],
    ]),
    freezePane: { rows: HEADER_ROW },
    autoFilter: { range: `A${HEADER_ROW}:${letter(last)}${Math.max(HEADER_ROW + 1, end)}` },
    pageSetup: page('landscape', `$${HEADER_ROW}:$${HEADER_ROW}`),
    headerFooter: { oddFooter: '&CTrang &P/&N' },
  };
}

function unitSheet(report: SessionReport): WriteSheet {
  const header = [
    'STT',
    'Đơn vị',
    'Triệu tập',
    'Có mặt',
    'Đi muộn',
    'Về sớm',
    'Vắng có lý do',
    'Vắng không lý do',
    'Có người dự thay',
    'Tỷ lệ (%)',
  ];
  const numbers = (t: SessionReport['totals']): CellText[] => [
    t.summoned,
    t.present,
    t.late,
    t.leftEarly,
    t.absentExcused,
    t.absentUnexcused,
    t.substituted,
    formatPercent(t.present, t.summoned),
  ];
  const grid = new Grid();
  header.forEach((heading, column) => grid.put(0, column, heading, HEADER_STYLE));
  report.units.forEach((unit, i) => {
    [i + 1, unit.unitName ?? 'Không ghi đơn vị', ...numbers(unit)].forEach((cell, column) =>
      grid.put(i + 1, column, cell, column === 1 ? TEXT_STYLE : COUNT_STYLE),
    );
  });
  [null, 'Tổng cộng', ...numbers(report.totals)].forEach((cell, column) =>
    grid.put(report.units.length + 1, column, cell, { ...COUNT_STYLE, font: { ...FONT, bold: true } }),
  );
  return {
    name: 'Tổng hợp theo đơn vị',
    ...grid.sheet(),
    columns: [6, 40, 11, 11, 11, 11, 13, 13, 13, 12].map((width) => ({ width })),
    freezePane: { rows: 1 },
    pageSetup: page('portrait', '$1:$1'),
  };
}

function editSheet(report: SessionReport, edits: readonly EditLogRow[] | undefined): WriteSheet {
  const rows = edits ?? listOwnEdit(report);
  const grid = new Grid();
  ['Thời điểm', 'Người thực hiện', 'Đại biểu', 'Trước', 'Sau', 'Lý do'].forEach((heading, column) =>
    grid.put(0, column, heading, HEADER_STYLE),
  );
  rows.forEach((row, i) => {
    const cells = [
      `${formatTime(row.at)} ${formatDate(row.at)}`,
      row.actor,
      row.person,
      row.before,
      row.after,
      row.reason,
    ];
    cells.forEach((cell, column) => grid.put(i + 1, column, cell, TEXT_STYLE));
  });
  return {
    name: 'Nhật ký chỉnh sửa',
    ...grid.sheet(),
    columns: [18, 24, 28, 24, 24, 40].map((width) => ({ width })),
    freezePane: { rows: 1 },
    pageSetup: page('landscape', '$1:$1'),
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
      before: `Lần xuất ${revision - 1}`,
      after: `Lần xuất ${revision}`,
      reason: amendmentWords(amendment, amendment.returnReason),
    },
  ];
}

/** Cells put one by one; every text is neutralised on its way in. */
class Grid {
  readonly #rows: CellValue[][] = [];
  readonly #cells = new Map<string, Partial<Cell>>();

  put(row: number, column: number, value: CellText, style: CellStyle): void {
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row]!;
    while (cells.length <= column) cells.push(null);
    const safe = neutralise(value);
    cells[column] = safe;
    this.#cells.set(`${row},${column}`, { value: safe, style });
  }

  sheet(): { rows: CellValue[][]; cells: Map<string, Partial<Cell>> } {
    return { rows: this.#rows, cells: this.#cells };
  }
}

/** A4, one page wide; margins 20, 15, 20, 20 mm (top, right, bottom, left). */
function page(orientation: 'portrait' | 'landscape', printTitlesRow: string): PageSetup {
  const mm = (length: number): number => Math.round((length / MM_PER_INCH) * 1000) / 1000;
  return {
    paperSize: 'a4',
    orientation,
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { top: mm(20), right: mm(15), bottom: mm(20), left: mm(20), header: mm(8), footer: mm(8) },
    printTitlesRow,
  };
}

function nationalLines(template: DocumentTemplate | undefined): [string | null, string | null] {
  if (template?.template === 'party') return ['ĐẢNG CỘNG SẢN VIỆT NAM', null];
  if (template?.template === 'government') return ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];
  return [null, null];
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}
