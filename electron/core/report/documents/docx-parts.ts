import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip as mm,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

/** What the Word file is made of: runs, paragraphs and tables in the type of the printed report. */

export const FONT = 'Times New Roman';
/** Half points, as Word counts. */
export const BODY = 28;
export const TABLE = 24;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };

interface Style {
  bold?: boolean;
  italics?: boolean;
  size?: number;
  centre?: boolean;
  indent?: boolean;
  /** Not spread over the line. */
  left?: boolean;
}

export function run(content: string, { bold = false, italics = false, size = BODY }: Style): TextRun {
  return new TextRun({ text: content.normalize('NFC'), bold, italics, size, font: FONT });
}

export function text(content: string, style: Style): Paragraph {
  return new Paragraph({
    alignment: style.centre ? AlignmentType.CENTER : style.left ? AlignmentType.LEFT : AlignmentType.BOTH,
    ...(style.indent === true ? { indent: { firstLine: mm(10) } } : {}),
    // A title keeps its distance from a table before it, and stays with what follows.
    ...(style.bold === true && style.indent === true ? { keepNext: true, spacing: { before: 160, after: 80 } } : {}),
    children: [run(content, style)],
  });
}

/** Two columns without lines; `left`: share of the first, percent. */
export function pair(leftOnes: Paragraph[], rightOnes: Paragraph[], left: number): Table {
  const cell = (children: Paragraph[], size: number): TableCell =>
    new TableCell({ children, borders: NO_BORDERS, width: { size, type: WidthType.PERCENTAGE } });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: NO_BORDERS,
    rows: [new TableRow({ cantSplit: true, children: [cell(leftOnes, left), cell(rightOnes, 100 - left)] })],
  });
}

/** A table with lines; its heading is repeated on each page. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  /** Of the columns, percent. */
  widths: readonly number[],
): Table {
  const cell = (content: string, column: number, bold: boolean, centre: boolean): TableCell =>
    new TableCell({
      width: { size: widths[column] ?? 10, type: WidthType.PERCENTAGE },
      margins: { left: mm(1), right: mm(1) },
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          alignment: centre ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { after: 0 },
          children: [run(content, { bold, size: TABLE })],
        }),
      ],
    });
  const isWords = (column: number): boolean =>
    ['Đơn vị', 'Buổi', 'Chuyên đề', 'Báo cáo viên', 'Nguyên nhân', 'Ghi chú'].includes(header[column] ?? '');
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: header.map((content, column) => cell(content, column, true, true)) }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((content, column) =>
              cell(String(content), column, row[1] === 'Tổng cộng', !isWords(column)),
            ),
          }),
      ),
    ],
  });
}
