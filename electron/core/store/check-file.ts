import type Database from 'better-sqlite3';
import { closeSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import type { Damage } from './damages.ts';

/** The file as a whole cannot be used. */
export class DamagedError extends Error {}

/** Where the head of a file says in which formats it is written and read; SQLite has only ever had 1 and 2. */
const FORMATS_AT = 18;

/**
 * Whether the head of the file says a format that no program writes: a wrong bit makes SQLite refuse the file, or open it for reading
 * only. Throws with the system's error.
 */
export function hasUnknownFormat(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const formats = Buffer.alloc(2);
    return readSync(handle, formats, 0, 2, FORMATS_AT) === 2 && formats.some((format) => format < 1 || format > 2);
  } finally {
    closeSync(handle);
  }
}

/** Tables whose readers set a bad row aside. A bad row elsewhere says that the file cannot be used. */
const READ_ROW_BY_ROW = new Set([
  'action',
  'attendance_event',
  'check_run',
  'head_count',
  'person',
  'playback_event',
  'playback_session',
  'roll_call',
  'setting',
  'sitting_person',
]);
/** Without these no row can be found that belongs to them; which of index and table is right is not known. */
const MUST_MATCH = /^sqlite_autoindex_(session|sitting|report|outbox)_\d+$/;
const LostRow = z.object({ table: z.string(), rowid: z.number().nullable() });
const BAD_ROW = /^(?:CHECK constraint failed in |NULL value in |\S+ value in )(\w+)(?:\.\w+)?$/;
const BAD_INDEX = /(?:missing from index|entries in index|non-unique entry in index) (\w+)$/;

/**
 * Looks for damage with SQLite's own check of the whole file. Throws DamagedError when the file cannot be used; wrong
 * indexes are built again, and bad rows are named.
 */
export function checkFile(db: Database.Database): Damage[] {
  const said = z.array(z.string()).parse(db.prepare('PRAGMA integrity_check').pluck().all());
  const damages = said.filter((line) => line !== 'ok').map(toDamage);
  if (damages.some(({ what }) => what === 'index')) {
    try {
      db.exec('REINDEX');
    } catch (cause) {
      throw new DamagedError(String(cause), { cause });
    }
    const left = z.array(z.string()).parse(db.prepare('PRAGMA integrity_check').pluck().all());
    if (left.some((line) => line !== 'ok' && toDamage(line).what === 'index')) throw new DamagedError(left[0]);
  }
  return [...damages, ...findLost(db)];
}

/** Rows that name another row which is not there. */
function findLost(db: Database.Database): Damage[] {
  const rows = z.array(LostRow).parse(db.prepare('PRAGMA foreign_key_check').all());
  return rows.map(({ table, rowid }) => ({ table, key: rowid === null ? '' : String(rowid), what: 'row' }));
}

function toDamage(line: string): Damage {
  const index = BAD_INDEX.exec(line)?.[1];
  if (index !== undefined && !MUST_MATCH.test(index)) return { table: index, key: '', what: 'index' };
  const table = BAD_ROW.exec(line)?.[1];
  if (table !== undefined && READ_ROW_BY_ROW.has(table)) return { table, key: '', what: 'row' };
  throw new DamagedError(line);
}
