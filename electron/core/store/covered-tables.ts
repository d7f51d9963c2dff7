import type Database from 'better-sqlite3';
import { z } from 'zod';
import { assert } from '../../shared/result.ts';
import type { Cell } from './change-keys.ts';

/**
 * Every table matters and is in the chain and the second copy, but for these. A new one is covered without being named here.
 */
const NOT_COVERED: ReadonlySet<string> = new Set([
  // The chain itself, what it sets aside, and facts about the file.
  'change',
  'row_set_aside',
  'meta',
  // Questions on the console that count down: asked again.
  'sitting_countdown',
  // Changes of the list of older programs: taken over into `roster_event`, to which nothing is added here.
  'roster_import',
  'roster_import_person',
  'roster_import_token',
]);

/** Conditions on rows `r` of covered tables: others say nothing of a sitting and are written every minute, for months. */
const COVERED_ROWS: Readonly<Record<string, string>> = { setting: `r."key" <> 'last_write'` };

/** Written every few seconds while the picture plays: in the journal like everything, but nobody waits until it is on the disk. */
const MAY_WAIT = new Set(['playback_session', 'playback_height']);

/** Thousands of rows at once, when the list changes. */
const BULK = new Set(['person', 'person_token', 'sitting_person', 'roster_step', 'roster_step_token']);

/** Tables outside the chain whose rows stay as they are while the records are closed. */
export const UNCHAINED = [...NOT_COVERED].filter((name) => !['change', 'row_set_aside', 'meta'].includes(name));

/** A table whose rows matter. */
export interface CoveredTable {
  name: string;
  /** In order of their names. */
  columns: readonly string[];
  /** Columns of the primary key. */
  primary: readonly string[];
  /** Places of the primary key in `columns`. */
  primaryAt: readonly number[];
  /** SQL condition on a row `r`; null: all rows. */
  where: string | null;
  mayWait: boolean;
  /** Rows may be written thousands at once (`ChangeLog.inBulk`). */
  isBulk: boolean;
}

const Column = z.object({ name: z.string(), pk: z.number() });

/** The tables that matter, as this database has them now. */
export function listCovered(db: Database.Database): CoveredTable[] {
  const names = z
    .array(z.string())
    .parse(
      db
        .prepare(
          `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name`,
        )
        .pluck()
        .all(),
    );
  return names.filter((name) => !NOT_COVERED.has(name)).map((name) => describeTable(db, name));
}

function describeTable(db: Database.Database, name: string): CoveredTable {
  const info = z.array(Column).parse(db.prepare(`SELECT name, pk FROM pragma_table_info(?)`).all(name));
  const columns = info.map((column) => column.name).toSorted();
  const primary = info
    .filter(({ pk }) => pk > 0)
    .toSorted((a, b) => a.pk - b.pk)
    .map((column) => column.name);
  assert(primary.length > 0, `table ${name} has a primary key`);
  return {
    name,
    columns,
    primary,
    primaryAt: primary.map((column) => columns.indexOf(column)),
    where: COVERED_ROWS[name] ?? null,
    mayWait: MAY_WAIT.has(name),
    isBulk: BULK.has(name),
  };
}

/** Every row of a covered table, its cells in order of `columns`. */
export function* readRows(db: Database.Database, table: CoveredTable): Generator<Cell[]> {
  const columns = table.columns.map((column) => `r."${column}"`).join(', ');
  const where = table.where === null ? '' : ` WHERE ${table.where}`;
  for (const row of db.prepare(`SELECT ${columns} FROM "${table.name}" AS r${where}`).raw().iterate())
    yield row as Cell[];
}
