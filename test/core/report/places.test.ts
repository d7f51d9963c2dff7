import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { getPlace, listPlaces, systemPlaceRoots, type PlaceRoots } from '../../../electron/core/report/places.ts';

async function withDisk(run: (dir: string, roots: PlaceRoots) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'places-'));
  mkdirSync(path.join(dir, 'home'));
  mkdirSync(path.join(dir, 'media', 'hoi-truong'), { recursive: true });
  writeFileSync(path.join(dir, 'mounts'), '');
  const roots: PlaceRoots = {
    platform: 'linux',
    home: path.join(dir, 'home'),
    mountsFile: path.join(dir, 'mounts'),
    mountRoots: [path.join(dir, 'media')],
    drives: [],
  };
  try {
    await run(dir, roots);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a mounted stick is offered with its name and free room, an empty mount folder is not', async () => {
  await withDisk(async (dir, roots) => {
    const stick = path.join(dir, 'media', 'hoi-truong', 'USB ĐẢNG ỦY');
    mkdirSync(stick);
    expect(await listPlaces(roots)).toEqual([]);
    const escaped = stick.replaceAll(' ', '\\040');
    writeFileSync(
      roots.mountsFile,
      `/dev/sda2 / ext4 rw 0 0\ntmpfs ${dir}/media/tam tmpfs rw 0 0\n/dev/sdb1 ${escaped} vfat rw,nosuid,uid=1000 0 0\n`,
    );
    const [place, ...others] = await listPlaces(roots);
    expect(others).toEqual([]);
    expect(place?.dir).toBe(stick);
    expect(place?.view).toMatchObject({ kind: 'removable', label: 'USB ĐẢNG ỦY', folder: null, writable: true });
    expect(place?.view.freeBytes).toBeGreaterThan(0);
  });
});

test('a stick mounted read-only is shown as one that cannot be written', async () => {
  await withDisk(async (dir, roots) => {
    const stick = path.join(dir, 'media', 'hoi-truong', 'KHOA');
    mkdirSync(stick);
    writeFileSync(roots.mountsFile, `/dev/sdb1 ${stick} vfat ro,nosuid 0 0\n`);
    expect((await listPlaces(roots)).map((p) => p.view.writable)).toEqual([false]);
  });
});

test('the folders of a Vietnamese desktop are found by their own names', async () => {
  await withDisk(async (_dir, roots) => {
    mkdirSync(path.join(roots.home, '.config'));
    mkdirSync(path.join(roots.home, 'Tài liệu'));
    mkdirSync(path.join(roots.home, 'Downloads'));
    writeFileSync(
      path.join(roots.home, '.config', 'user-dirs.dirs'),
      '# made by xdg-user-dirs\nXDG_DESKTOP_DIR="$HOME/Màn hình"\nXDG_DOCUMENTS_DIR="$HOME/Tài liệu"\n',
    );
    const places = await listPlaces(roots);
    expect(places.map((p) => [p.view.folder, p.dir])).toEqual([
      ['documents', path.join(roots.home, 'Tài liệu')],
      ['downloads', path.join(roots.home, 'Downloads')],
    ]);
  });
});

test('two names of one folder are one place, and an id that was never listed stands for nothing', async () => {
  await withDisk(async (dir, roots) => {
    mkdirSync(path.join(roots.home, 'Documents'));
    symlinkSync(path.join(roots.home, 'Documents'), path.join(roots.home, 'Desktop'));
    const places = await listPlaces(roots);
    expect(places).toHaveLength(1);
    expect((await getPlace(roots, places[0]!.view.id))?.dir).toBe(path.join(roots.home, 'Documents'));
    for (const id of ['', dir, '../..', 'documents', '0'.repeat(16)]) expect(await getPlace(roots, id)).toBeNull();
  });
});

test('a stick pulled out after the list was shown is gone when it is asked for', async () => {
  await withDisk(async (dir, roots) => {
    const stick = path.join(dir, 'media', 'hoi-truong', 'USB');
    mkdirSync(stick);
    writeFileSync(roots.mountsFile, `/dev/sdb1 ${stick} exfat rw 0 0\n`);
    const [place] = await listPlaces(roots);
    writeFileSync(roots.mountsFile, '');
    expect(await getPlace(roots, place!.view.id)).toBeNull();
  });
});

test('drives of a Windows PC are offered by their letters when they exist', async () => {
  await withDisk(async (dir, roots) => {
    mkdirSync(path.join(dir, 'E:'));
    const places = await listPlaces({
      ...roots,
      platform: 'win32',
      drives: [path.join(dir, 'E:'), path.join(dir, 'F:')],
    });
    expect(places).toHaveLength(1);
    expect(places[0]?.view).toMatchObject({ kind: 'drive', writable: true });
  });
});

test('this PC answers with places inside its own roots only', async () => {
  const roots = systemPlaceRoots();
  for (const place of await listPlaces(roots)) expect(path.isAbsolute(place.dir)).toBe(true);
});
