import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SessionPackage } from '../../../electron/contract/session-package.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const CHAIR = { name: 'Nguyễn Văn Mẫu', position: 'Bí thư Đảng ủy' };
const withChairPin = (document: SessionPackage): SessionPackage => ({
  ...document,
  access: { technicianPin: '123456', chairPin: '654321' },
});

async function open(world: CoreWorld): Promise<{ sittingId: string; reportId: string }> {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  const { id, reportId } = world.core.hall.sitting!;
  return { sittingId: id, reportId };
}

async function sign(world: CoreWorld, json: Record<string, unknown>) {
  const sittingId = world.core.hall.sitting!.id;
  return world.ask('console/report/sign-off', { sittingId, pin: '654321', ...CHAIR, ...json });
}

async function end(world: CoreWorld, sittingId: string): Promise<void> {
  await world.ask('console/end-sitting', { sittingId });
  await world.until('delivery', () => world.store.sittings.getSitting(sittingId)?.state === 'delivered');
}

test('a sign-off before the end goes into revision 1, with the remarks', async () => {
  await withCore({ people: 3, package: withChairPin }, async (world) => {
    const { sittingId, reportId } = await open(world);
    const signed = await sign(world, { remarks: '  Hội trường đầy đủ.  ' });
    expect(signed).toEqual({ ok: true, revision: null, pending: true });
    await end(world, sittingId);
    const report = await world.intake.getOpened(reportId, 1);
    expect(report).toMatchObject({ revision: 1, signOff: CHAIR, remarks: 'Hội trường đầy đủ.' });
    expect(world.store.reports.listRevisions(reportId)).toHaveLength(1);
  });
});

test('a sign-off after the sealing waits for the next revision, or makes one when that is asked', async () => {
  await withCore({ people: 3, package: withChairPin }, async (world) => {
    const { sittingId, reportId } = await open(world);
    await end(world, sittingId);
    expect(await sign(world, {})).toEqual({ ok: true, revision: null, pending: true });
    const shown = await world.ask('console/report/view', { sittingId, revision: 1 });
    expect(shown).toMatchObject({
      ok: true,
      report: { signOff: null, pending: { signOff: CHAIR }, signOffPin: 'chair' },
    });

    expect(await sign(world, { makeRevision: true })).toEqual({ ok: true, revision: 2, pending: false });
    world.core.reports.courier.sendNow();
    await world.until('second', () => world.intake.listReports().length === 2);
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({
      signOff: CHAIR,
      amendment: { cause: 'sign_off', reason: null, by: { role: 'chair', name: CHAIR.name } },
    });
  });
});

test('the same confirmation said again is nothing new: no revision, no open amendment, nothing that waits', async () => {
  await withCore({ people: 3, package: withChairPin }, async (world) => {
    const { sittingId, reportId } = await open(world);
    await end(world, sittingId);
    expect(await sign(world, { makeRevision: true, remarks: 'Đủ.' })).toMatchObject({ revision: 2, pending: false });
    const isAsItWas = async (): Promise<void> => {
      expect(world.store.reports.listRevisions(reportId)).toHaveLength(2);
      expect(world.store.sittings.getSitting(sittingId)?.state).not.toBe('amended');
      const shown = await world.ask('console/report/view', { sittingId, revision: 2 });
      expect(shown).toMatchObject({ report: { signOff: CHAIR, pending: { signOff: null, remarks: null } } });
    };
    for (const makeRevision of [false, true])
      for (const remarks of ['Đủ.', undefined]) {
        expect(await sign(world, { makeRevision, remarks })).toEqual({ ok: true, revision: 2, pending: false });
        await isAsItWas();
      }
    expect(await world.core.reports.amendments.sealSignOff(sittingId, 'chair', CHAIR.name)).toEqual({
      ok: false,
      error: 'nothing_changed',
    });
    await isAsItWas();
    // Other words are another confirmation.
    expect(await sign(world, { remarks: 'Đủ cả.' })).toEqual({ ok: true, revision: null, pending: true });
    expect(await sign(world, { makeRevision: true, remarks: 'Đủ cả.' })).toMatchObject({ revision: 3 });
  });
});

test('what the technician’s PIN confirmed is confirmed anew by the chair’s, also after a restart; said again it is nothing new', async () => {
  await withCore({ people: 3 }, async (world) => {
    const { sittingId, reportId } = await open(world);
    await end(world, sittingId);
    const byTechnician = { pin: '123456', makeRevision: true };
    expect(await sign(world, byTechnician)).toEqual({ ok: true, revision: 2, pending: false });
    expect(await sign(world, byTechnician)).toEqual({ ok: true, revision: 2, pending: false });
    await world.ask('console/set-pin', { role: 'chair', pin: '654321', current: '123456' });
    await world.restart();
    await open(world);
    for (let again = 0; again < 2; again += 1)
      expect(await sign(world, { makeRevision: true })).toEqual({ ok: true, revision: 3, pending: false });
    const roleOf = (revision: number) => world.store.reports.getReport(reportId, revision)?.signOff?.role;
    expect([2, 3].map(roleOf)).toEqual(['technician', 'chair']);
    expect(world.store.sittings.getSitting(sittingId)?.state).not.toBe('amended');
  });
});

test('what the province sent back is confirmed again in a revision of its own', async () => {
  await withCore({ people: 3, package: withChairPin }, async (world) => {
    const { sittingId, reportId } = await open(world);
    await sign(world, {});
    await end(world, sittingId);
    await world.intake.askReturn(reportId, 'Thiếu chữ ký');
    await world.ask('console/report/ask-province', { sittingId });
    expect(await sign(world, { makeRevision: true })).toEqual({ ok: true, revision: 2, pending: false });
  });
});

test('an amendment begun after a late sign-off can still be given up: the sign-off is not its work', async () => {
  await withCore({ people: 2, package: withChairPin }, async (world) => {
    const { sittingId } = await open(world);
    await end(world, sittingId);
    await sign(world, {});
    const begun = await world.ask('console/report/amend', { sittingId: world.sittingId });
    expect(begun).toMatchObject({ ok: true, amendment: { cancellable: true, changes: [{ code: 'signOff' }] } });
    expect(await world.ask('console/report/amend/cancel', { sittingId: world.sittingId })).toMatchObject({ ok: true });
  });
});

test('a wrong PIN signs nothing, the technician’s PIN is not the chair’s, and guessing is slowed down', async () => {
  await withCore({ people: 2, package: withChairPin }, async (world) => {
    const { sittingId } = await open(world);
    for (const pin of ['000000', '123456', '000001', '000002'])
      expect(await sign(world, { pin })).toMatchObject({ ok: false, error: 'wrong_pin', retryAfterMs: 0 });
    expect(await sign(world, { pin: '000003' })).toEqual({ ok: false, error: 'wrong_pin', retryAfterMs: 15_000 });
    expect(await sign(world, {})).toMatchObject({ ok: false, error: 'locked_out' });
    expect(world.store.reports.getNotes(sittingId).signOff).toBeNull();
  });
});

test('where no chair PIN exists the technician’s PIN signs', async () => {
  await withCore({ people: 2 }, async (world) => {
    await open(world);
    expect(await sign(world, {})).toMatchObject({ ok: false, error: 'wrong_pin' });
    expect(await sign(world, { pin: '123456' })).toMatchObject({ ok: true });
  });
});

test('names and remarks of people stand nowhere in the database in clear', async () => {
  await withCore({ people: 2, package: withChairPin }, async (world) => {
    const { sittingId } = await open(world);
    await sign(world, { name: 'Hoàng Thị Bí Mật', remarks: 'Ghi chú kín đáo' });
    await end(world, sittingId);
    for (const file of ['kiosk.db', 'kiosk.db-wal']) {
      const stored = path.join(world.dir, file);
      if (!existsSync(stored)) continue;
      const bytes = readFileSync(stored);
      expect(bytes.includes('Bí Mật')).toBe(false);
      expect(bytes.includes('kín đáo')).toBe(false);
    }
    expect(world.store.reports.getNotes(sittingId).remarks).toBe('Ghi chú kín đáo');
  });
});

test('half a character, as a broken keyboard or a cut text gives it, keeps no report from being sealed', async () => {
  await withCore({ people: 3, package: withChairPin }, async (world) => {
    const { sittingId, reportId } = await open(world);
    expect(await sign(world, { remarks: 'Tốt \ud83d', name: 'Nguyễn Văn Mẫu\udc00' })).toMatchObject({ ok: true });
    await end(world, sittingId);
    expect(await world.intake.getOpened(reportId, 1)).toMatchObject({
      remarks: 'Tốt \ufffd',
      signOff: { name: 'Nguyễn Văn Mẫu\ufffd' },
    });
    expect(await world.ask('console/report/view', { sittingId, revision: 1 })).toMatchObject({ ok: true });
    expect(await world.ask('console/report/amend', { sittingId })).toMatchObject({ ok: true });
  });
});
