import type Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ChangeKeys, GENESIS, type Cell, type Change } from './change-keys.ts';
import { listCovered, readRows, type CoveredTable } from './covered-tables.ts';

const Row = z.object({
  seq: z.number(),
  tbl: z.string(),
  op: z.enum(['put', 'del']),
  proof: z.instanceof(Buffer),
});
/** More than a roster of thousands in one transaction; what does not fit is read from its table. */
const MOST_PENDING = 40_000;

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
  readonly #last: Database.Statement;
  readonly #after: Database.Statement;
  readonly #pending = new Map<number, WrittenRow>();
  #onChange: () => void = () => undefined;

  constructor(db: Database.Database, keys: ChangeKeys) {
    this.#db = db;
    this.#keys = keys;
    this.#tables = new Map(listCovered(db).map((table) => [table.name, table]));
    this.#last = db.prepare('SELECT * FROM change ORDER BY seq DESC LIMIT 1');
    this.#after = db.prepare('SELECT * FROM change WHERE seq > ? ORDER BY seq LIMIT ?');
  }

  /** Begins the chain of a database that has none: all rows it has are written into it once. Answers its id. */
  begin(keyedFrom: number): Buffer {
    const database = randomBytes(16);
    const insert = this.#db.prepare('INSERT INTO change (seq, tbl, op, proof) VALUES (?, ?, ?, ?)');
    this.#db
      .transaction(() => {
        let proof = this.#keys.prove0(database, keyedFrom);
        insert.run(0, GENESIS, 'put', proof);
        let seq = 0;
        for (const table of this.#tables.values())
          for (const cells of [...readRows(this.#db, table)]) {
            seq += 1;
            proof = this.prove(proof, seq, table, cells);
            insert.run(seq, table.name, 'put', proof);
          }
      })
      .immediate();
    return database;
  }

  /** From now on every change is written down; `onChange` is called inside the transaction, which may yet be rolled back. */
  watch(onChange: () => void): void {
    this.#onChange = onChange;
    this.#db.function('change_proof', { varargs: true }, (...args: unknown[]) => this.#proveArguments(args));
    for (const table of this.#tables.values()) this.#db.exec(triggersOf(table));
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
  const { seq, tbl, op, proof } = Row.parse(raw);
  return { seq, table: tbl, op, proof };
}

function triggersOf({ name, columns, primary, where }: CoveredTable): string {
  const list = (side: 'NEW' | 'OLD', names: readonly string[]) =>
    names.map((column) => `${side}."${column}"`).join(', ');
  const when = (side: 'NEW' | 'OLD') => (where === null ? '' : `WHEN ${where.replaceAll('r.', `${side}.`)}`);
  const add = (op: 'put' | 'del', cells: string, condition = '') =>
    `INSERT INTO change (seq, tbl, op, proof)
       SELECT seq + 1, '${name}', '${op}', change_proof(proof, seq + 1, '${op}', '${name}', ${cells})
       FROM (SELECT seq, proof FROM change ORDER BY seq DESC LIMIT 1) ${condition};`;
  const put = add('put', list('NEW', columns));
  const del = (condition?: string) => add('del', list('OLD', primary), condition);
  const moved = `WHERE (${list('OLD', primary)}) IS NOT (${list('NEW', primary)})`;
  return `
    CREATE TEMP TRIGGER "change_${name}_insert" AFTER INSERT ON main."${name}" ${when('NEW')} BEGIN ${put} END;
    CREATE TEMP TRIGGER "change_${name}_update" AFTER UPDATE ON main."${name}" ${when('NEW')} BEGIN ${del(moved)} ${put} END;
    CREATE TEMP TRIGGER "change_${name}_delete" AFTER DELETE ON main."${name}" ${when('OLD')} BEGIN ${del()} END;`;
}
