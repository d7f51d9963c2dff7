import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeXlsx, type CellStyle, type WriteSheet } from 'hucre/xlsx';

/** Headings of the sample file; the reader must understand every one of them. */
export const TEMPLATE_HEADINGS = [
  'STT',
  'Họ và tên',
  'Ngày sinh',
  'Giới tính',
  'Chức vụ',
  'Đơn vị',
  'Số căn cước',
  'Số thẻ đảng',
  'Ghi chú',
] as const;

const WIDTHS = [6, 28, 14, 10, 26, 30, 18, 18, 24];
const EMPTY_ROWS = 500;

const GUIDE = [
  'Hướng dẫn điền danh sách đại biểu',
  '1. Mỗi đại biểu một dòng. Không gộp ô, không chèn dòng tiêu đề vào giữa danh sách.',
  '2. Họ và tên là bắt buộc. Các cột khác có thể để trống.',
  '3. Ngày sinh ghi ngày/tháng/năm, ví dụ 05/02/1962; nếu chỉ biết năm thì ghi 1962.',
  '4. Giới tính ghi Nam hoặc Nữ.',
  '5. Số căn cước gồm 12 chữ số. Các ô đã định dạng văn bản để không mất số 0 ở đầu.',
  '6. Đơn vị ghi thống nhất một cách viết cho mỗi đơn vị.',
  '7. Dùng bảng mã Unicode (Times New Roman, Arial…), không dùng phông .VnTime hay VNI.',
];

/** Its first sheet. */
const LIST = 'Danh sách';

/** A blank roster (.xlsx): one heading row that the reader understands, text cells, and a page of advice in Vietnamese. */
export async function rosterTemplateXlsx(): Promise<Uint8Array> {
  const text: CellStyle = { numFmt: '@', font: { name: 'Times New Roman', size: 12 } };
  const heading: CellStyle = {
    ...text,
    font: { name: 'Times New Roman', size: 12, bold: true },
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E7E6E6' } },
  };
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  TEMPLATE_HEADINGS.forEach((value, column) => cells.set(`0,${column}`, { value, type: 'string', style: heading }));
  const list: WriteSheet = {
    name: LIST,
    // Columns carry the text format, so that rows below the last prepared one keep leading zeros too.
    columns: WIDTHS.map((width) => ({ width, style: text })),
    rows: [[...TEMPLATE_HEADINGS]],
    cells,
    freezePane: { rows: 1 },
    // All columns on one sheet of paper, the headings on each.
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
    dataValidations: [{ type: 'list', values: ['Nam', 'Nữ'], allowBlank: true, range: `D2:D${EMPTY_ROWS + 1}` }],
  };
  const guide: WriteSheet = {
    name: 'Hướng dẫn',
    columns: [{ width: 110, style: text }],
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    rows: GUIDE.map((line) => [line]),
  };
  // The library writes the name of the sheet without the quotation marks that its space needs.
  const headingRow = { name: '_xlnm.Print_Titles', range: `'${LIST}'!$1:$1`, scope: LIST };
  return writeXlsx({
    sheets: [list, guide],
    namedRanges: [headingRow],
    defaultFont: { name: 'Times New Roman', size: 12 },
  });
}

const FILE_NAME = 'Tệp mẫu danh sách đại biểu';

/** Saves the blank roster in a folder, beside any copy that is there already. */
export async function saveTemplate(
  dir: string,
): Promise<{ ok: true; name: string } | { ok: false; error: 'cannot_write' }> {
  const bytes = await rosterTemplateXlsx();
  for (let n = 1; n <= 20; n++) {
    const name = `${FILE_NAME}${n === 1 ? '' : ` (${n})`}.xlsx`;
    try {
      await writeFile(path.join(dir, name), bytes, { flag: 'wx' });
      return { ok: true, name };
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) break;
    }
  }
  return { ok: false, error: 'cannot_write' };
}
