import Database from 'better-sqlite3';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../shared/result.ts';
import { canBeRead } from './can-be-read.ts';
import { checkFile, DamagedError, hasUnknownFormat } from './check-file.ts';
import { ClosedDigest } from './closed-digest.ts';
import type { Damage } from './damages.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { isHeld, renameHeldSync } from './rename-held.ts';
import { changeLog } from './migrations/007-change-log.ts';
import type { RecordTrust } from './record-trust.ts';
import { assertColumns, repairSchema } from './repair-schema.ts';
import type { SpaceReserve } from './reserve.ts';
import { codeOf, isFull } from './sqlite-errors.ts';

const BUSY_TIMEOUT_MS = 5_000;
const JOURNAL_LIMIT_BYTES = 8 * 1024 * 1024;
/** Damage is believed when it was found so often, and every byte could be read: SQLite calls a page that cannot be read corrupt. */
const TIMES_DAMAGED = 2;
/** More steps of the schema than there will ever be. */
const HIGHEST_VERSION = 1_000;

export type OpenOutcome =
  | { ok: true; db: Database.Database; quarantinedTo: string | null; digest: ClosedDigest; damages: Damage[] }
  | { ok: false; error: 'newer_database'; found: number; known: number }
  | { ok: false; error: 'in_use' }
  | { ok: false; error: 'cannot_open'; detail: string };

/**
 * Opens the one connection to the attendance database. `synchronous` is set on every open because better-sqlite3
 * compiles WAL with NORMAL, which loses the last commits in a power cut; it is asserted after a real write because on
 * a new file the value read before the first write is not the one used. A damaged file is moved aside whole, never
 * deleted, and a new one is begun: the hall must be able to sign in. A disk on which reading fails is no damage: then nothing is
 * moved, and the records cannot be opened. A damaged one that another program holds and that cannot be moved
 * stays where it is, and the new one gets another name, which later opens find. On a full disk `reserve` is given up, and without
 * one an existing database still opens: it can be read, and written as soon as there is space. `trust` compares what is stored with
 * its second copy, before the schema changes, and makes a new database again from it.
 */
export function openDatabase(file: string, reserve?: SpaceReserve, trust?: RecordTrust): OpenOutcome {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let quarantinedTo: string | null = null;
  let name = newestName(file);
  let timesDamaged = 0;
  for (;;) {
    let db: Database.Database | undefined;
    let isUpToDate = false;
    try {
      keepPrivate(name);
      db = new Database(name, { timeout: BUSY_TIMEOUT_MS });
      configure(db);
      const version = Number(db.pragma('user_version', { simple: true }));
      isUpToDate = version === MIGRATIONS.length;
      assertVersion(db, version);
      if (hasTables(db) && version <= MIGRATIONS.length) assertColumns(db, version);
      const digest = new ClosedDigest(db);
      const changed = hasTables(db) && version <= MIGRATIONS.length ? digest.open() : [];
      const hasChain = version >= changeLog.id && version <= MIGRATIONS.length;
      if (hasChain) trust?.check(db);
      const migrated = migrate(db);
      if (!migrated.ok) {
        db.close();
        return migrated;
      }
      if (!hasChain) trust?.adopt(db);
      else if (!isUpToDate) trust?.acceptSchema(db);
      repairSchema(db);
      const damages = [...checkFile(db), ...changed];
      assertDurable(db, reserve);
      return { ok: true, db, quarantinedTo, digest, damages };
    } catch (cause) {
      db?.close();
      if (isBusy(cause)) return { ok: false, error: 'in_use' };
      if (isFull(cause) && reserve?.giveUp()) continue;
      if (quarantinedTo !== null || !(isDamaged(cause, name) || (isUpToDate && codeOf(cause) === 'SQLITE_ERROR'))) {
        return { ok: false, error: 'cannot_open', detail: cause instanceof Error ? cause.message : String(cause) };
      }
      timesDamaged += 1;
      if (!canBeRead(name, `${name}-wal`))
        return { ok: false, error: 'cannot_open', detail: 'the disk cannot be read' };
      if (timesDamaged < TIMES_DAMAGED) continue;
      try {
        quarantinedTo = setAside(name);
      } catch (held) {
        if (!isHeld(held)) throw held;
        quarantinedTo = name;
        name = nextName(file);
      }
    }
  }
}

/** Names of the database, the first one first. All but the newest were left because they could not be moved aside. */
const NAMES = ['', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9'];

function listNames(file: string): string[] {
  const { dir, name, ext } = path.parse(file);
  return NAMES.map((mark) => path.join(dir, `${name}${mark}${ext}`));
}

/** The name of the database that counts: the newest that is there. */
export function newestName(file: string): string {
  return listNames(file).findLast((name) => existsSync(name)) ?? file;
}

function nextName(file: string): string {
  const names = listNames(file);
  const next = names[names.indexOf(newestName(file)) + 1];
  assert(next, 'a ninth damaged database that cannot be moved is no accident any more');
  return next;
}

/** Whether records exist on this PC, under whatever name of the database, or in its second copy alone. */
export function hasDatabase(file: string): boolean {
  return existsSync(newestName(file)) || existsSync(journalOf(file));
}

/** The second copy of a database, beside it. */
export function journalOf(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.journal`);
}

/** Readable by this user only; SQLite gives its journal the mode of the database. */
function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    for (const each of [file, `${file}-wal`]) if (existsSync(each)) chmodSync(each, 0o600);
  } catch {
    // Not ours to change; whether it can be opened, SQLite says.
  }
}

/**
 * Moves the records aside as they are, for support; the next open makes them again from their second copy, or without it begins new
 * ones. They must be closed. The folder.
 */
export function setRecordsAside(file: string): string {
  return setAside(newestName(file));
}

/** Moves the second copy into a folder of records that were set aside: it is no better than they are. */
export function setJournalAside(file: string, folder: string): void {
  const journal = journalOf(file);
  if (existsSync(journal)) renameHeldSync(journal, path.join(folder, path.basename(journal)));
}

function hasTables(db: Database.Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'meta'`).get() !== undefined;
}

/** A format that no program can have written, that is less than it was, or that a newer program would have written down, is damage. */
function assertVersion(db: Database.Database, version: number): void {
  const last = lastVersion(db);
  const isFlipped = version > MIGRATIONS.length && last === MIGRATIONS.length && isOneBit(version ^ last);
  if (version < 0 || version > HIGHEST_VERSION || version < last || isFlipped)
    throw new DamagedError(`format ${version}`);
}

function isOneBit(number: number): boolean {
  return number > 0 && (number & (number - 1)) === 0;
}

/** The format when the file was last opened; older programs did not write it down. */
function lastVersion(db: Database.Database): number {
  if (!hasTables(db)) return 0;
  return Number(db.prepare(`SELECT value FROM meta WHERE key = 'format'`).pluck().get() ?? 1);
}

function configure(db: Database.Database): void {
  // Before WAL: no shared-memory file, and a second program that opens the file gets "busy".
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma(`journal_size_limit = ${JOURNAL_LIMIT_BYTES}`);
}

function assertDurable(db: Database.Database, reserve: SpaceReserve | undefined): void {
  const write = db.prepare(
    `INSERT INTO meta (key, value) VALUES ('opened_at', ?), ('format', ${MIGRATIONS.length})
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  try {
    write.run(String(Date.now()));
  } catch (cause) {
    if (!isFull(cause)) throw cause;
    if (reserve?.giveUp()) write.run(String(Date.now()));
  }
  assert(Number(db.pragma('synchronous', { simple: true })) >= 2, 'SQLite must sync every commit (synchronous=FULL)');
  assert(db.pragma('journal_mode', { simple: true }) === 'wal', 'SQLite must use its write-ahead log');
  assert(db.pragma('locking_mode', { simple: true }) === 'exclusive', 'one connection must own the database');
}

function setAside(file: string): string {
  const dir = path.join(path.dirname(file), `damaged-${new Date().toISOString().replaceAll(':', '-')}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // Database and journal belong together; one without the other cannot be salvaged.
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameHeldSync(file + suffix, path.join(dir, path.basename(file) + suffix));
  }
  return dir;
}

function isBusy(cause: unknown): boolean {
  return codeOf(cause).startsWith('SQLITE_BUSY');
}

function isDamaged(cause: unknown, file: string): boolean {
  return (
    cause instanceof DamagedError ||
    (cause instanceof Error && cause.message === 'unsupported file format') ||
    (codeOf(cause) === 'SQLITE_READONLY' && hasUnknownFormat(file)) ||
    codeOf(cause).startsWith('SQLITE_CORRUPT') ||
    codeOf(cause) === 'SQLITE_NOTADB'
  );
}
