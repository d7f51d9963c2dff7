import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { unlock, downloads, listFiles, put, preview, importFile, HEAD, FIRST } from '../../support/roster-import.ts';
import { withCore } from '../../support/with-core.ts';

/** From a file to the list. */

// Every preview starts a thread from source, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

test('codes that are citizen or telephone numbers stand nowhere in clear, and the same file again finds the same people', async () => {
  await withCore({ people: 0 }, async (world) => {
    const codes = ['001090771234', '0912771234', '012771234', 'DB-77'];
    const names = ['Lò Thị Mẩy', 'Sầm Văn Pá', 'Quàng Văn Xôm', 'Cà Thị Ban'];
    const rows = names.map((name, i) => `${i + 1},${codes[i]},${name},19${60 + i},Bí thư,Chi bộ Bản Mới`);
    put(world, 'ma.csv', `TT,Mã đại biểu,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n${rows.join('\n')}\n`);
    await unlock(world);
    expect(await importFile(world, 'ma.csv')).toMatchObject({ ok: true, added: 4 });
    const ids = () => [...world.core.hall.register(world.sittingId).listPeople().keys()].toSorted();
    const before = ids();
    expect(before).toContain('DB-77');
    expect(before.filter((id) => id.startsWith('f-'))).toHaveLength(3);
    expect(await importFile(world, 'ma.csv')).toMatchObject({ ok: true, added: 0, changed: 0 });
    expect(ids()).toEqual(before);
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: before.at(-1)!, method: 'search' });
    world.store.trust.flush();
    const files = readdirSync(world.dir).filter((name) => name.startsWith('kiosk.'));
    const bytes = files.map((name) => readFileSync(path.join(world.dir, name)).toString('latin1')).join('');
    expect(bytes).toContain('DB-77');
    for (const code of codes.slice(0, 3)) expect(bytes).not.toContain(code);
  });
});

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
    expect(world.core.hall.register(world.sittingId).listPeople().size).toBe(0);

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
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 4 });
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
    const before = world.core.hall.register(world.sittingId).listPeople().size;
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
    expect(world.core.hall.register(world.sittingId).listPeople().size).toBe(before);
  });
});

test('five thousand rows: the search knows them at once, and no turn of the core is longer than a hundredth of the work', async () => {
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
    const longest = turns.reduce((most, ms) => Math.max(most, ms), 0);
    const all = turns.reduce((sum, ms) => sum + ms, 0);
    // About 30 ms of 7 s here. A ratio: how fast the machine is says nothing of how the work is divided.
    expect(longest / all).toBeLessThan(0.01);
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
    for (const name of ['Tệp mẫu danh sách đại biểu.xlsx', 'Tệp mẫu danh sách đại biểu (2).xlsx'])
      expect(await world.ask('console/roster/template', { placeId: place.id })).toEqual({
        ok: true,
        name,
      });
    expect(readdirSync(downloads(world)).map((name) => name.normalize('NFC'))).toContain(
      'Tệp mẫu danh sách đại biểu.xlsx',
    );
  });
});
