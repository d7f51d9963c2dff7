import type { Migration } from '../migration.ts';

export const changeLog: Migration = {
  id: 7,
  name: 'change-log',
  sql: `
-- One row for each change of a row that matters, in order, without gaps; row 0 names the database. \`proof\`: key of the row
-- (16 bytes), keyed hash of its contents (32, zeros where it was deleted), keyed hash over all of this and the proof before (32).
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  tbl TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('put','del')),
  proof BLOB NOT NULL
) STRICT;

-- Heads of the attendance log that this PC signed.
CREATE TABLE signed_head (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  sitting_id TEXT,
  at INTEGER NOT NULL,
  occasion TEXT NOT NULL CHECK (occasion IN ('migration','roll_call','end','minute','sealing')),
  events INTEGER NOT NULL,
  head TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX signed_head_sitting ON signed_head (sitting_id, seq);

-- Rows that nothing proves, taken out of their tables and kept for support. \`row\` under the key of this database.
CREATE TABLE row_set_aside (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  row BLOB NOT NULL
) STRICT;
`,
};
