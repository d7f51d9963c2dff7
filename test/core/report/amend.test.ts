import { hc } from 'hono/client';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReportView } from '../../../electron/contract/api-report.ts';
import type { ConsoleAttendanceApi } from '../../../electron/core/http/app.ts';
import { enter, summoned } from '../../support/enter.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const AUTHOR = 'Trần Thị Ví Dụ';

/** Six of eight signed in, the sitting ended, the report delivered; the console is open. */
async function deliver(
  world: CoreWorld,
  signedIn = 6,
): Promise<{ sittingId: string; reportId: string; ids: string[] }> {
  const sitting = world.core.kiosk.conductor.current!;
  const ids = [...world.core.kiosk.register().listPeople().keys()];
  for (const id of ids.slice(0, signedIn))
    await world.desk['sign-in'].$post({ json: { personId: id, method: 'list' } });
  await world.console.unlock.$post({ json: { pin: '123456', role: 'technician' } });
  await world.console['end-sitting'].$post({ json: { sittingId: sitting.id } });
  await world.until('delivery', () => stateOf(world, sitting.id) === 'delivered');
  return { sittingId: sitting.id, reportId: sitting.reportId, ids };
}

const stateOf = (world: CoreWorld, id: string) => world.store.sittings.getSitting(id)?.state;

async function unlock(world: CoreWorld): Promise<void> {
  await world.console.unlock.$post({ json: { pin: '123456', role: 'technician' } });
}

async function view(world: CoreWorld, reportId: string, revision: string): Promise<ReportView> {
  const answer = await (
    await world.report.view[':reportId'][':revision'].$get({ param: { reportId, revision } })
  ).json();
  if (!answer.ok) throw new Error(answer.error);
  return answer.report;
}

test('an amendment shows what it changes, becomes revision 2, and the bytes of revision 1 stay', async () => {
  await withCore({ people: 8 }, async (world) => {
    const { sittingId, reportId, ids } = await deliver(world);
    const first = world.store.reports.getSealed(reportId, 1)!;
    const begun = await (await world.report.amend.$post({ json: { reportId } })).json();
    expect(begun).toMatchObject({ ok: true, amendment: { changes: [], cancellable: true } });
    expect(stateOf(world, sittingId)).toBe('amended');

    enter(world.store, sittingId, { type: 'excuse', who: summoned(ids[7]!), reason: 'Nằm viện' });
    await world.restart();
    await unlock(world);
    const open = await view(world, reportId, 'draft');
    expect(open.amendment).toMatchObject({ cancellable: false });
    expect(open.amendment?.changes.map((c) => [c.code, c.before, c.after])).toEqual([
      ['totals.absentExcused', 0, 1],
      ['totals.absentUnexcused', 2, 1],
      ['person.status', 'absent_unexcused', 'absent_excused'],
      ['person.reason', null, 'Nằm viện'],
    ]);

    const json = { reportId, reason: 'Bổ sung lý do vắng', author: AUTHOR };
    const sealed = await (await world.report.amend.seal.$post({ json })).json();
    expect(sealed).toEqual({ ok: true, revision: 2 });
    world.core.kiosk.courier.sendNow();
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

    const shown = await view(world, reportId, '2');
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
    const authorization = `Bearer ${world.tokens.console}`;
    const people = hc<ConsoleAttendanceApi>(`${world.origin}/console/api/people`, { headers: { authorization } });
    const early = await people.excuse.$post({ json: { sittingId, personIds: [ids[5]!], reason: 'Nằm viện' } });
    expect(await early.json()).toMatchObject({ ok: false });

    await world.report.amend.$post({ json: { reportId } });
    const excused = await people.excuse.$post({ json: { sittingId, personIds: [ids[5]!], reason: 'Nằm viện' } });
    expect(await excused.json()).toMatchObject({ ok: true });
    expect((await view(world, reportId, 'draft')).amendment).toMatchObject({
      cancellable: false,
      changes: [
        { code: 'totals.absentExcused', before: 0, after: 1 },
        { code: 'totals.absentUnexcused', before: 2, after: 1 },
        { code: 'person.status' },
        { code: 'person.reason' },
      ],
    });
    await people.undo.$post({ json: { sittingId, personId: ids[5]!, reason: 'Nhầm người' } });
    expect((await view(world, reportId, 'draft')).amendment).toMatchObject({ changes: [], cancellable: true });

    const at = world.store.sittings.getSitting(sittingId)!.startsAt - 5_000;
    const entered = await people['sign-in'].$post({ json: { sittingId, personId: ids[4]!, at } });
    expect(await entered.json()).toMatchObject({ ok: true });
    const desk = await world.desk['sign-in'].$post({ json: { personId: ids[5]!, method: 'search' } });
    expect(await desk.json()).toEqual({ ok: false, error: 'closed' });
    const json = { reportId, reason: 'Ghi từ phiếu giấy', author: AUTHOR };
    expect(await (await world.report.amend.seal.$post({ json })).json()).toEqual({ ok: true, revision: 2 });
    world.core.kiosk.courier.sendNow();
    await world.until('second delivery', () => stateOf(world, sittingId) === 'delivered');
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({ totals: { present: 5, absentUnexcused: 1 } });
  });
});

test('an amendment given up without a change leaves no trace; one with a change cannot be given up', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { sittingId, reportId, ids } = await deliver(world, 3);
    await world.report.amend.$post({ json: { reportId } });
    expect(await (await world.report.amend.cancel.$post({ json: { reportId } })).json()).toMatchObject({ ok: true });
    expect(stateOf(world, sittingId)).toBe('delivered');
    expect(world.store.reports.listRevisions(reportId)).toHaveLength(1);

    await world.report.amend.$post({ json: { reportId } });
    const nothing = await world.report.amend.seal.$post({ json: { reportId, reason: 'x', author: AUTHOR } });
    expect(await nothing.json()).toEqual({ ok: false, error: 'nothing_changed' });
    enter(world.store, sittingId, { type: 'undo', who: summoned(ids[0]!), what: 'last', reason: 'Nhầm người' });
    await world.restart();
    await unlock(world);
    const kept = await (await world.report.amend.cancel.$post({ json: { reportId } })).json();
    expect(kept).toEqual({ ok: false, error: 'has_changes' });
    expect(stateOf(world, sittingId)).toBe('amended');
  });
});

test('two people sealing the same amendment at once make one revision', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { reportId } = await deliver(world, 3);
    await world.report.amend.$post({ json: { reportId } });
    await world.report.remarks.$post({ json: { sittingId: world.core.kiosk.conductor.current!.id, text: 'Ghi thêm' } });
    const answers = await Promise.all(
      ['một', 'hai'].map(async (reason) =>
        (await world.report.amend.seal.$post({ json: { reportId, reason, author: AUTHOR } })).json(),
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
      const { sittingId, reportId, ids } = await deliver(world, 2);
      await world.until('afternoon', () => world.core.kiosk.conductor.current?.state === 'open');
      expect(world.core.kiosk.conductor.current?.title).toBe('Buổi chiều');
      await world.report.amend.$post({ json: { reportId } });
      enter(world.store, sittingId, { type: 'excuse', who: summoned(ids[4]!), reason: 'Đi công tác' });
      await world.desk['sign-in'].$post({ json: { personId: ids[4]!, method: 'search' } });
      const open = await view(world, reportId, 'draft');
      expect(open.totals).toMatchObject({ summoned: 5, present: 2, absentExcused: 1, absentUnexcused: 2 });
      const json = { reportId, reason: 'Có phép', author: AUTHOR };
      expect(await (await world.report.amend.seal.$post({ json })).json()).toEqual({ ok: true, revision: 2 });
      expect(world.core.kiosk.register().getTotals().present).toBe(1);
      expect(world.core.kiosk.conductor.current).toMatchObject({ title: 'Buổi chiều', state: 'open' });
    },
  );
});

test('a report the province sends back reaches the console with its reason, is amended, and is taken again', async () => {
  await withCore({ people: 6 }, async (world) => {
    const { sittingId, reportId } = await deliver(world, 4);
    const nothing = await (await world.report['ask-province'].$post({ json: { reportId } })).json();
    expect(nothing).toEqual({ ok: true, returned: null });

    await world.intake.askReturn(reportId, 'Thiếu ghi chú về buổi mất điện');
    const asked = await (await world.report['ask-province'].$post({ json: { reportId } })).json();
    expect(asked).toEqual({ ok: true, returned: { revision: 1, reason: 'Thiếu ghi chú về buổi mất điện' } });
    const again = await (await world.report['ask-province'].$post({ json: { reportId } })).json();
    expect(again).toEqual(asked);
    const list = await (await world.report.list.$get()).json();
    expect(list).toMatchObject({ reports: [{ lastRevision: 1, returnReason: 'Thiếu ghi chú về buổi mất điện' }] });
    expect(world.store.outbox.listStatuses('hn-2026-thu')).toMatchObject([
      { state: 'returned', returnReason: 'Thiếu ghi chú về buổi mất điện' },
    ]);

    expect(await (await world.report.amend.$post({ json: { reportId } })).json()).toMatchObject({ ok: true });
    await world.report.remarks.$post({ json: { sittingId, text: 'Mất điện từ 9 giờ 10 đến 9 giờ 15.' } });
    const json = { reportId, reason: 'Theo yêu cầu của tỉnh', author: AUTHOR };
    expect(await (await world.report.amend.seal.$post({ json })).json()).toEqual({ ok: true, revision: 2 });
    world.core.kiosk.courier.sendNow();
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
    await world.report['ask-province'].$post({ json: { reportId } });
    await world.report.amend.$post({ json: { reportId } });
    await world.report.amend.cancel.$post({ json: { reportId } });
    expect(stateOf(world, sittingId)).toBe('delivered');
    expect(world.store.outbox.getStatus({ reportId, revision: 1 })?.state).toBe('returned');
    await world.report.amend.$post({ json: { reportId } });
    const json = { reportId, reason: 'Gửi lại', author: AUTHOR };
    expect(await (await world.report.amend.seal.$post({ json })).json()).toEqual({ ok: true, revision: 2 });
  });
});

test('a power cut in the middle of an amendment finds it open, with the same changes', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { sittingId, reportId } = await deliver(world, 2);
    await world.report.amend.$post({ json: { reportId } });
    await world.report.remarks.$post({ json: { sittingId, text: 'Hội trường đổi địa điểm.' } });
    const before = (await view(world, reportId, 'draft')).amendment;
    await world.restart();
    await unlock(world);
    const after = (await view(world, reportId, 'draft')).amendment;
    expect(after).toEqual(before);
    expect(after).toMatchObject({
      cancellable: false,
      changes: [{ code: 'remarks', after: 'Hội trường đổi địa điểm.' }],
    });
    const again = await (await world.report.amend.$post({ json: { reportId } })).json();
    expect(again).toEqual({ ok: true, amendment: after });
  });
});

test('a sitting that runs, and a report of nobody, cannot be amended', async () => {
  await withCore({ people: 2 }, async (world) => {
    await unlock(world);
    const { reportId } = world.core.kiosk.conductor.current!;
    const running = await (await world.report.amend.$post({ json: { reportId } })).json();
    expect(running).toEqual({ ok: false, error: 'wrong_state' });
    const nobody = { reportId: '01890a5d-ac96-774b-bcce-b302099a8057', reason: 'x', author: 'y' };
    const sealing = await (await world.report.amend.seal.$post({ json: nobody })).json();
    expect(sealing).toEqual({ ok: false, error: 'no_such_report' });
  });
});
