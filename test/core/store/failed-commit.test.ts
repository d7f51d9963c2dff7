import Database from 'better-sqlite3';
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { coverFailedCommit } from '../../../electron/core/store/failed-commit.ts';
import { buildDiskFaults, findCompiler } from '../../support/disk-faults/disk-faults.ts';

const PROCESS = path.resolve(import.meta.dirname, '../../support/commit-on-bad-disk.ts');
const fault = (code: string) => Object.assign(new Error('disk I/O error'), { code });

function openMeta(): { db: Database.Database; written: () => unknown } {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT');
  return { db, written: () => db.prepare(`SELECT value FROM meta WHERE key = 'write_failed'`).pluck().get() };
}

test('after a fault of the disk something small is written over it, each time another value; after anything else nothing is', () => {
  const { db, written } = openMeta();
  for (const code of ['SQLITE_FULL', 'SQLITE_CONSTRAINT', 'SQLITE_BUSY', 'ENOSPC'])
    expect(coverFailedCommit(db, fault(code))).toBe(false);
  expect(written()).toBeUndefined();
  expect(coverFailedCommit(db, fault('SQLITE_IOERR_FSYNC'))).toBe(true);
  const first = written();
  expect(coverFailedCommit(db, fault('SQLITE_IOERR_WRITE'))).toBe(true);
  expect(written()).not.toBe(first);
  // Inside a transaction that is rolled back it would cover nothing.
  db.exec('BEGIN');
  expect(coverFailedCommit(db, fault('SQLITE_IOERR_FSYNC'))).toBe(false);
  db.exec('ROLLBACK');
  db.close();
  expect(coverFailedCommit(db, fault('SQLITE_IOERR_FSYNC'))).toBe(false);
});

test('a disk that goes on failing is tried a few times, and the answer stays an error', () => {
  const { db } = openMeta();
  let tries = 0;
  db.function('fail', () => {
    tries += 1;
    throw fault('SQLITE_IOERR_FSYNC');
  });
  db.exec('CREATE TEMP TRIGGER t BEFORE INSERT ON main.meta BEGIN SELECT fail(); END');
  expect(coverFailedCommit(db, fault('SQLITE_IOERR_FSYNC'))).toBe(false);
  expect(tries).toBe(5);
  db.close();
});

test.skipIf(findCompiler() !== null)(
  'on a real file: a commit whose sync failed once is made again; where all fail, nobody is there, not even after a kill, and the console says it',
  { timeout: 120_000 },
  async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-commit-'));
    try {
      const under = path.join(dir, 'records');
      mkdirSync(under);
      const env = { ...process.env, ...buildDiskFaults(dir, under), TMPDIR: under };
      const child = fork(PROCESS, { env, execArgv: ['--no-warnings'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const steps = await new Promise((resolve) => {
        child.once('message', resolve);
        child.once('exit', () => resolve(null));
      });
      expect(steps).toEqual([
        { what: 'a disk that works', said: 'ok', came: 1, afterKill: 1, alarms: [] },
        { what: 'the sync of the commit fails once', said: 'ok', came: 2, afterKill: 2, alarms: [] },
        { what: 'every sync fails', said: 'error', came: 2, afterKill: 2, alarms: ['disk_failing'] },
        {
          what: 'the same person again, on a disk that works',
          said: 'ok',
          came: 3,
          afterKill: 3,
          alarms: ['disk_failing'],
        },
        { what: 'somebody else', said: 'ok', came: 4, afterKill: 4, alarms: [] },
      ]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
