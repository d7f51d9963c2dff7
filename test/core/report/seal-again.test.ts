import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { journalOf } from '../../../electron/core/store/database.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { createCourier, systemCourierClock } from '../../../electron/core/delivery/courier.ts';
import { defaultPolicy } from '../../../electron/core/delivery/schedule.ts';
import { openSealedReport } from '../../../electron/core/report/seal.ts';
import { sealAgain } from '../../../electron/core/report/seal-again.ts';
import { sealSitting } from '../../../electron/core/report/sealer.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { makeSealBed, type SealBed } from '../../bench/seal-bed.ts';

let bed: SealBed;
beforeEach(async () => {
  bed = await makeSealBed(6);
  await sealSitting(bed.sealer, bed.sitting);
});
afterEach(() => bed.close());

/** Changes the file while nobody has it open; there is no second copy to take it from. */
function damage(column: 'sealed' | 'sha256' | 'payload'): void {
  bed.store.close();
  rmSync(journalOf(bed.file));
  const db = new Database(bed.file);
  db.exec('DROP TRIGGER IF EXISTS report_no_update');
  const held = db.prepare(`SELECT ${column} FROM report`).pluck().get();
  const bytes = Buffer.from(held as Buffer | string);
  bytes[bytes.length >> 1]! ^= 1;
  db.prepare(`UPDATE report SET ${column} = ?`).run(typeof held === 'string' ? bytes.toString('latin1') : bytes);
  db.close();
  const opened = Store.open({ file: bed.file, keys: bed.storeKeys });
  if (!opened.ok) throw new Error(opened.error);
  bed.store = opened.store;
}

/** What reaches the line within a moment. */
async function send(): Promise<{ bytes: Uint8Array; sha256: string }[]> {
  const { store } = bed;
  const sent: { bytes: Uint8Array; sha256: string }[] = [];
  const courier = createCourier({
    outbox: store.outbox,
    clock: systemCourierClock,
    random: () => 0.9,
    policy: defaultPolicy(0),
    sealAgain: (id) => sealAgain(store, bed.deviceKey, id),
    send: async ({ bytes, sha256 }) => {
      sent.push({ bytes, sha256 });
      return { ok: false, failure: 'busy', cause: 'busy', httpStatus: 503, retryAfterMs: 3_600_000, detail: '' };
    },
  });
  courier.start();
  courier.sendNow();
  await expect.poll(() => sent.length > 0 || store.outbox.listQueued()[0]?.lastFailure === 'damaged').toBe(true);
  await courier.stop();
  return sent;
}

test.each(['sealed', 'sha256'] as const)(
  'one wrong bit in "%s" is noticed before anything is sent, and the same report is sealed again',
  async (column) => {
    const { reportId } = bed.sitting;
    const before = bed.store.reports.getSealed(reportId, 1)!;
    const report = bed.store.reports.getReport(reportId, 1);
    damage(column);
    const [sent, ...more] = await send();
    expect(more).toEqual([]);
    expect(createHash('sha256').update(sent!.bytes).digest('hex')).toBe(sent!.sha256);
    expect(sent!.sha256).not.toBe(before.sha256);
    const opened = await openSealedReport(sent!.bytes, bed.provincePrivateKey, { expectTyp: JOSE_TYPE.report });
    expect(opened.ok && bed.store.reports.getReport(reportId, 1)).toEqual(report);
    expect(opened).toMatchObject({ ok: true, value: { report: { reportId, revision: 1 } } });
    expect(bed.store.reports.listRevisions(reportId)).toMatchObject([{ revision: 1, sha256: sent!.sha256 }]);
    // Made once: the next try sends the same bytes.
    expect((await send()).map((s) => s.sha256)).toEqual([sent!.sha256]);
  },
);

test('bytes that are whole are sent as they are, also when the kept report is damaged', async () => {
  const before = bed.store.reports.getSealed(bed.sitting.reportId, 1)!;
  damage('payload');
  expect((await send()).map((s) => s.sha256)).toEqual([before.sha256]);
});

test('with bytes and kept report both damaged nothing is sent, and the status says so', async () => {
  damage('sealed');
  damage('payload');
  expect(await send()).toEqual([]);
  const id = { reportId: bed.sitting.reportId, revision: 1 };
  expect(bed.store.outbox.getStatus(id)).toMatchObject({ state: 'waiting', lastFailure: 'damaged' });
});
