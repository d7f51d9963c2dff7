import type Database from 'better-sqlite3';
import { z } from 'zod';
import { DeliveryFailure, type DeliveryStatus } from '../../contract/delivery.ts';
import { assert } from '../../shared/result.ts';
import { describeDelivery, findHoldUp } from './delivery-status.ts';
import { DeliveryHistory } from './delivery-tries.ts';
import type { ProvinceReturns } from './province-returns.ts';
import { prepared, preparedValue } from './statements.ts';

interface RevisionId {
  reportId: string;
  revision: number;
}

const Row = z.object({
  report_id: z.string(),
  revision: z.number(),
  state: z.enum(['owed', 'delivered', 'returned']),
  attempts: z.number(),
  next_attempt_at: z.number(),
  last_attempt_at: z.number().nullable(),
  // A damaged word costs the reason, not the report.
  last_failure: DeliveryFailure.nullable().catch(null),
  last_cause: z.string().nullable(),
  last_http_status: z.number().nullable(),
  receipt_serial: z.string().nullable(),
  received_at: z.number().nullable(),
  delivered_at: z.number().nullable(),
  next_return_check_at: z.number().nullable(),
  // In clear, of older programs.
  return_reason: z.string().nullable(),
  return_body: z.instanceof(Buffer).nullable(),
});

type Row = z.infer<typeof Row>;
const QueuedRow = Row.extend({ sha256: z.string(), newer_delivered: z.number() });
const StatusRow = Row.extend({ sealed_at: z.number() });
type StatusRow = z.infer<typeof StatusRow>;
const OwedRow = z.object({ revision: z.number(), last_failure: DeliveryFailure.nullable().catch(null) });

/**
 * What is owed to the province. Every verb is one durable transaction. Which request is on its way is a fact of this
 * process alone, so it is kept in memory: after a crash there is none.
 */
export class OutboxStore {
  readonly #db: Database.Database;
  readonly history: DeliveryHistory;
  readonly #returns: ProvinceReturns;
  readonly #inFlight = new Set<string>();

  constructor(db: Database.Database, returns: ProvinceReturns) {
    this.#db = db;
    this.#returns = returns;
    this.history = new DeliveryHistory(db);
  }

  /** All revisions without a verified receipt, oldest report first. */
  listQueued(): (RevisionId & {
    sha256: string;
    attempts: number;
    nextAttemptAt: number;
    lastFailure: DeliveryFailure | null;
    lastAttemptAt: number | null;
    newerDelivered: boolean;
  })[] {
    return prepared(
      this.#db,
      `SELECT outbox.*, report_now.sha256,
           EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.report_id = outbox.report_id
             AND newer.revision > outbox.revision AND newer.state <> 'owed') AS newer_delivered
         FROM outbox JOIN report_now USING (report_id, revision)
         WHERE outbox.state = 'owed' ORDER BY report_now.sealed_at, revision`,
    )
      .all()
      .map((raw) => {
        const row = QueuedRow.parse(raw);
        return {
          reportId: row.report_id,
          revision: row.revision,
          sha256: row.sha256,
          attempts: row.attempts,
          nextAttemptAt: row.next_attempt_at,
          lastFailure: row.last_failure,
          lastAttemptAt: row.last_attempt_at,
          newerDelivered: row.newer_delivered === 1,
        };
      });
  }

  readSealed(id: RevisionId): Uint8Array {
    const bytes: unknown = preparedValue(
      this.#db,
      'SELECT sealed FROM report_now WHERE report_id = ? AND revision = ?',
    ).get(id.reportId, id.revision);
    assert(bytes instanceof Buffer, `revision ${id.revision} of ${id.reportId} is stored`);
    return bytes;
  }

  /** Counts the try and plans the next as if this one had failed: a crash never looks like success. */
  recordAttemptBegan(began: RevisionId & { at: number; nextAttemptAt: number }): void {
    const done = prepared(
      this.#db,
      `UPDATE outbox SET attempts = attempts + 1, last_attempt_at = @at, next_attempt_at = @nextAttemptAt
         WHERE report_id = @reportId AND revision = @revision AND state = 'owed'`,
    ).run(whole(began));
    assert(done.changes === 1, 'only an undelivered revision is tried');
    this.#inFlight.add(keyOf(began));
  }

  recordAttemptFailed(
    failed: RevisionId & {
      at: number;
      failure: DeliveryFailure;
      cause: string | null;
      httpStatus: number | null;
      nextAttemptAt: number;
    },
  ): void {
    this.#inFlight.delete(keyOf(failed));
    this.#db
      .transaction(() => {
        const done = prepared(
          this.#db,
          `UPDATE outbox SET last_failure = @failure, last_cause = @cause, last_http_status = @httpStatus,
               next_attempt_at = @nextAttemptAt
             WHERE report_id = @reportId AND revision = @revision AND state = 'owed'`,
        ).run(whole(failed));
        if (done.changes === 1) this.history.noteFailedTry(failed);
      })
      .immediate();
  }

  /** Nothing is on its way any more: tries that a stop or a fault ended have no verdict. */
  forgetAttempts(): void {
    this.#inFlight.clear();
  }

  recordPlan(planned: RevisionId & { nextAttemptAt: number }): void {
    prepared(
      this.#db,
      `UPDATE outbox SET next_attempt_at = @nextAttemptAt WHERE report_id = @reportId AND revision = @revision AND state = 'owed'`,
    ).run(whole(planned));
  }

  /** A verified receipt: the only way to "delivered". The sitting follows in the same transaction. */
  recordReceipt(
    received: RevisionId & {
      at: number;
      httpStatus: number;
      receiptJws: string;
      serial: string;
      receivedAt: number;
      nextReturnCheckAt: number | null;
    },
  ): void {
    this.#db
      .transaction(() => {
        prepared(
          this.#db,
          `UPDATE outbox SET state = 'delivered', last_failure = NULL, last_cause = NULL, last_http_status = @httpStatus,
               receipt = @receiptJws, receipt_serial = @serial, received_at = @receivedAt, delivered_at = @at,
               next_return_check_at = @nextReturnCheckAt
             WHERE report_id = @reportId AND revision = @revision AND state = 'owed'`,
        ).run(whole(received));
        prepared(
          this.#db,
          `UPDATE sitting SET state = 'delivered', delivered_at = @at WHERE report_id = @reportId AND state = 'sealed'
               AND @revision = (SELECT max(revision) FROM report WHERE report_id = @reportId)`,
        ).run({ at: Math.round(received.at), reportId: received.reportId, revision: received.revision });
      })
      .immediate();
    this.#inFlight.delete(keyOf(received));
  }

  /** Newest delivered revision of each report whose check for a return is planned. */
  listReturnChecks(): (RevisionId & { deliveredAt: number; nextReturnCheckAt: number })[] {
    return prepared(
      this.#db,
      `SELECT * FROM outbox AS o WHERE state = 'delivered' AND next_return_check_at IS NOT NULL
           AND revision = (SELECT max(revision) FROM outbox WHERE report_id = o.report_id)`,
    )
      .all()
      .map((raw) => {
        const row = Row.parse(raw);
        return {
          reportId: row.report_id,
          revision: row.revision,
          deliveredAt: row.delivered_at ?? 0,
          nextReturnCheckAt: row.next_return_check_at ?? 0,
        };
      });
  }

  recordReturnCheck(checked: RevisionId & { nextReturnCheckAt: number | null }): void {
    prepared(
      this.#db,
      'UPDATE outbox SET next_return_check_at = @nextReturnCheckAt WHERE report_id = @reportId AND revision = @revision',
    ).run(whole(checked));
  }

  /** The province sent this revision back; the sitting waits for an amendment. */
  recordReturn(returned: RevisionId & { at: number; reason: string; noticeJws: string }): void {
    this.#returns.record(returned);
  }

  getStatus(id: RevisionId): DeliveryStatus | null {
    const raw = prepared(
      this.#db,
      'SELECT outbox.*, report.sealed_at FROM outbox JOIN report USING (report_id, revision) WHERE report_id = ? AND revision = ?',
    ).get(id.reportId, id.revision);
    return raw ? this.#toStatus(StatusRow.parse(raw)) : null;
  }

  /** What became of each revision of a report so far, and why it was sent back. Reads no report. */
  listOutcomes(reportId: string): Map<number, { state: Row['state']; returnReason: string | null }> {
    return new Map(
      prepared(this.#db, 'SELECT * FROM outbox WHERE report_id = ?')
        .all(reportId)
        .map((raw) => {
          const row = Row.parse(raw);
          return [row.revision, { state: row.state, returnReason: this.#returns.reasonOf(row) }];
        }),
    );
  }

  /** The province's signed receipt, as it came. */
  getReceipt(id: RevisionId): string | null {
    return z
      .string()
      .nullable()
      .parse(
        preparedValue(this.#db, 'SELECT receipt FROM outbox WHERE report_id = ? AND revision = ?').get(
          id.reportId,
          id.revision,
        ) ?? null,
      );
  }

  /** Status of every revision of one session, newest last. */
  listStatuses(packageId: string): DeliveryStatus[] {
    return prepared(
      this.#db,
      `SELECT outbox.*, report.sealed_at FROM outbox JOIN report USING (report_id, revision) JOIN sitting USING (report_id)
         WHERE sitting.package_id = ? ORDER BY sitting.ordinal, outbox.revision`,
    )
      .all(packageId)
      .map((raw) => this.#toStatus(StatusRow.parse(raw)));
  }

  #toStatus(row: StatusRow): DeliveryStatus {
    return describeDelivery({
      reportId: row.report_id,
      revision: row.revision,
      outcome: row.state,
      inFlight: this.#inFlight.has(keyOf({ reportId: row.report_id, revision: row.revision })),
      sealedAt: row.sealed_at,
      attempts: row.attempts,
      lastAttemptAt: row.last_attempt_at,
      nextAttemptAt: row.next_attempt_at,
      waitsFor: row.state === 'owed' ? findHoldUp(row.revision, this.#listOwed(row.report_id)) : null,
      lastFailure: row.last_failure,
      lastCause: row.last_cause,
      lastHttpStatus: row.last_http_status,
      receiptSerial: row.receipt_serial,
      receivedAt: row.received_at,
      returnReason: this.#returns.reasonOf(row),
    });
  }

  #listOwed(reportId: string): { revision: number; lastFailure: DeliveryFailure | null }[] {
    return prepared(this.#db, "SELECT revision, last_failure FROM outbox WHERE report_id = ? AND state = 'owed'")
      .all(reportId)
      .map((raw) => {
        const row = OwedRow.parse(raw);
        return { revision: row.revision, lastFailure: row.last_failure };
      });
  }
}

function keyOf(id: RevisionId): string {
  return `${id.reportId}/${id.revision}`;
}

/** Schedules are drawn from continuous distributions; a STRICT integer column wants whole milliseconds. */
function whole<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value) : value]),
  ) as T;
}
