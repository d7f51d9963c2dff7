import type Database from 'better-sqlite3';
import { z } from 'zod';
import { DeliveryFailure } from '../../contract/delivery.ts';

/** Tries in a row that failed for one reason. Moments are epoch milliseconds. */
export interface FailedTries {
  revision: number;
  failure: DeliveryFailure;
  /** Word of the table of causes; null when the failure says it all. */
  cause: string | null;
  httpStatus: number | null;
  firstAt: number;
  lastAt: number;
  times: number;
}

const Row = z.object({
  revision: z.number(),
  failure: DeliveryFailure,
  cause: z.string().nullable(),
  http_status: z.number().nullable(),
  first_at: z.number(),
  last_at: z.number(),
  times: z.number(),
});

/** What the province said of one revision, by this PC's clock; epoch milliseconds. */
export interface DeliveryOutcome {
  revision: number;
  deliveredAt: number | null;
  serial: string | null;
  returnedAt: number | null;
  returnReason: string | null;
}

const OutcomeRow = z.object({
  revision: z.number(),
  delivered_at: z.number().nullable(),
  receipt_serial: z.string().nullable(),
  returned_at: z.number().nullable(),
  return_reason: z.string().nullable(),
});

/** Why tries to deliver failed, and what the province said in the end: for the timeline of a sitting. */
export class DeliveryHistory {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Writes down one failed try; belongs into the transaction that changes the outbox. */
  noteFailedTry(failed: {
    reportId: string;
    revision: number;
    at: number;
    failure: DeliveryFailure;
    cause: string | null;
    httpStatus: number | null;
  }): void {
    const row = { ...failed, at: Math.round(failed.at) };
    const joined = this.#db
      .prepare(
        `UPDATE delivery_try SET last_at = @at, times = times + 1
         WHERE seq = (SELECT max(seq) FROM delivery_try WHERE report_id = @reportId)
           AND revision = @revision AND failure = @failure AND cause IS @cause AND http_status IS @httpStatus`,
      )
      .run(row);
    if (joined.changes > 0) return;
    this.#db
      .prepare(
        `INSERT INTO delivery_try (report_id, revision, failure, cause, http_status, first_at, last_at)
       VALUES (@reportId, @revision, @failure, @cause, @httpStatus, @at, @at)`,
      )
      .run(row);
  }

  /** Failed tries of every revision of a report, oldest first. */
  listFailedTries(reportId: string): FailedTries[] {
    return this.#db
      .prepare('SELECT * FROM delivery_try WHERE report_id = ? ORDER BY seq')
      .all(reportId)
      .flatMap((raw) => {
        // A damaged row costs its own line, nothing more.
        const row = Row.safeParse(raw).data;
        return row === undefined
          ? []
          : [
              {
                revision: row.revision,
                failure: row.failure,
                cause: row.cause,
                httpStatus: row.http_status,
                firstAt: row.first_at,
                lastAt: row.last_at,
                times: row.times,
              },
            ];
      });
  }

  /** Receipts and returns of a report, by revision. */
  listOutcomes(reportId: string): DeliveryOutcome[] {
    return this.#db
      .prepare('SELECT * FROM outbox WHERE report_id = ? ORDER BY revision')
      .all(reportId)
      .flatMap((raw) => {
        const row = OutcomeRow.safeParse(raw).data;
        if (!row) return [];
        const { revision, delivered_at, receipt_serial, returned_at, return_reason } = row;
        return [
          {
            revision,
            deliveredAt: delivered_at,
            serial: receipt_serial,
            returnedAt: returned_at,
            returnReason: return_reason,
          },
        ];
      });
  }
}
