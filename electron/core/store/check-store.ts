import type Database from 'better-sqlite3';
import { z } from 'zod';
import { CheckRun, CheckOccasion, CheckOutcome } from '../../contract/checks.ts';
import type { Damages } from './damages.ts';
import { TEXT_OF } from './free-texts.ts';
import type { SessionCiphers } from './session-ciphers.ts';

/** Newest runs of a package that are kept: a few days of a conference. */
const KEPT = 100;
const Row = z.object({
  id: z.string(),
  package_id: z.string(),
  sitting_id: z.string().nullable(),
  occasion: CheckOccasion,
  started_at: z.number(),
  finished_at: z.number(),
  // In clear, of older programs.
  outcomes: z.string(),
  outcomes_body: z.instanceof(Buffer).nullable(),
});
const Outcomes = z.array(CheckOutcome);

/** Runs of the checks before the hour. What they found is encrypted: the name of a file or a device may name its owner. */
export class CheckStore {
  readonly #db: Database.Database;
  readonly #damages: Damages;
  readonly #ciphers: SessionCiphers;

  constructor(db: Database.Database, damages: Damages, ciphers: SessionCiphers) {
    this.#db = db;
    this.#ciphers = ciphers;
    this.#damages = damages;
  }

  /** Stores a run that has ended; the oldest beyond a hundred are dropped. */
  record(run: CheckRun): void {
    const { id, packageId, sittingId, occasion, startedAt, finishedAt } = run;
    const outcomes = this.#ciphers.ofSession(packageId).seal(TEXT_OF.checkOutcomes(id), run.outcomes);
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `INSERT INTO check_run (id, package_id, sitting_id, occasion, started_at, finished_at, outcomes,
               outcomes_body)
             VALUES (?, ?, ?, ?, ?, ?, '', ?)`,
          )
          .run(id, packageId, sittingId, occasion, startedAt, finishedAt, outcomes);
        this.#db
          .prepare(
            `DELETE FROM check_run WHERE package_id = @packageId AND id NOT IN
             (SELECT id FROM check_run WHERE package_id = @packageId ORDER BY rowid DESC LIMIT @kept)`,
          )
          .run({ packageId, kept: KEPT });
      })
      .immediate();
  }

  /** Newest first, as they were made: a clock that was ahead makes none newer. A run that cannot be read is left out and noted as damaged. */
  list(packageId: string, limit = KEPT): CheckRun[] {
    const rows = this.#db
      .prepare('SELECT * FROM check_run WHERE package_id = ? ORDER BY rowid DESC LIMIT ?')
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
        outcomes: this.#outcomesOf(row),
      });
    });
  }

  /** Throws where they cannot be read. */
  #outcomesOf({ id, package_id: packageId, outcomes, outcomes_body: sealed }: z.infer<typeof Row>): CheckOutcome[] {
    if (sealed === null) return Outcomes.parse(JSON.parse(outcomes));
    return Outcomes.parse(this.#ciphers.ofSession(packageId).open(TEXT_OF.checkOutcomes(id), sealed));
  }
}
