import type { Migration } from '../migration.ts';

/**
 * Columns for texts that people wrote, which may name persons: each under the data key of its session. What stands in the older
 * columns in clear is rewritten when the keys are there (`Store.open`); after that they hold nothing.
 */
export const freeTextsAtRest: Migration = {
  id: 13,
  name: 'free-texts-at-rest',
  sql: `
-- All of the package; in \`document\` only what holds no words stays, and \`names\` goes.
ALTER TABLE session ADD COLUMN document_body BLOB;
ALTER TABLE sitting ADD COLUMN title_body BLOB;
ALTER TABLE roll_call ADD COLUMN title_body BLOB;
ALTER TABLE head_count ADD COLUMN reason_body BLOB;
ALTER TABLE sitting_reopening ADD COLUMN reason_body BLOB;
-- Reason and notice of a return, together.
ALTER TABLE outbox ADD COLUMN return_body BLOB;
ALTER TABLE check_run ADD COLUMN outcomes_body BLOB;
`,
};
