import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingState } from '../../contract/sitting.ts';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import type { FieldCipher } from './field-cipher.ts';
import { assert } from '../../shared/result.ts';
import { readStoredReport } from './stored-report.ts';
import { prepared, preparedValue } from './statements.ts';

/** A sealed revision about to be stored, with the log head it was computed from. */
export interface SealInput {
  sittingId: string;
  /** In full; what was sealed may be the same in an older format. */
  report: SessionReport;
  sealed: Uint8Array;
  sha256: string;
  /** Epoch ms of the first try: the end plus a random part of the delivery window. Null: nobody receives it, and nothing is owed. */
  firstAttemptAt: number | null;
  /** `seq` of the sitting's own last event, 0 without one; another sitting's sign-ins do not matter. */
  lastSeq: number;
  /** Asked inside the transaction: what stands outside the log (notes, head-count) is still what the report says. */
  unchanged?: () => boolean;
}

/** A sealed report that was opened for corrections; an end that was taken back stands with the sitting's life. */
const Opening = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  cause: z.enum(['province_return', 'correction', 'sign_off']),
  by: z.object({ role: z.enum(['technician', 'chair']), name: z.string().nullable() }),
  reason: z.string().nullable(),
});
export type Opening = z.infer<typeof Opening>;

/** What people say about a sitting outside the log. Encrypted at rest; taken into the next revision. */
const SittingNotes = z.object({
  remarks: z.string().nullable(),
  /** `at` in epoch milliseconds. */
  signOff: z
    .object({
      name: z.string(),
      position: z.string(),
      at: z.number(),
      /** Whose PIN it was given with; null where an older program did not say. */
      role: z.enum(['chair', 'technician']).nullable().default(null),
    })
    .nullable(),
  /** An amendment under way: since when, by which role, and the digest of the differences it began with. */
  amendment: z.object({ since: z.number(), by: z.string(), baseline: z.string() }).nullable(),
  /** Oldest first. */
  openings: z.array(Opening).default([]),
});
export type SittingNotes = z.infer<typeof SittingNotes>;
const NO_NOTES: SittingNotes = { remarks: null, signOff: null, amendment: null, openings: [] };

/** A sealed revision without its bytes. */
export interface RevisionRecord {
  revision: number;
  sha256: string;
  sizeBytes: number;
  sealedAt: number;
}
const RevisionRow = z.object({ revision: z.number(), again: z.string().nullable(), size: z.number() });
const RevisionFacts = z.object({ sha256: z.string(), sealedAt: z.number() });
type RevisionFacts = z.infer<typeof RevisionFacts>;

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
  readonly #damages: Damages;
  /** By report and revision. */
  readonly #facts = new Map<string, RevisionFacts>();

  constructor(db: Database.Database, clock: Clock, cipherOf: (sittingId: string) => FieldCipher, damages: Damages) {
    this.#damages = damages;
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
        const state = preparedValue(this.#db, 'SELECT state FROM sitting WHERE id = ?').get(sittingId) as SittingState;
        if (state !== 'ended' && state !== 'amended') return { ok: false, error: 'wrong_state' };
        const lastSeq = Number(
          preparedValue(this.#db, 'SELECT coalesce(max(seq), 0) FROM attendance_event WHERE sitting_id = ?').get(
            sittingId,
          ),
        );
        if (lastSeq !== input.lastSeq || input.unchanged?.() === false) return { ok: false, error: 'log_moved' };
        const last = Number(
          preparedValue(this.#db, 'SELECT coalesce(max(revision), 0) FROM report WHERE report_id = ?').get(
            report.reportId,
          ),
        );
        if (report.revision !== last + 1) return { ok: false, error: 'wrong_revision' };
        const payload = this.#cipherOf(sittingId).seal(`report:${report.reportId}:${report.revision}`, report);
        prepared(
          this.#db,
          'INSERT INTO report (report_id, revision, sitting_id, sealed, sha256, payload, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ).run(
          report.reportId,
          report.revision,
          sittingId,
          Buffer.from(input.sealed),
          input.sha256,
          payload,
          this.#clock.now(),
        );
        if (input.firstAttemptAt !== null)
          prepared(
            this.#db,
            `INSERT INTO outbox (report_id, revision, state, next_attempt_at) VALUES (?, ?, 'owed', ?)`,
          ).run(report.reportId, report.revision, input.firstAttemptAt);
        prepared(this.#db, `UPDATE sitting SET state = 'sealed', sealed_at = ? WHERE id = ?`).run(
          this.#clock.now(),
          sittingId,
        );
        if (state === 'amended') this.setNotes(sittingId, { amendment: null });
        return { ok: true };
      })
      .immediate();
  }

  /** The same report sealed again, in place of bytes that were found damaged. The damaged ones stay where they are. */
  recordSealedAgain(again: { reportId: string; revision: number; sealed: Uint8Array; sha256: string }): void {
    prepared(
      this.#db,
      'INSERT OR REPLACE INTO report_sealed_again (report_id, revision, sealed, sha256, at) VALUES (?, ?, ?, ?, ?)',
    ).run(again.reportId, again.revision, Buffer.from(again.sealed), again.sha256, this.#clock.now());
  }

  /** What was sealed, in full and in the newest format's shape. Null when there is none. */
  getReport(reportId: string, revision: number): SessionReport | null {
    const raw = prepared(this.#db, 'SELECT * FROM report WHERE report_id = ? AND revision = ?').get(reportId, revision);
    if (!raw) return null;
    const row = ReportRow.parse(raw);
    return readStoredReport(this.#cipherOf(row.sitting_id).open(`report:${reportId}:${revision}`, row.payload));
  }

  getSealed(reportId: string, revision: number): StoredReport | null {
    const raw = prepared(this.#db, 'SELECT * FROM report_now WHERE report_id = ? AND revision = ?').get(
      reportId,
      revision,
    );
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

  /** Names the revisions whose sealed bytes or whose copy in clear cannot be trusted. */
  checkReports(reportId: string): void {
    for (const { revision } of this.listRevisions(reportId)) {
      const check = (): boolean => {
        const stored = this.getSealed(reportId, revision);
        assert(
          stored &&
            (stored.sealed.length === 0 || createHash('sha256').update(stored.sealed).digest('hex') === stored.sha256),
          'as it was sealed',
        );
        return this.getReport(reportId, revision) !== null;
      };
      this.#damages.attempt('report', `${reportId}:${revision}`, check, () => false);
    }
  }

  /** Sealed revisions of a report, oldest first. */
  listRevisions(reportId: string): RevisionRecord[] {
    return prepared(
      this.#db,
      `SELECT revision, again.sha256 AS again, coalesce(length(again.sealed), length(report.sealed)) AS size
         FROM report LEFT JOIN report_sealed_again AS again USING (report_id, revision) WHERE report_id = ? ORDER BY revision`,
    )
      .all(reportId)
      .map((raw) => {
        const { revision, again, size } = RevisionRow.parse(raw);
        const { sha256, sealedAt } = this.#factsOf(reportId, revision);
        return { revision, sha256: again ?? sha256, sizeBytes: size, sealedAt };
      });
  }

  /**
   * Digest and time of a revision never change, and they stand behind its bytes: SQLite walks through megabytes for them, so
   * they are read once.
   */
  #factsOf(reportId: string, revision: number): RevisionFacts {
    const key = `${reportId}:${revision}`;
    const known = this.#facts.get(key);
    if (known) return known;
    const facts = RevisionFacts.parse(
      prepared(this.#db, 'SELECT sha256, sealed_at AS sealedAt FROM report WHERE report_id = ? AND revision = ?').get(
        reportId,
        revision,
      ),
    );
    this.#facts.set(key, facts);
    return facts;
  }

  getNotes(sittingId: string): SittingNotes {
    const raw = preparedValue(this.#db, 'SELECT value FROM setting WHERE key = ?').get(`notes:${sittingId}`);
    if (typeof raw !== 'string') return NO_NOTES;
    const open = (): SittingNotes => {
      const sealed = Buffer.from(z.string().parse(JSON.parse(raw)), 'base64');
      return SittingNotes.parse(this.#cipherOf(sittingId).open(`notes:${sittingId}`, sealed));
    };
    return this.#damages.attempt('setting', `notes:${sittingId}`, open, () => NO_NOTES);
  }

  /** Changes some of the notes of a sitting; the rest stay. */
  setNotes(sittingId: string, change: Partial<SittingNotes>): void {
    this.#db
      .transaction(() => {
        const notes = { ...this.getNotes(sittingId), ...change };
        this.#keepDamagedNotes(sittingId);
        const sealed = this.#cipherOf(sittingId).seal(`notes:${sittingId}`, notes);
        prepared(
          this.#db,
          'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        ).run(`notes:${sittingId}`, JSON.stringify(sealed.toString('base64')));
      })
      .immediate();
  }

  /** Notes that cannot be opened are not written over: support may still read something of them. */
  #keepDamagedNotes(sittingId: string): void {
    if (!this.#damages.has('setting', `notes:${sittingId}`)) return;
    prepared(
      this.#db,
      `INSERT OR IGNORE INTO setting (key, value) SELECT 'damaged-' || key, value FROM setting WHERE key = ?`,
    ).run(`notes:${sittingId}`);
  }

  /**
   * Opens a sealed report: `step` moves the sitting, and why is noted in the same transaction, so that a reason never stands
   * without its step, nor a step without its reason. False, and nothing noted, when `step` is.
   */
  recordOpening(sittingId: string, why: Opening, step: () => boolean): boolean {
    return this.#db
      .transaction((): boolean => {
        if (!step()) return false;
        this.setNotes(sittingId, { openings: [...this.getNotes(sittingId).openings, why] });
        return true;
      })
      .immediate();
  }

  getLastRevision(reportId: string): number {
    return Number(
      preparedValue(this.#db, 'SELECT coalesce(max(revision), 0) FROM report WHERE report_id = ?').get(reportId),
    );
  }
}
