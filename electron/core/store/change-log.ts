import type Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ChangeKeys, GENESIS, type Cell, type Change, type ChangeOp } from './change-keys.ts';
import { listCovered, readRows, type CoveredTable } from './covered-tables.ts';

const Row = z.object({
  seq: z.number(),
  tbl: z.string(),
  op: z.enum(['put', 'del']),
  proof: z.instanceof(Buffer),
});
/** More than a roster of thousands in one transaction; what does not fit is read from its table. */
const MOST_PENDING = 40_000;

/** Change that says that rows were written in bulk, and when it is deleted, that they are in the chain. */
export const BULK_TABLE = 'bulk';
const BULK_KEY = Buffer.alloc(16);

interface Noted {
  table: CoveredTable;
  primary: readonly Cell[];
}

/** A row as it was just written. */
export interface WrittenRow {
  table: CoveredTable;
  proof: Buffer;
  cells: readonly Cell[];
}

/**
 * Writes one row into table `change` for every change of a row that matters, in the same transaction, by triggers of this
 * connection. They are temporary ones: the file holds no program, a later column is covered by itself, and whoever edits the file
 * with another program leaves rows and chain that differ.
 */
export class ChangeLog {
  readonly #db: Database.Database;
  readonly #keys: ChangeKeys;
  readonly #tables: ReadonlyMap<string, CoveredTable>;
  readonly #insert: Database.Statement;
  readonly #last: Database.Statement;
  readonly #after: Database.Statement;
  readonly #pending = new Map<number, WrittenRow>();
  /** Rows written in bulk whose changes are not yet in the chain; null while none are noted. */
  #noted: Noted[] | null = null;
  readonly #owed: Noted[][] = [];
  readonly #readers = new Map<string, Database.Statement>();
  #onChange: () => void = () => undefined;

  constructor(db: Database.Database, keys: ChangeKeys) {
    this.#db = db;
    this.#keys = keys;
    this.#tables = new Map(listCovered(db).map((table) => [table.name, table]));
    this.#insert = db.prepare('INSERT INTO change (seq, tbl, op, proof) VALUES (?, ?, ?, ?)');
    this.#last = db.prepare('SELECT * FROM change ORDER BY seq DESC LIMIT 1');
    this.#after = db.prepare('SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?');
  }

  /** Begins the chain of a database that has none: all rows it has are written into it once. Answers its id. */
  begin(keyedFrom: number): Buffer {
    const database = randomBytes(16);
    const insert = this.#insert;
    this.#db
      .transaction(() => {
        let proof = this.#keys.prove0(database, keyedFrom);
        insert.run(0, GENESIS, 'put', proof);
        let seq = 0;
        for (const table of this.#tables.values()) {
          // Nothing may be written while rows are being read.
          const rows = Array.from(readRows(this.#db, table));
          for (const cells of rows) {
            seq += 1;
            proof = this.prove(proof, seq, table, cells);
            insert.run(seq, table.name, 'put', proof);
          }
        }
      })
      .immediate();
    return database;
  }

  /** From now on every change is written down; `onChange` is called inside the transaction, which may yet be rolled back. */
  watch(onChange: () => void): void {
    this.#onChange = onChange;
    this.#db.function('change_proof', { varargs: true }, (...args: unknown[]) => this.#proveArguments(args));
    this.#db.function('change_now', { varargs: true }, (...args: unknown[]) => this.#noteArguments(args));
    for (const table of this.#tables.values()) this.#db.exec(triggersOf(table));
  }

  /**
   * Runs `work`, which changes thousands of rows, inside the transaction of the caller, without holding up the core for their
   * hashes: one change says that they are coming, and `settle` writes them. After a crash in between the rows count as they are.
   */
  inBulk<T>(work: () => T): T {
    this.append(BULK_TABLE, 'put', BULK_KEY, null);
    const noted: Noted[] = (this.#noted = []);
    try {
      return work();
    } finally {
      this.#noted = null;
      // Also when it failed: the change that announced them may stand.
      this.#owed.push(noted);
    }
  }

  /** Rows are noted whose changes are not yet in the chain. */
  get isOwing(): boolean {
    return this.#owed.length > 0;
  }

  /** Writes the changes of at most `limit` noted rows into the chain. */
  settle(limit: number): void {
    const noted = this.#owed[0];
    if (!noted) return;
    this.#db
      .transaction(() => {
        for (const { table, primary } of noted.splice(0, limit)) {
          const rowKey = this.#keys.rowKey(table.name, primary);
          const cells = this.#readRow(table, primary);
          this.append(table.name, cells ? 'put' : 'del', rowKey, cells ? { table, cells } : null);
        }
        if (noted.length > 0) return;
        this.#owed.shift();
        if (this.#owed.length === 0) this.append(BULK_TABLE, 'del', BULK_KEY, null);
      })
      .immediate();
  }

  /** Writes one change; inside a transaction of the caller. */
  append(
    table: string,
    op: ChangeOp,
    rowKey: Buffer,
    row: { table: CoveredTable; cells: readonly Cell[] } | null,
  ): void {
    const { seq, proof: before } = this.last();
    const digest = row && this.#keys.digest(table, row.table.columns, row.cells);
    const proof = this.#keys.prove(before, { seq: seq + 1, table, op }, rowKey, digest);
    this.#insert.run(seq + 1, table, op, proof);
    if (row && this.#pending.size < MOST_PENDING) this.#pending.set(seq + 1, { ...row, proof });
    else this.#pending.delete(seq + 1);
    this.#onChange();
  }

  prove(before: Buffer, seq: number, table: CoveredTable, cells: readonly Cell[]): Buffer {
    const rowKey = this.#keys.rowKey(
      table.name,
      table.primaryAt.map((at) => cells[at] ?? null),
    );
    const digest = this.#keys.digest(table.name, table.columns, cells);
    return this.#keys.prove(before, { seq, table: table.name, op: 'put' }, rowKey, digest);
  }

  table(name: string): CoveredTable | null {
    return this.#tables.get(name) ?? null;
  }

  tables(): Iterable<CoveredTable> {
    return this.#tables.values();
  }

  /** The newest change. */
  last(): Change {
    return toChange(this.#last.get());
  }

  /** At most `limit` changes after one, oldest first. */
  listAfter(seq: number, limit: number): Change[] {
    return this.#after.all(seq, limit).map((raw) => toChange(raw));
  }

  /** The row that a change of this process wrote; null when it is not remembered. Asked once. */
  takeWritten({ seq, proof }: Change): WrittenRow | null {
    const row = this.#pending.get(seq);
    this.#pending.delete(seq);
    return row?.proof.equals(proof) === true ? row : null;
  }

  /** Forgets what was remembered for changes up to this one, and of transactions that were rolled back. */
  forgetWritten(): void {
    this.#pending.clear();
  }

  /** 1: the change goes into the chain at once. */
  #noteArguments([name, ...primary]: unknown[]): number {
    const table = this.#tables.get(String(name));
    if (!this.#noted || !table) return 1;
    // Of an update the key before and the key after.
    for (let at = 0; at < primary.length; at += table.primary.length)
      this.#noted.push({ table, primary: primary.slice(at, at + table.primary.length) as Cell[] });
    return 0;
  }

  #readRow(table: CoveredTable, primary: readonly Cell[]): Cell[] | null {
    let read = this.#readers.get(table.name);
    if (!read) {
      const columns = table.columns.map((column) => `"${column}"`).join(', ');
      const where = table.primary.map((column) => `"${column}" = ?`).join(' AND ');
      read = this.#db.prepare(`SELECT ${columns} FROM "${table.name}" WHERE ${where}`).raw();
      this.#readers.set(table.name, read);
    }
    return (read.get(...primary) as Cell[] | undefined) ?? null;
  }

  #proveArguments([before, seq, op, name, ...cells]: unknown[]): Buffer {
    const table = this.#tables.get(String(name));
    if (!table || !Buffer.isBuffer(before))
      throw new Error('invariant broken: a trigger of a table that is not covered');
    const number = Number(seq);
    this.#onChange();
    if (op === 'del') {
      const change = { seq: number, table: table.name, op: 'del' } as const;
      this.#pending.delete(number);
      return this.#keys.prove(before, change, this.#keys.rowKey(table.name, cells as Cell[]), null);
    }
    const proof = this.prove(before, number, table, cells as Cell[]);
    if (this.#pending.size < MOST_PENDING) this.#pending.set(number, { table, proof, cells: cells as Cell[] });
    return proof;
  }
}

/** Reads all changes; rows that are no changes are left out. */
export function readChanges(db: Database.Database): Map<number, Change> {
  const changes = new Map<number, Change>();
  for (const raw of db.prepare('SELECT * FROM change ORDER BY seq').iterate()) {
    const row = Row.safeParse(raw);
    if (row.success) changes.set(row.data.seq, toChange(row.data));
  }
  return changes;
}

function toChange(raw: unknown): Change {
  const { seq, tbl, op, proof } = raw as z.infer<typeof Row>;
  return { seq, table: tbl, op, proof };
}

function triggersOf({ name, columns, primary, where, isBulk }: CoveredTable): string {
  const list = (side: 'NEW' | 'OLD', names: readonly string[]) =>
    names.map((column) => `${side}."${column}"`).join(', ');
  const when = (...sides: ('NEW' | 'OLD')[]) => {
    const last = sides.at(-1) ?? 'NEW';
    if (where !== null) return `WHEN ${where.replaceAll('r.', `${last}.`)}`;
    return isBulk ? `WHEN change_now('${name}', ${sides.map((side) => list(side, primary)).join(', ')})` : '';
  };
  const add = (op: 'put' | 'del', cells: string, condition = '') =>
    `INSERT INTO change (seq, tbl, op, proof)
       SELECT seq + 1, '${name}', '${op}', change_proof(proof, seq + 1, '${op}', '${name}', ${cells})
       FROM (SELECT seq, proof FROM change ORDER BY seq DESC LIMIT 1) ${condition};`;
  const put = add('put', list('NEW', columns));
  const del = (condition?: string) => add('del', list('OLD', primary), condition);
  const moved = `WHERE (${list('OLD', primary)}) IS NOT (${list('NEW', primary)})`;
  return `
    CREATE TEMP TRIGGER "change_${name}_insert" AFTER INSERT ON main."${name}" ${when('NEW')} BEGIN ${put} END;
    CREATE TEMP TRIGGER "change_${name}_update" AFTER UPDATE ON main."${name}" ${when('OLD', 'NEW')}
      BEGIN ${del(moved)} ${put} END;
    CREATE TEMP TRIGGER "change_${name}_delete" AFTER DELETE ON main."${name}" ${when('OLD')} BEGIN ${del()} END;`;
}
