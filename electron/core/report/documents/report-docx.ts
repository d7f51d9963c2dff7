import {
  AlignmentType,
  convertMillimetersToTwip as mm,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TextRun,
} from 'docx';
import type { SessionReport } from '../../../contract/report.ts';
import { listDeviceNotes } from './device-notes.ts';
import { formatCount, formatDate, formatDateInWords, formatPercent, formatTime } from './format-vi.ts';
import { dateLinePt } from './headings.ts';
import { BODY, FONT, pair, run, table, TABLE, text } from './docx-parts.ts';
import type { DocumentTemplate } from './page-style.ts';
import {
  amendmentSentence,
  headCountSentence,
  INTERRUPTION_HEADER,
  listFacts,
  listRecipients,
  listRemarks,
  listTitleLines,
  NO_TOPICS,
  NO_UNITS,
  outsideSentence,
  RATE_NOTE,
  supervisorsLine,
  tellLine,
  tellSignature,
  topicTime,
  unitNote,
  upper,
} from './report-content.ts';
import { bareVenueName } from '../../../shared/venue-name.ts';

const DOTS = '…'.repeat(40);

/**
 * The report as a Word file for the clerk, who gives it its number and finishes it: the same figures as the printed one, in plain
 * paragraphs and tables. The sealed report and the printed one stay what counts.
 */
export async function renderReportDocx(report: SessionReport, template: DocumentTemplate): Promise<Uint8Array> {
  const venue = bareVenueName(report.venue.name);
  const amended = amendmentSentence(report);
  const counted = headCountSentence(report);
  const notes = listDeviceNotes(report);
  const remarks = listRemarks(report, template);
  const paragraph = (content: string): Paragraph => text(content, { indent: true });
  const title = (content: string): Paragraph => text(content, { bold: true, indent: true });
  const children = [
    heading(template, report),
    text('', {}),
    text('BÁO CÁO', { bold: true, centre: true, size: 32 }),
    ...listTitleLines(report, venue).map((line) => text(withLastTwo(line), { bold: true, centre: true })),
    ...(report.rehearsal ? [text('CHẠY THỬ', { bold: true, centre: true })] : []),
    ...(template.addressee ? [text(`Kính gửi: ${template.addressee}`, { centre: true })] : []),
    ...(amended === null ? [] : [paragraph(amended)]),
    title('1. Thông tin chung'),
    ...listFacts(report, venue).map(([label, value]) => text(`${label} ${value}`, { indent: true, left: true })),
    paragraph(supervisorsLine(report)),
    title('2. Nội dung'),
    ...topicTable(report),
    title('3. Số lượng đại biểu tham dự'),
    totalsTable(report),
    text(RATE_NOTE, { italics: true, size: TABLE, indent: true }),
    paragraph(outsideSentence(report)),
    ...(counted === null ? [] : [paragraph(counted)]),
    title('4. Số lượng theo đơn vị'),
    ...unitTable(report),
    title('5. Tình hình đường truyền'),
    ...lineParts(report),
    ...(notes.length === 0 ? [] : ['Ghi nhận của thiết bị:', ...notes.map((note) => `- ${note}`)].map(paragraph)),
    title('6. Nhận xét, kiến nghị của chủ trì điểm cầu'),
    ...(remarks.length > 0 ? remarks : [DOTS, DOTS]).map(paragraph),
    text('', {}),
    signature(template, report),
  ];
  const footer = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      run(
        `Mã báo cáo R-${report.reportId} · Bản ${report.revision} · lập lúc ${formatTime(report.createdAt)} ${formatDate(report.createdAt)}`,
        { size: 18 },
      ),
    ],
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

/** Two columns without lines: who issues it, and party or state. The number stays blank for the clerk. */
function heading(template: DocumentTemplate, report: SessionReport): Table {
  const place = [template.place, formatDateInWords(Date.parse(report.createdAt))].filter(Boolean).join(', ');
  const issuing = withLastTwo(upper(template.organisation ?? report.venue.name));
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
  return pair(
    left,
    [
      ...nation,
      text(place.replaceAll(' ', '\u00a0'), { centre: true, italics: true, size: 2 * (dateLinePt(place) - 1) }),
    ],
    42,
  );
}

/** A title never leaves one syllable alone on its last line. */
function withLastTwo(title: string): string {
  return title.replace(/ (?=\S+$)/u, '\u00a0');
}

function topicTable({ sitting: { topics } }: SessionReport): (Table | Paragraph)[] {
  if (topics.length === 0) return [text(NO_TOPICS, { indent: true })];
  return [
    table(
      ['TT', 'Chuyên đề', 'Báo cáo viên', 'Thời gian (bắt đầu - kết thúc)'],
      topics.map((t, i) => [i + 1, t.title, t.presenter ?? '', topicTime(t)]),
      [8, 46, 24, 22],
    ),
  ];
}

function totalsTable({ sitting, totals: t }: SessionReport): Table {
  const counts = [t.summoned, t.present, t.onTime, t.late, t.leftEarly, t.absentExcused, t.absentUnexcused];
  return table(
    [
      'TT',
      'Buổi',
      'Triệu tập',
      'Có mặt',
      'Đúng giờ',
      'Đến muộn',
      'Về sớm',
      'Vắng có lý do',
      'Vắng không lý do',
      'Có người dự thay',
      'Tỷ lệ có mặt (%)',
    ],
    [
      [
        1,
        `${sitting.title}, ${formatDate(sitting.startsAt)}`,
        ...[...counts, t.substituted].map(formatCount),
        formatPercent(t.present, t.summoned),
      ],
    ],
    [6, 16, 8, 8, 8, 8, 8, 9, 9, 9, 11],
  );
}

function lineParts(report: SessionReport): (Table | Paragraph)[] {
  const { sentence, interruptions } = tellLine(report);
  const rows = interruptions.map((it, i) => [i + 1, it.from, it.to, it.length, it.cause, '']);
  return [
    text(sentence, { indent: true }),
    ...(rows.length > 0 ? [table(INTERRUPTION_HEADER, rows, [8, 14, 14, 18, 24, 22])] : []),
  ];
}

function unitTable(report: SessionReport): (Table | Paragraph)[] {
  if (report.units.length === 0) return [text(NO_UNITS, { indent: true })];
  const figures = (t: SessionReport['totals']): string[] => [
    ...[t.summoned, t.present, t.absentExcused, t.absentUnexcused].map(formatCount),
    formatPercent(t.present, t.summoned),
  ];
  return [
    table(
      ['TT', 'Đơn vị', 'Triệu tập', 'Có mặt', 'Vắng có lý do', 'Vắng không lý do', 'Tỷ lệ có mặt (%)', 'Ghi chú'],
      [
        ...report.units.map((unit, i) => [
          i + 1,
          unit.unitName ?? 'Không ghi đơn vị',
          ...figures(unit),
          unitNote(unit),
        ]),
        ['', 'Tổng cộng', ...figures(report.totals), ''],
      ],
      [6, 30, 9, 9, 10, 10, 11, 15],
    ),
  ];
}

function signature(template: DocumentTemplate, report: SessionReport): Table {
  const { authority, office, name, confirmed } = tellSignature(report, template);
  const party = template.template === 'party';
  const recipients = listRecipients(template).map((line) => text(line, { size: party ? 24 : 22, left: true }));
  return pair(
    [
      text('Nơi nhận:', party ? { size: 28, left: true } : { bold: true, italics: true, size: 24, left: true }),
      ...recipients,
    ],
    [
      ...(authority === null ? [] : [text(authority, { centre: true, bold: true })]),
      text(office, { centre: true, bold: !party }),
      text('(Ký, ghi rõ họ tên)', { centre: true, italics: true, size: 24 }),
      ...Array.from({ length: 4 }, () => text('', {})),
      text(name, { centre: true, bold: true }),
      ...(confirmed === null ? [] : [text(confirmed, { centre: true, italics: true, size: 22 })]),
    ],
    50,
  );
}
