import { expect, test } from 'vitest';
import { buildReport, type ReportFacts } from '../../../electron/core/report/build-report.ts';
import { listDeviceNotes } from '../../../electron/core/report/documents/device-notes.ts';
import { renderReportHtml } from '../../../electron/core/report/documents/report-html.ts';
import { correctedBy, sampleFacts, SITTING_START } from '../../support/sample-report.ts';

const MINUTE = 60_000;
const PARTY = { template: 'party', recipients: [], place: 'Phường Ví Dụ' } as const;
const base = sampleFacts({ people: 20 });
/** No-break spaces as plain ones. */
const notesOf = (change: Partial<ReportFacts>) =>
  listDeviceNotes(buildReport({ ...base, ...change })).map((note) => note.replaceAll('\u00a0', ' '));
const lifeOf = (change: Partial<ReportFacts['life']>) => notesOf({ life: { ...base.life, ...change } });
const by = (role: 'chair' | 'technician' | 'kiosk', name: string | null = null) => ({ role, name });

function textOf(change: Partial<ReportFacts>): string {
  const html = renderReportHtml(buildReport({ ...base, ...change }), PARTY as never, {
    fonts: { faces: '', marks: '' },
  });
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

test('a sitting that went its usual way has nothing to note', () => {
  expect(notesOf({})).toEqual([]);
  expect(textOf({})).not.toContain('Ghi nhận của thiết bị');
});

test('a dead PC, restarts, a wrong clock and its people are each said in one sentence', () => {
  expect(lifeOf({ endFoundAt: SITTING_START + 1_500 * MINUTE })).toEqual([
    'Thiết bị ngừng hoạt động khi buổi đang mở. Giờ kết thúc (11:30 ngày 07/02/2026) là lần cuối thiết bị còn hoạt động; thiết bị mở lại lúc 08:30 ngày 08/02/2026.',
  ]);
  expect(lifeOf({ starts: 3 })).toEqual(['Phần mềm điểm danh khởi động lại 2 lần trong buổi.']);
  const offset = (ms: number) => lifeOf({ centreOffset: { ms, at: SITTING_START, hosts: 2 } });
  expect(offset(-60_000)).toEqual([]);
  expect(offset(3_600_000)).toEqual(['Đồng hồ của thiết bị chậm 1 giờ so với Trung ương.']);
  expect(offset(-300_000)).toEqual(['Đồng hồ của thiết bị nhanh 5 phút so với Trung ương.']);
  expect(lifeOf({ jumps: [{ at: SITTING_START, byMs: -3_600_000 }] })).toEqual([
    'Đồng hồ của thiết bị thay đổi đột ngột 1 lần: lùi 1 giờ (đến 07:30).',
  ]);
  expect(lifeOf({ clockWrongFor: new Set(['p-00001', 'p-00002']) })).toEqual([
    'Giờ của 2 người được ghi khi đồng hồ chạy sai, có đánh dấu trong danh sách.',
  ]);
});

test('an end that was taken back is told with who did it and why; a broadcast is named only where it was the cause', () => {
  const at = SITTING_START + 200 * MINUTE;
  expect(
    notesOf({
      reopenings: [
        { at, cause: 'by_hand', by: by('chair'), reason: 'Còn phần thảo luận.' },
        { at, cause: 'by_hand', by: by('technician', 'Lê Quốc Thử'), reason: null },
        { at, cause: 'broadcast_returned', by: by('kiosk'), reason: null },
        { at, cause: 'correction', by: by('technician'), reason: null },
      ],
    }),
  ).toEqual([
    'Buổi được mở lại lúc 10:50 ngày 07/02/2026, do chủ trì điểm cầu; lý do: Còn phần thảo luận.',
    'Buổi được mở lại lúc 10:50 ngày 07/02/2026, do Lê Quốc Thử.',
    'Buổi được mở lại lúc 10:50 ngày 07/02/2026: chương trình phát tiếp sau khi đã kết thúc.',
  ]);
});

test('a broken log, an unfinished second copy, checks and a package let in by a person are said', () => {
  const chain = { state: 'broken', brokenAtSeq: 12, method: 'hash', keyedFromSeq: null } as const;
  expect(notesOf({ log: { ...base.log, chain } })).toEqual([
    'Nhật ký điểm danh không còn nguyên vẹn từ dòng 12; số liệu cần được kiểm tra.',
  ]);
  expect(notesOf({ secondCopy: { state: 'failed', where: 'stick', at: null } })).toHaveLength(1);
  const check = (name: string, state: 'green' | 'yellow' | 'red') => ({
    check: name,
    state,
    at: SITTING_START,
    code: null,
  });
  expect(notesOf({ checks: [check('a', 'red'), check('b', 'yellow'), check('a', 'green')] })).toEqual([
    'Kiểm tra trước giờ 2 mục: 1 đạt, 1 cần xem.',
  ]);
  expect(notesOf({ trust: { ...base.trust, admitted: 'by_person', by: by('technician'), at: SITTING_START } })).toEqual(
    ['Gói phiên do cán bộ kỹ thuật cho phép dùng lúc 07:30 ngày 07/02/2026.'],
  );
  expect(notesOf({ trust: { ...base.trust, admitted: 'unsigned' } })).toHaveLength(1);
});

test('a cancelled roll call is named with its reason', () => {
  const cancelled = { at: SITTING_START, by: by('chair'), reason: 'Mở nhầm' };
  expect(notesOf({ rollCalls: base.rollCalls.map((call) => ({ ...call, cancelled })) })).toEqual([
    'Lượt điểm danh “Đầu buổi” (06:30) đã hủy, không tính; lý do: Mở nhầm.',
  ]);
});

test.each([
  [
    { ...correctedBy('', ''), cause: 'by_hand', reason: 'Còn thảo luận', by: by('chair') },
    'chủ trì điểm cầu mở lại buổi: Còn thảo luận.',
  ],
  [
    { ...correctedBy('', ''), cause: 'broadcast_returned', reason: null, by: by('kiosk') },
    'chương trình phát tiếp sau khi đã kết thúc.',
  ],
  [
    { ...correctedBy('Trần Thị Ví Dụ', 'Đã kiểm tra lại'), cause: 'province_return', returnReason: 'Sai số liệu' },
    'tỉnh trả lại báo cáo (“Sai số liệu”): Đã kiểm tra lại (Trần Thị Ví Dụ).',
  ],
  [
    { ...correctedBy('', ''), cause: 'not_recorded', reason: null, by: { role: 'unknown', name: null } },
    'không ghi lại.',
  ],
] as const)('the page gives the true reason of a revision (%#)', (amendment, words) => {
  const text = textOf({ revision: 2, amendment: { ...amendment, previous: [...amendment.previous] } });
  expect(text).toContain(`Báo cáo này là Bản 2, thay thế Bản 1 đã gửi; lý do: ${words}`);
  if (amendment.cause !== 'broadcast_returned') expect(text).not.toContain('phát tiếp');
});

test('a revision that replaces nothing that was sent does not say that it does', () => {
  const amendment = correctedBy('Trần Thị Ví Dụ', 'Sót một đồng chí');
  const previous = amendment.previous.map((p) => ({ ...p, delivered: false }));
  const text = textOf({ revision: 2, amendment: { ...amendment, previous } });
  expect(text).toContain('Báo cáo này là Bản 2; lý do: Sót một đồng chí (Trần Thị Ví Dụ).');
  expect(text).not.toContain('thay thế');
});

test('the signature stands over the office of whoever confirmed, with the moment and whose code it was', () => {
  const at = SITTING_START + 245 * MINUTE;
  const signed = (position: string, role: 'chair' | 'technician' | null) =>
    textOf({ signOff: { name: 'Nguyễn Văn Mẫu', position, at, role } });
  expect(signed('Bí thư Đảng ủy phường', 'chair')).toMatch(
    /T\/M ĐẢNG ỦY BÍ THƯ \(Ký, ghi rõ họ tên\) Nguyễn Văn Mẫu Xác nhận trên thiết bị lúc 11:35 ngày 07\/02\/2026 /,
  );
  expect(signed('Phó Bí thư Thường trực Đảng ủy', 'chair')).toContain('T/M ĐẢNG ỦY PHÓ BÍ THƯ THƯỜNG TRỰC (Ký');
  expect(signed('Giám đốc', 'technician')).toMatch(/GIÁM ĐỐC .*, bằng mã của cán bộ kỹ thuật/);
  expect(textOf({})).toContain('T/M ĐẢNG ỦY CHỦ TRÌ ĐIỂM CẦU (Ký');
  expect(textOf({})).not.toContain('Xác nhận trên thiết bị');
});
