import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Cell, Cells, Change } from './change-keys.ts';
import type { CoveredTable } from './covered-tables.ts';
import { codeOf } from './sqlite-errors.ts';

const Trigger = z.object({ name: z.string(), sql: z.string() });

/**
 * Writes rows as they were, past the rules that hold for programs: the log is append-only, and sealed bytes never change. All in
 * one transaction. References between rows are not checked, since rows come in no order.
 */
export function writePastRules(db: Database.Database, write: (writer: RowWriter) => void): void {
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      const triggers = z
        .array(Trigger)
        .parse(db.prepare(`SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'`).all());
      for (const { name } of triggers) db.exec(`DROP TRIGGER main."${name}"`);
      write(new RowWriter(db));
      for (const { sql } of triggers) db.exec(sql);
    }).immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

export class RowWriter {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Columns that the table has no more are left out; those that came since get what they have by themselves. */
  put(table: CoveredTable, cells: Cells): void {
    const columns = table.columns.filter((column) => cells[column] !== undefined);
    this.#db
      .prepare(
        `INSERT OR REPLACE INTO "${table.name}" (${columns.map((column) => `"${column}"`).join(', ')})
         VALUES (${columns.map(() => '?').join(', ')})`,
      )
      .run(...columns.map((column) => cells[column]));
  }

  /** As `put`; false when the row does not fit into the table, as one that was read from a damaged schema. */
  tryPut(table: CoveredTable, cells: Cells): boolean {
    try {
      this.put(table, cells);
      return true;
    } catch (cause) {
      if (codeOf(cause).startsWith('SQLITE_CONSTRAINT')) return false;
      throw cause;
    }
  }

  remove(table: CoveredTable, cells: readonly Cell[]): void {
    const where = table.primary.map((column) => `"${column}" IS ?`).join(' AND ');
    this.#db.prepare(`DELETE FROM "${table.name}" WHERE ${where}`).run(...table.primaryAt.map((at) => cells[at]));
  }

  putChange({ seq, table, op, proof }: Change): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO change (seq, tbl, op, proof) VALUES (?, ?, ?, ?)')
      .run(seq, table, op, proof);
  }

  /** Changes that are none: their number is beyond the last. */
  dropChangesAfter(seq: number): void {
    this.#db.prepare('DELETE FROM change WHERE seq > ? OR seq < 0').run(seq);
  }

  /** Kept for support, under the key of this database. */
  setAside(at: number, table: string, sealed: Buffer): void {
    this.#db.prepare('INSERT INTO row_set_aside (at, tbl, row) VALUES (?, ?, ?)').run(at, table, sealed);
  }
}
