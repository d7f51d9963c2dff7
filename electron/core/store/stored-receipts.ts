import type Database from 'better-sqlite3';
import { z } from 'zod';

/** A receipt as it is stored, and the bytes it must be about. */
export interface StoredReceipt {
  reportId: string;
  revision: number;
  /** Of the sealed bytes, hex. */
  sha256: string;
  packageId: string;
  receiptJws: string;
}

const Row = z.object({
  reportId: z.string(),
  revision: z.number(),
  sha256: z.string(),
  packageId: z.string(),
  receiptJws: z.string(),
});

/** Receipts of the province, to be verified again. */
export class StoredReceipts {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  list(): StoredReceipt[] {
    return this.#db
      .prepare(
        `SELECT outbox.report_id AS reportId, outbox.revision, report_now.sha256, sitting.package_id AS packageId,
           receipt AS receiptJws
         FROM outbox JOIN report_now USING (report_id, revision) JOIN sitting ON sitting.report_id = outbox.report_id
         WHERE receipt IS NOT NULL`,
      )
      .all()
      .map((raw) => Row.parse(raw));
  }

  /** What stands for a receipt is none: the revision is owed again from `at`, epoch ms, and its sitting is sealed, not delivered. */
  recordRefused(refused: { reportId: string; revision: number; at: number }): void {
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `UPDATE outbox SET state = 'owed', receipt = NULL, receipt_serial = NULL, received_at = NULL, delivered_at = NULL,
               next_return_check_at = NULL, return_reason = NULL, return_notice = NULL,
               return_body = NULL, returned_at = NULL,
               last_failure = NULL, last_http_status = NULL, next_attempt_at = @at
             WHERE report_id = @reportId AND revision = @revision`,
          )
          .run({ ...refused, at: Math.round(refused.at) });
        this.#db
          .prepare(
            `UPDATE sitting SET state = 'sealed', delivered_at = NULL WHERE report_id = @reportId AND state = 'delivered'
               AND @revision = (SELECT max(revision) FROM report WHERE report_id = @reportId)`,
          )
          .run({ reportId: refused.reportId, revision: refused.revision });
      })
      .immediate();
  }
}
