import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withCore } from '../support/with-core.ts';

test('a person found without diacritics signs in, and a second time is told when the first was', async () => {
  await withCore({ people: 40 }, async (world) => {
    const { store, core, sittingId } = world;
    const person = [...core.hall.register(sittingId).listPeople().values()][0]!;
    const plain = person.name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D')
      .toLowerCase();
    const found = await world.ask('desk/search', { sittingId: world.sittingId, query: plain });
    if (!found.ok) throw new Error(found.error);
    expect(found.people.map((p) => p.personId)).toContain(person.id);

    const first = await world.ask('desk/sign-in', {
      sittingId: world.sittingId,
      personId: person.id,
      method: 'search',
    });
    expect(first).toMatchObject({ ok: true, outcome: 'signed_in', ordinal: 1 });
    const again = await world.ask('desk/sign-in', {
      sittingId: world.sittingId,
      personId: person.id,
      method: 'search',
    });
    expect(again).toMatchObject({ ok: false, error: 'already_signed_in', firstAt: first.ok ? first.at : 0 });
    expect(store.attendance.verifyChain()).toMatchObject({ ok: true, events: 1 });
  });
});

test('two stations signing in one person at the same moment make one arrival', async () => {
  await withCore({ people: 10 }, async (world) => {
    const { store, core, sittingId } = world;
    const id = [...core.hall.register(sittingId).listPeople().keys()][3]!;
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () =>
        world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id, method: 'search' }),
      ),
    );
    expect(answers.filter((a) => a.ok)).toHaveLength(1);
    expect(store.attendance.getLogHead().events).toBe(1);
  });
});

test('a sitting ended on the console is sealed, delivered once, and the province opens the same totals', async () => {
  await withCore({ people: 12 }, async (world) => {
    const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()];
    for (const id of ids.slice(0, 7))
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id, method: 'list' });
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const sitting = world.core.hall.sitting!;
    const ended = await world.ask('console/end-sitting', { sittingId: sitting.id });
    expect(ended).toEqual({ ok: true });
    await world.until('delivery', () => world.intake.listReports().length === 1);
    await world.until('receipt stored', () => world.core.hall.conductor.list()[0]?.state === 'delivered');
    const report = await world.intake.getOpened(sitting.reportId, 1);
    expect(report).toMatchObject({
      rehearsal: false,
      totals: { summoned: 12, present: 7, absentUnexcused: 5 },
      sitting: { id: 'sang', endedBy: 'technician' },
    });
    expect(report?.log.events).toBe(7);
    const [status] = world.store.outbox.listStatuses('hn-2026-thu');
    expect(status).toMatchObject({ state: 'delivered', attempts: 1 });
  });
});

test('after the end nobody signs in any more', async () => {
  await withCore({ people: 3 }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('console/end-sitting', { sittingId: world.core.hall.sitting!.id });
    const id = [...world.core.hall.register(world.sittingId).listPeople().keys()][0]!;
    const answer = await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id, method: 'search' });
    expect(answer).toEqual({ ok: false, error: 'closed' });
  });
});

test('a restart in the middle of a sitting goes on with the same count and the same report', async () => {
  await withCore({ people: 9 }, async (world) => {
    const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()];
    for (const id of ids.slice(0, 4))
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: id, method: 'search' });
    const before = world.core.hall.sitting!;
    await world.restart();
    expect(world.core.hall.sitting).toMatchObject({
      id: before.id,
      state: 'open',
      reportId: before.reportId,
    });
    expect(world.core.hall.register(world.sittingId).getTotals().present).toBe(4);
    const answer = await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: ids[0]!, method: 'search' });
    expect(answer).toMatchObject({ ok: false, error: 'already_signed_in' });
  });
});

test('a core stopped between the end and the delivery delivers after its next start, once', async () => {
  let open = false;
  const provinceFaults = {
    beforeRequest: async (_request: unknown, response: { writeHead(s: number): { end(): void } }) => {
      if (open) return false;
      response.writeHead(503).end();
      return true;
    },
  };
  await withCore({ people: 4, provinceFaults }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.ask('console/end-sitting', { sittingId: world.core.hall.sitting!.id });
    await world.until('a failed try', () => (world.store.outbox.listStatuses('hn-2026-thu')[0]?.attempts ?? 0) >= 1);
    open = true;
    await world.restart();
    world.core.reports.courier.sendNow();
    await world.until('delivery', () => world.store.outbox.listStatuses('hn-2026-thu')[0]?.state === 'delivered');
    expect(world.intake.listReports()).toHaveLength(1);
  });
});

test('a process that stopped its core ends by itself: no handle is left', () => {
  const script = path.resolve(import.meta.dirname, '../support/core-lifetime.ts');
  const run = spawnSync(process.execPath, ['--no-warnings', script], { encoding: 'utf8', timeout: 15_000 });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('stopped\n');
  expect({ status: run.status, killed: run.signal }).toEqual({ status: 0, killed: null });
});
