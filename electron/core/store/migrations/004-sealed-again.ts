import type { Migration } from '../migration.ts';

export const sealedAgain: Migration = {
  id: 4,
  name: 'sealed-again',
  sql: `
-- Sealed bytes never change; where they were found damaged before delivery, the same report sealed again stands here.
CREATE TABLE report_sealed_again (
  report_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES report(report_id, revision)
) STRICT, WITHOUT ROWID;

-- Each revision with the bytes that count.
CREATE VIEW report_now AS
  SELECT report.report_id, report.revision, report.sitting_id, report.payload, report.sealed_at,
    coalesce(again.sealed, report.sealed) AS sealed, coalesce(again.sha256, report.sha256) AS sha256
  FROM report LEFT JOIN report_sealed_again AS again USING (report_id, revision);
`,
};
