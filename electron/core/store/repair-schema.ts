import Database from 'better-sqlite3';
import { z } from 'zod';
import { DamagedError } from './check-file.ts';
import { migrate, MIGRATIONS } from './migrate.ts';

const Definitions = z.array(z.object({ type: z.enum(['view', 'trigger']), name: z.string(), sql: z.string() }));
const LIST = `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name`;

/** Views and triggers hold no data: one that is not as this program makes it, because a bit of it is wrong, is made again. */
export function repairSchema(db: Database.Database): void {
  const model = new Database(':memory:');
  try {
    migrate(model);
    const wanted = new Map(Definitions.parse(model.prepare(LIST).all()).map((each) => [each.name, each]));
    const found = new Map(Definitions.parse(db.prepare(LIST).all()).map((each) => [each.name, each]));
    for (const { type, name, sql } of wanted.values()) {
      if (found.get(name)?.sql === sql) continue;
      db.exec(`DROP ${type} IF EXISTS "${name}"; ${sql}`);
    }
  } finally {
    model.close();
  }
}

/** Columns by table; the texts of the definitions may differ between programs, the columns may not. */
const COLUMNS = `SELECT t.name || '.' || c.name || ' ' || c.type FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`;

/**
 * Throws DamagedError when a table or a column that schema `version` has is not there under its name. To be called before
 * anything compares rows: a row with another name of a column looks like one that was changed.
 */
export function assertColumns(db: Database.Database, version: number): void {
  const model = new Database(':memory:');
  try {
    migrate(model, MIGRATIONS.slice(0, version));
    const found = new Set(db.prepare(COLUMNS).pluck().all());
    const missing = model
      .prepare(COLUMNS)
      .pluck()
      .all()
      .filter((column) => !found.has(column));
    if (missing.length > 0) throw new DamagedError(`columns that are not there: ${missing.join(', ')}`);
  } finally {
    model.close();
  }
}
