import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSealedReport } from '../../../electron/core/report/seal.ts';
import { JOSE_TYPE, type SessionReport } from '../../../electron/contract/report.ts';
import { noteCentreClock } from '../../../electron/core/store/centre-clock.ts';
import { sealSitting } from '../../../electron/core/report/sealer.ts';
import { makeSealBed, type SealBed } from '../../bench/seal-bed.ts';

let bed: SealBed;
beforeEach(async () => {
  bed = await makeSealBed(10);
});
afterEach(() => bed.close());

const current = () => bed.store.sittings.getSitting(bed.sitting.id)!;

async function seal(revision: number): Promise<SessionReport> {
  await sealSitting(bed.sealer, current());
  const report = bed.store.reports.getReport(bed.sitting.reportId, revision);
  if (!report) throw new Error('nothing sealed');
  return report;
}

/** Takes the end back as the hall does, and ends the sitting once more. */
function reopen(by: 'broadcast' | 'technician' | 'chair' | null, reason: string | null, at = Date.now()): void {
  const { sittings } = bed.store;
  sittings.recordStep(bed.sitting.id, current().state, 'open', { endedAt: null, endedBy: null });
  if (by) sittings.recordReopening(bed.sitting.id, { at, by, reason });
  sittings.recordStep(bed.sitting.id, 'open', 'ended', { endedAt: Date.now(), endedBy: 'technician' });
}

test('a sitting re-opened by hand is sealed with the hand’s reason, not with a broadcast that went on', async () => {
  await seal(1);
  reopen('chair', 'Còn phần thảo luận');
  const second = await seal(2);
  expect(second.amendment).toMatchObject({
    cause: 'by_hand',
    reason: 'Còn phần thảo luận',
    by: { role: 'chair', name: null },
  });
  expect(second.sitting.reopenings).toMatchObject([{ cause: 'by_hand', reason: 'Còn phần thảo luận' }]);
});

test('a broadcast that went on is said only where the hall saw it', async () => {
  await seal(1);
  reopen('broadcast', null);
  expect((await seal(2)).amendment).toMatchObject({ cause: 'broadcast_returned', by: { role: 'kiosk' } });
  // The next end was taken back by nobody who said so: the old cause is not used again.
  reopen(null, null);
  expect((await seal(3)).amendment).toMatchObject({ cause: 'not_recorded', by: { role: 'unknown' } });
});

test('a clock that was wrong at the re-opening does not make an old cause new, nor a new one old', async () => {
  const year = 365 * 86_400_000;
  reopen('broadcast', null, Date.now() + year);
  expect((await seal(1)).amendment).toBeUndefined();
  reopen('technician', 'Bấm nhầm', Date.now() - year);
  expect((await seal(2)).amendment).toMatchObject({ cause: 'by_hand', reason: 'Bấm nhầm' });
});

test('every end taken back before the first sealing stands in revision 1', async () => {
  reopen('technician', 'Bấm nhầm');
  reopen('broadcast', null);
  const first = await seal(1);
  expect(first.amendment).toBeUndefined();
  expect(first.sitting.reopenings.map((r) => r.cause)).toEqual(['by_hand', 'broadcast_returned']);
});

test('what is sealed is the format that the province takes; what is kept is the whole report', async () => {
  const { session } = bed;
  const delivery = { ...session.document.delivery, reportFormats: ['session-report/1'] };
  bed.sealer.session = { ...session, document: { ...session.document, delivery } };
  const report = await seal(1);
  expect(report.format).toBe('session-report/2');
  const { sealed } = bed.store.reports.getSealed(bed.sitting.reportId, 1)!;
  const opened = await openSealedReport(sealed, bed.provincePrivateKey, { expectTyp: JOSE_TYPE.report });
  expect(opened).toMatchObject({ ok: true, value: { report: { format: 'session-report/1' } } });
});

test('the chain is verified when sealing, and the report says at which row it is broken', async () => {
  expect((await seal(1)).log.chain).toEqual({
    state: 'verified',
    brokenAtSeq: null,
    method: 'hash',
    keyedFromSeq: null,
  });
  bed.store.attendance.verifyNewEvents = () => ({ ok: false, error: 'broken_chain', seq: 4 });
  reopen('technician', null);
  expect((await seal(2)).log.chain).toMatchObject({ state: 'broken', brokenAtSeq: 4 });
});

test('the centre’s clock of the sitting stands in its report, though nobody watches when it is sealed', async () => {
  expect((await seal(1)).clock.centreOffset).toBeNull();
  noteCentreClock(bed.store, bed.sitting.id, { ms: -400, hosts: 1 });
  noteCentreClock(bed.store, bed.sitting.id, { ms: -500, hosts: 1 });
  noteCentreClock(bed.store, bed.sitting.id, { ms: -520, hosts: 2 });
  noteCentreClock(bed.store, `${bed.sitting.id}-chieu`, { ms: 99_000, hosts: 2 });
  reopen('technician', null);
  const report = await seal(2);
  expect(report.clock.centreOffset).toMatchObject({ ms: -520, hosts: 2 });
  expect(report.people.some((p) => p.clockWrong)).toBe(false);
});

test('people signed in under a clock an hour off are marked, also when the clock was put right before the end', async () => {
  // The bed signed them in with this boot's clock: the centre says that it was an hour behind.
  noteCentreClock(bed.store, bed.sitting.id, { ms: 3_600_000, hosts: 2 });
  const report = await seal(1);
  const signedIn = report.people.filter((p) => p.arrivedAt !== null);
  expect(signedIn.length).toBeGreaterThan(5);
  expect(report.people.filter((p) => p.clockWrong)).toEqual(signedIn);
});
