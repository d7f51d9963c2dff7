import type { Migration } from '../migration.ts';

/** Why each try to deliver a report failed, for the console and the timeline of a sitting. */
export const deliveryCauses: Migration = {
  id: 12,
  name: 'delivery-causes',
  sql: `
-- Word of the table of causes (electron/shared/causes.ts). NULL: no try failed, or the failure says it all.
ALTER TABLE outbox ADD COLUMN last_cause TEXT;

-- Failed tries, oldest first. Tries in a row that failed for one reason are one row: weeks without a network stay short.
CREATE TABLE delivery_try (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  report_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  failure TEXT NOT NULL,
  cause TEXT,
  http_status INTEGER,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  FOREIGN KEY (report_id, revision) REFERENCES report(report_id, revision)
) STRICT;
CREATE INDEX delivery_try_report ON delivery_try (report_id, seq);
`,
};
