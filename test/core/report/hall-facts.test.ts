import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const HOUR = 3_600_000;
const stateOf = (world: CoreWorld, id: string) => world.store.sittings.getSitting(id)?.state;

async function end(world: CoreWorld, sittingId: string): Promise<void> {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  await world.ask('console/end-sitting', { sittingId });
  await world.until('sealing', () => ['sealed', 'delivered'].includes(stateOf(world, sittingId) ?? ''));
  world.core.reports.courier.sendNow();
  await world.until('delivery', () => stateOf(world, sittingId) === 'delivered');
}

test('a sitting re-opened on the console reaches the province with the hand’s reason', async () => {
  await withCore({ people: 3 }, async (world) => {
    const { id: sittingId, reportId } = world.core.hall.conductor.current!;
    await end(world, sittingId);
    const json = { sittingId, reason: 'Còn phần thảo luận' };
    expect(await world.ask('console/reopen-sitting', json)).toEqual({ ok: true });
    // A restart in between forgets nothing.
    await world.restart();
    await end(world, sittingId);
    await world.until('second', () => world.intake.listReports().length === 2);
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({
      amendment: {
        cause: 'by_hand',
        reason: 'Còn phần thảo luận',
        by: { role: 'technician', name: null },
        previous: [{ revision: 1, delivered: true }],
      },
      sitting: { reopenings: [{ cause: 'by_hand', reason: 'Còn phần thảo luận' }] },
    });
  });
}, 60_000);

test('a report that the province returned says so, in the province’s words and the author’s', async () => {
  await withCore({ people: 3 }, async (world) => {
    const { id: sittingId, reportId } = world.core.hall.conductor.current!;
    await end(world, sittingId);
    await world.intake.askReturn(reportId, 'Thiếu ý kiến của chủ trì');
    await world.ask('console/report/ask-province', { sittingId });
    await world.ask('console/report/amend', { sittingId });
    await world.ask('console/report/remarks', { sittingId, text: 'Đã bổ sung.' });
    const json = { sittingId, reason: 'Theo yêu cầu của tỉnh', author: 'Trần Thị Ví Dụ' };
    expect(await world.ask('console/report/amend/seal', json)).toEqual({ ok: true, revision: 2 });
    world.core.reports.courier.sendNow();
    await world.until('second', () => world.intake.listReports().length === 2);
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({
      amendment: {
        cause: 'province_return',
        reason: 'Theo yêu cầu của tỉnh',
        by: { role: 'technician', name: 'Trần Thị Ví Dụ' },
        returnReason: 'Thiếu ý kiến của chủ trì',
      },
    });
  });
});

test('an amendment that was given up leaves no re-opening in the next revision', async () => {
  await withCore({ people: 3 }, async (world) => {
    const { id: sittingId } = world.core.hall.conductor.current!;
    await end(world, sittingId);
    await world.ask('console/report/amend', { sittingId });
    await world.ask('console/report/amend/cancel', { sittingId });
    expect(world.store.reports.getNotes(sittingId).openings).toEqual([]);
  });
});

test('a province that says nothing of formats gets the first one, and the console still has the whole report', async () => {
  const asOld = { delivery: { reportFormats: ['session-report/1'] } };
  await withCore(
    { people: 3, package: (document) => ({ ...document, delivery: { ...document.delivery, ...asOld.delivery } }) },
    async (world) => {
      const { id: sittingId, reportId } = world.core.hall.conductor.current!;
      await end(world, sittingId);
      expect(await world.intake.getOpened(reportId, 1)).toMatchObject({ format: 'session-report/1' });
      expect(world.store.reports.getReport(reportId, 1)).toMatchObject({ format: 'session-report/2' });
    },
  );
});

test('the centre’s clock seen in the sitting reaches the report, with the people signed in under a wrong one', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/vnd.apple.mpegurl',
      date: new Date(Date.now() + HOUR).toUTCString(),
    });
    response.end('#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:4,\na.ts\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.m3u8`;
  try {
    await withCore({ people: 4, sources: [{ id: 'chinh', url }] }, async (world) => {
      const { id: sittingId, reportId } = world.core.hall.conductor.current!;
      await world.until('a look at the list', () => world.core.hall.broadcast.state.clockOffsetMs !== null);
      const [first] = [...world.core.hall.register(world.sittingId).listPeople().keys()];
      await world.ask('desk/sign-in', { sittingId, personId: first!, method: 'list' });
      await end(world, sittingId);
      const report = world.store.reports.getReport(reportId, 1)!;
      expect(Math.abs((report.clock.centreOffset?.ms ?? 0) - HOUR)).toBeLessThan(5_000);
      expect(report.people.filter((p) => p.clockWrong).map((p) => p.personId)).toEqual([first]);
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
