import path from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Person, PersonStatus } from '../../../electron/contract/attendance.ts';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import type { SessionReport } from '../../../electron/contract/report.ts';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import type { ReportFacts } from '../../../electron/core/report/build-report.ts';
import { renderAttendanceCsv } from '../../../electron/core/report/documents/attendance-csv.ts';
import {
  HEADER_ROW,
  OTHER_HEADER_ROW,
  renderAttendanceXlsx,
} from '../../../electron/core/report/documents/attendance-xlsx.ts';
import { loadDocumentFonts } from '../../../electron/core/report/documents/fonts.ts';
import { formatCount } from '../../../electron/core/report/documents/format-vi.ts';
import type { DocumentTemplate } from '../../../electron/core/report/documents/page-style.ts';
import { renderPaperSheetHtml } from '../../../electron/core/report/documents/paper-sheet.ts';
import { phoneCode } from '../../../electron/core/report/documents/phone-code.ts';
import { renderReportHtml } from '../../../electron/core/report/documents/report-html.ts';
import { openSealedReport, sealReport } from '../../../electron/core/report/seal.ts';
import { readPhoneCode } from '../../support/phone-code-reader.ts';
import { createIntakeKeyPair, makeDevice } from '../../support/province.ts';
import { SITTING_START, correctedBy, sampleFacts, totalsOf } from '../../support/sample-report.ts';

const FONTS = await loadDocumentFonts(path.join(import.meta.dirname, '../../../node_modules/@fontsource/tinos/files'));
const PARTY: DocumentTemplate = {
  template: 'party',
  parentOrganisation: 'Đảng bộ tỉnh Ví Dụ',
  organisation: 'Đảng ủy phường Ví Dụ',
  place: 'Phường Ví Dụ',
  addressee: 'Ban Tuyên giáo và Dân vận Tỉnh ủy',
  recipients: ['Thường trực Đảng ủy phường'],
  symbol: 'BC/ĐU',
};
const GOVERNMENT: DocumentTemplate = {
  ...PARTY,
  template: 'government',
  organisation: 'Ủy ban nhân dân phường Ví Dụ',
  symbol: 'BC/UBND',
};
const NONE: DocumentTemplate = { template: 'none', recipients: [] };

const device = makeDevice();
const province = createIntakeKeyPair();

/** What a reader sees of a page, tags and entities gone. */
function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

const page = (report: SessionReport, template = PARTY) =>
  renderReportHtml(report, template, { fonts: FONTS, sealedSha256: 'ab12cd34'.repeat(8) });

const HEADINGS = [
  'BÁO CÁO',
  'tại điểm cầu Hội trường phường Mẫu',
  '1. Thông tin chung',
  'Chủ trì điểm cầu: Nguyễn Văn Mẫu, Bí thư Đảng ủy phường',
  'Cấp trên dự, chỉ đạo tại điểm cầu:',
  '2. Nội dung',
  '3. Số lượng đại biểu tham dự',
  'Ngoài số được triệu tập: khách mời 1; ngoài danh sách 1; dự thay 1',
  '4. Số lượng theo đơn vị',
  '5. Tình hình đường truyền',
  '6. Nhận xét, kiến nghị của chủ trì điểm cầu',
  'CHỦ TRÌ ĐIỂM CẦU',
  '(Ký, ghi rõ họ tên)',
];

test.each([PARTY, GOVERNMENT, NONE])('the report in the layout "$template" has every heading', (template) => {
  const text = textOf(page(buildReport(sampleFacts()), template));
  expect(HEADINGS.filter((heading) => !text.includes(heading))).toEqual([]);
});

test('party and state never stand on the same page, and the number stays blank', () => {
  const report = buildReport(sampleFacts());
  const party = textOf(page(report));
  expect(party).toContain('ĐẢNG CỘNG SẢN VIỆT NAM');
  expect(party).toContain('ĐẢNG ỦY PHƯỜNG VÍ DỤ');
  expect(party).not.toMatch(/CỘNG HÒA|Độc lập|\.\/\./);
  expect(party).toMatch(/ Số -BC\/ĐU /);
  expect(party).toContain('T/M ĐẢNG ỦY');
  expect(party).toContain('- Lưu Đảng ủy.');
  const state = textOf(page(report, GOVERNMENT));
  expect(state).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc');
  expect(state).not.toContain('ĐẢNG CỘNG SẢN');
  expect(state).toMatch(/ Số: \/BC-UBND /);
  // Lines to write on have no full stop of their own; a remark ends as the state's documents do.
  expect(state).not.toContain('./.');
  expect(textOf(page(buildReport({ ...sampleFacts(), remarks: 'Nghiêm túc' }), GOVERNMENT))).toContain('Nghiêm túc./.');
  const none = textOf(page(report, NONE));
  expect(none).not.toMatch(/CỘNG HÒA|ĐẢNG CỘNG SẢN/);
});

test('the report names nobody but those with a role, needs nothing from outside and runs nothing', () => {
  const report = buildReport(sampleFacts());
  const html = page(report);
  const roles = new Set(
    [report.roles.chair, report.roles.secretary, report.roles.technician, ...report.roles.supervisors].map(
      (o) => o?.name,
    ),
  );
  const named = report.people.filter((p) => !roles.has(p.name) && html.includes(p.name));
  expect(named).toEqual([]);
  expect(html).not.toMatch(/<script|<link|<img|https?:|url\((?!data:)|@import/i);
  expect(html.match(/@font-face/g)).toHaveLength(12);
  expect(html).toBe(html.normalize('NFC'));
});

test('text from a roster or a chair cannot become part of the page', () => {
  const facts = sampleFacts();
  const nasty = '<img src=x onerror=alert(1)>"&';
  const html = page(
    buildReport({
      ...facts,
      remarks: nasty,
      package: { ...facts.package, venue: { id: 'X', name: nasty } },
      units: facts.units.map((u) => ({ ...u, unitName: nasty })),
    }),
    { ...PARTY, organisation: nasty, addressee: nasty },
  );
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(nasty);
});

test('a practice report is marked as one, an amended one says why, an unsigned remark leaves lines to write on', () => {
  const report = buildReport({
    ...sampleFacts({ rehearsal: true }),
    revision: 2,
    amendment: correctedBy('Trần Thị Ví Dụ', 'Sót một đồng chí'),
  });
  const text = textOf(page(report));
  expect(text).toContain('CHẠY THỬ');
  expect(text).toContain('Báo cáo này là Bản 2, thay thế Bản 1 đã gửi; lý do: Sót một đồng chí (Trần Thị Ví Dụ).');
  expect(page(report)).toContain('class="dots"');
  expect(textOf(page(buildReport(sampleFacts())))).not.toContain('CHẠY THỬ');
  const signed = buildReport({
    ...sampleFacts(),
    remarks: 'Đúng giờ.\nNghiêm túc',
    signOff: { name: 'Lê Thị Chủ Trì', position: '', at: SITTING_START, role: 'chair' },
  });
  expect(textOf(page(signed))).toMatch(/Đúng giờ\. Nghiêm túc\. .*Lê Thị Chủ Trì/);
});

test('a venue where nobody was summoned by name shows a dash for the rate, and a quiet line is "tốt"', () => {
  const facts = sampleFacts({ people: 0 });
  const report = buildReport({ ...facts, evidence: { ...facts.evidence, interruptions: [] } });
  expect(report.totals.summoned).toBe(0);
  const text = textOf(page(report));
  expect(text).toContain('Chất lượng: tốt. Số lần gián đoạn: 0; tổng thời gian: 0 giây.');
  expect(text).toMatch(/07\/02\/2026 0 0 0 0 0 0 0 0 -/);
});

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

const here = ['present', 'late', 'left_early'] as const;
const names = fc.oneof(
  fc.constantFrom(
    '=HYPERLINK("http://x","y")',
    '+84 900',
    '-1',
    '@SUM(A1)',
    'Nguyễn; Văn, "Thử"',
    "D'Ví Dụ",
    'Y Blŏ Mẫu',
    ' Lê  Thị ',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }).filter((s) => !/\p{C}/u.test(s) && s.trim() !== ''),
);

/** Any sitting: any mixture of people, and their totals counted independently of the documents. */
const sittings = fc
  .array(
    fc.record({
      name: names,
      kind: fc.constantFrom<Person['kind']>(
        'summoned',
        'summoned',
        'summoned',
        'walk_in',
        'guest',
        'substitute',
        'supervisor',
      ),
      status: fc.constantFrom<PersonStatus['status']>(
        'present',
        'late',
        'left_early',
        'absent_excused',
        'absent_unexcused',
        'substituted',
        'awaited',
      ),
      unit: fc.integer({ min: 0, max: 4 }),
      reason: fc.option(names, { nil: null }),
    }),
    { maxLength: 60 },
  )
  .map((drawn): ReportFacts => {
    const base = sampleFacts({ people: 0, keyId: device.kid });
    const people = drawn.map((d, i): Person => ({
      ...base.people[0]!,
      id: `p${i}`,
      name: d.name,
      kind: d.kind,
      unitId: `u${d.unit}`,
      unitName: `Chi bộ ${d.unit}`,
      substituteFor: null,
    }));
    const statuses = drawn.map((d, i): PersonStatus => {
      const came = (here as readonly string[]).includes(d.status);
      return {
        personId: `p${i}`,
        status: d.status,
        arrivedAt: came ? SITTING_START : null,
        lateMinutes: d.status === 'late' ? 12 : 0,
        leftAt: null,
        method: came ? 'search' : null,
        reason: d.reason,
        substitutedBy: null,
        confirmed: [],
      };
    });
    const units = [0, 1, 2, 3, 4].map((u) => ({
      unitId: `u${u}`,
      unitName: `Chi bộ ${u}`,
      ...totalsOf(
        people.filter((p) => p.unitId === `u${u}`),
        statuses,
      ),
    }));
    return { ...base, people, statuses, units, totals: totalsOf(people, statuses) };
  });

const unescape = (cell: unknown): unknown => (typeof cell === 'string' ? cell.replace(/^'(?=[=+\-@\t\r])/, '') : cell);

test('totals and people are the same in the sealed report, the page, the workbook, the text file and the telephone code', async () => {
  await fc.assert(
    fc.asyncProperty(sittings, async (facts) => {
      const report = buildReport(facts);
      const { totals: t } = report;

      const sealed = await sealReport(report, {
        deviceKey: device,
        provinceKey: province.publicJwk,
        format: 'session-report/2',
      });
      const opened = await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: JOSE_TYPE.report });
      expect(opened.ok && opened.value.report).toEqual(report);
      expect(t.absentUnexcused).toBe(facts.totals.absentUnexcused + facts.totals.awaited);

      const line = [
        t.summoned,
        t.present,
        t.onTime,
        t.late,
        t.leftEarly,
        t.absentExcused,
        t.absentUnexcused,
        t.substituted,
      ]
        .map(formatCount)
        .join(' ');
      expect(textOf(page(report))).toContain(` ${line} `);

      const [list, byUnit] = await readXlsx(Buffer.from(await renderAttendanceXlsx(report)));
      const rows = list!.data.slice(HEADER_ROW, HEADER_ROW + report.people.length);
      const byName = (list: readonly unknown[]) => list.map(String).toSorted();
      expect(byName(rows.map((row) => unescape(row[1])))).toEqual(byName(report.people.map((p) => p.name.trim())));
      // Times and rates are numbers that a spreadsheet can reckon with.
      expect(rows.every((row) => row[6] === null || row[6] instanceof Date || typeof row[6] === 'number')).toBe(true);
      const rates = byUnit!.data.slice(OTHER_HEADER_ROW).map((row) => row[9]);
      expect(rates.every((rate) => rate === '–' || typeof rate === 'number')).toBe(true);
      const sum = byUnit!.data.at(-1)!.slice(2, 9);
      const { summoned: all, present: came, late: tardy, leftEarly: gone } = t;
      expect(sum).toEqual([all, came, tardy, gone, t.absentExcused, t.absentUnexcused, t.substituted]);
      expect(byUnit!.data.slice(OTHER_HEADER_ROW, -1).map((row) => row.slice(2, 4))).toEqual(
        report.units.map((u) => [u.summoned, u.present]),
      );

      const csv = Buffer.from(renderAttendanceCsv(report)).toString('utf8');
      expect(csv.charCodeAt(0)).toBe(0xfeff);
      const { data, errors } = Papa.parse<string[]>(csv.slice(1), {
        delimiter: ',',
        newline: '\r\n',
        skipEmptyLines: true,
      });
      expect(errors).toEqual([]);
      const lines = data.slice(1);
      expect(byName(lines.map((row) => unescape(row[1])))).toEqual(byName(report.people.map((p) => p.name)));
      expect(lines.map((row) => row[1]!.trim())).toEqual(rows.map((row) => String(row[1])));
      // Who was summoned stands first.
      const count = report.people.filter((p) => p.kind === 'summoned').length;
      const summoned = lines.slice(0, count).map((row) => row[5]!);
      expect(summoned.filter((s) => s.startsWith('Vắng không lý do'))).toHaveLength(t.absentUnexcused);
      expect(summoned.filter((s) => s.startsWith('Vắng có lý do'))).toHaveLength(t.absentExcused);
      expect(summoned.filter((s) => s === 'Có người dự thay')).toHaveLength(t.substituted);
      expect(summoned.filter((s) => !/^(Vắng|Có người dự thay)/.test(s))).toHaveLength(t.present);
      const wanted = `triệu tập ${formatCount(t.summoned)}; có mặt ${formatCount(t.present)}; đến muộn ${formatCount(t.late)};`;
      expect(list!.data[HEADER_ROW + report.people.length]![0]).toContain(wanted);
      for (const cell of [...lines.flat(), ...rows.flat()])
        expect(typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)).toBe(false);

      const { late, leftEarly, absentExcused, absentUnexcused, substituted, present } = t;
      expect(readPhoneCode(phoneCode(report))).toEqual({
        ok: true,
        value: {
          revision: 1,
          summoned: t.summoned,
          present,
          late,
          leftEarly,
          absentExcused,
          absentUnexcused,
          substituted,
          outside: t.came - present,
        },
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a telephone code with one digit wrong, two digits swapped, one left out or a dash moved is noticed', () => {
  const code = phoneCode(buildReport(sampleFacts({ people: 300 })));
  const wrong = new Set<string>();
  for (let i = 0; i < code.length; i += 1) {
    const [head, at, next, tail] = [code.slice(0, i), code.charAt(i), code.charAt(i + 1), code.slice(i + 2)];
    if (at !== '-') for (const digit of '0123456789') wrong.add(head + digit + next + tail);
    wrong.add(head + next + at + tail);
    wrong.add(head + next + tail);
  }
  wrong.delete(code);
  expect(wrong.size).toBeGreaterThan(150);
  expect([...wrong].filter((c) => readPhoneCode(c).ok)).toEqual([]);
  expect(readPhoneCode(`  ${code.replaceAll('-', ' . ')} `)).toEqual(readPhoneCode(code));
  expect(readPhoneCode('xin chào')).toEqual({ ok: false, error: 'not_a_code' });
});

test('500 people: list, workbook and page are made well within a second', async () => {
  const report = buildReport(sampleFacts({ people: 500 }));
  const began = performance.now();
  await renderAttendanceXlsx(report);
  renderAttendanceCsv(report);
  page(report);
  expect(performance.now() - began).toBeLessThan(3_000);
});
