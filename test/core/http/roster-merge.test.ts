import { expect, test, vi } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A name that stands on the list, once more as a walk-in; both sign in. */
async function withTwice(body: (world: CoreWorld, ids: { listed: string; walkIn: string }) => Promise<void>) {
  await withCore({ people: 6 }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const [first] = world.document.roster!;
    const added = await world.ask('console/people/add', {
      sittingId: world.sittingId,
      kind: 'walk_in',
      name: first!.name,
      notDuplicate: true,
    });
    if (!added.ok) throw new Error(added.error);
    await signIn(world, first!.id);
    await body(world, { listed: first!.id, walkIn: added.person.personId });
  });
}
const signIn = (world: CoreWorld, personId: string) =>
  world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'search' });
const totals = (world: CoreWorld) => world.core.hall.register(world.sittingId).getTotals();
const packageId = (world: CoreWorld) => world.document.packageId;

test('two entries that both have records are offered, shown with numbers, and merged only when it is said what counts', async () => {
  await withTwice(async (world, { listed, walkIn }) => {
    const ids = { packageId: packageId(world), keepId: listed, dropId: walkIn };
    const doubles = await world.ask('console/roster/doubles', {});
    expect(doubles).toMatchObject({ ok: true, groups: [[{ inLog: true }, { inLog: true }]] });
    const before = totals(world);
    const firstAt = world.core.hall.register(world.sittingId).getStatus(walkIn)!.arrivedAt!;
    expect(await world.ask('console/roster/merge-look', ids)).toMatchObject({
      ok: true,
      isAsked: true,
      sittings: [
        {
          now: { summoned: 6, came: 2 },
          after: { both: { summoned: 6, came: 1 }, kept: { summoned: 6, came: 1 } },
          as: { both: { arrivedAt: firstAt } },
        },
      ],
    });
    expect(totals(world)).toEqual(before);
    expect(await world.ask('console/roster/merge', ids)).toEqual({ ok: false, error: 'both_in_log' });
    expect(await world.ask('console/roster/merge', { ...ids, count: 'both' })).toMatchObject({ ok: true });
    const events = world.store.attendance.listEvents(world.sittingId).length;
    // The one person came when the first of the two entries says, and cannot come again under either id.
    for (const id of [listed, walkIn])
      expect(await signIn(world, id)).toMatchObject({
        ok: false,
        error: 'already_signed_in',
        firstAt,
        person: { personId: listed },
      });
    expect(world.store.attendance.listEvents(world.sittingId)).toHaveLength(events);
    expect(totals(world)).toMatchObject({ summoned: 6, present: 1, walkIns: 0, came: 1 });
    expect(await world.ask('console/roster/doubles', {})).toMatchObject({ groups: [] });
    expect(world.core.hall.factsOf(world.core.hall.sitting!).people.map(({ id }) => id)).not.toContain(walkIn);
    await world.restart();
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    expect(totals(world)).toMatchObject({ summoned: 6, present: 1, walkIns: 0, came: 1 });
    // Undoing the presence takes back what both entries say; a newer package leaves the merge as it is.
    const undo = { sittingId: world.sittingId, personId: listed, what: 'arrival' as const, reason: 'nhầm' };
    expect(await world.ask('console/people/undo', undo)).toMatchObject({ ok: true, undone: 3 });
    expect(totals(world)).toMatchObject({ summoned: 6, present: 0, came: 0 });
    expect(await signIn(world, walkIn)).toMatchObject({ ok: true, person: { personId: listed } });
    const issuedAt = new Date(Date.parse(world.document.issuedAt) + 1000).toISOString();
    await world.restart({ ...world.document, issuedAt });
    expect(totals(world)).toMatchObject({ summoned: 6, present: 1, walkIns: 0, came: 1 });
  });
});

test('the walk-in can be the entry that stays: it is summoned then; taking the merge back gives both their records again', async () => {
  await withTwice(async (world, { listed, walkIn }) => {
    const before = totals(world);
    const ids = { packageId: packageId(world), keepId: walkIn, dropId: listed, count: 'kept' as const };
    const done = await world.ask('console/roster/merge', ids);
    if (!done.ok) throw new Error(done.error);
    const register = world.core.hall.register(world.sittingId);
    expect(totals(world)).toMatchObject({ summoned: 6, present: 1, walkIns: 0, came: 1 });
    expect(register.getPerson(listed)).toMatchObject({ id: walkIn, kind: 'summoned' });
    const hits = await world.ask('desk/search', {
      sittingId: world.sittingId,
      query: register.getPerson(walkIn)!.name,
    });
    if (!hits.ok) throw new Error(hits.error);
    expect(hits.people.map(({ personId }) => personId)).not.toContain(listed);
    const undone = { packageId: packageId(world), importId: done.importId };
    expect(await world.ask('console/roster/undo', undone)).toMatchObject({ ok: true, restored: 2, stayed: 0 });
    expect(totals(world)).toEqual(before);
    expect(world.core.hall.register(world.sittingId).getPerson(listed)).toMatchObject({ id: listed });
  });
});

test("the package's own list ends a merge too, and substitutes and supervisors are not merged", async () => {
  await withTwice(async (world, { listed, walkIn }) => {
    const before = totals(world);
    const ids = { packageId: packageId(world), keepId: walkIn, dropId: listed, count: 'both' as const };
    expect(await world.ask('console/roster/merge', ids)).toMatchObject({ ok: true });
    expect(await world.ask('console/roster/merge', ids)).toMatchObject({ ok: false, error: 'not_on_list' });
    expect(await world.ask('console/roster/restore', { packageId: packageId(world), removals: 0 })).toMatchObject({
      ok: true,
    });
    expect(totals(world)).toEqual(before);
    const supervisor = await world.ask('console/people/add', {
      sittingId: world.sittingId,
      kind: 'supervisor',
      name: 'Ma Thị Là',
      notDuplicate: true,
    });
    if (!supervisor.ok) throw new Error(supervisor.error);
    const pair = { packageId: packageId(world), keepId: listed, dropId: supervisor.person.personId };
    expect(await world.ask('console/roster/merge', pair)).toEqual({ ok: false, error: 'not_mergeable' });
    expect(await world.ask('console/roster/merge-look', pair)).toEqual({ ok: false, error: 'not_mergeable' });
    expect(await world.ask('console/roster/merge-look', { ...pair, packageId: 'x' })).toMatchObject({ ok: false });
  });
});
