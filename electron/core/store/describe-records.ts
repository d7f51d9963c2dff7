import type Database from 'better-sqlite3';
import { z } from 'zod';

/** The records by their numbers alone. */
export interface RecordsFacts {
  /** Newest migration that was applied. */
  schema: number;
  sizeBytes: number;
  /** Rows of each table. */
  rows: Record<string, number>;
}

/** Counts what is stored; reads no row's content. */
export function describeRecords(db: Database.Database): RecordsFacts {
  const pragma = (name: string): number => z.number().parse(db.pragma(name, { simple: true }));
  const tables = z
    .array(z.string())
    .parse(
      db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .pluck()
        .all(),
    );
  const count = (table: string): number =>
    z.number().parse(
      db
        .prepare(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
        .pluck()
        .get(),
    );
  return {
    schema: pragma('user_version'),
    sizeBytes: pragma('page_count') * pragma('page_size'),
    rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
  };
}
