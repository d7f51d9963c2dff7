import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReportView } from '../../../electron/contract/api-report.ts';
import { enter, summoned } from '../../support/enter.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const AUTHOR = 'Trần Thị Ví Dụ';

/** Six of eight signed in, the sitting ended, the report delivered; the console is open. */
async function deliver(
  world: CoreWorld,
  signedIn = 6,
): Promise<{ sittingId: string; reportId: string; ids: string[] }> {
  const sitting = world.core.hall.sitting!;
  const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()];
  for (const id of ids.slice(0, signedIn))
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id, method: 'list' });
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  await world.ask('console/end-sitting', { sittingId: sitting.id });
  await world.until('delivery', () => stateOf(world, sitting.id) === 'delivered');
  return { sittingId: sitting.id, reportId: sitting.reportId, ids };
}

const stateOf = (world: CoreWorld, id: string) => world.store.sittings.getSitting(id)?.state;

async function unlock(world: CoreWorld): Promise<void> {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
}

async function view(world: CoreWorld, sittingId: string, revision: number | null): Promise<ReportView> {
  const answer = await world.ask('console/report/view', { sittingId, revision });
  if (!answer.ok) throw new Error(answer.error);
  return answer.report;
}

test('an amendment shows what it changes, becomes revision 2, and the bytes of revision 1 stay', async () => {
  await withCore({ people: 8 }, async (world) => {
    const { sittingId, reportId, ids } = await deliver(world);
    const first = world.store.reports.getSealed(reportId, 1)!;
    const begun = await world.ask('console/report/amend', { sittingId });
    expect(begun).toMatchObject({ ok: true, amendment: { changes: [], cancellable: true } });
    expect(stateOf(world, sittingId)).toBe('amended');

    enter(world.store, sittingId, { type: 'excuse', who: summoned(ids[7]!), reason: 'Nằm viện' });
    await world.restart();
    await unlock(world);
    const open = await view(world, sittingId, null);
    expect(open.amendment).toMatchObject({ cancellable: false });
    expect(open.amendment?.changes.map((c) => [c.code, c.before, c.after])).toEqual([
      ['totals.absentExcused', 0, 1],
      ['totals.absentUnexcused', 2, 1],
      ['person.status', 'absent_unexcused', 'absent_excused'],
      ['person.reason', null, 'Nằm viện'],
    ]);

    const json = { sittingId, reason: 'Bổ sung lý do vắng', author: AUTHOR };
    const sealed = await world.ask('console/report/amend/seal', json);
    expect(sealed).toEqual({ ok: true, revision: 2 });
    world.core.reports.courier.sendNow();
    await world.until('second delivery', () => stateOf(world, sittingId) === 'delivered');
    const opened = await world.intake.getOpened(reportId, 2);
    expect(opened).toMatchObject({
      revision: 2,
      amendment: {
        cause: 'correction',
        reason: 'Bổ sung lý do vắng',
        by: { role: 'technician', name: AUTHOR },
        previous: [{ revision: 1, sha256: first.sha256, delivered: true }],
      },
      totals: { present: 6, absentExcused: 1, absentUnexcused: 1 },
    });
    const after = world.store.reports.getSealed(reportId, 1)!;
    expect(after.sha256).toBe(first.sha256);
    expect(createHash('sha256').update(after.sealed).digest('hex')).toBe(first.sha256);
    expect(Buffer.from((await world.intake.getSealed(reportId, 1))!)).toEqual(Buffer.from(first.sealed));

    const shown = await view(world, sittingId, 2);
    expect(shown.amendment).toBeNull();
    expect(shown.revisions).toMatchObject([
      {
        revision: 1,
        amendment: null,
        sha256Short: first.sha256.slice(0, 8),
        delivery: { state: 'delivered' },
      },
      { revision: 2, amendment: { by: { name: AUTHOR } }, delivery: { state: 'delivered' } },
    ]);
    expect(shown.receiptSerial).toBe(world.store.outbox.getStatus({ reportId, revision: 2 })?.receiptSerial);
    expect(shown.revisions[0]?.delivery?.receiptSerial).not.toBe(shown.receiptSerial);
  });
});

test('the secretary’s commands work in an amendment; what is undone again leaves nothing to sign', async () => {
  await withCore({ people: 6 }, async (world) => {
    const { sittingId, reportId, ids } = await deliver(world, 4);
    const early = await world.ask('console/people/excuse', { sittingId, personIds: [ids[5]!], reason: 'Nằm viện' });
    expect(early).toMatchObject({ ok: false });

    await world.ask('console/report/amend', { sittingId });
    const excused = await world.ask('console/people/excuse', { sittingId, personIds: [ids[5]!], reason: 'Nằm viện' });
    expect(excused).toMatchObject({ ok: true });
    expect((await view(world, sittingId, null)).amendment).toMatchObject({
      cancellable: false,
      changes: [
        { code: 'totals.absentExcused', before: 0, after: 1 },
        { code: 'totals.absentUnexcused', before: 2, after: 1 },
        { code: 'person.status' },
        { code: 'person.reason' },
      ],
    });
    await world.ask('console/people/undo', { sittingId, personId: ids[5]!, reason: 'Nhầm người' });
    expect((await view(world, sittingId, null)).amendment).toMatchObject({ changes: [], cancellable: true });

    const at = world.store.sittings.getSitting(sittingId)!.startsAt - 5_000;
    const entered = await world.ask('console/people/sign-in', { sittingId, personId: ids[4]!, at });
    expect(entered).toMatchObject({ ok: true });
    const desk = await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: ids[5]!, method: 'search' });
    expect(desk).toEqual({ ok: false, error: 'closed' });
    const json = { sittingId, reason: 'Ghi từ phiếu giấy', author: AUTHOR };
    expect(await world.ask('console/report/amend/seal', json)).toEqual({ ok: true, revision: 2 });
    world.core.reports.courier.sendNow();
    await world.until('second delivery', () => stateOf(world, sittingId) === 'delivered');
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({ totals: { present: 5, absentUnexcused: 1 } });
  });
});

test('an amendment given up without a change leaves no trace; one with a change cannot be given up', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { sittingId, reportId, ids } = await deliver(world, 3);
    await world.ask('console/report/amend', { sittingId });
    expect(await world.ask('console/report/amend/cancel', { sittingId })).toMatchObject({ ok: true });
    expect(stateOf(world, sittingId)).toBe('delivered');
    expect(world.store.reports.listRevisions(reportId)).toHaveLength(1);

    await world.ask('console/report/amend', { sittingId });
    const nothing = await world.ask('console/report/amend/seal', { sittingId, reason: 'x', author: AUTHOR });
    expect(nothing).toEqual({ ok: false, error: 'nothing_changed' });
    enter(world.store, sittingId, { type: 'undo', who: summoned(ids[0]!), what: 'last', reason: 'Nhầm người' });
    await world.restart();
    await unlock(world);
    const kept = await world.ask('console/report/amend/cancel', { sittingId });
    expect(kept).toEqual({ ok: false, error: 'has_changes' });
    expect(stateOf(world, sittingId)).toBe('amended');
  });
});

test('two people sealing the same amendment at once make one revision', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { reportId } = await deliver(world, 3);
    await world.ask('console/report/amend', { sittingId: world.sittingId });
    await world.ask('console/report/remarks', { sittingId: world.core.hall.sitting!.id, text: 'Ghi thêm' });
    const answers = await Promise.all(
      ['một', 'hai'].map(async (reason) =>
        world.ask('console/report/amend/seal', { sittingId: world.sittingId, reason, author: AUTHOR }),
      ),
    );
    expect(answers.filter((a) => a.ok)).toEqual([{ ok: true, revision: 2 }]);
    expect(answers.filter((a) => !a.ok)).toEqual([{ ok: false, error: 'wrong_state' }]);
    expect(world.store.reports.listRevisions(reportId)).toHaveLength(2);
  });
});

test('a sitting of the morning is amended while the afternoon takes sign-ins, and neither sees the other', async () => {
  const twoSittings = { opensAt: new Date(Date.now() - 60_000).toISOString() };
  await withCore(
    {
      people: 5,
      package: (document) => ({
        ...document,
        sittings: [
          document.sittings[0]!,
          { ...document.sittings[0]!, ...twoSittings, id: 'chieu', title: 'Buổi chiều' },
        ],
      }),
    },
    async (world) => {
      const { sittingId, ids } = await deliver(world, 2);
      await world.until('afternoon', () => world.core.hall.sitting?.state === 'open');
      expect(world.core.hall.sitting?.title).toBe('Buổi chiều');
      await world.ask('console/report/amend', { sittingId });
      const excused = await world.ask('console/people/excuse', {
        sittingId,
        personIds: [ids[4]!],
        reason: 'Đi công tác',
      });
      expect(excused).toMatchObject({ ok: true, excused: 1 });
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: ids[4]!, method: 'search' });
      const open = await view(world, sittingId, null);
      expect(open.totals).toMatchObject({ summoned: 5, present: 2, absentExcused: 1, absentUnexcused: 2 });
      const json = { sittingId, reason: 'Có phép', author: AUTHOR };
      expect(await world.ask('console/report/amend/seal', json)).toEqual({ ok: true, revision: 2 });
      expect(world.core.hall.register(world.sittingId).getTotals().present).toBe(1);
      expect(world.core.hall.sitting).toMatchObject({ title: 'Buổi chiều', state: 'open' });
    },
  );
});

test('a report the province sends back reaches the console with its reason, is amended, and is taken again', async () => {
  await withCore({ people: 6 }, async (world) => {
    const { sittingId, reportId } = await deliver(world, 4);
    const nothing = await world.ask('console/report/ask-province', { sittingId });
    expect(nothing).toEqual({ ok: true, returned: null });

    await world.intake.askReturn(reportId, 'Thiếu ghi chú về buổi mất điện');
    const asked = await world.ask('console/report/ask-province', { sittingId });
    expect(asked).toEqual({ ok: true, returned: { revision: 1, reason: 'Thiếu ghi chú về buổi mất điện' } });
    const again = await world.ask('console/report/ask-province', { sittingId });
    expect(again).toEqual(asked);
    const list = await world.ask('console/report/list', {});
    expect(list).toMatchObject({ reports: [{ lastRevision: 1, returnReason: 'Thiếu ghi chú về buổi mất điện' }] });
    expect(world.store.outbox.listStatuses('hn-2026-thu')).toMatchObject([
      { state: 'returned', returnReason: 'Thiếu ghi chú về buổi mất điện' },
    ]);

    expect(await world.ask('console/report/amend', { sittingId })).toMatchObject({ ok: true });
    await world.ask('console/report/remarks', { sittingId, text: 'Mất điện từ 9 giờ 10 đến 9 giờ 15.' });
    const json = { sittingId, reason: 'Theo yêu cầu của tỉnh', author: AUTHOR };
    expect(await world.ask('console/report/amend/seal', json)).toEqual({ ok: true, revision: 2 });
    world.core.reports.courier.sendNow();
    await world.until('taken again', () => stateOf(world, sittingId) === 'delivered');
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({ remarks: 'Mất điện từ 9 giờ 10 đến 9 giờ 15.' });
    const statuses = world.store.outbox.listStatuses('hn-2026-thu');
    expect(statuses.map((s) => s.state)).toEqual(['returned', 'delivered']);
  });
});

test('a returned report with nothing to correct may be sent again, and giving the amendment up keeps the return', async () => {
  await withCore({ people: 3 }, async (world) => {
    const { sittingId, reportId } = await deliver(world, 1);
    await world.intake.askReturn(reportId, 'Không mở được');
    await world.ask('console/report/ask-province', { sittingId });
    await world.ask('console/report/amend', { sittingId });
    await world.ask('console/report/amend/cancel', { sittingId });
    expect(stateOf(world, sittingId)).toBe('delivered');
    expect(world.store.outbox.getStatus({ reportId, revision: 1 })?.state).toBe('returned');
    await world.ask('console/report/amend', { sittingId });
    const json = { sittingId, reason: 'Gửi lại', author: AUTHOR };
    expect(await world.ask('console/report/amend/seal', json)).toEqual({ ok: true, revision: 2 });
  });
});

test('a power cut in the middle of an amendment finds it open, with the same changes', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { sittingId } = await deliver(world, 2);
    await world.ask('console/report/amend', { sittingId });
    await world.ask('console/report/remarks', { sittingId, text: 'Hội trường đổi địa điểm.' });
    const before = (await view(world, sittingId, null)).amendment;
    await world.restart();
    await unlock(world);
    const after = (await view(world, sittingId, null)).amendment;
    expect(after).toEqual(before);
    expect(after).toMatchObject({
      cancellable: false,
      changes: [{ code: 'remarks', after: 'Hội trường đổi địa điểm.' }],
    });
    const again = await world.ask('console/report/amend', { sittingId });
    expect(again).toEqual({ ok: true, amendment: after });
  });
});

test('a sitting that runs, and a report of nobody, cannot be amended', async () => {
  await withCore({ people: 2 }, async (world) => {
    await unlock(world);
    const running = await world.ask('console/report/amend', { sittingId: world.sittingId });
    expect(running).toEqual({ ok: false, error: 'wrong_state' });
    const nobody = { sittingId: 'hn-2026-thu/khong-co', reason: 'x', author: 'y' };
    const sealing = await world.ask('console/report/amend/seal', nobody);
    expect(sealing).toEqual({ ok: false, error: 'no_such_report' });
  });
});
