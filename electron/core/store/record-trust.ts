import type Database from 'better-sqlite3';
import { renameSync } from 'node:fs';
import { z } from 'zod';
import { Signal } from '../../shared/signal.ts';
import { ChangeKeys, GENESIS, rowKeyOf, type Change } from './change-keys.ts';
import { ChangeLog, readChanges } from './change-log.ts';
import { DamagedError } from './check-file.ts';
import type { Damage } from './damages.ts';
import { JournalFile, NO_JOURNAL, readJournal, type JournalContents } from './journal-file.ts';
import { JournalSealer } from './journal-sealer.ts';
import { mergeChains } from './merge-chains.ts';
import { codeOf } from './sqlite-errors.ts';
import { collectRows, reconcile, signRows, type Reconciled } from './reconcile.ts';

/** What was found of chain and second copy when the records were opened. */
export interface TrustFindings extends Reconciled {
  /** The database was empty and was made again from the journal. */
  isRebuilt: boolean;
  /** Changes that the database had lost at its end, or never had because it was an older copy. */
  rolledForward: number;
  /**
   * kept: as it was left · begun: a new one · missing: there was one, and it is gone · repaired: damaged, and written again ·
   * set_aside: of another database, made with other keys, or gone another way; kept under another name.
   */
  journal: 'kept' | 'begun' | 'missing' | 'repaired' | 'set_aside';
  /** The first change that nothing proves; null when the chain holds. */
  brokenAt: number | null;
  /** Rows of the attendance log before this one were written without keys; 0 when all have one. */
  keyedFrom: number;
}

const NOTHING: TrustFindings = {
  isRebuilt: false,
  rolledForward: 0,
  journal: 'kept',
  brokenAt: null,
  keyedFrom: 0,
  rebuilt: [],
  setAside: [],
  unproven: [],
  lost: [],
};
/** Changes written to the journal at once. */
const PORTION = 2_000;
/** Setting: rows that nothing proves, found at any start. */
const UNPROVEN = 'unproven_rows';
const MOST_UNPROVEN = 500;
const HAD_JOURNAL = 'journal_generation';

/**
 * The chain over all rows that matter, and its second copy in a file beside the database. The database comes first: a change is
 * committed, and synced; then it is appended to the journal and synced, before the task that wrote it gives way to the one that
 * answers. So a record of the journal proves a commit, and what the journal lacks after a crash is in the database.
 */
export class RecordTrust {
  readonly #file: string;
  readonly #kek: Buffer;
  readonly #keys: ChangeKeys;
  readonly #now: () => number;
  #findings: TrustFindings = { ...NOTHING };
  #contents: JournalContents | null = null;
  #begun: Begun | null = null;
  #isPlanned = false;
  #hasFailed = false;
  /** The journal cannot be written, and why; null: it can be again. */
  readonly failed = new Signal<unknown>();

  constructor(options: { journalFile: string; kek: Buffer; now: () => number }) {
    this.#file = options.journalFile;
    this.#kek = options.kek;
    this.#keys = new ChangeKeys(options.kek);
    this.#now = options.now;
  }

  get findings(): Readonly<TrustFindings> {
    return this.#findings;
  }

  /** Bytes of the journal that are on the disk. */
  get journalLength(): number {
    return this.#begun?.journal.length ?? 0;
  }

  get journalFile(): string {
    return this.#file;
  }

  /**
   * Compares a database that has a chain with its journal, and makes right what one of them still has. To be called before the
   * schema is brought up to date. Throws DamagedError when the journal is the better copy of all.
   */
  check(db: Database.Database): void {
    this.#findings = { ...NOTHING };
    const stored = readChanges(db);
    const own = readGenesis(this.#keys, stored.get(0));
    this.#contents = this.#readJournal(own?.database ?? null, db);
    const { records, database } = this.#contents ?? NO_JOURNAL;
    if (own && database && !own.database.equals(database)) stored.clear();
    const copied = readGenesis(this.#keys, records.get(0));
    if (stored.size === 0 && !copied) {
      // Nobody but a person with another program empties it.
      if (hasSessions(db)) this.#findings.brokenAt = 1;
      this.#begin(db);
      return;
    }
    try {
      this.#reconcile(db, stored);
    } catch (cause) {
      // A table or a column is not as it should be: nothing can be written into it.
      if (/^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/u.test(codeOf(cause))) throw new DamagedError(String(cause), { cause });
      throw cause;
    }
  }

  /** Begins the chain of a database that has none yet, or makes an empty one again from the journal. The schema is up to date. */
  adopt(db: Database.Database): void {
    this.#findings = { ...NOTHING };
    this.#contents = this.#readJournal(null, db);
    if (!this.#contents?.database) {
      this.#begin(db);
      return;
    }
    if (hasSessions(db)) throw new DamagedError('the database is older than its journal');
    this.#findings.isRebuilt = true;
    this.#reconcile(db, new Map());
  }

  /** A step of the schema changed rows: they are right as they are now. */
  acceptSchema(db: Database.Database): void {
    signRows(db, this.#keys);
  }

  /** From now on every change goes into chain and journal. Brings the journal up to date. */
  watch(db: Database.Database): void {
    const log = new ChangeLog(db, this.#keys);
    const genesis = readChanges(db).get(0);
    const read = readGenesis(this.#keys, genesis);
    const database =
      read?.database ?? this.#contents?.database ?? (genesis ? rowKeyOf(genesis.proof) : Buffer.alloc(16));
    this.#findings.keyedFrom = read?.keyedFrom ?? 0;
    const contents = this.#contents ?? NO_JOURNAL;
    const generation = Math.max(contents.generation, readGeneration(db) ?? 1);
    const journal = new JournalFile(this.#file, this.#keys, database, contents.length);
    const sealer = new JournalSealer(db, this.#keys, this.#kek);
    this.#begun = {
      db,
      log,
      journal,
      sealer,
      generation,
      lastSeq: this.#findings.journal === 'kept' ? lastOf(contents) : -1,
    };
    this.#contents = null;
    writeGeneration(db, generation);
    log.watch(() => this.#plan());
    this.#keepUnproven(db);
    this.flush();
  }

  /** Appends what was committed since. Called by itself at the end of the task that wrote; never throws. */
  flush(): void {
    this.#isPlanned = false;
    if (!this.#begun) return;
    try {
      if (this.#begun.lastSeq < 0) this.#replace(this.#begun, { erase: false });
      else this.#append(this.#begun);
      if (this.#hasFailed) this.failed.emit(null);
      this.#hasFailed = false;
    } catch (cause) {
      // What was begun is not there any more: cut off, or taken away.
      if (!(cause instanceof Error && 'code' in cause)) this.#begun.lastSeq = -1;
      this.#hasFailed = true;
      this.failed.emit(cause);
    }
  }

  /**
   * Writes the journal again with the rows of now only, as the next generation, and writes over the old bytes. To be called after
   * rows or keys were destroyed for good: what they held is then in no record any more, and the chain still holds, because it is made of
   * hashes. Throws with the system's error; then the old journal stands.
   */
  rewrite(): void {
    if (!this.#begun) return;
    const { db } = this.#begun;
    const generation = this.#begun.generation + 1;
    // Other keys may be left than those remembered.
    const next = { ...this.#begun, generation, sealer: new JournalSealer(db, this.#keys, this.#kek) };
    this.#replace(next, { erase: true });
    this.#begun = next;
    writeGeneration(db, generation);
  }

  close(): void {
    this.flush();
    this.#begun?.journal.close();
    this.#begun = null;
  }

  #begin(db: Database.Database): void {
    db.exec('DELETE FROM change');
    const events = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM attendance_event').pluck().get());
    new ChangeLog(db, this.#keys).begin(events === 0 ? 0 : events + 1);
    if (this.#findings.journal !== 'set_aside') this.#findings.journal = 'begun';
    this.#contents = null;
  }

  #reconcile(db: Database.Database, stored: ReadonlyMap<number, Change>): void {
    const { records, damages } = this.#contents ?? NO_JOURNAL;
    const own = stored.get(0);
    const copied = records.get(0);
    const isOwn = readGenesis(this.#keys, own) !== null;
    const isCopied = readGenesis(this.#keys, copied) !== null;
    const genesis = isOwn ? own : isCopied ? copied : undefined;
    const chain = mergeChains(this.#keys, genesis?.proof ?? null, stored, records);
    if (!isOwn && genesis) chain.fromJournal.unshift(genesis);
    const lastStored = stored.keys().reduce((last, seq) => (seq <= chain.last ? Math.max(last, seq) : last), 0);
    const isProvedWhole =
      this.#contents !== null && chain.unprovenAt === null && !chain.isForked && records.has(chain.last);
    const result = reconcile({
      db,
      keys: this.#keys,
      kek: this.#kek,
      chain,
      journal: records,
      isProvedWhole,
      now: this.#now(),
    });
    Object.assign(this.#findings, result, {
      rolledForward: chain.fromJournal.filter(({ seq }) => seq > lastStored).length,
      brokenAt: chain.unprovenAt,
    });
    if (result.unproven.length > 0 || result.lost.length > 0) signRows(db, this.#keys);
    if (chain.isForked) this.#setJournalAside();
    else if (this.#contents && (damages > 0 || !isCopied || chain.journalAgreesTo < lastOf(this.#contents)))
      this.#findings.journal = 'repaired';
  }

  /** Null when there is none of this database. */
  #readJournal(own: Buffer | null, db: Database.Database): JournalContents | null {
    const contents = readJournal(this.#file, this.#keys);
    if (!contents) {
      this.#findings.journal = readGeneration(db) === null ? 'begun' : 'missing';
      return null;
    }
    const isOther = own !== null && contents.database !== null && !own.equals(contents.database);
    if (contents.database !== null && !(isOther && hasSessions(db))) return contents;
    this.#setJournalAside();
    return null;
  }

  #setJournalAside(): void {
    this.#findings.journal = 'set_aside';
    this.#contents = null;
    renameSync(this.#file, `${this.#file}.${new Date(this.#now()).toISOString().replaceAll(':', '-')}`);
  }

  /** Taken into the chain as they are, they must not look proved at the next start. */
  #keepUnproven(db: Database.Database): void {
    const { unproven, lost } = this.#findings;
    const raw = db.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(UNPROVEN);
    const kept = typeof raw === 'string' ? readDamages(raw) : [];
    const found = [...unproven, ...lost].filter(
      ({ table, key }) => !kept.some((damage) => damage.table === table && damage.key === key),
    );
    const all = [...kept, ...found].slice(0, MOST_UNPROVEN);
    this.#findings.unproven = all;
    if (found.length === 0 || all.length === kept.length) return;
    db.prepare(
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(UNPROVEN, JSON.stringify(all));
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    // After the transaction, which is synchronous, and before any answer, which is not.
    queueMicrotask(() => this.flush());
  }

  #append(begun: Begun): void {
    for (;;) {
      const changes = begun.log.listAfter(begun.lastSeq, PORTION);
      const last = changes.at(-1);
      if (!last) return;
      const written = changes.map((change) => ({ change, row: begun.log.takeWritten(change) }));
      const unknown = written.filter(({ change, row }) => change.op === 'put' && !row).map(({ change }) => change);
      const found = unknown.length > 0 ? collectRows(begun.db, this.#keys, unknown) : new Map();
      const records = written.map(({ change, row }) =>
        begun.sealer.seal(change, row ?? found.get(change.seq) ?? null, begun.generation),
      );
      const sync = changes.some(({ table }) => begun.log.table(table)?.mayWait !== true);
      begun.journal.append(records, { sync });
      begun.lastSeq = last.seq;
    }
  }

  #replace(begun: Begun, options: { erase: boolean }): void {
    const changes = [...readChanges(begun.db).values()].toSorted((a, b) => a.seq - b.seq);
    const rows = collectRows(begun.db, this.#keys, changes);
    const records = changes
      .values()
      .map((change) => begun.sealer.seal(change, rows.get(change.seq) ?? null, begun.generation));
    begun.journal.replace(records, options);
    begun.log.forgetWritten();
    begun.lastSeq = changes.at(-1)?.seq ?? 0;
  }
}

interface Begun {
  db: Database.Database;
  log: ChangeLog;
  journal: JournalFile;
  sealer: JournalSealer;
  generation: number;
  /** The last change in the journal; -1: it must be written whole. */
  lastSeq: number;
}

function readGenesis(keys: ChangeKeys, change: Change | undefined): { database: Buffer; keyedFrom: number } | null {
  return change?.table === GENESIS ? keys.readGenesis(change) : null;
}

function readDamages(raw: string): Damage[] {
  try {
    return z
      .array(z.object({ table: z.string(), key: z.string(), what: z.enum(['row', 'differs']) }))
      .parse(JSON.parse(raw));
  } catch {
    return [];
  }
}

function lastOf({ records }: JournalContents): number {
  return records.keys().reduce((last, seq) => Math.max(last, seq), -1);
}

function hasSessions(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM session LIMIT 1').get() !== undefined;
}

function readGeneration(db: Database.Database): number | null {
  const value = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(HAD_JOURNAL);
  return value === undefined ? null : Number(value) || 1;
}

function writeGeneration(db: Database.Database, generation: number): void {
  if (readGeneration(db) === generation) return;
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    HAD_JOURNAL,
    String(generation),
  );
}
