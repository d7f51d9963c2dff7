import type Database from 'better-sqlite3';
import { z } from 'zod';
import { DeliveryFailure, type DeliveryStatus } from '../../contract/delivery.ts';
import { assert } from '../../contract/result.ts';
import { SessionReport } from '../../contract/report.ts';
import type { SittingState } from '../../contract/sitting.ts';
import type { Clock } from './clock.ts';
import type { FieldCipher } from './field-cipher.ts';

/** A sealed revision about to be stored, with the log head it was computed from. */
export interface SealInput {
  sittingId: string;
  report: SessionReport;
  sealed: Uint8Array;
  sha256: string;
  /** Epoch ms of the first try: the end plus a random part of the delivery window. */
  firstAttemptAt: number;
  logEvents: number;
}

export type SealOutcome = { ok: true } | { ok: false; error: 'log_moved' | 'wrong_state' | 'wrong_revision' };

export interface StoredReport {
  reportId: string;
  revision: number;
  sittingId: string;
  sealed: Uint8Array;
  sha256: string;
  sealedAt: number;
}

const ReportRow = z.object({
  report_id: z.string(),
  revision: z.number(),
  sitting_id: z.string(),
  sealed: z.instanceof(Buffer),
  sha256: z.string(),
  payload: z.instanceof(Buffer),
  sealed_at: z.number(),
});
const OutboxRow = z.object({
  report_id: z.string(),
  revision: z.number(),
  state: z.enum(['waiting', 'failed', 'parked', 'delivered', 'returned']),
  attempts: z.number(),
  next_attempt_at: z.number(),
  last_attempt_at: z.number().nullable(),
  last_failure: DeliveryFailure.nullable(),
  last_http_status: z.number().nullable(),
  receipt: z.string().nullable(),
  receipt_serial: z.string().nullable(),
  received_at: z.number().nullable(),
  return_reason: z.string().nullable(),
});
export type OutboxRow = z.infer<typeof OutboxRow>;

/** Sealed reports and the outbox that owes them to the province. */
export class ReportStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #cipherOf: (sittingId: string) => FieldCipher;

  constructor(db: Database.Database, clock: Clock, cipherOf: (sittingId: string) => FieldCipher) {
    this.#db = db;
    this.#clock = clock;
    this.#cipherOf = cipherOf;
  }

  /**
   * The one transaction of sealing: report, outbox row and the sitting's state. Signing is asynchronous, so it is done
   * before; the transaction proves that nothing moved meanwhile (same log length, same state) and refuses otherwise.
   */
  recordSealed(input: SealInput): SealOutcome {
    const { report, sittingId } = input;
    return this.#db
      .transaction((): SealOutcome => {
        const state = this.#db.prepare('SELECT state FROM sitting WHERE id = ?').pluck().get(sittingId) as SittingState;
        if (state !== (report.revision === 1 ? 'ended' : 'amended')) return { ok: false, error: 'wrong_state' };
        const events = Number(this.#db.prepare('SELECT coalesce(max(seq), 0) FROM attendance_event').pluck().get());
        if (events !== input.logEvents) return { ok: false, error: 'log_moved' };
        const last = Number(
          this.#db
            .prepare('SELECT coalesce(max(revision), 0) FROM report WHERE report_id = ?')
            .pluck()
            .get(report.reportId),
        );
        if (report.revision !== last + 1) return { ok: false, error: 'wrong_revision' };
        const payload = this.#cipherOf(sittingId).seal(`report:${report.reportId}:${report.revision}`, report);
        this.#db
          .prepare(
            'INSERT INTO report (report_id, revision, sitting_id, sealed, sha256, payload, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
          )
          .run(
            report.reportId,
            report.revision,
            sittingId,
            Buffer.from(input.sealed),
            input.sha256,
            payload,
            this.#clock.now(),
          );
        this.#db
          .prepare(`INSERT INTO outbox (report_id, revision, state, next_attempt_at) VALUES (?, ?, 'waiting', ?)`)
          .run(report.reportId, report.revision, input.firstAttemptAt);
        this.#db
          .prepare(`UPDATE sitting SET state = 'sealed', sealed_at = ? WHERE id = ?`)
          .run(this.#clock.now(), sittingId);
        return { ok: true };
      })
      .immediate();
  }

  /** The report as it was sealed, opened again. Null when there is none. */
  getReport(reportId: string, revision: number): SessionReport | null {
    const raw = this.#db.prepare('SELECT * FROM report WHERE report_id = ? AND revision = ?').get(reportId, revision);
    if (!raw) return null;
    const row = ReportRow.parse(raw);
    return SessionReport.parse(this.#cipherOf(row.sitting_id).open(`report:${reportId}:${revision}`, row.payload));
  }

  getSealed(reportId: string, revision: number): StoredReport | null {
    const raw = this.#db.prepare('SELECT * FROM report WHERE report_id = ? AND revision = ?').get(reportId, revision);
    if (!raw) return null;
    const row = ReportRow.parse(raw);
    return {
      reportId: row.report_id,
      revision: row.revision,
      sittingId: row.sitting_id,
      sealed: row.sealed,
      sha256: row.sha256,
      sealedAt: row.sealed_at,
    };
  }

  getLastRevision(reportId: string): number {
    return Number(
      this.#db.prepare('SELECT coalesce(max(revision), 0) FROM report WHERE report_id = ?').pluck().get(reportId),
    );
  }

  listOutbox(): OutboxRow[] {
    return this.#db
      .prepare('SELECT * FROM outbox ORDER BY report_id, revision')
      .all()
      .map((raw) => OutboxRow.parse(raw));
  }

  getOutbox(reportId: string, revision: number): OutboxRow | null {
    const raw = this.#db.prepare('SELECT * FROM outbox WHERE report_id = ? AND revision = ?').get(reportId, revision);
    return raw ? OutboxRow.parse(raw) : null;
  }

  /** Written before a try: the row says "failed" while the try runs, so that a crash can never look like success. */
  recordAttemptBegan(reportId: string, revision: number, fallbackNextAt: number): void {
    const done = this.#db
      .prepare(
        `UPDATE outbox SET state = 'failed', attempts = attempts + 1, last_attempt_at = ?, next_attempt_at = ?
         WHERE report_id = ? AND revision = ? AND state IN ('waiting','failed','parked')`,
      )
      .run(this.#clock.now(), fallbackNextAt, reportId, revision);
    assert(done.changes === 1, 'only an undelivered revision is tried');
  }

  recordAttemptFailed(input: {
    reportId: string;
    revision: number;
    failure: DeliveryFailure;
    httpStatus: number | null;
    nextAttemptAt: number;
    parked: boolean;
  }): void {
    this.#db
      .prepare(
        `UPDATE outbox SET state = ?, last_failure = ?, last_http_status = ?, next_attempt_at = ?
         WHERE report_id = ? AND revision = ? AND state IN ('waiting','failed','parked')`,
      )
      .run(
        input.parked ? 'parked' : 'failed',
        input.failure,
        input.httpStatus,
        input.nextAttemptAt,
        input.reportId,
        input.revision,
      );
  }

  setNextAttempt(reportId: string, revision: number, nextAttemptAt: number): void {
    this.#db
      .prepare(
        `UPDATE outbox SET next_attempt_at = ? WHERE report_id = ? AND revision = ? AND state IN ('waiting','failed','parked')`,
      )
      .run(nextAttemptAt, reportId, revision);
  }

  /** A verified receipt: the only way to "delivered". The sitting follows in the same transaction. */
  recordReceipt(input: {
    reportId: string;
    revision: number;
    receipt: string;
    serial: string;
    receivedAt: number;
  }): void {
    this.#db
      .transaction(() => {
        this.#db
          .prepare(
            `UPDATE outbox SET state = 'delivered', receipt = ?, receipt_serial = ?, received_at = ?, last_failure = NULL
             WHERE report_id = ? AND revision = ?`,
          )
          .run(input.receipt, input.serial, input.receivedAt, input.reportId, input.revision);
        this.#db
          .prepare(`UPDATE sitting SET state = 'delivered', delivered_at = ? WHERE report_id = ? AND state = 'sealed'`)
          .run(this.#clock.now(), input.reportId);
      })
      .immediate();
  }

  /** The province sent a delivered revision back; the sitting waits for an amendment. */
  recordReturn(input: { reportId: string; revision: number; reason: string; at: number }): void {
    this.#db
      .prepare(
        `UPDATE outbox SET state = 'returned', return_reason = ?, returned_at = ? WHERE report_id = ? AND revision = ? AND state = 'delivered'`,
      )
      .run(input.reason, input.at, input.reportId, input.revision);
  }
}

/** Status for screens, from a stored row and nothing else. */
export function toDeliveryStatus(row: OutboxRow, inFlight: boolean): DeliveryStatus {
  const state =
    row.state === 'delivered'
      ? 'delivered'
      : row.state === 'returned'
        ? 'returned'
        : row.attempts > 0 || inFlight
          ? 'sending'
          : 'waiting';
  const open = state === 'waiting' || state === 'sending';
  return {
    reportId: row.report_id,
    revision: row.revision,
    state,
    attempts: row.attempts,
    nextAttemptAt: open ? row.next_attempt_at : null,
    lastFailure: open ? row.last_failure : null,
    lastHttpStatus: row.last_http_status,
    receiptSerial: row.receipt_serial,
    receivedAt: row.received_at,
    returnReason: row.return_reason,
  };
}
