import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasDatabase, openDatabase } from '../../../electron/core/store/database.ts';
import { renameHeld, renameHeldSync } from '../../../electron/core/store/rename-held.ts';
import { writeDurably, writeDurablySync } from '../../../electron/core/store/durable-file.ts';

/** Another program has a file open, as an antivirus does on Windows: names in this set cannot be renamed so many times. */
const held = vi.hoisted(() => new Map<string, number>());
const heldError = vi.hoisted(() => (file: string) => {
  const left = [...held].find(([name, times]) => times > 0 && file.endsWith(name));
  if (!left) return null;
  held.set(left[0], left[1] - 1);
  return Object.assign(new Error(`EBUSY: resource busy or locked, rename '${file}'`), { code: 'EBUSY' });
});
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    const error = heldError(String(from));
    if (error) throw error;
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const rename: typeof fs.rename = async (from, to) => {
    const error = heldError(String(from));
    if (error) throw error;
    await fs.rename(from, to);
  };
  return { ...fs, rename };
});

let dir = '';
let file = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-held-'));
  file = path.join(dir, 'kiosk.db');
  held.clear();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const damaged = 'this is no database at all, '.repeat(200);
const add = (value: string) => {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error);
  opened.db.prepare(`INSERT INTO meta (key, value) VALUES ('mark', ?)`).run(value);
  opened.db.close();
  return opened.quarantinedTo;
};
const read = () => {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error);
  const mark: unknown = opened.db.prepare(`SELECT value FROM meta WHERE key = 'mark'`).pluck().get();
  opened.db.close();
  return mark;
};

test('a damaged database that is held for a moment is moved aside all the same', () => {
  writeFileSync(file, damaged);
  held.set('kiosk.db', 3);
  const aside = add('one');
  expect(readFileSync(path.join(aside!, 'kiosk.db'), 'utf8')).toBe(damaged);
  expect(readdirSync(dir).filter((name) => name.endsWith('.db'))).toEqual(['kiosk.db']);
});

test(
  'one that stays held is left, a new one under another name is there within 30 s, and later starts find it',
  { timeout: 60_000 },
  () => {
    writeFileSync(file, damaged);
    held.set('kiosk.db', Infinity);
    const from = Date.now();
    expect(add('one')).toBe(file);
    expect(Date.now() - from).toBeLessThan(30_000);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
    expect(read()).toBe('one');
    // Also when it can be moved again, or is gone: the newest name holds the records.
    held.clear();
    expect(read()).toBe('one');
    rmSync(file);
    expect(read()).toBe('one');
    expect(hasDatabase(file)).toBe(true);
    expect(existsSync(file)).toBe(false);
  },
);

test('files that are replaced wait for whoever holds them, and any other error is told at once', async () => {
  const target = path.join(dir, 'a.json');
  held.set('.tmp', 2);
  await writeDurably(target, Buffer.from('one'));
  expect(readFileSync(target, 'utf8')).toBe('one');
  held.set('.tmp', 2);
  writeDurablySync(target, Buffer.from('two'));
  expect(readFileSync(target, 'utf8')).toBe('two');
  expect(readdirSync(dir)).toEqual(['a.json']);
  held.clear();
  const from = Date.now();
  expect(() => renameHeldSync(path.join(dir, 'absent'), target)).toThrow('ENOENT');
  await expect(renameHeld(path.join(dir, 'absent'), target)).rejects.toThrow('ENOENT');
  expect(Date.now() - from).toBeLessThan(1_000);
  held.set('b', Infinity);
  writeFileSync(path.join(dir, 'b'), '');
  expect(() => renameHeldSync(path.join(dir, 'b'), target, [1, 1])).toThrow('EBUSY');
  await expect(renameHeld(path.join(dir, 'b'), target, [1, 1])).rejects.toThrow('EBUSY');
});
