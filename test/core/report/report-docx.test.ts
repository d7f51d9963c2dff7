import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { renderReportDocx } from '../../../electron/core/report/documents/report-docx.ts';
import { unpack } from '../../fixtures/rosters/zips.ts';
import { sampleFacts } from '../../support/sample-report.ts';

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
