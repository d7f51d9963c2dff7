import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { loadDocumentFonts } from '../../../electron/core/report/documents/fonts.ts';
import { formatCount } from '../../../electron/core/report/documents/format-vi.ts';
import { renderReportHtml } from '../../../electron/core/report/documents/report-html.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../../electron/shells/browser/print-pdf.ts';
import { sampleFacts } from '../../support/sample-report.ts';

const browser = findBrowser({ platform: process.platform, env: process.env });
const A4_POINTS = [595, 842];

/** Prints a page as the browser shell does: served on a port, in a browser of its own. */
async function print(html: string): Promise<Uint8Array> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const { port } = server.address() as AddressInfo;
    return await printPdf({
      executable: browser ?? '',
      folder: mkdtempSync(path.join(tmpdir(), 'print-')),
      root: process.getuid?.() === 0,
      core: { port, tokens: { stage: 's', desk: 'd', console: 'c', lobby: 'l' } },
      path: '/print/mau',
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.skipIf(browser === null)(
  'the printed report is A4, and every heading and number can be read out of it with right diacritics',
  async () => {
    const fonts = await loadDocumentFonts(
      path.join(import.meta.dirname, '../../../node_modules/@fontsource/tinos/files'),
    );
    const report = buildReport(sampleFacts({ people: 2400 }));
    const html = renderReportHtml(
      report,
      {
        template: 'party',
        organisation: 'Đảng ủy phường Ví Dụ',
        place: 'Phường Ví Dụ',
        addressee: 'Ban Tuyên giáo và Dân vận Tỉnh ủy',
        recipients: [],
      },
      { fonts, sealedSha256: 'ab12cd34'.repeat(8) },
    );
    const pdf = await getDocumentProxy(Uint8Array.from(await print(html)));
    const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
    expect([Math.round(width), Math.round(height)]).toEqual(A4_POINTS);
    const { text } = await extractText(pdf, { mergePages: true });
    const read = text.replace(/\s+/g, ' ');
    const wanted = [
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'ĐẢNG ỦY PHƯỜNG VÍ DỤ',
      'Phường Ví Dụ, ngày 07 tháng 02 năm 2026',
      'BÁO CÁO',
      'kết quả tham dự hội nghị trực tuyến toàn quốc',
      'Kính gửi: Ban Tuyên giáo và Dân vận Tỉnh ủy',
      '1. Thông tin chung',
      '2. Nội dung',
      '3. Số lượng đại biểu tham dự',
      '4. Số lượng theo đơn vị',
      '5. Tình hình đường truyền',
      '6. Nhận xét, kiến nghị của chủ trì điểm cầu',
      'T/M ĐẢNG ỦY',
      'Lưu Đảng ủy.',
      '2.400',
      formatCount(report.totals.present),
      `Mã báo cáo R-${report.reportId} · lần xuất 1 · lập lúc 11:30 07/02/2026 · SHA-256 ab12cd34`,
    ];
    expect(wanted.filter((w) => !read.includes(w))).toEqual([]);
  },
  60_000,
);
