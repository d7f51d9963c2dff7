import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { renderReportDocx } from '../../../electron/core/report/documents/report-docx.ts';
import { renderReportHtml } from '../../../electron/core/report/documents/report-html.ts';
import { unpack } from '../../fixtures/rosters/zips.ts';
import { correctedBy, sampleFacts, SITTING_START } from '../../support/sample-report.ts';

/** The words of the document part, and its markup. */
async function read(bytes: Uint8Array): Promise<{ text: string; xml: string }> {
  const part = unpack(bytes).find(({ name }) => name === 'word/document.xml');
  const xml = part?.content.toString('utf8') ?? '';
  const text = xml
    .replace(/<\/w:p>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
  return { text, xml };
}

test('the Word file has the headings, figures and signature of the printed report, in Times New Roman on A4', async () => {
  const report = buildReport({
    ...sampleFacts(),
    remarks: 'Đúng giờ.\nNghiêm túc.',
    signOff: { name: 'Lê Thị Chủ Trì', position: 'Bí thư', at: Date.UTC(2026, 1, 7, 5, 0), role: 'chair' },
  });
  const { text, xml } = await read(
    await renderReportDocx(report, {
      template: 'party',
      organisation: 'Đảng ủy phường Ví Dụ',
      place: 'Phường Ví Dụ',
      recipients: ['Ban Tuyên giáo và Dân vận Tỉnh ủy'],
    }),
  );
  const wanted = [
    'ĐẢNG ỦY PHƯỜNG VÍ DỤ',
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    'BÁO CÁO',
    '1. Thông tin chung',
    '6. Nhận xét, kiến nghị của chủ trì điểm cầu',
    'Nghiêm túc.',
    'T/M ĐẢNG ỦY',
    'BÍ THƯ',
    'Lê Thị Chủ Trì',
    'Xác nhận trên thiết bị lúc 12:00 ngày 07/02/2026',
    ...report.units.map(({ unitName }) => unitName ?? 'Không ghi đơn vị'),
    String(report.totals.present),
  ];
  expect(wanted.filter((one) => !text.includes(one))).toEqual([]);
  expect(text).not.toContain('CỘNG HÒA');
  expect(xml).toContain('Times New Roman');
  // A4 in twentieths of a point.
  expect(xml).toMatch(/<w:pgSz w:w="1190[56]" w:h="168(?:37|38|39)"/);
});

/** Everything that a page says, cell by cell and paragraph by paragraph. */
function listTexts(page: string): string[] {
  const body = page.slice(page.indexOf('<body'));
  return [...body.matchAll(/<(p|td|th|h1|h2)\b[^>]*>(.*?)<\/\1>/gsu)]
    .map(([, , inner]) =>
      (inner ?? '')
        .replace(/<[^>]+>/gu, '')
        .replace(/&amp;/gu, '&')
        .replace(/&quot;/gu, '"')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((text) => /\p{L}{2}/u.test(text));
}

test('the Word file says all that the printed report says: interruptions, what the device noted, what the revision replaces', async () => {
  const facts = sampleFacts();
  const report = buildReport({
    ...facts,
    revision: 2,
    amendment: correctedBy('Lê Quốc Thử', 'Bổ sung lý do vắng'),
    life: { ...facts.life, starts: 3, jumps: [{ at: SITTING_START + 3_600_000, byMs: 300_000 }] },
    remarks: 'Nghiêm túc.',
    signOff: {
      name: 'Lê Thị Chủ Trì',
      position: 'Bí thư Đảng ủy phường',
      at: Date.UTC(2026, 1, 7, 5, 0),
      role: 'technician',
    },
  });
  for (const template of ['party', 'government', 'none'] as const) {
    const layout = {
      template,
      organisation: 'Đảng ủy phường Ví Dụ',
      place: 'Phường Ví Dụ',
      addressee: 'Ban Tuyên giáo và Dân vận Tỉnh ủy',
      recipients: ['Thường trực Đảng ủy'],
    };
    const printed = listTexts(renderReportHtml(report, layout, { fonts: { faces: '', marks: '' } }));
    expect(printed.length).toBeGreaterThan(60);
    const { text } = await read(await renderReportDocx(report, layout));
    const said = text.replace(/\s+/gu, ' ');
    // Of columns under one heading the file has each heading once; stars and rules are marks of the layout.
    const missing = printed.filter((one) => !said.includes(one) && one !== 'Trong đó' && !one.startsWith('Số'));
    expect([template, missing]).toEqual([template, []]);
  }
});
