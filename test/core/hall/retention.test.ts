import { compactVerify, importJWK } from 'jose';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readCertificate } from '../../../electron/core/report/destruction-certificate.ts';
import { importPackage } from '../../../electron/core/provisioning/import-package.ts';
import type { Clock } from '../../../electron/core/store/clock.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const DAY = 24 * 3_600_000;
const PACKAGE = 'hn-2026-thu';
const SITTING = `${PACKAGE}/sang`;

/** A clock that a test moves by days; the boot is another one after each move. `awake`: only the monotonic one goes on. */
function daysClock() {
  let days = 0;
  let awakeDays = 0;
  const clock: Clock = {
    now: () => Date.now() + days * DAY,
    stamp: () => ({
      wallMs: Date.now() + days * DAY,
      monoMs: Math.round(performance.now()) + awakeDays * DAY,
      bootId: `day-${days}`,
    }),
  };
  return {
    clock,
    to: (day: number) => void (days = day),
    awake: (day: number) => void (awakeDays = day),
  };
}

/** The PC is right, say two hosts; the province of the test is not. */
function vouch(world: CoreWorld): void {
  for (const host of ['a', 'b']) world.core.hall.clockWatch.note(host, world.store.clock.now());
  world.core.retention.look();
}

async function deliver(world: CoreWorld): Promise<void> {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  for (const person of world.document.roster!.slice(0, 3))
    await world.ask('desk/sign-in', { sittingId: SITTING, personId: person.id, method: 'list' });
  await world.ask('console/end-sitting', { sittingId: SITTING });
  await world.until('delivered', () => world.store.sittings.getSitting(SITTING)?.state === 'delivered', 20_000);
}

const stateOf = async (world: CoreWorld) => {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  const answer = await world.ask('console/keys/retention', {});
  return answer.ok ? answer.sessions[0] : null;
};

test(
  'months off: announced first, then destroyed with a certificate; figures and receipts stay',
  { timeout: 120_000 },
  async () => {
    const time = daysClock();
    await withCore({ people: 8, clock: time.clock }, async (world) => {
      await deliver(world);
      expect(await stateOf(world)).toMatchObject({ state: 'kept' });
      const { reportId } = world.store.sittings.getSitting(SITTING)!;
      const totals = world.store.reports.getReport(reportId, 1)!.totals;
      const sealed = world.store.reports.getSealed(reportId, 1)!;
      expect(totals).toMatchObject({ summoned: 8, came: 3 });
      world.store.outbox.recordReturnCheck({ reportId, revision: 1, nextReturnCheckAt: null });

      time.to(120);
      await world.restart();
      expect(await stateOf(world)).toMatchObject({ state: 'kept' });
      vouch(world);
      expect(await stateOf(world)).toMatchObject({ state: 'warned' });
      expect(world.core.pc.alarms).toContain('retention_warned');
      expect(world.store.people.listPeople(PACKAGE)).toHaveLength(8);
      // A damaged database that was moved aside may hold the same people.
      const aside = path.join(world.dir, 'damaged-2026-12-01T08-00-00.000Z');
      mkdirSync(aside);
      writeFileSync(path.join(aside, 'kiosk.db'), 'x');

      time.to(120 + 8);
      await world.restart();
      expect(await stateOf(world)).toMatchObject({ state: 'warned' });
      vouch(world);
      expect(world.log.filter(({ event }) => event === 'retention_failed')).toEqual([]);
      expect(await stateOf(world)).toMatchObject({ state: 'destroyed' });
      expect(world.store.people.listPeople(PACKAGE)).toEqual([]);
      expect(world.store.attendance.listEvents(SITTING)).toEqual([]);
      expect(world.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 3 });
      expect(world.store.findDamages()).toEqual([]);
      expect(readdirSync(world.dir).filter((name) => name.startsWith('damaged-'))).toEqual([]);
      const kept = world.store.reports.getReport(reportId, 1)!;
      expect(kept).toMatchObject({ totals, people: [], signOff: null });
      expect(world.store.reports.getSealed(reportId, 1)).toMatchObject({ sha256: sealed.sha256 });
      expect(world.store.reports.getSealed(reportId, 1)?.sealed).toHaveLength(0);
      expect(world.store.outbox.getReceipt({ reportId, revision: 1 })).not.toBeNull();

      const jws = world.store.retention.getState(PACKAGE)!.certificate!;
      const header = JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString());
      await compactVerify(jws, await importJWK(header.jwk, 'EdDSA'));
      expect(readCertificate(jws)).toMatchObject({
        packageId: PACKAGE,
        destroyed: { people: 8, entries: 3, reports: 1, files: 1 },
        kept: [{ reportId, revision: 1, sha256: sealed.sha256 }],
      });
      // A return that comes now can only be answered.
      expect(await world.ask('console/report/amend', { sittingId: SITTING })).toMatchObject({
        error: 'data_destroyed',
      });
      expect(await world.ask('console/report/ask-province', { sittingId: SITTING })).toMatchObject({
        error: 'data_destroyed',
      });

      // Nothing brings people back: no command, no other issue of its package.
      const refused = { ok: false, error: 'data_destroyed' };
      expect(await world.ask('console/reopen-sitting', { sittingId: SITTING })).toEqual(refused);
      expect(await world.ask('console/open-sitting', { sittingId: SITTING })).toEqual(refused);
      expect(await world.ask('console/notice', { sittingId: world.sittingId, text: 'Mời ông Trĩ' })).toEqual(refused);
      expect(await world.ask('console/report/remarks', { sittingId: SITTING, text: 'Ông Trĩ' })).toEqual(refused);
      const walkIn = { kind: 'walk_in', name: 'Lò Thị Mẩy' } as const;
      expect(await world.ask('console/people/add', { sittingId: SITTING, ...walkIn })).toEqual(refused);
      expect(await world.ask('console/people/head-count', { sittingId: SITTING, counted: 3 })).toEqual(refused);
      const newer = { ...world.document, issuedAt: new Date(time.clock.now()).toISOString() };
      const imported = await importPackage(world.store, {
        document: newer,
        provenance: 'unsigned',
        keyId: null,
        digest: 'ab'.repeat(32),
      });
      expect(imported).toMatchObject({
        ok: false,
        error: 'data_destroyed',
        vi: expect.stringContaining('đã hủy dữ liệu'),
      });
      expect(world.store.people.listPeople(PACKAGE)).toEqual([]);

      await world.restart();
      expect(await stateOf(world)).toMatchObject({ state: 'destroyed' });
      expect(world.store.findDamages()).toEqual([]);
      expect(world.core.pc.alarms).not.toContain('chain_broken');
    });
  },
);

test(
  'never while a report is owed, returned or amended, nor before the return window closes',
  { timeout: 120_000 },
  async () => {
    const time = daysClock();
    await withCore({ people: 4, clock: time.clock }, async (world) => {
      await deliver(world);
      const { reportId } = world.store.sittings.getSitting(SITTING)!;
      time.to(400);
      // The province may still return it: the check that is planned was not made.
      world.store.outbox.recordReturnCheck({ reportId, revision: 1, nextReturnCheckAt: Date.now() + 900 * DAY });
      await world.restart();
      expect(await stateOf(world)).toMatchObject({ state: 'kept', destroyAt: null });
      world.store.outbox.recordReturnCheck({ reportId, revision: 1, nextReturnCheckAt: null });
      await world.restart();
      vouch(world);
      expect(await stateOf(world)).toMatchObject({ state: 'warned' });
      expect(await world.ask('console/report/amend', { sittingId: SITTING })).toMatchObject({ ok: true });
      await world.restart();
      expect(await stateOf(world)).toMatchObject({ state: 'kept', destroyAt: null });
      time.to(800);
      await world.restart();
      vouch(world);
      expect(await stateOf(world)).toMatchObject({ state: 'kept', destroyAt: null });
      expect(world.store.people.listPeople(PACKAGE)).toHaveLength(4);
      expect(readFileSync(path.join(world.dir, 'kiosk.db')).length).toBeGreaterThan(0);
    });
  },
);

/** Delivered, and the province can no longer return it. */
async function finish(world: CoreWorld): Promise<void> {
  await deliver(world);
  const { reportId } = world.store.sittings.getSitting(SITTING)!;
  world.store.outbox.recordReturnCheck({ reportId, revision: 1, nextReturnCheckAt: null });
}

test('a clock that hosts call wrong destroys nothing', { timeout: 120_000 }, async () => {
  const time = daysClock();
  await withCore({ people: 4, clock: time.clock }, async (world) => {
    await finish(world);
    for (const day of [300, 340]) {
      time.to(day);
      await world.restart();
      await world.core.reports.province.check();
      world.core.retention.look();
      expect(world.core.pc.alarms).toContain('clock_wrong');
    }
    expect(world.store.people.listPeople(PACKAGE)).toHaveLength(4);
  });
});

test('a PC that reaches nobody destroys nothing, whatever its clock says', { timeout: 120_000 }, async () => {
  const time = daysClock();
  await withCore({ people: 4, clock: time.clock }, async (world) => {
    await finish(world);
    await world.intake.stop();
    for (const day of [300, 308, 340, 400, 4_000]) {
      time.to(day);
      await world.restart();
      world.core.retention.look();
      expect(await stateOf(world)).toMatchObject({ state: 'kept' });
    }
    // One host that nobody knows is not enough, and what it says is forgotten.
    world.core.hall.clockWatch.note('a', time.clock.now());
    world.core.retention.look();
    time.to(4_010);
    await world.restart();
    world.core.retention.look();
    expect(await stateOf(world)).toMatchObject({ state: 'kept' });
    expect(world.store.people.listPeople(PACKAGE)).toHaveLength(4);
  });
});

test('time that the kiosk was running counts without anybody, also over restarts', { timeout: 120_000 }, async () => {
  const time = daysClock();
  await withCore({ people: 4, clock: time.clock }, async (world) => {
    await finish(world);
    await world.intake.stop();
    const days = world.document.privacy.retentionDays;
    world.core.retention.look();
    time.awake(days - 10);
    world.core.retention.look();
    expect(await stateOf(world)).toMatchObject({ state: 'kept' });
    await world.restart();
    world.core.retention.look();
    time.awake(days - 5);
    world.core.retention.look();
    expect(await stateOf(world)).toMatchObject({ state: 'warned' });
    // Seven days after it was said, not sooner.
    time.awake(days + 1);
    world.core.retention.look();
    expect(world.store.people.listPeople(PACKAGE)).toHaveLength(4);
    time.awake(days + 3);
    world.core.retention.look();
    expect(world.core.retention.list()).toMatchObject([{ state: 'destroyed' }]);
    expect(world.store.people.listPeople(PACKAGE)).toEqual([]);
  });
});
