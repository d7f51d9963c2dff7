import type { Migration } from '../migration.ts';

export const sittingToReceipt: Migration = {
  id: 1,
  name: 'sitting-to-receipt',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE session (
  package_id TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  provenance TEXT NOT NULL CHECK (provenance IN ('signed','signed_first_use','unsigned','rehearsal')),
  key_id TEXT,
  issued_at INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  -- The package without its roster and PINs.
  document TEXT NOT NULL,
  -- Data key of the session, wrapped for this device, and for the province as a JWE.
  device_key BLOB NOT NULL,
  province_key TEXT
) STRICT;

CREATE TABLE sitting (
  id TEXT PRIMARY KEY,
  package_id TEXT NOT NULL REFERENCES session(package_id),
  plan_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('prepared','open','live','ended','sealed','delivered','amended')),
  opens_at INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  grace_ms INTEGER NOT NULL,
  opened_at INTEGER,
  live_at INTEGER,
  ending_at INTEGER,
  ended_at INTEGER,
  ended_by TEXT CHECK (ended_by IN ('ENDLIST','schedule','province','technician','chair')),
  sealed_at INTEGER,
  delivered_at INTEGER,
  report_id TEXT NOT NULL UNIQUE,
  UNIQUE (package_id, plan_id)
) STRICT;

CREATE TABLE person (
  package_id TEXT NOT NULL REFERENCES session(package_id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('summoned','walk_in','guest','substitute','supervisor')),
  body BLOB NOT NULL,
  PRIMARY KEY (package_id, id)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of citizen and party numbers, and badge tokens; never the numbers themselves.
CREATE TABLE person_token (
  package_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('citizen','party','badge')),
  token BLOB NOT NULL,
  person_id TEXT NOT NULL,
  PRIMARY KEY (package_id, kind, token),
  FOREIGN KEY (package_id, person_id) REFERENCES person(package_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE roll_call (
  id TEXT PRIMARY KEY,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

-- seq is given by the log without gaps; rows are never deleted, so no number comes twice.
CREATE TABLE attendance_event (
  seq INTEGER PRIMARY KEY,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  type TEXT NOT NULL CHECK (type IN ('arrived','confirmed','left','walk_in_added','substitute_named','absence_excused','voided')),
  person_id TEXT,
  roll_call_id TEXT REFERENCES roll_call(id),
  target_seq INTEGER REFERENCES attendance_event(seq),
  wall_ms INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  broadcast_ms INTEGER,
  station TEXT NOT NULL,
  actor TEXT NOT NULL,
  method TEXT,
  body BLOB NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX attendance_event_sitting ON attendance_event (sitting_id, seq);
CREATE TRIGGER attendance_event_no_update BEFORE UPDATE ON attendance_event
  BEGIN SELECT RAISE(ABORT, 'the attendance log is append-only'); END;
CREATE TRIGGER attendance_event_no_delete BEFORE DELETE ON attendance_event
  BEGIN SELECT RAISE(ABORT, 'the attendance log is append-only'); END;

-- What the log amounts to where uniqueness must hold: a second arrival of one person meets this key, not a race.
CREATE TABLE presence (
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  roll_call TEXT NOT NULL,
  person_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES attendance_event(seq),
  wall_ms INTEGER NOT NULL,
  PRIMARY KEY (sitting_id, roll_call, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE head_count (
  sitting_id TEXT PRIMARY KEY REFERENCES sitting(id),
  counted INTEGER NOT NULL CHECK (counted >= 0),
  reason TEXT,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE playback_session (
  id TEXT PRIMARY KEY,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The last sample of the session: counters in it only grow.
  sample TEXT NOT NULL,
  delay_sum REAL NOT NULL DEFAULT 0,
  delay_count INTEGER NOT NULL DEFAULT 0,
  delay_max REAL
) STRICT;
CREATE INDEX playback_session_sitting ON playback_session (sitting_id);

CREATE TABLE playback_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  cause TEXT,
  detail TEXT,
  session_id TEXT NOT NULL
) STRICT;
CREATE INDEX playback_event_sitting ON playback_event (sitting_id, seq);

CREATE TABLE playback_height (
  session_id TEXT NOT NULL REFERENCES playback_session(id),
  height_px INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (session_id, height_px)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
  report_id TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  sitting_id TEXT NOT NULL REFERENCES sitting(id),
  sealed BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  -- The report in clear, under the session's data key.
  payload BLOB NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (report_id, revision)
) STRICT;
CREATE TRIGGER report_no_update BEFORE UPDATE ON report
  BEGIN SELECT RAISE(ABORT, 'sealed bytes never change'); END;

CREATE TABLE outbox (
  report_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  -- owed: no verified receipt yet · delivered: receipt verified · returned: the province sent it back
  state TEXT NOT NULL CHECK (state IN ('owed','delivered','returned')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- A try is under way, or a crash left it open.
  attempt_open INTEGER NOT NULL DEFAULT 0 CHECK (attempt_open IN (0, 1)),
  next_attempt_at INTEGER NOT NULL,
  last_attempt_at INTEGER,
  last_failure TEXT,
  last_http_status INTEGER,
  receipt TEXT,
  receipt_serial TEXT,
  -- By the province's clock.
  received_at INTEGER,
  -- By ours.
  delivered_at INTEGER,
  next_return_check_at INTEGER,
  return_reason TEXT,
  return_notice TEXT,
  returned_at INTEGER,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES report(report_id, revision),
  CHECK ((state = 'owed') = (receipt IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE pin (
  package_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('technician','chair')),
  salt BLOB NOT NULL,
  cost INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (package_id, role)
) STRICT;

CREATE TABLE action (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
`,
};
