import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UNCHAINED } from './covered-tables.ts';
import type { Damage } from './damages.ts';
import { isFull } from './sqlite-errors.ts';

const CLOSED = 'closed_digests';
const FOUND = 'damaged_tables';
const Digests = z.record(z.string(), z.string());
const Tables = z.array(z.string());

/**
 * A digest of each table that is not in the chain of changes, written when the records are closed and compared when they are opened
 * again. It says nothing after a power cut, and it has no key: it finds bad disks, not forgers.
 */
export class ClosedDigest {
  readonly #db: Database.Database;
  /** The digests of the last closing still stand in the file, because the disk was full. */
  #isStale = false;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Tables that are not as they were closed; a table once found stays named. To be called before anything is written. */
  open(): Damage[] {
    // Older programs made one of every table.
    const before = Object.entries(this.#read(CLOSED, Digests) ?? {}).filter(([table]) => UNCHAINED.includes(table));
    const now = before.length === 0 ? {} : this.#digest();
    const found = new Set(this.#read(FOUND, Tables) ?? []);
    for (const [table, digest] of before) if (digest !== now[table]) found.add(table);
    try {
      this.#db
        .transaction(() => {
          if (found.size > 0) this.#write(FOUND, [...found]);
          this.#db.prepare('DELETE FROM meta WHERE key = ?').run(CLOSED);
        })
        .immediate();
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      this.#isStale = true;
    }
    return [...found].map((table) => ({ table, key: '', what: 'contents' }));
  }

  /** There is room on the disk again. */
  roomMade(): void {
    if (!this.#isStale) return;
    this.#db.prepare('DELETE FROM meta WHERE key = ?').run(CLOSED);
    this.#isStale = false;
  }

  /** Nothing may be written after. */
  close(): void {
    this.#write(CLOSED, this.#digest());
  }

  #digest(): Record<string, string> {
    const isThere = this.#db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`);
    return Object.fromEntries(
      UNCHAINED.filter((table) => isThere.get(table)).map((table) => {
        const hash = createHash('sha256');
        for (const row of this.#db.prepare(`SELECT * FROM "${table}"`).raw().iterate()) addRow(hash, row);
        return [table, hash.digest('hex')];
      }),
    );
  }

  #read<T>(key: string, schema: z.ZodType<T>): T | null {
    const raw = this.#db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key);
    if (typeof raw !== 'string') return null;
    try {
      return schema.parse(JSON.parse(raw));
    } catch {
      return null;
    }
  }

  #write(key: string, value: unknown): void {
    this.#db
      .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, JSON.stringify(value));
  }
}

/** Every cell with its kind and length, so that no two rows read alike. */
function addRow(hash: ReturnType<typeof createHash>, row: unknown): void {
  for (const cell of z.array(z.unknown()).parse(row)) {
    const bytes = Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell), 'utf8');
    hash.update(`${Buffer.isBuffer(cell) ? 'blob' : typeof cell}:${bytes.length}:`);
    hash.update(bytes);
  }
  hash.update('\n');
}
