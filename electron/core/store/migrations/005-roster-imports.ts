import type { Migration } from '../migration.ts';

export const rosterImports: Migration = {
  id: 5,
  name: 'roster-imports',
  sql: `
-- One change of the list made by hand: a file brought in, or two entries joined. Kept so that it can be undone.
CREATE TABLE roster_import (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  package_id TEXT NOT NULL REFERENCES session(package_id),
  kind TEXT NOT NULL CHECK (kind IN ('file','merge')),
  state TEXT NOT NULL CHECK (state IN ('staged','applied','undone')),
  file TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  undone_at INTEGER,
  undone_by TEXT
) STRICT;

-- Everybody it touches, as before and as after; null where there was, or will be, nobody.
CREATE TABLE roster_import_person (
  import_id TEXT NOT NULL REFERENCES roster_import(id) ON DELETE CASCADE,
  person_id TEXT NOT NULL,
  before_kind TEXT,
  before_body BLOB,
  after_kind TEXT,
  after_body BLOB,
  PRIMARY KEY (import_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_import_token (
  import_id TEXT NOT NULL REFERENCES roster_import(id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('before','after')),
  kind TEXT NOT NULL CHECK (kind IN ('citizen','party','badge')),
  token BLOB NOT NULL,
  person_id TEXT NOT NULL,
  -- What is printed of a badge, under the session's data key.
  body BLOB,
  PRIMARY KEY (import_id, side, kind, token, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_import_token_person ON roster_import_token (import_id, side, person_id);
`,
};
