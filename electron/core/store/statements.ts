import type Database from 'better-sqlite3';

/** More than the store has texts; those with a list of unknown length in them must not gather. */
const MOST_KEPT = 300;

interface Kept {
  rows: Map<string, Database.Statement>;
  values: Map<string, Database.Statement>;
}

/** By connection: a database that is opened again begins with none. */
const keptOf = new WeakMap<Database.Database, Kept>();

/**
 * The prepared statement of a text, made once per connection: SQLite takes longer to read a short statement than to run it, and a
 * write also has its triggers read. Rows come as objects. For `get`, `all` and `run` only: other modes change the
 * statement for everybody, and two readers cannot walk through one at a time.
 */
export function prepared(db: Database.Database, sql: string): Database.Statement {
  return keep(db, keptBy(db).rows, sql, (statement) => statement);
}

/** As `prepared`; each row is the value of its first column. */
export function preparedValue(db: Database.Database, sql: string): Database.Statement {
  return keep(db, keptBy(db).values, sql, (statement) => statement.pluck());
}

function keptBy(db: Database.Database): Kept {
  let kept = keptOf.get(db);
  if (!kept) keptOf.set(db, (kept = { rows: new Map(), values: new Map() }));
  return kept;
}

function keep(
  db: Database.Database,
  kept: Map<string, Database.Statement>,
  sql: string,
  mode: (statement: Database.Statement) => Database.Statement,
): Database.Statement {
  const known = kept.get(sql);
  if (known) {
    // To the end: the one that was not asked for longest goes first.
    kept.delete(sql);
    kept.set(sql, known);
    return known;
  }
  const statement = mode(db.prepare(sql));
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(sql, statement);
  return statement;
}
