import path from 'node:path';
import { expect, test } from 'vitest';
import { createIntake } from '../../electron/core/rehearsal/intake.ts';
import { makePackage } from '../support/make-package.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const HOUR = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();

/** Another conference, of another province. */
async function otherProvince(world: CoreWorld) {
  const intake = createIntake({ dir: path.join(world.dir, 'province-b'), rehearsal: false });
  const { endpoint } = await intake.start();
  const document = makePackage(intake, endpoint, { people: 3, overrides: { packageId: 'hn-khac' } });
  return { intake, document };
}

async function signIn(world: CoreWorld, count: number): Promise<void> {
  const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()].slice(0, count);
  for (const personId of ids)
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'search' });
}

test('a report still owed goes to the province of its own package after the next one was started', async () => {
  let closed = true;
  const provinceFaults = {
    beforeRequest: async (_request: unknown, response: { writeHead(s: number): { end(): void } }) => {
      if (closed) response.writeHead(503).end();
      return closed;
    },
  };
  await withCore({ people: 5, provinceFaults }, async (world) => {
    const b = await otherProvince(world);
    try {
      await signIn(world, 2);
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      await world.ask('console/end-sitting', { sittingId: world.core.hall.sitting!.id });
      await world.until('a failed try', () => (world.store.outbox.listStatuses('hn-2026-thu')[0]?.attempts ?? 0) > 0);
      await world.restart(b.document);
      closed = false;
      world.core.reports.courier.sendNow();
      await world.until('delivery to A', () => world.intake.listReports().length === 1);
      expect(b.intake.listReports()).toEqual([]);
    } finally {
      await b.intake.stop();
    }
  });
});

test('a sitting that a switched-off PC left open is ended, sealed and sent at the next start with another package', async () => {
  const now = Date.now();
  const sitting = {
    opensAt: at(now - 3 * HOUR),
    startsAt: at(now - 3 * HOUR),
    endsAt: at(now + 2_000),
    endGraceMinutes: 1,
  };
  await withCore({ people: 5, sitting }, async (world) => {
    const b = await otherProvince(world);
    try {
      await signIn(world, 3);
      // The day after.
      const later = makePackage(world.intake, world.endpoint, {
        people: 5,
        sitting: { ...sitting, endsAt: at(now - HOUR) },
        overrides: { issuedAt: at(now) },
      });
      await world.restart(later);
      expect(world.core.hall.sitting?.state).toBe('open');
      const { lastSignOfLifeAt, starts } = world.store.sittings.getLife('hn-2026-thu/sang');
      expect(starts).toBe(2);
      await world.restart(b.document);
      await world.until('the sealing of A', () => world.store.outbox.listQueued().length === 1);
      world.core.reports.courier.sendNow();
      await world.until('the report of A', () => world.intake.listReports().length === 1);
      const [listed] = world.intake.listReports();
      const report = await world.intake.getOpened(listed!.reportId, 1);
      expect(report).toMatchObject({ totals: { present: 3, summoned: 5 }, sitting: { endedBy: 'schedule' } });
      // It ended when somebody was last seen in it, and not with the start that found it.
      expect(world.store.sittings.getSitting('hn-2026-thu/sang')?.endedAt).toBe(lastSignOfLifeAt);
      const life = world.store.sittings.getLife('hn-2026-thu/sang');
      expect(life).toMatchObject({ endIs: 'last_sign_of_life', lastSignOfLifeAt });
      expect(life.endRecordedAt).toBeGreaterThan(lastSignOfLifeAt!);
    } finally {
      await b.intake.stop();
    }
  });
});

test('a sitting left open whose time is not yet over when another package starts is sealed when it is, without another start', async () => {
  const now = Date.now();
  const sitting = { opensAt: at(now - HOUR), startsAt: at(now - HOUR), endsAt: at(now - 45_000), endGraceMinutes: 1 };
  await withCore({ people: 5, sitting }, async (world) => {
    const b = await otherProvince(world);
    try {
      await signIn(world, 2);
      await world.restart(b.document);
      const state = () => world.store.sittings.getSitting('hn-2026-thu/sang')?.state;
      expect(state()).toBe('open');
      await world.until('the sealing of A', () => state() === 'sealed', 30_000);
    } finally {
      await b.intake.stop();
    }
  });
}, 60_000);

test('a newer issue may drop, add and re-order sittings while one is running', async () => {
  await withCore({ people: 4 }, async (world) => {
    const now = Date.now();
    const plan = (id: string, startsAt: number, source: string) => ({
      id,
      title: id,
      opensAt: at(startsAt - 60_000),
      startsAt: at(startsAt),
      endsAt: at(startsAt + HOUR),
      sources: [{ id: 's', url: `http://127.0.0.1:59999/${source}.m3u8` }],
    });
    const base = (issuedMinutes: number, sittings: unknown[]) =>
      makePackage(world.intake, world.endpoint, {
        people: 4,
        overrides: { issuedAt: at(now + issuedMinutes * 60_000), sittings },
      });
    await world.restart(base(1, [plan('sang', now, 'sang'), plan('chieu', now + 5 * HOUR, 'chieu')]));
    const running = world.core.hall.sitting!;
    expect(running).toMatchObject({ id: 'hn-2026-thu/sang', state: 'open' });
    await world.restart(base(2, [plan('som', now - 9 * HOUR, 'som'), plan('sang', now, 'sang-moi')]));
    const { conductor } = world.core.hall;
    expect(conductor.current?.id).toBe(running.id);
    expect(conductor.planOf(conductor.current!).sources[0]?.url).toContain('sang-moi');
    expect(conductor.list().map((s) => s.id)).toEqual(['hn-2026-thu/som', 'hn-2026-thu/sang']);
    // The running one is no longer listed at all: it keeps its picture and its report.
    await world.restart(base(3, [plan('toi', now + 9 * HOUR, 'toi')]));
    expect(world.core.hall.sitting).toMatchObject({ id: running.id, reportId: running.reportId });
    expect(world.core.hall.conductor.planOf(running).sources).toHaveLength(1);
  });
});

test('an end by mistake is taken back, and the next end makes the second revision', async () => {
  await withCore({ people: 6 }, async (world) => {
    await signIn(world, 2);
    const sittingId = world.core.hall.sitting!.id;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('console/end-sitting', { sittingId });
    await world.until('the first report', () => world.core.hall.sitting?.state === 'delivered');
    const { reportId } = world.core.hall.sitting!;
    expect(await world.ask('console/reopen-sitting', { sittingId })).toEqual({ ok: true });
    await signIn(world, 4);
    await world.ask('console/end-sitting', { sittingId });
    await world.until('the second sealing', () => world.store.reports.getLastRevision(reportId) === 2);
    world.core.reports.courier.sendNow();
    await world.until('the second report', () => world.intake.listReports().length === 2);
    expect(await world.intake.getOpened(reportId, 1)).toMatchObject({ totals: { present: 2 } });
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({ revision: 2, totals: { present: 4 } });
  });
});
