import type { Migration } from '../migration.ts';

export const rosterLog: Migration = {
  id: 9,
  name: 'roster-log',
  sql: `
-- Changes of the list as events that only ever come after one another. The list (\`person\`, \`person_token\`) is what they
-- amount to, kept up in the same transaction. Records of \`roster_import\` are taken over when the keys are there
-- (\`Store.open\`); that table takes no new ones.
CREATE TABLE roster_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  package_id TEXT NOT NULL REFERENCES session(package_id),
  -- package: the list that a session package brought · file, merge: by hand · restore: the package's list again ·
  -- undo: takes the event \`target_id\` back
  type TEXT NOT NULL CHECK (type IN ('package','file','merge','restore','undo')),
  target_id TEXT REFERENCES roster_event(id),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  -- Ids of people among the steps whom it leaves as they are, JSON: they signed in, or were changed since.
  passed_over TEXT NOT NULL,
  -- Name of the file, or of the person kept by a merge, under the session's data key.
  label BLOB NOT NULL,
  steps_hash TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  CHECK ((type = 'undo') = (target_id IS NOT NULL))
) STRICT;
-- What was taken back once cannot be taken back again.
CREATE UNIQUE INDEX roster_event_undo ON roster_event (target_id) WHERE target_id IS NOT NULL;
CREATE TRIGGER roster_event_no_update BEFORE UPDATE ON roster_event
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_event_no_delete BEFORE DELETE ON roster_event
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;

-- Everybody an event touches, as before and as after; null where there was, or is then, nobody. Steps are laid down before
-- their event, in portions; without an event they count for nothing.
CREATE TABLE roster_step (
  event_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  before_kind TEXT,
  before_body BLOB,
  after_kind TEXT,
  after_body BLOB,
  PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_step_token (
  event_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('before','after')),
  kind TEXT NOT NULL CHECK (kind IN ('citizen','party','badge')),
  token BLOB NOT NULL,
  -- What is printed of a badge, under the session's data key.
  body BLOB,
  PRIMARY KEY (event_id, person_id, side, kind, token)
) STRICT, WITHOUT ROWID;

CREATE INDEX roster_step_token_badge ON roster_step_token (token) WHERE kind = 'badge';

-- The change that the list is being brought to, in portions; without a row the list is what the log says. Whatever a power cut
-- left of it is done when the database is opened.
CREATE TABLE roster_pending (
  package_id TEXT PRIMARY KEY REFERENCES session(package_id),
  -- Whose steps: of the change itself, or of the one that is taken back.
  steps_of TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('before','after')),
  -- Ids of people who stay as they are, JSON.
  passed_over TEXT NOT NULL,
  -- Everybody up to this id is done.
  done_to TEXT NOT NULL
) STRICT;

-- Which index finds the numbers of one person. Without it SQLite reads the numbers of a whole session for each person: taking
-- 9,000 people off took 12 s.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('person_token', 'person_token', '10000 10000 5000 1'),
  ('person_token', 'person_token_person', '10000 10000 2');
ANALYZE sqlite_schema;

-- A step belongs to its event for good. It yields only when the session's data key is destroyed: then nobody can read it,
-- and the hashes in the event stand in its place.
CREATE TRIGGER roster_step_no_update BEFORE UPDATE ON roster_step
  WHEN EXISTS (SELECT 1 FROM roster_event WHERE id = OLD.event_id)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_step_no_insert BEFORE INSERT ON roster_step
  WHEN EXISTS (SELECT 1 FROM roster_event WHERE id = NEW.event_id)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_step_no_delete BEFORE DELETE ON roster_step
  WHEN EXISTS (SELECT 1 FROM roster_event JOIN session USING (package_id)
    WHERE roster_event.id = OLD.event_id AND length(device_key) > 0)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_step_token_no_update BEFORE UPDATE ON roster_step_token
  WHEN EXISTS (SELECT 1 FROM roster_event WHERE id = OLD.event_id)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_step_token_no_insert BEFORE INSERT ON roster_step_token
  WHEN EXISTS (SELECT 1 FROM roster_event WHERE id = NEW.event_id)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
CREATE TRIGGER roster_step_token_no_delete BEFORE DELETE ON roster_step_token
  WHEN EXISTS (SELECT 1 FROM roster_event JOIN session USING (package_id)
    WHERE roster_event.id = OLD.event_id AND length(device_key) > 0)
  BEGIN SELECT RAISE(ABORT, 'the log of the list is append-only'); END;
`,
};
