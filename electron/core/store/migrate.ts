import type Database from 'better-sqlite3';
import { assert } from '../../shared/result.ts';
import type { Migration } from './migration.ts';
import { sittingToReceipt } from './migrations/001-sitting-to-receipt.ts';
import { oneHall } from './migrations/002-one-hall.ts';
import { lifeOfASitting } from './migrations/003-life-of-a-sitting.ts';
import { sealedAgain } from './migrations/004-sealed-again.ts';
import { rosterImports } from './migrations/005-roster-imports.ts';
import { namesAtRest } from './migrations/006-names-at-rest.ts';
import { changeLog } from './migrations/007-change-log.ts';
import { rosterLog } from './migrations/009-roster-log.ts';
import { checkRuns } from './migrations/011-check-runs.ts';
import { deliveryCauses } from './migrations/012-delivery-causes.ts';
import { freeTextsAtRest } from './migrations/013-free-texts-at-rest.ts';

/** All steps in order. SQL stands in modules, not in files, so that one bundle carries it. */
export const MIGRATIONS: readonly Migration[] = [
  sittingToReceipt,
  oneHall,
  lifeOfASitting,
  sealedAgain,
  rosterImports,
  namesAtRest,
  changeLog,
  // Numbers that were never used; a database may have passed them, so no later step may take them.
  { id: 8, name: 'nothing', sql: '' },
  rosterLog,
  { id: 10, name: 'nothing', sql: '' },
  checkRuns,
  deliveryCauses,
  freeTextsAtRest,
];

export type MigrateOutcome =
  | { ok: true; from: number; to: number }
  | { ok: false; error: 'newer_database'; found: number; known: number };

/** Brings a database to the newest schema in one transaction; refuses one written by a newer program. */
export function migrate(db: Database.Database, steps: readonly Migration[] = MIGRATIONS): MigrateOutcome {
  steps.forEach((step, i) => assert(step.id === i + 1, `migration ${step.name} must have number ${i + 1}`));
  const from = Number(db.pragma('user_version', { simple: true }));
  const known = steps.length;
  if (from > known) return { ok: false, error: 'newer_database', found: from, known };
  db.transaction(() => {
    for (const step of steps.slice(from)) {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.id}`);
    }
  }).immediate();
  return { ok: true, from, to: known };
}
