import type { Migration } from '../migration.ts';

/** Columns for what stood in clear; the rows of before are rewritten when the keys are there (`Store.open`). */
export const namesAtRest: Migration = {
  id: 6,
  name: 'names-at-rest',
  sql: `
-- Badges: \`token\` is a keyed hash like that of a number, and here is what is printed, under the session's data key. NULL: a
-- badge of an older program, whose token is still in clear.
ALTER TABLE person_token ADD COLUMN body BLOB;
-- Names of persons in the package (roles, signatory), under the session's data key. NULL: still in the document.
ALTER TABLE session ADD COLUMN names BLOB;
`,
};
