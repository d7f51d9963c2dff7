import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });
const downloads = (world: CoreWorld) => path.join(world.dir, 'home', 'Downloads');

function put(world: CoreWorld, name: string, content: string | Uint8Array): void {
  mkdirSync(downloads(world), { recursive: true });
  writeFileSync(path.join(downloads(world), name), content);
}

async function preview(world: CoreWorld, name: string, answers: Record<string, unknown> = {}) {
  const files = await world.ask('console/roster/files', {});
  if (!files.ok) throw new Error(files.error);
  const file = files.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`${name} is not listed`);
  return world.ask('console/roster/preview', { fileId: file.id, answers });
}

async function importFile(world: CoreWorld, name: string) {
  const shown = await preview(world, name);
  if (!shown.ok) throw new Error(shown.error);
  return world.ask('console/roster/confirm', { previewId: shown.preview.previewId });
}

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
      rejectedCount: 0,
      units: [
        { name: 'Chi bộ Bản Mới', isNew: true },
        { name: 'Chi bộ Hưu trí', isNew: false },
      ],
      diff: { added: 4, changed: 0, removed: 0, kept: 0 },
      columns: [
        { field: 'index' },
        { field: 'name' },
        { field: 'birth' },
        { field: 'position' },
        { field: 'unit' },
        { field: 'citizenNumber' },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('099161000001');
    expect(JSON.stringify(shown)).toContain('"numberTail":"0001"');
    expect(world.core.hall.register().listPeople().size).toBe(0);

    const { previewId } = shown.preview;
    expect(await world.ask('console/roster/confirm', { previewId })).toEqual({
      ok: true,
      added: 4,
      changed: 0,
      removed: 0,
      kept: 0,
    });
    expect(await world.ask('console/roster/confirm', { previewId })).toMatchObject({
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
    const shown = await preview(world, 'b.csv');
    if (!shown.ok) throw new Error(shown.error);
    expect(shown.preview.diff).toMatchObject({
      added: 1,
      changed: 1,
      removed: 1,
      kept: 1,
      changedSample: [{ name: 'Lò Thị Mẩy', fields: ['position'] }],
      removedSample: [{ name: 'Quàng Văn Xôm', birthYear: 1971 }],
      keptSample: [{ name: 'Sầm Văn Pá' }],
    });
    // Somebody who would be taken off signs in between preview and confirmation.
    const late = [...world.core.hall.register().listPeople().values()].find((p) => p.birthYear === 1971)!;
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: late.id, method: 'search' });
    const { previewId } = shown.preview;
    expect(await world.ask('console/roster/confirm', { previewId })).toMatchObject({
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
    expect(await importFile(world, 'same.csv')).toEqual({ ok: true, added: 0, changed: 0, removed: 0, kept: 0 });
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
      'letter.csv': 'no_header',
    });
    expect(['damaged_file', 'not_a_spreadsheet']).toContain(errors['broken.xlsx']);
    const files = await world.ask('console/roster/files', {});
    if (!files.ok) throw new Error(files.error);
    expect(files.files.map((file) => file.name).sort()).toEqual(['broken.xlsx', 'empty.csv', 'huge.csv', 'letter.csv']);
    const guess = await world.ask('console/roster/preview', { fileId: '0123456789abcdef', answers: {} });
    expect(guess).toMatchObject({ ok: false, error: 'file_gone' });
    expect(world.core.hall.register().listPeople().size).toBe(before);
  });
});

test('five thousand rows are read and written in a few seconds, and the search knows them at once', async () => {
  await withCore({ people: 0 }, async (world) => {
    await unlock(world);
    const rows = Array.from(
      { length: 5_000 },
      (_, i) =>
        `${i + 1},Quàng Văn ${String.fromCharCode(65 + (i % 26))}${i},${1940 + (i % 60)},Đảng viên,Chi bộ ${i % 40},0990${String(i).padStart(8, '0')}`,
    );
    put(world, 'big.csv', `${HEAD}${rows.join('\n')}\n`);
    const began = performance.now();
    const done = await importFile(world, 'big.csv');
    const took = performance.now() - began;
    expect(done).toMatchObject({ ok: true, added: 5_000 });
    // The bar for reading is 2 s on a quiet PC; this one does several things at once, and writes too.
    expect(took).toBeLessThan(8_000);
    const card = '099000004321||X|01011961|Nam|Y|10052021';
    const scan = await world.ask('desk/scan', { sittingId: world.sittingId, raw: card });
    expect(scan).toMatchObject({ ok: true });
  });
});
