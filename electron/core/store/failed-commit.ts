import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { codeOf } from './sqlite-errors.ts';

/** Each may meet the same fault of the disk. */
const TRIES = 5;

/**
 * A commit whose sync failed was answered with an error, but stands whole in the write-ahead log: after a kill it would be there. A small
 * write takes its place in the log. To be called after a failed write, before anybody hears of the error. True: the disk writes again.
 */
export function coverFailedCommit(db: Database.Database, cause: unknown): boolean {
  if (!codeOf(cause).startsWith('SQLITE_IOERR') || db.inTransaction || !db.open) return false;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      // Never the same value twice: SQLite writes no page that stays as it is.
      db.prepare(
        `INSERT INTO meta (key, value) VALUES ('write_failed', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      ).run(randomUUID());
      return true;
    } catch {
      // A write that reached the log, though its sync failed, covers as well.
    }
  }
  return false;
}
