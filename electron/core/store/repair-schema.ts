import Database from 'better-sqlite3';
import { z } from 'zod';
import { DamagedError } from './check-file.ts';
import { migrate, MIGRATIONS } from './migrate.ts';

const Definitions = z.array(z.object({ type: z.enum(['view', 'trigger']), name: z.string(), sql: z.string() }));
const LIST = `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name`;

/** Columns by table; the texts of the definitions may differ between programs, the columns may not. */
const COLUMNS = `SELECT t.name || '.' || c.name || ' ' || c.type FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`;

/** What a schema consists of as this program makes it. */
interface Model {
  definitions: z.infer<typeof Definitions>;
  columns: readonly unknown[];
}

/** By version of the schema: always the same in one process. */
const models = new Map<number, Model>();

function modelOf(version: number): Model {
  const known = models.get(version);
  if (known) return known;
  const db = new Database(':memory:');
  try {
    migrate(db, MIGRATIONS.slice(0, version));
    const made = {
      definitions: Definitions.parse(db.prepare(LIST).all()),
      columns: db.prepare(COLUMNS).pluck().all(),
    };
    models.set(version, made);
    return made;
  } finally {
    db.close();
  }
}

/** Views and triggers hold no data: one that is not as this program makes it, because a bit of it is wrong, is made again. */
export function repairSchema(db: Database.Database): void {
  const found = new Map(Definitions.parse(db.prepare(LIST).all()).map((each) => [each.name, each.sql]));
  for (const { type, name, sql } of modelOf(MIGRATIONS.length).definitions)
    if (found.get(name) !== sql) db.exec(`DROP ${type} IF EXISTS "${name}"; ${sql}`);
}

/**
 * Throws DamagedError when a table or a column that schema `version` has is not there under its name. To be called before
 * anything compares rows: a row with another name of a column looks like one that was changed.
 */
export function assertColumns(db: Database.Database, version: number): void {
  const found = new Set(db.prepare(COLUMNS).pluck().all());
  const missing = modelOf(version).columns.filter((column) => !found.has(column));
  if (missing.length > 0) throw new DamagedError(`columns that are not there: ${missing.join(', ')}`);
}
