import type Database from 'better-sqlite3';
import type { Signal } from '../../shared/signal.ts';
import type { ChangeKeys } from './change-keys.ts';
import { readChanges, type ChangeLog } from './change-log.ts';
import { JournalFile, type JournalContents } from './journal-file.ts';
import { JournalSealer } from './journal-sealer.ts';
import { collectRows } from './reconcile.ts';
import { WAITS_WHILE_SERVING_MS } from './rename-held.ts';
import { isFull } from './sqlite-errors.ts';

/** Changes written at once. */
const PORTION = 2_000;
/** Rows written in bulk whose hashes are made at a stretch. */
const BULK_PORTION = 60;
const RETRY_MS = 10_000;
/** In `meta`: stands exactly when this database has had a journal. */
const GENERATION = 'journal_generation';

export interface JournalWriterOptions {
  db: Database.Database;
  log: ChangeLog;
  keys: ChangeKeys;
  kek: Buffer;
  file: string;
  /** Id of the database. */
  database: Buffer;
  /** What the file holds. */
  contents: JournalContents;
  /** Whether it can be carried on; else it is written whole. */
  isGood: boolean;
  /** Hears why the journal cannot be written; null when it can be again. */
  failed: Signal<unknown>;
  grown: Signal;
  now: () => number;
}

/** Carries the journal on: what is committed is appended and synced before the task that wrote it gives way to another. */
export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #journal: JournalFile;
  #sealer: JournalSealer;
  #generation: number;
  /** The last change in the journal; -1: it must be written whole. */
  #lastSeq: number;
  /** A whole journal is not tried before, by the monotonic clock, ms: each sign-in would wait for it. */
  #nextWholeMs = 0;
  /** The start is over, and people may be waiting. */
  #hasBegun = false;
  #isPlanned = false;
  #isClosed = false;
  #hasFailed = false;
  #writtenAt: number | null = null;

  constructor(options: JournalWriterOptions) {
    const { db, log, keys, kek, contents } = options;
    this.#options = options;
    this.#generation = Math.max(contents.generation, readGeneration(db) ?? 1);
    this.#journal = new JournalFile(options.file, keys, options.database, contents.length);
    this.#sealer = new JournalSealer(db, keys, kek);
    this.#lastSeq = options.isGood ? lastOf(contents) : -1;
    this.#keepGeneration();
    log.watch(() => this.#plan());
  }

  /** Bytes that are on the disk. */
  get length(): number {
    return this.#journal.length;
  }

  get isOwing(): boolean {
    return this.#options.log.isOwing;
  }

  /** Of the database, as copies are called. */
  get name(): string {
    return this.#options.database.toString('hex');
  }

  get generation(): number {
    return this.#generation;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** When it was last brought up to date, epoch milliseconds. */
  get writtenAt(): number | null {
    return this.#writtenAt;
  }

  /** Never throws: the database has it, and the journal gets it at the next change. */
  flush(): void {
    this.#isPlanned = false;
    if (this.#isClosed) return;
    try {
      if (this.#lastSeq < 0 && performance.now() < this.#nextWholeMs) return;
      if (this.#lastSeq < 0)
        this.#replace({ erase: false, waitsMs: this.#hasBegun ? WAITS_WHILE_SERVING_MS : undefined });
      else this.#append();
      this.#writtenAt = this.#options.now();
      this.#options.grown.emit();
      if (!this.#hasFailed) return;
      this.#hasFailed = false;
      this.#options.failed.emit(null);
    } catch (cause) {
      // No error of the system: the file is not any more what was written.
      if (!(cause instanceof Error && 'code' in cause)) this.#lastSeq = -1;
      this.#hasFailed = true;
      this.#nextWholeMs = performance.now() + RETRY_MS;
      this.#options.failed.emit(cause);
    } finally {
      this.#hasBegun = true;
    }
  }

  /** See `RecordTrust.inBulk`. */
  inBulk<T>(work: () => T): T {
    if (!this.#options.log.isOwing) setImmediate(() => this.#settle());
    return this.#options.log.inBulk(work);
  }

  /** See `RecordTrust.rewrite`. */
  rewrite(): void {
    this.#settleAll();
    const { db, keys, kek } = this.#options;
    // Fewer keys may be left than those remembered.
    this.#sealer = new JournalSealer(db, keys, kek);
    this.#generation += 1;
    this.#replace({ erase: true });
    this.#keepGeneration();
    this.#options.grown.emit();
  }

  close(): void {
    this.#settleAll();
    this.#nextWholeMs = 0;
    this.flush();
    this.#isClosed = true;
    this.#journal.close();
  }

  /** A portion, then whatever else there is to do, a sign-in above all. */
  #settle(): void {
    const { log, failed } = this.#options;
    if (this.#isClosed) return;
    try {
      log.settle(BULK_PORTION);
      if (log.isOwing) setImmediate(() => this.#settle());
    } catch (cause) {
      failed.emit(cause);
      setTimeout(() => this.#settle(), RETRY_MS).unref();
    }
  }

  #settleAll(): void {
    try {
      while (this.#options.log.isOwing) this.#options.log.settle(PORTION);
    } catch (cause) {
      // The next start sees that they are owed.
      this.#options.failed.emit(cause);
    }
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    // After the transaction, which is synchronous, and before any answer, which is not.
    queueMicrotask(() => this.flush());
  }

  #append(): void {
    const { db, log, keys } = this.#options;
    for (;;) {
      const changes = log.listAfter(this.#lastSeq, PORTION);
      const last = changes.at(-1);
      if (!last) return;
      const written = changes.map((change) => ({ change, row: log.takeWritten(change) }));
      const unknown = written
        .filter(({ change, row }) => change.op === 'put' && !row && log.table(change.table))
        .map(({ change }) => change);
      const found = unknown.length > 0 ? collectRows(db, keys, unknown) : null;
      const records = written.map(({ change, row }) =>
        this.#sealer.seal(change, row ?? found?.get(change.seq) ?? null, this.#generation),
      );
      const sync = changes.some(({ table }) => log.table(table)?.mayWait !== true);
      this.#journal.append(records, { sync });
      this.#lastSeq = last.seq;
    }
  }

  #replace(options: Parameters<JournalFile['replace']>[1]): void {
    const { db, log, keys } = this.#options;
    const changes = [...readChanges(db).values()].toSorted((a, b) => a.seq - b.seq);
    const rows = collectRows(db, keys, changes);
    const seal = changes
      .values()
      .map((change) => this.#sealer.seal(change, rows.get(change.seq) ?? null, this.#generation));
    this.#journal.replace(seal, options);
    log.forgetWritten();
    this.#lastSeq = changes.at(-1)?.seq ?? 0;
  }

  #keepGeneration(): void {
    const { db } = this.#options;
    if (readGeneration(db) === this.#generation) return;
    const write = db.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
    try {
      write.run(GENERATION, String(this.#generation));
    } catch (cause) {
      // At the next start; until then the journal itself says it.
      if (!isFull(cause)) throw cause;
    }
  }
}

/** The last change a journal has; -1 for none. */
export function lastOf({ records }: JournalContents): number {
  return records.keys().reduce((last, seq) => Math.max(last, seq), -1);
}

/** Null: this database never had a journal. */
export function readGeneration(db: Database.Database): number | null {
  const value = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(GENERATION);
  return value === undefined ? null : Number(value) || 1;
}
