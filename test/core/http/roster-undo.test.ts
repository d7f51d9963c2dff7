import { expect, test, vi } from 'vitest';
import { unlock, listFiles, put, importFile, everybody, named, signIn, HEAD } from '../../support/roster-import.ts';
import { withCore } from '../../support/with-core.ts';

/** Changes of the list taken back. */

// Every preview starts a thread from source, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

test('an import is taken back in one step, badges and numbers too, and sign-ins stay with their people', async () => {
  await withCore({ people: 30 }, async (world) => {
    await unlock(world);
    const roster = world.document.roster!;
    const before = everybody(world)
      .map(({ id }) => id)
      .toSorted();
    await signIn(world, roster[3]!.id);
    put(
      world,
      'tiny.csv',
      `${HEAD}1,Ma Khắc Hằng,1980,,Chi bộ Bản Mới,099080000777\n2,Lù Văn Tó,1981,,Chi bộ Bản Mới,\n`,
    );
    expect(await importFile(world, 'tiny.csv', { mode: 'replace' })).toMatchObject({ ok: true, added: 2, removed: 29 });
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 3 });
    const [hang] = named(world, 'Ma Khắc Hằng');
    await signIn(world, hang!.id);
    const files = await listFiles(world);
    expect(files).toMatchObject({
      canUndo: true,
      history: [{ state: 'applied', file: 'tiny.csv', added: 2, removed: 29 }],
    });
    const json = { packageId: files.packageId, importId: files.history[0]!.id };
    expect(await world.ask('console/roster/undo', { ...json, packageId: 'other' })).toMatchObject({
      error: 'wrong_package',
    });
    expect(await world.ask('console/roster/undo', json)).toEqual({
      ok: true,
      restored: 29,
      takenOff: 1,
      stayed: 1,
    });
    // The package's own list again, and the one who signed in meanwhile.
    expect(
      everybody(world)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([...before, hang!.id].toSorted());
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ present: 2 });
    const badge = await world.ask('desk/scan', { sittingId: world.sittingId, raw: `BP1|PX-001|${roster[9]!.badge}` });
    expect(badge).toMatchObject({ ok: true, person: { personId: roster[9]!.id } });
    expect(await world.ask('console/roster/undo', json)).toEqual({ ok: false, error: 'nothing_to_undo' });
    await world.restart();
    expect(everybody(world)).toHaveLength(31);
  });
});

test("the package's own list comes back after a question with names; who signed in stays, and it is taken back like an import", async () => {
  await withCore({ people: 30 }, async (world) => {
    await unlock(world);
    const roster = world.document.roster!;
    expect(await listFiles(world)).toMatchObject({ packageList: 'same' });
    put(
      world,
      'tiny.csv',
      `${HEAD}1,Ma Khắc Hằng,1980,,Chi bộ Bản Mới,\n2,Lù Văn Tó,1981,,Chi bộ Bản Mới,\n3,${roster[0]!.name},${roster[0]!.birthYear},Trưởng bản,,${roster[0]!.citizenNumber}\n`,
    );
    expect(await importFile(world, 'tiny.csv', { mode: 'replace' })).toMatchObject({ ok: true, added: 2, removed: 29 });
    const [hang] = named(world, 'Ma Khắc Hằng');
    await signIn(world, hang!.id);
    const { packageId, packageList } = await listFiles(world);
    expect(packageList).toBe('differs');
    const plan = await world.ask('console/roster/package-list', {});
    expect(plan).toMatchObject({
      ok: true,
      back: { count: 29 },
      changed: { count: 1, sample: [{ name: roster[0]!.name, position: 'Trưởng bản' }] },
      off: { count: 1, sample: [{ name: 'Lù Văn Tó' }] },
      stay: { count: 1, sample: [{ name: 'Ma Khắc Hằng' }] },
    });
    const restore = (removals: number) => world.ask('console/roster/restore', { packageId, removals });
    expect(await restore(0)).toEqual({ ok: false, error: 'removals_differ' });
    const done = await restore(1);
    expect(done).toMatchObject({ ok: true, added: 29, changed: 1, removed: 1, kept: 1 });
    expect(everybody(world)).toHaveLength(31);
    expect(world.core.hall.register(world.sittingId).getPerson(roster[0]!.id)?.position).toBe(roster[0]!.position);
    const badge = await world.ask('desk/scan', { sittingId: world.sittingId, raw: `BP1|PX-001|${roster[9]!.badge}` });
    expect(badge).toMatchObject({ ok: true, person: { personId: roster[9]!.id } });
    const found = await world.ask('desk/search', { sittingId: world.sittingId, query: 'lu van to' });
    expect(found).toMatchObject({ ok: true, people: [] });
    expect(await listFiles(world)).toMatchObject({
      packageList: 'same',
      history: [{ kind: 'restore', removed: 1 }, {}],
    });
    const importId = done.ok ? done.importId : '';
    expect(await world.ask('console/roster/undo', { packageId, importId })).toMatchObject({ ok: true });
    // Who signed in between is on the list whatever is taken back.
    expect(
      everybody(world)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(expect.arrayContaining(['Ma Khắc Hằng', 'Lù Văn Tó', roster[9]!.name]));
    await world.restart();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ present: 2 });
  });
});
