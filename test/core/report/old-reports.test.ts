import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCourier, systemCourierClock } from '../../../electron/core/delivery/courier.ts';
import { defaultPolicy } from '../../../electron/core/delivery/schedule.ts';
import { oldFolder, openOldFolder } from '../../support/old-data-folder.ts';

test('a report sealed by the version before is read, and its bytes leave as they were sealed', async () => {
  const old = openOldFolder();
  try {
    const { store } = old;
    const { reportId } = store.sittings.getSitting(oldFolder.sittings[0].id)!;
    const held = store.reports.getSealed(reportId, 1)!;
    expect(createHash('sha256').update(held.sealed).digest('hex')).toBe(held.sha256);
    const report = store.reports.getReport(reportId, 1);
    expect(report).toMatchObject({ format: 'session-report/2', reportId, log: { chain: { state: 'not_checked' } } });
    const { present, absentUnexcused } = oldFolder.sittings[0].totals;
    expect(report?.totals).toMatchObject({ present, absentUnexcused, substituted: 0 });

    const sent: Uint8Array[] = [];
    const courier = createCourier({
      outbox: store.outbox,
      clock: systemCourierClock,
      random: () => 0.9,
      policy: defaultPolicy(0),
      send: async ({ bytes }) => {
        sent.push(Uint8Array.from(bytes));
        return { ok: false, failure: 'busy', cause: 'busy', httpStatus: 503, retryAfterMs: 3_600_000, detail: '' };
      },
    });
    courier.start();
    courier.sendNow();
    await expect.poll(() => sent.length).toBe(1);
    await courier.stop();
    expect(Buffer.from(sent[0]!)).toEqual(Buffer.from(held.sealed));
  } finally {
    old.close();
  }
});
