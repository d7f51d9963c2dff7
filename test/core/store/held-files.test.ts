import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DisplaySwap } from '../../../electron/core/display-swap.ts';
import { PcSettings } from '../../../electron/core/hall/pc-settings.ts';
import { saveVerified } from '../../../electron/core/report/save-verified.ts';
import { hasDatabase, journalOf, openDatabase } from '../../../electron/core/store/database.ts';
import { renameHeld, renameHeldSync } from '../../../electron/core/store/rename-held.ts';
import { writeDurably, writeDurablySync } from '../../../electron/core/store/durable-file.ts';
import { signIn } from '../../support/enter.ts';
import { createStoredHall } from '../../support/stored-hall.ts';

/** Another program has a file open, as an antivirus does on Windows: names in this set cannot be renamed so many times. */
const held = vi.hoisted(() => new Map<string, number>());
/** What the system answers meanwhile. */
const codes = vi.hoisted(() => ({ now: 'EBUSY' }));
const heldError = vi.hoisted(() => (file: string) => {
  const left = [...held].find(([name, times]) => times > 0 && file.endsWith(name));
  if (!left) return null;
  held.set(left[0], left[1] - 1);
  const code = codes.now;
  return Object.assign(new Error(`${code}: rename '${file}'`), { code });
});
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    const error = heldError(String(from)) ?? heldError(String(to));
    if (error) throw error;
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const rename: typeof fs.rename = async (from, to) => {
    const error = heldError(String(from)) ?? heldError(String(to));
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
  codes.now = 'EBUSY';
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

test.each(['EBUSY', 'EPERM', 'EACCES'])(
  'a journal of another database that is held (%s) is moved aside when it is free, and if never, the records open all the same',
  { timeout: 90_000 },
  (code) => {
    const hall = createStoredHall(3);
    const other = createStoredHall(3);
    try {
      codes.now = code;
      // For ever once: it takes its time.
      for (const times of code === 'EPERM' ? [3, Infinity] : [3]) {
        held.set('.journal', times);
        const from = Date.now();
        hall.reopen(() => copyFileSync(journalOf(other.file), journalOf(hall.file)));
        expect(Date.now() - from).toBeLessThan(30_000);
        expect(hall.store.people.listPeople('hn-2026-thu')).toHaveLength(3);
        expect(hall.store.trust.findings.journal).toBe('set_aside');
        const kept = readdirSync(path.dirname(hall.file)).filter((name) => name.includes('.journal.'));
        expect(kept.length).toBeGreaterThan(0);
        if (times === 3) hall.step(hall.morning, 'open', 'live');
        const signing = Date.now();
        for (const id of times === 3 ? ['p0001', 'p0002'] : ['p0003']) {
          signIn(hall.store, hall.morning, id);
          hall.store.trust.flush();
        }
        expect(Date.now() - signing).toBeLessThan(3_000);
        expect(hall.store.trust.describeCopy()).toMatchObject({ state: times === 3 ? 'complete' : 'failed' });
        held.clear();
        hall.reopen();
      }
      // The journal was made whole when it was free again.
      hall.reopen(() => rmSync(hall.file));
      expect(hall.store.attendance.listEvents(hall.morning)).toHaveLength(code === 'EPERM' ? 3 : 2);
      expect(hall.store.people.listPeople('hn-2026-thu')).toHaveLength(3);
    } finally {
      other.close();
      hall.close();
    }
  },
);

test('a document waits for whoever holds what was just written', async () => {
  codes.now = 'EACCES';
  const to = path.join(dir, 'bao-cao.pdf');
  // The temporary file is what the antivirus reads.
  held.set('.tmp', 2);
  expect(await saveVerified(dir, 'bao-cao.pdf', Buffer.from('%PDF'))).toMatchObject({ ok: true });
  expect(readFileSync(to, 'utf8')).toBe('%PDF');
});

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

test('a setting that cannot be written because its file is held says so at once: people sign in meanwhile', () => {
  const settings = new PcSettings(dir);
  const by = { at: 1, by: 'technician' };
  held.set('.tmp', 2);
  settings.set('language', 'en', by);
  held.set('pc.json', Infinity);
  const from = Date.now();
  expect(() => settings.set('language', 'vi', by)).toThrow('EBUSY');
  expect(Date.now() - from).toBeLessThan(1_000);
  expect(settings.get('language')).toBe('en');
  held.set('displays.json', Infinity);
  const told: boolean[] = [];
  new DisplaySwap(dir, (on) => told.push(on)).toggle();
  expect(told).toEqual([true]);
  expect(Date.now() - from).toBeLessThan(2_000);
});
