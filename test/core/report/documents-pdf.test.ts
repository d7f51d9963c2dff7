import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { loadDocumentFonts } from '../../../electron/core/report/documents/fonts.ts';
import { formatCount } from '../../../electron/core/report/documents/format-vi.ts';
import { renderListNowHtml } from '../../../electron/core/report/documents/list-now.ts';
import { renderPaperSheetHtml } from '../../../electron/core/report/documents/paper-sheet.ts';
import { renderReportHtml } from '../../../electron/core/report/documents/report-html.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../../electron/shells/browser/print-pdf.ts';
import { sampleFacts, totalsOf } from '../../support/sample-report.ts';

const browser = findBrowser({ platform: process.platform, env: process.env });
const A4_POINTS = [595, 842];
const FONTS = path.join(import.meta.dirname, '../../../node_modules/@fontsource/tinos/files');
/** Pictures are looked at when this names a folder. */
const KEPT = process.env['DOCUMENT_PDFS'];

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

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** What stands on one height of a page, as it is read. */
async function listLines(pdf: Pdf, page: number): Promise<string[]> {
  const { items } = await (await pdf.getPage(page)).getTextContent();
  const lines = new Map<number, string>();
  for (const item of items) {
    if (!('str' in item)) continue;
    const height = Math.round(Number(item.transform[5]));
    lines.set(height, `${lines.get(height) ?? ''}${item.str}`);
  }
  return [...lines.values()].map((line) => line.normalize('NFC').replaceAll(/\s+/gu, ' ').trim());
}

test.skipIf(browser === null)(
  'the printed report is A4, and every heading and number can be read out of it with right diacritics',
  async () => {
    const fonts = await loadDocumentFonts(FONTS);
    const report = buildReport(sampleFacts({ people: 2400 }));
    const html = renderReportHtml(
      report,
      {
        template: 'party',
        organisation: 'Đảng ủy phường Ví Dụ',
        place: 'Phường Hội trường Ví Dụ',
        addressee: 'Ban Tuyên giáo và Dân vận Tỉnh ủy',
        recipients: [],
      },
      { fonts, sealedSha256: 'ab12cd34'.repeat(8) },
    );
    const printed = await print(html);
    if (KEPT !== undefined) writeFileSync(path.join(KEPT, 'report.pdf'), printed);
    const pdf = await getDocumentProxy(Uint8Array.from(printed));
    const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
    expect([Math.round(width), Math.round(height)]).toEqual(A4_POINTS);
    const { text } = await extractText(pdf, { mergePages: true });
    const read = text.replace(/\s+/g, ' ');
    const wanted = [
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'ĐẢNG ỦY PHƯỜNG VÍ DỤ',
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
      `Mã báo cáo R-${report.reportId} · Bản 1 · lập lúc 11:30 07/02/2026 · SHA-256 ab12cd34`,
    ];
    expect(wanted.filter((w) => !read.includes(w))).toEqual([]);
    // Place and date are never broken.
    expect(await listLines(pdf, 1)).toContainEqual(
      expect.stringContaining('Phường Hội trường Ví Dụ, ngày 07 tháng 02 năm 2026'),
    );
  },
  60_000,
);

/** Letters of the highlands: a base and a mark without a character of its own, and Ƀ. */
const HIGHLAND = ['Y Blơ̆ Êban', 'H’Bưn Mlô Êñuôl', 'Rơ̆ Châm Ư̆k', 'Ê̆ Ô̆ Ƀuôn Ya', 'K’Brêu Ksơr Ŏ'];

test.skipIf(browser === null)(
  'three hundred people in fourteen units fit on twelve pages, and names of the highlands are copied as they stand on the list',
  async () => {
    const people = Array.from({ length: 300 }, (_, i) => ({
      name: (HIGHLAND[i] ?? `Nguyễn Thị Phương Thảo ${i}`).normalize('NFC'),
      birthYear: 1950 + (i % 50),
      position: 'Ủy viên Ban Chấp hành, Phó Trưởng Ban Công tác Mặt trận',
      unitName: `Chi bộ Tổ dân phố số ${1 + Math.floor(i / 22)} phường Đồng Xuân`,
    }));
    const html = renderPaperSheetHtml(
      {
        conference:
          'Hội nghị trực tuyến toàn quốc nghiên cứu, học tập, quán triệt và triển khai thực hiện Nghị quyết mẫu',
        venue: { id: 'PX-001', name: 'Điểm cầu phường Đồng Xuân' },
        sitting: { title: 'Buổi sáng', startsAt: Date.UTC(2026, 10, 27, 0, 30) },
        people,
        rehearsal: false,
        printedAt: Date.UTC(2026, 10, 26, 3, 0),
      },
      { template: 'party', recipients: [] },
      { fonts: await loadDocumentFonts(FONTS) },
    );
    expect(html).toContain('Tinos Marks');
    const printed = await print(html);
    if (KEPT !== undefined) writeFileSync(path.join(KEPT, 'paper.pdf'), printed);
    const pdf = await getDocumentProxy(Uint8Array.from(printed));
    expect(pdf.numPages).toBeLessThanOrEqual(12);
    const { text } = await extractText(pdf, { mergePages: true });
    // Letter by letter: readers of PDFs guess the spaces from the distances between glyphs.
    const letters = (one: string): string => one.normalize('NFC').replace(/\s+/gu, '');
    const read = letters(text);
    expect(people.filter(({ name }) => !read.includes(letters(name))).map(({ name }) => name)).toEqual([]);
  },
  60_000,
);

test.skipIf(browser === null)(
  'the list of the moment: three hundred people with long positions, unit by unit, on twelve pages at most',
  async () => {
    const facts = sampleFacts({ people: 300 });
    for (const [i, person] of facts.people.entries()) {
      if (person.kind === 'summoned') person.unitId = `u-${1 + (i % 14)}`;
      if (person.unitId) person.unitName = `Đảng bộ bộ phận Trung tâm Y tế khu vực số ${person.unitId.slice(2)}`;
      person.position = i % 2 === 0 ? 'Ủy viên Ban Thường vụ, Chủ tịch Ủy ban Mặt trận Tổ quốc phường' : 'Đảng viên';
    }
    const units = new Map(facts.people.map(({ unitId, unitName }) => [unitId, unitName]));
    const statuses = Array.from(facts.statuses.values());
    const ofUnits = [...units].map(([unitId, unitName]) => ({
      unitId,
      unitName,
      ...totalsOf(
        facts.people.filter((person) => person.unitId === unitId),
        statuses,
      ),
    }));
    const report = buildReport({ ...facts, units: ofUnits });
    const html = renderListNowHtml(
      { report, isRunning: false, at: facts.sitting.endsAt },
      { fonts: await loadDocumentFonts(FONTS) },
    );
    const pdf = await getDocumentProxy(Uint8Array.from(await print(html)));
    expect(pdf.numPages).toBeLessThanOrEqual(12);
    const { text } = await extractText(pdf, { mergePages: true });
    // Readers of PDFs guess the spaces.
    const read = text.normalize('NFC').replaceAll(/\s+/gu, '');
    expect(read).toContain('Ngoàidanhsáchtriệutập(4)');
    expect(read.match(/TrungtâmYtếkhuvựcsố\d+\(2[12]\)/gu)).toHaveLength(14);
  },
  60_000,
);
