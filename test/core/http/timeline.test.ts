import { expect, test } from 'vitest';
import { renderTimelineHtml } from '../../../electron/core/report/documents/timeline-html.ts';
import { sayEntry } from '../../../electron/shared/timeline/say-entry.ts';
import { withCore } from '../../support/with-core.ts';

test('the timeline tells a sitting from its opening to the receipt, on screen and on paper', async () => {
  await withCore({ people: 6 }, async (world) => {
    const { sittingId } = world;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('desk/sign-in', { sittingId, personId: 'p0001', method: 'list' });
    await world.ask('console/people/roll-call/open', { sittingId, title: 'Giữa buổi' });
    await world.ask('desk/sign-in', { sittingId, personId: 'p0001', method: 'list' });
    await world.ask('console/people/roll-call/close', { sittingId });
    await world.ask('console/people/head-count', { sittingId, counted: 1 });
    await world.ask('console/end-sitting', { sittingId });
    await world.until('delivery', () => world.store.sittings.getSitting(sittingId)?.state === 'delivered');
    await world.ask('console/report/amend', { sittingId });
    await world.ask('console/report/amend/cancel', { sittingId });

    const answer = await world.ask('console/report/timeline', { sittingId });
    if (!answer.ok) throw new Error(answer.error);
    const { entries } = answer;
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(entries.map(({ what }) => what).filter((what) => what !== 'clock_jump')).toEqual([
      'opened',
      'roll_call_opened',
      'roll_call_closed',
      'head_count',
      'ended',
      'sealed',
      'delivered',
      'amend_begun',
      'amend_cancelled',
    ]);
    const said = entries.map((entry) => sayEntry(entry, 'vi'));
    const sentences = said.map(({ says }) => says);
    expect(sentences).toContain('Đóng lượt điểm danh “Giữa buổi”; xác nhận 1 người');
    expect(sentences).toContain('Đếm tại hội trường: 1 người (cán bộ kỹ thuật)');
    expect(sentences).toContain('Kết thúc buổi: cán bộ kỹ thuật bấm');
    expect(sentences.join('\n')).not.toMatch(/\{\{|undefined|null/u);
    expect(said.map(({ proof }) => proof)).toContainEqual(expect.stringMatching(/^Mã niêm phong [0-9a-f]{8}$/u));

    const sitting = world.store.sittings.getSitting(sittingId)!;
    const report = world.store.reports.getReport(sitting.reportId, 1)!;
    const page = renderTimelineHtml({ report, entries, at: Date.now() }, { fonts: '' });
    for (const sentence of sentences) expect(page).toContain(sentence);
  });
});

test('a try that failed is said with its cause and whose fault it is', () => {
  const facts = {
    revision: 1,
    times: 3,
    toAt: Date.parse('2026-11-27T00:00:00Z'),
    failure: 'unreachable',
    cause: 'no_route',
    whose: 'line',
  };
  const { says } = sayEntry({ at: 0, what: 'try_failed', proof: 'delivery', facts }, 'vi');
  expect(says).toBe(
    'Gửi bản 1 chưa được, 3 lần đến 07:00: không tới được máy chủ. Mạng của điểm cầu không có đường ra ngoài. Do mạng của điểm cầu',
  );
});
