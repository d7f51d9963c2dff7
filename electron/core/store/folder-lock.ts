import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Holds a data folder for this process. */
export interface FolderLock {
  release(): void;
}

const LOCK_FILE = 'running.lock';
/** A process that was killed a moment ago may still hold it. */
const WAIT_MS = 1_000;

/**
 * Takes a data folder for this process alone; null when another one holds it. To be called before anything else is written
 * there: keys that two first starts both make would be lost for one of them. Node has no file locks, so SQLite's own on an
 * empty file is used: the system frees it when the process ends, in whatever way, and an empty file cannot be damaged.
 * Throws with the system's error when the folder cannot be made or written.
 */
export function lockFolder(folder: string, waitMs = WAIT_MS): FolderLock | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new Database(path.join(folder, LOCK_FILE), { timeout: waitMs });
  try {
    // SQLite prepares a first page when it locks an empty file; in memory only, since the disk may be full.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY')) return null;
    throw cause;
  }
  return { release: () => db.close() };
}
