import type Database from 'better-sqlite3';
import { z } from 'zod';
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
/** Sealed reports; what is still owed to the province stands in the outbox. */
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
        if (state !== 'ended' && state !== 'amended') return { ok: false, error: 'wrong_state' };
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
          .prepare(`INSERT INTO outbox (report_id, revision, state, next_attempt_at) VALUES (?, ?, 'owed', ?)`)
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
}
