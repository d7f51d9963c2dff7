import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { searchPlaces, type ImportPlace } from '../../../electron/core/provisioning/search-places.ts';

/** A network drive whose server goes away after the first answer: its folder is never read to the end. */
vi.mock('node:fs/promises', async (importOriginal) => {
  const own = await importOriginal<{ readdir: typeof readdir }>();
  const list = (dir: string, ...rest: never[]): unknown =>
    dir.endsWith('silent')
      ? new Promise(() => undefined)
      : (own.readdir as (...all: unknown[]) => unknown)(dir, ...rest);
  return { ...own, readdir: list };
});

const root = mkdtempSync(path.join(os.tmpdir(), 'kiosk-silent-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a place that goes silent is passed over, and said to be cut; the others are searched', async () => {
  const place = (name: string): ImportPlace => {
    const dir = path.join(root, name);
    mkdirSync(dir);
    writeFileSync(path.join(dir, 'danh-sach.xlsx'), 'x');
    return { dir, removable: true, volume: name, folder: null };
  };
  const found = await searchPlaces([place('silent'), place('usb')], () => 'roster', 100);
  expect(found.files.map(({ place: { volume } }) => volume)).toEqual(['usb']);
  expect(found.isCut).toBe(true);
  expect((await searchPlaces([{ ...place('other'), removable: false }], () => 'roster', 100)).isCut).toBe(false);
});
