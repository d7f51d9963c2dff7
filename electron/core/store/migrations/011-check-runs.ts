import type { Migration } from '../migration.ts';

/** Runs of the checks before the hour. Nothing in them names a person. */
export const checkRuns: Migration = {
  id: 11,
  name: 'check-runs',
  sql: `
CREATE TABLE check_run (
  id TEXT PRIMARY KEY,
  package_id TEXT NOT NULL,
  -- The sitting the hall was in; NULL for none.
  sitting_id TEXT,
  occasion TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  -- JSON, as in contract/checks.ts.
  outcomes TEXT NOT NULL
) STRICT;
CREATE INDEX check_run_of_package ON check_run (package_id, started_at);
`,
};
