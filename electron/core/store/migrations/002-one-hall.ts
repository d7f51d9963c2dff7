import type { Migration } from '../migration.ts';

/**
 * Roll calls can be cancelled; the list of a sitting that is over is kept when the roster changes; the events and the
 * cards of one person are found without reading those of everybody. Nothing that is stored changes.
 */
export const oneHall: Migration = {
  id: 2,
  name: 'one-hall',
  sql: `
-- Events in the log when it was opened: what came after it, whatever the PC's clock says. NULL in older rows.
ALTER TABLE roll_call ADD COLUMN opened_seq INTEGER;
ALTER TABLE roll_call ADD COLUMN cancelled_at INTEGER;
ALTER TABLE roll_call ADD COLUMN cancelled_by TEXT;
-- Under the session's data key.
ALTER TABLE roll_call ADD COLUMN cancel_reason BLOB;

-- One index for both questions, of a sitting and of a person in it: each more is a page more to sync at every sign-in.
CREATE INDEX attendance_event_person ON attendance_event (sitting_id, person_id, seq);
DROP INDEX attendance_event_sitting;
-- A roster of thousands replaces the numbers of each person in turn.
CREATE INDEX person_token_person ON person_token (package_id, person_id);

-- 1: the people of this sitting stand in sitting_person, be it nobody.
ALTER TABLE sitting ADD COLUMN people_kept INTEGER NOT NULL DEFAULT 0 CHECK (people_kept IN (0, 1));

-- People as they were when a sitting was over, copied before the roster of its session changes. Bodies are copied as
-- they are: encrypted, and bound to the person's id.
CREATE TABLE sitting_person (
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('summoned','walk_in','guest','substitute','supervisor')),
  body BLOB NOT NULL,
  PRIMARY KEY (sitting_id, person_id)
) STRICT, WITHOUT ROWID;
`,
};
