import { expect, test, vi } from 'vitest';
import {
  unlock,
  listFiles,
  put,
  preview,
  importFile,
  everybody,
  named,
  signIn,
  HEAD,
  FIRST,
} from '../../support/roster-import.ts';
import { withCore } from '../../support/with-core.ts';

/** People of the list who stand in the next file. */

// Every preview starts a thread from source, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

test('the same file again changes nothing; a newer one says what differs and never takes off who signed in', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    put(world, 'a.csv', FIRST);
    await importFile(world, 'a.csv');
    const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()].sort();
    expect(await importFile(world, 'a.csv')).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect([...world.core.hall.register(world.sittingId).listPeople().keys()].sort()).toEqual(ids);

    const [pa] = [...world.core.hall.register(world.sittingId).listPeople().values()].filter(
      (p) => p.name === 'Sầm Văn Pá',
    );
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: pa!.id, method: 'search' });
    put(
      world,
      'b.csv',
      `${HEAD}1,Lò Thị Mẩy,1961,Phó Bí thư,Chi bộ Bản Mới,\n2,Quàng Văn Xôm,1970,Đảng viên,Chi bộ Hưu trí,\n3,Ma Khắc Hằng,1980,,Chi bộ Bản Mới,\n`,
    );
    // Adding is the default: nobody goes.
    const adding = await preview(world, 'b.csv');
    if (!adding.ok) throw new Error(adding.error);
    expect(adding.preview.plan).toMatchObject({ mode: 'add', added: 1, changed: 1, missing: 1, kept: 1 });
    const shown = await preview(world, 'b.csv', { mode: 'replace' });
    if (!shown.ok) throw new Error(shown.error);
    expect(shown.preview.plan).toMatchObject({
      mode: 'replace',
      added: 1,
      changed: 1,
      missing: 1,
      kept: 1,
      changedSample: [{ name: 'Lò Thị Mẩy', fields: ['position'] }],
      missingSample: [{ name: 'Quàng Văn Xôm', birthYear: 1971 }],
      keptSample: [{ name: 'Sầm Văn Pá' }],
    });
    const { previewId, packageId } = shown.preview;
    // Who goes must have been named: without the number nothing is written.
    expect(await world.ask('console/roster/confirm', { previewId, packageId })).toMatchObject({
      ok: false,
      error: 'removals_differ',
    });
    // Somebody who would be taken off signs in between preview and confirmation.
    const late = everybody(world).find((p) => p.birthYear === 1971)!;
    await signIn(world, late.id);
    expect(await world.ask('console/roster/confirm', { previewId, packageId, removals: 1 })).toMatchObject({
      ok: true,
      added: 1,
      changed: 1,
      removed: 0,
    });
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 5, present: 2 });
    // The newer file has no number for her: the one known before still works.
    const card = '099161000001||X|01011961|Nữ|Y|10052021';
    expect(await world.ask('desk/scan', { sittingId: world.sittingId, raw: card })).toMatchObject({
      ok: true,
      person: { name: 'Lò Thị Mẩy', position: 'Phó Bí thư' },
    });
    await world.restart();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 5, present: 3 });
  });
});

test('a roster of the package is recognised in a file: people keep their ids, badges and arrivals', async () => {
  await withCore({ people: 30 }, async (world) => {
    await unlock(world);
    const roster = world.document.roster!;
    const unitNames = new Map(world.document.units.map((unit) => [unit.id, unit.name]));
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: roster[3]!.id, method: 'search' });
    const rows = roster.map(
      (p, i) => `${i + 1},${p.name},${p.birthYear},${p.position},${unitNames.get(p.unitId!)},${p.citizenNumber}`,
    );
    put(world, 'same.csv', `${HEAD}${rows.join('\n')}\n`);
    expect(await importFile(world, 'same.csv')).toMatchObject({ ok: true, added: 0, changed: 0, removed: 0, kept: 0 });
    const badge = await world.ask('desk/scan', { sittingId: world.sittingId, raw: `BP1|PX-001|${roster[9]!.badge}` });
    expect(badge).toMatchObject({ ok: true, person: { personId: roster[9]!.id } });
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 30, present: 2 });
  });
});

test('a list sorted otherwise moves no sign-in: running codes are no identity, and namesakes are told apart or asked', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    put(
      world,
      'a.csv',
      'ID,Họ và tên,Năm sinh,Chức vụ\n1,Lò Văn An,1960,\n2,Lê Văn Ba,1961,\n3,Ma Văn Cả,1962,Đảng viên\n4,Ma Văn Cả,1962,Bí thư\n',
    );
    await importFile(world, 'a.csv');
    const [an] = named(world, 'Lò Văn An');
    const member = named(world, 'Ma Văn Cả').find(({ position }) => position === 'Đảng viên')!;
    await signIn(world, an!.id);
    await signIn(world, member.id);
    put(
      world,
      'b.csv',
      'ID,Họ và tên,Năm sinh,Chức vụ\n1,Lê Văn Ba,1961,\n2,Ma Văn Cả,1962,Bí thư\n3,Ma Văn Cả,1962,Đảng viên\n4,Lò Văn An,1960,\n',
    );
    expect(await importFile(world, 'b.csv')).toMatchObject({ ok: true, added: 0, changed: 0 });
    const register = world.core.hall.register(world.sittingId);
    expect(register.getStatus(an!.id)?.arrivedAt).not.toBeNull();
    expect(register.getPerson(an!.id)?.name).toBe('Lò Văn An');
    expect(register.getPerson(member.id)?.position).toBe('Đảng viên');
    // A third of the name: which of the two he is, if any, is asked.
    put(world, 'c.csv', 'Họ và tên,Năm sinh\nMa Văn Cả,1962\n');
    const asked = await preview(world, 'c.csv');
    if (!asked.ok) throw new Error(asked.error);
    expect(asked.preview.ready).toBe(false);
    const [question] = asked.preview.plan.questions;
    expect(question?.candidates.map(({ position, signedIn }) => [position, signedIn]).toSorted()).toEqual([
      ['Bí thư', false],
      ['Đảng viên', true],
    ]);
    expect(await importFile(world, 'c.csv')).toMatchObject({ ok: false, error: 'questions_open' });
    expect(await importFile(world, 'c.csv', { matches: { [question!.key]: null } })).toMatchObject({
      added: 1,
      changed: 0,
    });
  });
});

test('a walk-in who stands in the next file becomes that person, and doubles are joined by hand', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    put(world, 'names.csv', 'Họ và tên\nLò Thị Mẩy\nSầm Văn Pá\n');
    await importFile(world, 'names.csv');
    const added = await world.ask('console/people/add', {
      sittingId: world.core.hall.register(world.sittingId).sittingId,
      kind: 'walk_in',
      name: 'Giàng A Pó',
    });
    expect(added).toMatchObject({ ok: true });
    const [walkIn] = named(world, 'Giàng A Pó');
    const [may] = named(world, 'Lò Thị Mẩy');
    await signIn(world, may!.id);
    put(world, 'full.csv', FIRST + '5,Giàng A Pó,1980,,Chi bộ Bản Mới,099080000005\n');
    expect(await importFile(world, 'full.csv')).toMatchObject({ ok: true, added: 2, changed: 3 });
    expect(named(world, 'Giàng A Pó')).toMatchObject([{ id: walkIn!.id, kind: 'summoned', birthYear: 1980 }]);
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 5, present: 2 });

    put(world, 'slip.csv', `${HEAD}1,Lò Thị Mây,1962,,Chi bộ Bản Mới,\n`);
    expect(await importFile(world, 'slip.csv')).toMatchObject({ ok: true, added: 1 });
    const [slip] = named(world, 'Lò Thị Mây');
    const { packageId } = await listFiles(world);
    const merge = (keepId: string, dropId: string) => world.ask('console/roster/merge', { packageId, keepId, dropId });
    // Whichever of the two is kept: the one that has records is the one that stays.
    const done = await merge(slip!.id, may!.id);
    if (!done.ok) throw new Error(done.error);
    expect(named(world, 'Lò Thị Mây')).toMatchObject([{ id: may!.id, birthYear: 1962 }]);
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 5, present: 2 });
    await world.ask('console/roster/undo', { packageId, importId: done.importId });
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 6, present: 2 });
  });
});
