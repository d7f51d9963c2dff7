import type Database from 'better-sqlite3';
import { z } from 'zod';
import { CheckRun, CheckOccasion, CheckOutcome } from '../../contract/checks.ts';
import type { Damages } from './damages.ts';

/** Newest runs of a package that are kept: a few days of a conference. */
const KEPT = 100;
const Row = z.object({
  id: z.string(),
  package_id: z.string(),
  sitting_id: z.string().nullable(),
  occasion: CheckOccasion,
  started_at: z.number(),
  finished_at: z.number(),
  outcomes: z.string(),
});

/** Runs of the checks before the hour. */
export class CheckStore {
  readonly #db: Database.Database;
  readonly #damages: Damages;

  constructor(db: Database.Database, damages: Damages) {
    this.#db = db;
    this.#damages = damages;
  }

  /** Stores a run that has ended; the oldest beyond a hundred are dropped. */
  record(run: CheckRun): void {
    const { id, packageId, sittingId, occasion, startedAt, finishedAt } = run;
    const outcomes = JSON.stringify(run.outcomes);
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `INSERT INTO check_run (id, package_id, sitting_id, occasion, started_at, finished_at, outcomes)
             VALUES (?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(id, packageId, sittingId, occasion, startedAt, finishedAt, outcomes);
        this.#db
          .prepare(
            `DELETE FROM check_run WHERE package_id = @packageId AND id NOT IN
             (SELECT id FROM check_run WHERE package_id = @packageId ORDER BY started_at DESC LIMIT @kept)`,
          )
          .run({ packageId, kept: KEPT });
      })
      .immediate();
  }

  /** Newest first. A run that cannot be read is left out and noted as damaged. */
  list(packageId: string, limit = KEPT): CheckRun[] {
    const rows = this.#db
      .prepare('SELECT * FROM check_run WHERE package_id = ? ORDER BY started_at DESC, rowid DESC LIMIT ?')
      .all(packageId, limit);
    return this.#damages.readEach('check_run', 'id', rows, (raw) => {
      const row = Row.parse(raw);
      return CheckRun.parse({
        id: row.id,
        packageId: row.package_id,
        sittingId: row.sitting_id,
        occasion: row.occasion,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        outcomes: z.array(CheckOutcome).parse(JSON.parse(row.outcomes)),
      });
    });
  }
}
