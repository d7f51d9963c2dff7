import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkPages } from '../../electron/core/check-pages.ts';
import { cannotStart } from '../../electron/core/start-refusals.ts';
import { WindowRole } from '../../electron/contract/shell.ts';
import { vi as vietnamese } from '../../renderer/i18n/vi.ts';
import { en } from '../../renderer/i18n/en.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

/** What the disk does to every write of the list of actions, until `free`. */
function breakDisk({ store }: CoreWorld, code: string): { free(): void } {
  const { settings } = store;
  const recordAction = settings.recordAction.bind(settings);
  settings.recordAction = () => {
    throw Object.assign(new Error('no write'), { code });
  };
  return { free: () => (settings.recordAction = recordAction) };
}

const alarmsOf = (world: CoreWorld) => world.core.pc.alarms;

test('the console opens on a disk that takes no more, says so with a next step, and stops saying so when it writes again', async () => {
  await withCore({ people: 2 }, async (world) => {
    const disk = breakDisk(world, 'SQLITE_FULL');
    expect(await world.ask('console/unlock', { pin: '123456', role: 'technician' })).toEqual({
      ok: true,
      role: 'technician',
    });
    expect(alarmsOf(world)).toContain('disk_full');
    disk.free();
    world.store.writable.emit();
    expect(alarmsOf(world)).not.toContain('disk_full');
    breakDisk(world, 'SQLITE_IOERR_FSYNC');
    await world.ask('console/lock', {});
    expect(alarmsOf(world)).toContain('disk_failing');
    world.store.reserveShort.emit(true);
    expect(alarmsOf(world)).toContain('reserve_used');
    world.store.reserveShort.emit(false);
    expect(alarmsOf(world)).not.toContain('reserve_used');
  });
});

test('a window’s page that a power cut emptied is named on the console', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-pages-'));
  try {
    const rendererDir = path.join(dir, 'windows');
    for (const role of WindowRole.options) {
      mkdirSync(path.join(rendererDir, role), { recursive: true });
      writeFileSync(path.join(rendererDir, role, 'index.html'), role === 'desk' ? '' : '<!doctype html>');
    }
    expect(checkPages(rendererDir)).toEqual(['program_files_damaged']);
    writeFileSync(path.join(rendererDir, 'desk', 'index.html'), '<!doctype html>');
    expect(checkPages(rendererDir)).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('every alarm that the core can raise has words in both languages', () => {
  const root = path.resolve(import.meta.dirname, '../../electron/core');
  const files = ['compose.ts', 'check-store.ts', 'check-pages.ts', 'watch-disk.ts', 'start.ts', 'hall/clock-watch.ts'];
  const text = files
    .map((file) => path.join(root, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const codes = [
    ...text.matchAll(/(?:raiseAlarm|clearAlarm|alarms\.push)\('([a-z_]+)'\)|\[\s*'([a-z_]+_(?:bad|damaged))'\s*\]/gu),
  ].map((m) => m[1] ?? m[2]!);
  expect(codes.length).toBeGreaterThan(6);
  for (const code of new Set([
    ...codes,
    'disk_full',
    'disk_failing',
    'clock_unset',
    'clock_wrong',
    'clock_unlike_sitting',
  ])) {
    expect(Object.keys(vietnamese.console.stage.alarms)).toContain(code);
    expect(Object.keys(en.console.stage.alarms)).toContain(code);
  }
});

test('a start that fails says what to do, in Vietnamese first, and never in the words of the system', () => {
  for (const code of ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'SQLITE_FULL']) {
    const { sentence, vi } = cannotStart(
      Object.assign(new Error(`${code}: open '/x'`), { code }),
      '/data/session/kiosk.log',
    );
    expect(vi).toMatch(/^Chưa chạy được/u);
    for (const text of [sentence, vi]) expect(text).not.toMatch(/\bE[A-Z]{3,}|SQLITE|errno/u);
  }
});
