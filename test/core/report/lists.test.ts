import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { renderAttendanceCsv } from '../../../electron/core/report/documents/attendance-csv.ts';
import {
  HEADER_ROW,
  OTHER_HEADER_ROW,
  renderAttendanceXlsx,
} from '../../../electron/core/report/documents/attendance-xlsx.ts';
import { renderListNowXlsx } from '../../../electron/core/report/documents/list-now.ts';
import { renderPaperSheetHtml } from '../../../electron/core/report/documents/paper-sheet.ts';
import { rosterTemplateXlsx } from '../../../electron/core/provisioning/roster-template.ts';
import { unpack } from '../../fixtures/rosters/zips.ts';
import { FONTS, page, PARTY, textOf } from '../../support/document-pages.ts';
import { SITTING_START, correctedBy, sampleFacts } from '../../support/sample-report.ts';

test('the paper sheet lists everybody, leaves lines, and asks for nothing that the law forbids', () => {
  const facts = sampleFacts({ people: 40 });
  const people = facts.people.slice(0, 40);
  const html = renderPaperSheetHtml(
    {
      conference: 'Hội nghị mẫu',
      venue: facts.package.venue,
      sitting: { title: 'Buổi sáng', startsAt: SITTING_START },
      people,
      rehearsal: false,
      printedAt: SITTING_START,
    },
    PARTY,
    { fonts: FONTS },
  );
  const text = textOf(html);
  expect(people.filter((p) => !text.includes(p.name))).toEqual([]);
  expect(html.match(/<tr class="line">/g)).toHaveLength(52);
  expect(text).toContain('Buổi sáng, ngày 07/02/2026, bắt đầu 07 giờ 30 phút');
  expect(text).not.toMatch(/CCCD|căn cước|0042/i);
});

test('the workbook has its three sheets, one plain heading row, filter, frozen heading and repeated titles', async () => {
  const facts = {
    ...sampleFacts(),
    revision: 2,
    signOff: { name: 'Nguyễn Văn Mẫu', position: 'Bí thư', at: SITTING_START + 4 * 3_600_000, role: 'chair' as const },
    amendment: { ...correctedBy('Nguyễn Văn Mẫu', ''), cause: 'sign_off' as const, reason: null },
  };
  const bytes = Buffer.from(await renderAttendanceXlsx(buildReport(facts), { template: PARTY }));
  const sheets = await readXlsx(bytes);
  expect(sheets.map((s) => s.sheet)).toEqual(['Danh sách điểm danh', 'Tổng hợp theo đơn vị', 'Nhật ký chỉnh sửa']);
  expect(sheets[0]!.data[HEADER_ROW - 1]).toEqual([
    'STT',
    'Họ và tên',
    'Năm sinh',
    'Chức vụ',
    'Đơn vị',
    'Sáng 07/02',
    'Giờ điểm danh',
    'Hình thức',
    'Lý do vắng',
    'Ghi chú',
  ]);
  expect(sheets[2]!.data[OTHER_HEADER_ROW]?.slice(2)).toEqual([
    'Nguyễn Văn Mẫu',
    null,
    'Bản 1',
    'Bản 2',
    'chủ trì điểm cầu xác nhận báo cáo',
  ]);
  const words = sheets[0]!.data.flat().filter((cell) => cell !== null);
  // Whoever confirmed signs with the office, as in the report.
  expect(words.slice(words.indexOf('T/M ĐẢNG ỦY'))).toEqual([
    'T/M ĐẢNG ỦY',
    'THƯ KÝ',
    'BÍ THƯ',
    '(Ký, ghi rõ họ tên)',
    '(Ký, ghi rõ họ tên)',
    expect.any(String),
    expect.stringMatching(/^Xác nhận trên thiết bị lúc /u),
  ]);
  const { readXlsx: readAll } = await import('hucre/xlsx');
  const [list] = (await readAll(bytes)).sheets;
  expect(list?.freezePane).toMatchObject({ rows: HEADER_ROW });
  expect(list?.autoFilter?.range).toBe('A8:J52');
  expect(list?.pageSetup).toMatchObject({
    orientation: 'landscape',
    paperSize: 'a4',
    fitToWidth: 1,
    printTitlesRow: '$8:$8',
  });
  expect(list?.columns?.map((c) => c.width)).toEqual([6, 28, 10, 24, 32, 20, 11, 12, 24, 28]);
});

test('headings repeat on each page of paper, which they do only by a name in quotation marks; rows have room for texts that wrap', async () => {
  const facts = sampleFacts({ people: 30 });
  const long = 'Ủy viên Ban Thường vụ, Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường';
  facts.people[0]!.position = long;
  const report = buildReport(facts);
  const workbooks = {
    sealed: await renderAttendanceXlsx(report),
    now: await renderListNowXlsx({ report, isRunning: false, at: SITTING_START }),
    template: await rosterTemplateXlsx(),
  };
  const namesOf = (bytes: Uint8Array): string[] => {
    const workbook = unpack(bytes)
      .find(({ name }) => name === 'xl/workbook.xml')!
      .content.toString('utf8');
    return [...workbook.matchAll(/_xlnm\.Print_Titles"[^>]*>([^<]+)</gu)].map(([, range]) =>
      range!.replaceAll('&apos;', "'"),
    );
  };
  expect(Object.values(workbooks).map(namesOf)).toEqual([
    ["'Danh sách điểm danh'!$8:$8", "'Tổng hợp theo đơn vị'!$4:$4", "'Nhật ký chỉnh sửa'!$4:$4"],
    ["'Danh sách'!$5:$5"],
    ["'Danh sách'!$1:$1"],
  ]);
  const sheet = unpack(workbooks.sealed)
    .find(({ name }) => name === 'xl/worksheets/sheet1.xml')!
    .content.toString('utf8');
  const heights = [...sheet.matchAll(/<row r="(\d+)" ht="([\d.]+)"/gu)].map(([, row, height]) => [
    Number(row),
    Number(height),
  ]);
  const ofPeople = heights.filter(([row]) => row! > HEADER_ROW && row! <= HEADER_ROW + report.people.length);
  expect(ofPeople).toHaveLength(report.people.length);
  expect(Math.min(...ofPeople.map(([, height]) => height!))).toBeGreaterThan(16);
  // Three lines at least: 71 letters in a column of 24.
  expect(Math.max(...ofPeople.map(([, height]) => height!))).toBeGreaterThan(3 * 15);
});

test('500 people: list, workbook and page are made well within a second', async () => {
  const report = buildReport(sampleFacts({ people: 500 }));
  const began = performance.now();
  await renderAttendanceXlsx(report);
  renderAttendanceCsv(report);
  page(report);
  expect(performance.now() - began).toBeLessThan(3_000);
});
