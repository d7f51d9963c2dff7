import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CacheStore, type NewEntry } from '../../../../electron/core/broadcast/cache/cache-store.ts';

const LIMITS = { limitBytes: 10_000, freeBytes: 0 };
let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'cache-'));
  folder = path.join(root, 'sitting-1');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function segment(sn: number, more: Partial<NewEntry> = {}): NewEntry {
  return {
    track: 'main',
    source: 'chinh',
    rendition: '720',
    sn,
    programmeMs: 1_000_000 + sn * 2000,
    durationS: 2,
    map: null,
    key: null,
    discontinuity: false,
    ...more,
  };
}

const body = (sn: number, size = 100) => Buffer.alloc(size, sn);

async function fill(store: CacheStore, count: number): Promise<void> {
  for (let i = 0; i < count; i++) expect(await store.add(segment(50 + i), body(50 + i))).toEqual({ ok: true });
}

test('segments are read back as they were kept, numbered without a hole over breaks and sources', async () => {
  const store = await CacheStore.open(folder, 's1', LIMITS);
  await fill(store, 3);
  await store.add(segment(7, { source: 'phu', discontinuity: true }), body(7));
  expect(store.list('main').map(({ n, sn, startS, breaks }) => [n, sn, startS, breaks])).toEqual([
    [0, 50, 0, 0],
    [1, 51, 2, 0],
    [2, 52, 4, 0],
    [3, 7, 6, 1],
  ]);
  expect((await store.read('main', 1))?.body.equals(body(51))).toBe(true);
  expect(await store.read('main', 4)).toBeNull();
});

test('another process finds all that was whole, and counts on', async () => {
  const first = await CacheStore.open(folder, 's1', LIMITS);
  await first.addMap('m1', body(9));
  await first.add(segment(50, { map: 'm1' }), body(50));
  await first.add(segment(51, { map: 'm1' }), body(51));
  await first.note({ at: 5 });
  const second = await CacheStore.open(folder, 's1', LIMITS);
  expect(second.list('main')).toEqual(first.list('main'));
  expect(second.bytes).toBe(300);
  expect((await second.readMap('m1'))?.equals(body(9))).toBe(true);
  expect(await second.readNote()).toEqual({ at: 5 });
  await second.add(segment(52), body(52));
  expect(second.last('main')).toMatchObject({ n: 2, startS: 4 });
});

test('killed at any byte of the index, nothing half-written is believed', async () => {
  const whole = await CacheStore.open(folder, 's1', LIMITS);
  await fill(whole, 3);
  const index = readFileSync(path.join(folder, 'index.jsonl'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.seg'));
  const lines = index.toString().split('\n').length - 1;
  for (let cut = 0; cut <= index.length; cut += 7) {
    const copy = path.join(root, `cut-${cut}`);
    const made = await CacheStore.open(copy, 's1', LIMITS);
    expect(made.list('main')).toEqual([]);
    for (const name of files) writeFileSync(path.join(copy, name), readFileSync(path.join(folder, name)));
    writeFileSync(path.join(copy, 'index.jsonl'), index.subarray(0, cut));
    const store = await CacheStore.open(copy, 's1', LIMITS);
    const told = Math.max(0, index.subarray(0, cut).toString().split('\n').length - 2);
    expect(store.list('main').length).toBe(Math.min(told, lines - 1));
    for (const { n, sn } of store.list('main')) expect((await store.read('main', n))?.body.equals(body(sn))).toBe(true);
    // Files that no line names are gone, and the next segment takes the next number.
    expect(readdirSync(copy).filter((name) => name.endsWith('.seg'))).toHaveLength(store.list('main').length);
    expect(await store.add(segment(99), body(99))).toEqual({ ok: true });
  }
});

test('a file that is short, changed or lost is not given out', async () => {
  const store = await CacheStore.open(folder, 's1', LIMITS);
  await fill(store, 4);
  writeFileSync(path.join(folder, 'main-0.seg'), body(1));
  expect(await store.read('main', 0)).toBeNull();
  // After a power cut: the last is fetched again, one in the middle is a gap.
  truncateSync(path.join(folder, 'main-3.seg'), 10);
  truncateSync(path.join(folder, 'main-1.seg'), 0);
  appendFileSync(path.join(folder, 'index.jsonl'), '{"track":"main","n":4');
  const again = await CacheStore.open(folder, 's1', LIMITS);
  expect(again.list('main').map(({ n, bytes }) => [n, bytes])).toEqual([
    [0, 100],
    [1, 0],
    [2, 100],
  ]);
});

test('it stays below its bound and leaves the disk the space that it must', async () => {
  const store = await CacheStore.open(folder, 's1', { limitBytes: 350, freeBytes: 0 });
  await fill(store, 3);
  expect(await store.add(segment(53), body(53))).toEqual({ ok: false, reason: 'limit' });
  await store.trim(4);
  expect(store.list('main').map(({ n }) => n)).toEqual([2]);
  expect(store.bytes).toBe(100);
  expect(readdirSync(folder).toSorted()).toEqual(['index.jsonl', 'main-2.seg']);
  expect(await store.add(segment(53), body(53))).toEqual({ ok: true });
  const tight = await CacheStore.open(folder, 's1', { limitBytes: 1000, freeBytes: 1e15 });
  expect(await tight.add(segment(54), body(54))).toEqual({ ok: false, reason: 'disk_full' });
});

test('a long broadcast does not make the index grow', async () => {
  const store = await CacheStore.open(folder, 's1', LIMITS);
  for (let i = 0; i < 1200; i++) {
    await store.add(segment(i), body(i % 200, 10));
    await store.trim(store.endS('main') - 20);
  }
  expect(readFileSync(path.join(folder, 'index.jsonl'), 'utf8').split('\n').length).toBeLessThan(560);
  const again = await CacheStore.open(folder, 's1', LIMITS);
  expect(again.list('main')).toEqual(store.list('main'));
});

test('another sitting, and what others left, is thrown away', async () => {
  await fill(await CacheStore.open(folder, 's1', LIMITS), 2);
  expect((await CacheStore.open(folder, 's2', LIMITS)).list('main')).toEqual([]);
  await fill(await CacheStore.open(path.join(root, 'old'), 's0', LIMITS), 2);
  await CacheStore.purge(root, 'sitting-1');
  expect(readdirSync(root)).toEqual(['sitting-1']);
  await CacheStore.purge(root, null);
  expect(readdirSync(root)).toEqual([]);
  await CacheStore.purge(path.join(root, 'never'), null);
});
