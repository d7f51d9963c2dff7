import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

// Every preview starts a thread from source, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });
const downloads = (world: CoreWorld) => path.join(world.dir, 'home', 'Downloads');

/** What the import page lists; throws when it lists nothing. */
async function listFiles(world: CoreWorld) {
  const files = await world.ask('console/roster/files', {});
  if (!files.ok) throw new Error(files.error);
  return files;
}

function put(world: CoreWorld, name: string, content: string | Uint8Array): void {
  mkdirSync(downloads(world), { recursive: true });
  writeFileSync(path.join(downloads(world), name), content);
}

async function preview(world: CoreWorld, name: string, answers: Record<string, unknown> = {}) {
  const files = await listFiles(world);
  const file = files.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`${name} is not listed`);
  return world.ask('console/roster/preview', { fileIds: [file.id], answers });
}

async function importFile(world: CoreWorld, name: string, answers: Record<string, unknown> = {}) {
  const shown = await preview(world, name, answers);
  if (!shown.ok) throw new Error(shown.error);
  const { previewId, packageId, plan } = shown.preview;
  const removals = plan.mode === 'replace' ? { removals: plan.missing } : {};
  return world.ask('console/roster/confirm', { previewId, packageId, ...removals });
}

const everybody = (world: CoreWorld) => [...world.core.hall.register().listPeople().values()];
const named = (world: CoreWorld, name: string) => everybody(world).filter((person) => person.name === name);
const signIn = async (world: CoreWorld, personId: string) =>
  world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'search' });

const HEAD = 'TT,Họ và tên,Năm sinh,Chức vụ,Đơn vị,Số CCCD\n';
const FIRST = `${HEAD}1,Lò Thị Mẩy,1961,Bí thư,Chi bộ Bản Mới,099161000001
2,Sầm Văn Pá,1955,Đảng viên,Chi bộ Bản Mới,099055000002
3,Quàng Văn Xôm,1970,Đảng viên,Chi bộ Hưu trí,
4,Quàng Văn Xôm,1971,Đảng viên,Chi bộ Hưu trí,099071000004
`;

test('a file is listed, previewed without writing anything, and imported in one step', async () => {
  await withCore({ people: 0 }, async (world) => {
    put(world, 'danh sách.csv', FIRST);
    expect(await world.ask('console/roster/files', {})).toEqual({ ok: false, error: 'locked' });
    await unlock(world);
    const shown = await preview(world, 'danh sách.csv');
    if (!shown.ok) throw new Error(shown.error);
    expect(shown.preview).toMatchObject({
      people: 4,
      ready: true,
      counts: { person: 4, heading: 1, unknown: 0 },
      units: [
        { name: 'Chi bộ Bản Mới', isNew: true },
        { name: 'Chi bộ Hưu trí', isNew: false },
      ],
      plan: { mode: 'add', added: 4, changed: 0, missing: 0, kept: 0 },
      sheets: [
        {
          rowCount: 5,
          columns: [
            { field: 'index' },
            { field: 'name' },
            { field: 'birth' },
            { field: 'position' },
            { field: 'unit' },
            { field: 'citizenNumber' },
          ],
        },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('099161000001');
    const { previewId, packageId } = shown.preview;
    const page = await world.ask('console/roster/rows', { previewId, sheet: 'danh sách.csv', only: 'all', from: 0 });
    expect(page).toMatchObject({
      ok: true,
      total: 5,
      rows: [{ kind: 'heading' }, { kind: 'person', row: 2 }, {}, {}, {}],
    });
    expect(JSON.stringify(page)).toContain('"numberTail":"0001"');
    expect(JSON.stringify(page)).not.toContain('099161000001');
    expect(world.core.hall.register().listPeople().size).toBe(0);

    expect(await world.ask('console/roster/confirm', { previewId, packageId })).toMatchObject({
      ok: true,
      added: 4,
      changed: 0,
      removed: 0,
      kept: 0,
    });
    expect(await world.ask('console/roster/confirm', { previewId, packageId })).toMatchObject({
      error: 'preview_gone',
    });
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 4 });
    const found = await world.ask('desk/search', { sittingId: world.sittingId, query: 'may' });
    expect(found).toMatchObject({ people: [{ name: 'Lò Thị Mẩy', unit: 'Chi bộ Bản Mới' }] });
    const card = '099055000002||X|01011955|Nam|Y|10052021';
    expect(await world.ask('desk/scan', { sittingId: world.sittingId, raw: card })).toMatchObject({
      ok: true,
      person: { name: 'Sầm Văn Pá' },
    });
    // Numbers of the file are nowhere on the disk but in the file itself.
    for (const name of readdirSync(world.dir).filter((entry) => entry.startsWith('kiosk.db')))
      expect(readFileSync(path.join(world.dir, name)).includes(Buffer.from('099161000001'))).toBe(false);
  });
});

test('the same file again changes nothing; a newer one says what differs and never takes off who signed in', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    put(world, 'a.csv', FIRST);
    await importFile(world, 'a.csv');
    const ids = [...world.core.hall.register().listPeople().keys()].sort();
    expect(await importFile(world, 'a.csv')).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect([...world.core.hall.register().listPeople().keys()].sort()).toEqual(ids);

    const [pa] = [...world.core.hall.register().listPeople().values()].filter((p) => p.name === 'Sầm Văn Pá');
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 5, present: 2 });
    // The newer file has no number for her: the one known before still works.
    const card = '099161000001||X|01011961|Nữ|Y|10052021';
    expect(await world.ask('desk/scan', { sittingId: world.sittingId, raw: card })).toMatchObject({
      ok: true,
      person: { name: 'Lò Thị Mẩy', position: 'Phó Bí thư' },
    });
    await world.restart();
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 5, present: 3 });
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 30, present: 2 });
  });
});

test('a broken, huge or foreign file gets one code and changes nothing; nothing outside the places is read', async () => {
  await withCore({ people: 5 }, async (world) => {
    await unlock(world);
    put(world, 'broken.xlsx', Buffer.from('PK\u0003\u0004 not a zip at all'));
    put(world, 'huge.csv', Buffer.alloc(50 * 1024 * 1024, 'a'));
    put(world, 'empty.csv', '');
    put(world, 'letter.csv', 'Kính gửi các đồng chí\nTrân trọng\n');
    put(world, '~$lock.xlsx', 'x');
    writeFileSync(path.join(world.dir, 'outside.csv'), FIRST);
    symlinkSync(path.join(world.dir, 'outside.csv'), path.join(downloads(world), 'link.csv'));
    const before = world.core.hall.register().listPeople().size;
    const errors: Record<string, string> = {};
    for (const name of ['broken.xlsx', 'huge.csv', 'empty.csv', 'letter.csv']) {
      const answer = await preview(world, name);
      errors[name] = answer.ok ? 'read' : answer.error;
    }
    expect(errors).toMatchObject({
      'huge.csv': 'file_too_large',
      'empty.csv': 'empty_file',
      'letter.csv': 'read',
    });
    // A letter is no roster: it is shown, and nothing of it can be confirmed.
    const letter = await preview(world, 'letter.csv');
    expect(letter).toMatchObject({ preview: { ready: false, questions: [{ code: 'no_table' }] } });
    expect(['damaged_file', 'not_a_spreadsheet']).toContain(errors['broken.xlsx']);
    const files = await listFiles(world);
    expect(files.files.map((file) => file.name).sort()).toEqual(['broken.xlsx', 'empty.csv', 'huge.csv', 'letter.csv']);
    const guess = await world.ask('console/roster/preview', { fileIds: ['0123456789abcdef'], answers: {} });
    expect(guess).toMatchObject({ ok: false, error: 'file_gone' });
    expect(world.core.hall.register().listPeople().size).toBe(before);
  });
});

test('five thousand rows: the search knows them at once, and no turn of the core is longer than a sign-in may wait', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    const rows = Array.from(
      { length: 5_000 },
      (_, i) =>
        `${i + 1},Quàng Văn ${String.fromCharCode(65 + (i % 26))}${i},${1940 + (i % 60)},Đảng viên,Chi bộ ${i % 40},0990${String(i).padStart(8, '0')}`,
    );
    put(world, 'big.csv', `${HEAD}${rows.join('\n')}\n`);
    // Processor time of this thread alone: a busy machine must not fail a test that is about work done at a stretch.
    const spent = (): number => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    const turns: number[] = [];
    let last = spent();
    let isOver = false;
    const watch = (): void => {
      const now = spent();
      turns.push(now - last);
      last = now;
      if (!isOver) setImmediate(watch);
    };
    setImmediate(watch);
    const done = await importFile(world, 'big.csv');
    isOver = true;
    expect(done).toMatchObject({ ok: true, added: 5_000 });
    expect(turns.reduce((longest, ms) => Math.max(longest, ms), 0)).toBeLessThan(50);
    const card = '099000004321||X|01011961|Nam|Y|10052021';
    const scan = await world.ask('desk/scan', { sittingId: world.sittingId, raw: card });
    expect(scan).toMatchObject({ ok: true });
  });
}, 60_000);

test('files that cannot be read are listed with the reason, and the sample file can be saved', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    for (const name of ['cũ.xls', 'quyết định.pdf', 'ảnh.jpg', 'mới.ods', 'a.xlsm', 'setup.exe']) put(world, name, 'x');
    const files = await listFiles(world);
    expect(Object.fromEntries(files.files.map(({ name, unusable }) => [name, unusable]))).toEqual({
      'cũ.xls': 'old_excel',
      'quyết định.pdf': 'pdf',
      'ảnh.jpg': 'picture',
      'mới.ods': null,
      'a.xlsm': null,
    });
    const place = files.places.find(({ folder }) => folder === 'downloads')!;
    for (const name of ['File mẫu danh sách đại biểu.xlsx', 'File mẫu danh sách đại biểu (2).xlsx'])
      expect(await world.ask('console/roster/template', { placeId: place.id })).toEqual({
        ok: true,
        name,
      });
    expect(readdirSync(downloads(world)).map((name) => name.normalize('NFC'))).toContain(
      'File mẫu danh sách đại biểu.xlsx',
    );
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
    const register = world.core.hall.register();
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
      sittingId: world.core.hall.register().sittingId,
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 5, present: 2 });

    put(world, 'slip.csv', `${HEAD}1,Lò Thị Mây,1962,,Chi bộ Bản Mới,\n`);
    expect(await importFile(world, 'slip.csv')).toMatchObject({ ok: true, added: 1 });
    const [slip] = named(world, 'Lò Thị Mây');
    const { packageId } = await listFiles(world);
    const merge = (keepId: string, dropId: string) => world.ask('console/roster/merge', { packageId, keepId, dropId });
    // Whichever of the two is kept: the one that has records is the one that stays.
    const done = await merge(slip!.id, may!.id);
    if (!done.ok) throw new Error(done.error);
    expect(named(world, 'Lò Thị Mây')).toMatchObject([{ id: may!.id, birthYear: 1962 }]);
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 5, present: 2 });
    await world.ask('console/roster/undo', { packageId, importId: done.importId });
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 6, present: 2 });
  });
});

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
    expect(world.core.hall.register().getTotals()).toMatchObject({ summoned: 3 });
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ present: 2 });
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
    expect(world.core.hall.register().getPerson(roster[0]!.id)?.position).toBe(roster[0]!.position);
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ present: 2 });
  });
});
