import { beforeEach, expect, test, vi } from 'vitest';
import { listPlaces } from '../../../electron/core/report/places.ts';

/** A network drive whose server is gone: the system's call does not come back. */
const disk = vi.hoisted(() => ({ asked: [] as string[], release: [] as (() => void)[], dead: new Set<string>() }));
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const realpath = async (dir: string) => {
    disk.asked.push(dir);
    if (disk.dead.has(dir)) await new Promise<void>((resolve) => disk.release.push(resolve));
    throw Object.assign(new Error('no such drive'), { code: 'ENOENT' });
  };
  return { ...fs, realpath };
});
beforeEach(() => {
  disk.asked.length = 0;
});

const roots = {
  platform: 'win32' as const,
  home: '/nowhere',
  mountsFile: '/nowhere',
  mountRoots: [],
  drives: ['E:\\', 'Z:\\'],
};
const asks = (dir: string) => disk.asked.filter((a) => a === dir).length;

test('a drive that does not answer is asked once while it keeps its thread, others each time', async () => {
  disk.dead.add('Z:\\');
  for (let n = 0; n < 3; n += 1) expect(await listPlaces(roots)).toEqual([]);
  expect([asks('Z:\\'), asks('E:\\')]).toEqual([1, 3]);
  disk.dead.clear();
  for (const release of disk.release.splice(0)) release();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await listPlaces(roots);
  expect(asks('Z:\\')).toBe(2);
});
