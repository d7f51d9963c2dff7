import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip as mm,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { SessionReport } from '../../../contract/report.ts';
import {
  formatCount,
  formatDate,
  formatDateInWords,
  formatPercent,
  formatTime,
  formatTimeInWords,
} from './format-vi.ts';
import type { DocumentTemplate } from './page-style.ts';
import { bareVenueName } from './words.ts';

const FONT = 'Times New Roman';
/** Half points, as Word counts. */
const BODY = 28;
const TABLE = 24;
const DOTS = '…'.repeat(40);
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };
const upper = (text: string): string => text.toLocaleUpperCase('vi');

interface Style {
  bold?: boolean;
  italics?: boolean;
  size?: number;
  centre?: boolean;
  indent?: boolean;
}

/**
 * The report as a Word file for the clerk, who gives it its number and finishes it: the same figures as the printed one, in plain
 * paragraphs and tables. The sealed report and the printed one stay what counts.
 */
export async function renderReportDocx(report: SessionReport, template: DocumentTemplate): Promise<Uint8Array> {
  const venue = bareVenueName(report.venue.name);
  const { conference, totals } = report;
  const children = [
    heading(template, report),
    text('', {}),
    text('BÁO CÁO', { bold: true, centre: true, size: 32 }),
    text(`kết quả tham dự ${conference.title}`, { bold: true, centre: true }),
    text(`tại điểm cầu ${venue}`, { bold: true, centre: true }),
    ...(report.rehearsal ? [text('CHẠY THỬ', { bold: true, centre: true })] : []),
    ...(template.addressee ? [text(`Kính gửi: ${template.addressee}`, { centre: true })] : []),
    text('1. Thông tin chung', { bold: true, indent: true }),
    ...listFacts(report, venue).map((line) => text(line, { indent: true })),
    text('2. Nội dung', { bold: true, indent: true }),
    ...(report.sitting.topics.length === 0
      ? [text('Theo chương trình của Ban Tổ chức hội nghị.', { indent: true })]
      : [
          table(
            ['TT', 'Chuyên đề', 'Báo cáo viên'],
            report.sitting.topics.map((t, i) => [i + 1, t.title, t.presenter ?? '']),
          ),
        ]),
    text('3. Số lượng đại biểu tham dự', { bold: true, indent: true }),
    table(
      [
        'Triệu tập',
        'Có mặt',
        'Đúng giờ',
        'Đến muộn',
        'Về sớm',
        'Vắng có lý do',
        'Vắng không lý do',
        'Có người dự thay',
        'Tỷ lệ',
      ],
      [
        [
          ...[totals.summoned, totals.present, totals.onTime, totals.late, totals.leftEarly],
          ...[totals.absentExcused, totals.absentUnexcused, totals.substituted],
        ]
          .map(formatCount)
          .concat(formatPercent(totals.present, totals.summoned)),
      ],
    ),
    text(
      `Ngoài danh sách triệu tập: khách mời ${formatCount(totals.guests)}; bổ sung tại chỗ ${formatCount(totals.walkIns)}; dự thay ${formatCount(totals.substitutes)}; cấp trên dự, chỉ đạo ${formatCount(totals.supervisors)}. Tổng số người đã đến: ${formatCount(totals.came)}; còn ở hội trường khi kết thúc: ${formatCount(totals.inHall)}.`,
      { indent: true },
    ),
    text('4. Số lượng theo đơn vị', { bold: true, indent: true }),
    ...unitTable(report),
    text('5. Tình hình đường truyền', { bold: true, indent: true }),
    text(lineSentence(report), { indent: true }),
    text('6. Nhận xét, kiến nghị của chủ trì điểm cầu', { bold: true, indent: true }),
    ...(report.remarks ? report.remarks.split(/\n+/u) : [DOTS, DOTS]).map((line) =>
      text(line.trim(), { indent: true }),
    ),
    text('', {}),
    signature(template, report),
  ];
  const footer = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [run(`Mã báo cáo R-${report.reportId} · Bản ${report.revision}`, { size: 18 })],
  });
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: 26 })],
  });
  const file = new Document({
    title: `Báo cáo tham dự - ${venue} - ${formatDate(report.sitting.startsAt)}`,
    creator: report.venue.name,
    styles: { default: { document: { run: { font: FONT, size: BODY }, paragraph: { spacing: { after: 80 } } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), right: mm(15), bottom: mm(20), left: mm(30) },
          },
        },
        headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
        footers: { default: new Footer({ children: [footer] }), first: new Footer({ children: [footer] }) },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

function run(content: string, { bold = false, italics = false, size = BODY }: Style): TextRun {
  return new TextRun({ text: content.normalize('NFC'), bold, italics, size, font: FONT });
}

function text(content: string, style: Style): Paragraph {
  return new Paragraph({
    alignment: style.centre === true ? AlignmentType.CENTER : AlignmentType.BOTH,
    ...(style.indent === true ? { indent: { firstLine: mm(10) } } : {}),
    ...(style.bold === true && style.indent === true ? { keepNext: true } : {}),
    children: [run(content, style)],
  });
}

/** Two columns without lines: who issues it, and party or state. The number stays blank for the clerk. */
function heading(template: DocumentTemplate, report: SessionReport): Table {
  const place = [template.place, formatDateInWords(Date.parse(report.createdAt))].filter(Boolean).join(', ');
  const issuing = upper(template.organisation ?? report.venue.name);
  const parent = template.parentOrganisation
    ? [text(upper(template.parentOrganisation), { centre: true, size: 26 })]
    : [];
  const party = template.template === 'party';
  const symbol = template.symbol ?? 'BC';
  const left = [
    ...parent,
    text(issuing, { centre: true, bold: true, size: 26 }),
    ...(template.template === 'none'
      ? []
      : [text(party ? `Số          -${symbol}` : `Số:          /${symbol}`, { centre: true, size: 26 })]),
  ];
  const nation = {
    party: [text('ĐẢNG CỘNG SẢN VIỆT NAM', { centre: true, bold: true })],
    government: [
      text('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { centre: true, bold: true, size: 24 }),
      text('Độc lập - Tự do - Hạnh phúc', { centre: true, bold: true, size: 26 }),
    ],
    none: [],
  }[template.template];
  return pair(left, [...nation, text(place, { centre: true, italics: true, size: 26 })], 42);
}

function listFacts(report: SessionReport, venue: string): string[] {
  const { roles, sitting } = report;
  const official = (
    o: { name: string; position?: string | undefined; unit?: string | undefined } | undefined,
  ): string => (o ? [o.name, o.position, o.unit].filter(Boolean).join(', ') : DOTS);
  return [
    `Điểm cầu: ${venue} (mã ${report.venue.id})`,
    `Địa điểm: ${report.venue.address ?? DOTS}`,
    `Thời gian: ${sitting.title}, ngày ${formatDate(sitting.startsAt)}, từ ${formatTimeInWords(sitting.startsAt)} đến ${formatTimeInWords(sitting.endedAt)}`,
    `Chủ trì điểm cầu: ${official(roles.chair)}`,
    `Thư ký: ${official(roles.secretary)}`,
    `Cán bộ kỹ thuật: ${official(roles.technician)}`,
    `Cấp trên dự, chỉ đạo tại điểm cầu: ${roles.supervisors.map(official).join('; ') || 'không có'}`,
  ];
}

function unitTable(report: SessionReport): (Table | Paragraph)[] {
  if (report.units.length === 0) return [text('Danh sách không chia theo đơn vị.', { indent: true })];
  const figures = (t: SessionReport['totals']): string[] => [
    ...[t.summoned, t.present, t.absentExcused, t.absentUnexcused].map(formatCount),
    formatPercent(t.present, t.summoned),
  ];
  return [
    table(
      ['TT', 'Đơn vị', 'Triệu tập', 'Có mặt', 'Vắng có lý do', 'Vắng không lý do', 'Tỷ lệ'],
      [
        ...report.units.map((unit, i) => [i + 1, unit.unitName ?? 'Không ghi đơn vị', ...figures(unit)]),
        ['', 'Tổng cộng', ...figures(report.totals)],
      ],
    ),
  ];
}

function lineSentence({ playback }: SessionReport): string {
  if (playback.framesDecoded === 0 && playback.interruptions.length === 0)
    return 'Thiết bị này chưa hiện được hình ảnh nào của hội nghị nên không có số liệu đường truyền.';
  const count = playback.interruptions.length;
  return `Chất lượng: ${count === 0 ? 'tốt' : 'có gián đoạn'}. Số lần gián đoạn: ${formatCount(count)}.`;
}

function signature(template: DocumentTemplate, report: SessionReport): Table {
  const { signOff, roles } = report;
  const authority = template.signatory ?? (template.template === 'party' ? 'T/M ĐẢNG ỦY' : null);
  const kept = template.template === 'party' ? '- Lưu Đảng ủy.' : '- Lưu: VT.';
  const line = (content: string): Paragraph => text(content, { size: 24 });
  const confirmed = signOff && `Xác nhận trên thiết bị lúc ${formatTime(signOff.at)} ngày ${formatDate(signOff.at)}`;
  return pair(
    [text('Nơi nhận:', { bold: true, size: 24 }), ...template.recipients.map((r) => line(`- ${r};`)), line(kept)],
    [
      ...(authority === null ? [] : [text(upper(authority), { centre: true, bold: true })]),
      text(upper(signOff?.position || 'Chủ trì điểm cầu'), { centre: true, bold: true }),
      text('(Ký, ghi rõ họ tên)', { centre: true, italics: true, size: 24 }),
      ...Array.from({ length: 4 }, () => text('', {})),
      text(signOff?.name ?? roles.chair?.name ?? '', { centre: true, bold: true }),
      ...(confirmed ? [text(confirmed, { centre: true, italics: true, size: 22 })] : []),
    ],
    50,
  );
}

/** Two columns without lines; `left`: share of the first, percent. */
function pair(leftOnes: Paragraph[], rightOnes: Paragraph[], left: number): Table {
  const cell = (children: Paragraph[], size: number): TableCell =>
    new TableCell({ children, borders: NO_BORDERS, width: { size, type: WidthType.PERCENTAGE } });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: NO_BORDERS,
    rows: [new TableRow({ cantSplit: true, children: [cell(leftOnes, left), cell(rightOnes, 100 - left)] })],
  });
}

/** A table with lines; its heading is repeated on each page. */
function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): Table {
  const cell = (content: string, bold: boolean, centre: boolean): TableCell =>
    new TableCell({
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          alignment: centre ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { after: 0 },
          children: [run(content, { bold, size: TABLE })],
        }),
      ],
    });
  const isWords = (column: number): boolean => ['Đơn vị', 'Chuyên đề', 'Báo cáo viên'].includes(header[column] ?? '');
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: header.map((content) => cell(content, true, true)) }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((content, column) => cell(String(content), row[1] === 'Tổng cộng', !isWords(column))),
          }),
      ),
    ],
  });
}
