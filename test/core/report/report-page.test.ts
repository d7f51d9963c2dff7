import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { GOVERNMENT, NONE, page, PARTY, textOf } from '../../support/document-pages.ts';
import { SITTING_START, correctedBy, sampleFacts } from '../../support/sample-report.ts';

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
