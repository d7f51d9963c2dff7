import type Database from 'better-sqlite3';
import { copyFileSync } from 'node:fs';
import { z } from 'zod';
import { Signal } from '../../shared/signal.ts';
import { addCopies } from './add-copies.ts';
import { ChangeKeys, GENESIS, rowKeyOf, type Change } from './change-keys.ts';
import { ChangeLog, readChanges } from './change-log.ts';
import { DamagedError } from './check-file.ts';
import type { Damage } from './damages.ts';
import { NO_JOURNAL, readJournal, type JournalContents } from './journal-file.ts';
import { JournalWriter, lastOf, readGeneration } from './journal-writer.ts';
import { NOTHING_FOUND, type CopyFacts, type OtherCopy, type TrustFindings } from './trust-findings.ts';
import { isHeld, renameHeldSync } from './rename-held.ts';
import { mergeChains } from './merge-chains.ts';
import { codeOf } from './sqlite-errors.ts';
import { isInBulk, reconcile, signRows } from './reconcile.ts';

/** Setting: rows that nothing proves, found at any start. */
const UNPROVEN = 'unproven_rows';
const MOST_UNPROVEN = 500;

/**
 * The chain over all rows that matter, and its second copy in a file beside the database. The database comes first: a change is
 * committed, and synced; then it is appended to the journal and synced, before the task that wrote it gives way to the one that
 * answers. So a record of the journal proves a commit, and what the journal lacks after a crash is in the database.
 */
export class RecordTrust {
  readonly #file: string;
  readonly #copies: readonly string[];
  readonly #kek: Buffer;
  readonly #keys: ChangeKeys;
  readonly #now: () => number;
  #findings: TrustFindings = { ...NOTHING_FOUND };
  #contents: JournalContents | null = null;
  #writer: JournalWriter | null = null;
  #otherCopy: OtherCopy | null = null;
  /** A copy from another disk has more than the journal. */
  #isFromCopy = false;
  /** The last run ended before rows that it wrote in bulk were in the chain. */
  #isInBulk = false;
  /** The journal grew, or was written again. */
  readonly grown = new Signal();
  /** The journal cannot be written, and why; null: it can be again. */
  readonly failed = new Signal<unknown>();

  /** `copies`: files that may be copies of the journal, from another disk. */
  constructor(options: { journalFile: string; kek: Buffer; now: () => number; copies?: readonly string[] }) {
    this.#copies = options.copies ?? [];
    this.#file = options.journalFile;
    this.#kek = options.kek;
    this.#keys = new ChangeKeys(options.kek);
    this.#now = options.now;
  }

  get findings(): Readonly<TrustFindings> {
    return this.#findings;
  }

  /** `seq` of the first event that nothing proves; null without one. */
  findUnprovenEvent(): number | null {
    const seqs = this.#findings.unproven
      .filter(({ table }) => table === 'attendance_event')
      .map(({ key }) => Number(key));
    return seqs.length === 0 ? null : Math.max(1, Math.min(...seqs));
  }

  /** The second copy of what is stored now, and where: on another disk rather than on this one. */
  describeCopy(): CopyFacts {
    const { hasFailed = true, writtenAt = null, length = 0, generation = 0 } = this.#writer ?? {};
    const other = this.#otherCopy;
    if (!other) return { state: hasFailed ? 'failed' : 'complete', where: 'same_disk', at: writtenAt };
    const isWhole = other.length === length && other.generation === generation;
    return { state: isWhole ? 'complete' : 'behind', where: other.where, at: other.at };
  }

  /** How far a copy on another disk has come; null when there is none. */
  noteOtherCopy(copy: OtherCopy | null): void {
    this.#otherCopy = copy;
  }

  /** What a copy of the journal is made from. */
  describeJournal(): { journal: string; name: string; length: number; generation: number } {
    const { length = 0, generation = 0, name = '' } = this.#writer ?? {};
    return { journal: this.#file, name, length, generation };
  }

  /**
   * Compares a database that has a chain with its journal, and makes right what one of them still has. To be called before the
   * schema is brought up to date. Throws DamagedError when the journal is the better copy of all.
   */
  check(db: Database.Database): void {
    this.#findings = { ...NOTHING_FOUND };
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
    this.#findings = { ...NOTHING_FOUND };
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
    this.#writer = new JournalWriter({
      db,
      log,
      keys: this.#keys,
      kek: this.#kek,
      file: this.#file,
      database,
      contents: this.#contents ?? NO_JOURNAL,
      isGood: this.#findings.journal === 'kept',
      failed: this.failed,
      grown: this.grown,
      now: this.#now,
    });
    this.#contents = null;
    if (this.#isInBulk) this.#writer.inBulk(() => undefined);
    this.#keepUnproven(db);
    this.flush();
  }

  /** Inside a transaction: `work` may change thousands of rows of the list at a stretch; their hashes come in portions after it. */
  inBulk<T>(work: () => T): T {
    return this.#writer ? this.#writer.inBulk(work) : work();
  }

  /** Everything written is in the chain. */
  get isSettled(): boolean {
    return this.#writer?.isOwing !== true;
  }

  /** Appends what was committed since. Called by itself at the end of the task that wrote; never throws. */
  flush(): void {
    this.#writer?.flush();
  }

  /**
   * Writes the journal again with the rows of now only, as the next generation, and writes over the old bytes. To be called after
   * rows or keys were destroyed for good: what they held is then in no record any more, and the chain still holds, because it is made of
   * hashes. Throws with the system's error; then the old journal stands.
   */
  rewrite(): void {
    this.#writer?.rewrite();
  }

  close(): void {
    this.#writer?.close();
    this.#writer = null;
  }

  #begin(db: Database.Database): void {
    db.exec('DELETE FROM change');
    const events = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM attendance_event').pluck().get());
    new ChangeLog(db, this.#keys).begin(hasSessions(db) ? events + 1 : 0);
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
    this.#isInBulk = isInBulk(chain.changes);
    if (this.#isInBulk && !isInBulk([...stored.values()]))
      result.unproven.push({ table: 'person', key: '', what: 'row' });
    if (this.#isInBulk || result.unproven.length > 0 || result.lost.length > 0) signRows(db, this.#keys);
    if (chain.isForked) this.#setJournalAside();
    else if (
      this.#contents &&
      (this.#isFromCopy || damages > 0 || !isCopied || chain.journalAgreesTo < lastOf(this.#contents))
    )
      this.#findings.journal = 'repaired';
  }

  /** Null when there is none of this database. */
  #readJournal(own: Buffer | null, db: Database.Database): JournalContents | null {
    const near = readJournal(this.#file, this.#keys);
    const contents = addCopies(near, this.#copies, this.#keys, {
      database: own,
      generation: readGeneration(db) ?? 0,
    });
    this.#isFromCopy = contents !== near;
    if (!contents) {
      this.#findings.journal = readGeneration(db) === null ? 'begun' : 'missing';
      return null;
    }
    if (!near) return contents;
    const isOther = own !== null && contents.database !== null && !own.equals(contents.database);
    if (contents.database !== null && !(isOther && hasSessions(db))) return contents;
    this.#setJournalAside();
    return null;
  }

  #setJournalAside(): void {
    this.#findings.journal = 'set_aside';
    this.#contents = null;
    const aside = `${this.#file}.${new Date(this.#now()).toISOString().replaceAll(':', '-')}`;
    try {
      renameHeldSync(this.#file, aside);
    } catch (cause) {
      if (!isHeld(cause)) throw cause;
      // It stays held: what it holds is kept, and written over as soon as it can be.
      copyFileSync(this.#file, aside);
    }
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

function hasSessions(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM session LIMIT 1').get() !== undefined;
}
