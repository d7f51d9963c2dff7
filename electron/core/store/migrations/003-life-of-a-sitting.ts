import type { Migration } from '../migration.ts';

export const lifeOfASitting: Migration = {
  id: 3,
  name: 'life-of-a-sitting',
  sql: `
ALTER TABLE sitting ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN last_sign_of_life_at INTEGER;
ALTER TABLE sitting ADD COLUMN broadcast_seen_at INTEGER;
ALTER TABLE sitting ADD COLUMN end_recorded_at INTEGER;
ALTER TABLE sitting ADD COLUMN end_is TEXT CHECK (end_is IN ('decided','last_sign_of_life'));
-- What is known of sittings from before: each that was opened ran in at least one start of the core.
UPDATE sitting SET starts = 1 WHERE opened_at IS NOT NULL;
UPDATE sitting SET end_recorded_at = ended_at, end_is = 'decided' WHERE ended_at IS NOT NULL;

CREATE TABLE sitting_reopening (
  seq INTEGER PRIMARY KEY,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('broadcast','technician','chair')),
  reason TEXT
) STRICT;

CREATE TABLE sitting_clock_jump (
  seq INTEGER PRIMARY KEY,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  at INTEGER NOT NULL,
  by_ms INTEGER NOT NULL
) STRICT;

-- Time used so far by a countdown or a question of a sitting; it counts in the boot that it names only.
CREATE TABLE sitting_countdown (
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  name TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  used_ms INTEGER NOT NULL CHECK (used_ms >= 0),
  PRIMARY KEY (sitting_id, name)
) STRICT, WITHOUT ROWID;
`,
};
