import type Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SessionReport } from '../../contract/report.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import type { SessionCiphers } from './session-ciphers.ts';
import type { SettingsStore } from './settings-store.ts';
import { readStoredReport } from './stored-report.ts';

const State = z.object({
  /** When the console first said it, and when it happens; epoch ms. */
  warnedAt: z.number(),
  destroyAt: z.number(),
  /** For how long it had been kept when it was first said, ms (`hall/kept-time.ts`); null: said by an older program. */
  keptMs: z.number().nullable().default(null),
  destroyedAt: z.number().nullable().default(null),
  /** Signed certificate (JWS). */
  certificate: z.string().nullable().default(null),
  /** Pages, journal and files were written over afterwards. */
  swept: z.boolean().default(false),
});
export type RetentionState = z.infer<typeof State>;

const ReportRow = z.object({ report_id: z.string(), revision: z.number(), payload: z.instanceof(Buffer) });
const Trigger = z.object({ name: z.string(), sql: z.string() });
const ReceiptRow = z.object({
  state: z.string(),
  started: z.number(),
  endsAt: z.number(),
  owed: z.number(),
  toSend: z.number(),
  checks: z.number(),
  receivedAt: z.number().nullable(),
  newest: z.string().nullable(),
});

/** How far one sitting is, as far as retention asks. */
export interface SittingEnd {
  /** Nothing of it will change any more: delivered and no return can come, or it never took place. */
  isDone: boolean;
  /** The last receipt by the later of the two clocks; null where the sitting never took place. Epoch ms. */
  receiptAt: number | null;
  endsAt: number;
}

export interface Destroyed {
  people: number;
  numbers: number;
  entries: number;
  reports: number;
}

/** What a stored person, number or report becomes when its time is over. */
export interface DestroyInput {
  packageId: string;
  now: number;
  /** The session's package without names. */
  document: SessionPackage;
  redact(report: SessionReport): SessionReport;
  /** The signed certificate, made of what was destroyed, inside the transaction. */
  certify(destroyed: Destroyed): string;
}

/**
 * Destroys what is personal of a session and keeps its figures. The session gets a new data key and everything that was sealed
 * with the old one goes: names, numbers, notes, sealed reports. Of each report its figures stay, sealed again under a new key.
 *
 * The attendance log is append-only and sealed reports never change; by law both yield here, and nowhere else. The triggers that
 * hold it are taken away and put back inside the one transaction. An entry of the log keeps its place, time, type and hashes, so the
 * chain of other sessions still closes; its body becomes empty, which no written entry has, and in place of `person_id` stands
 * the letter x with the number of the person's first entry: nothing that was ever given to a person.
 */
export class RetentionStore {
  readonly #db: Database.Database;
  readonly #ciphers: SessionCiphers;
  readonly #settings: SettingsStore;
  readonly #rewriteJournal: () => void;
  readonly #writeDocument: (packageId: string, document: SessionPackage) => void;

  constructor(options: {
    db: Database.Database;
    ciphers: SessionCiphers;
    settings: SettingsStore;
    writeDocument(packageId: string, document: SessionPackage): void;
    /** Writes the journal and its copies again with the rows of now only. */
    rewriteJournal(): void;
  }) {
    this.#db = options.db;
    this.#ciphers = options.ciphers;
    this.#settings = options.settings;
    this.#rewriteJournal = () => options.rewriteJournal();
    this.#writeDocument = (packageId, document) => options.writeDocument(packageId, document);
  }

  getState(packageId: string): RetentionState | null {
    return this.#settings.getSetting(keyOf(packageId), State);
  }

  isDestroyed(packageId: string): boolean {
    return isDestroyed(this.#db, packageId);
  }

  /** Notes since when it is announced; null: it is not announced any more. */
  setWarning(packageId: string, warning: { warnedAt: number; destroyAt: number; keptMs: number } | null): void {
    if (warning) this.#settings.setSetting(keyOf(packageId), State.parse(warning));
    else this.#settings.removeSetting(keyOf(packageId));
  }

  /** Every sitting of a session. */
  listEnds(packageId: string): SittingEnd[] {
    return this.#db
      .prepare(
        `SELECT s.state, s.opened_at IS NOT NULL AS started, s.ends_at AS endsAt,
           count(CASE WHEN o.state = 'owed' THEN 1 END) AS owed, count(o.revision) AS toSend, count(o.next_return_check_at) AS checks,
           max(max(coalesce(o.received_at, 0), coalesce(o.delivered_at, 0))) AS receivedAt,
           (SELECT state FROM outbox WHERE report_id = s.report_id ORDER BY revision DESC LIMIT 1) AS newest
         FROM sitting AS s LEFT JOIN outbox AS o USING (report_id) WHERE s.package_id = ? GROUP BY s.id`,
      )
      .all(packageId)
      .map((raw) => {
        const row = ReceiptRow.parse(raw);
        const never = row.state === 'prepared' && row.started === 0;
        const delivered = row.state === 'delivered' && row.newest === 'delivered' && row.owed === 0;
        const receiptAt = delivered && row.receivedAt ? row.receivedAt : null;
        // Sealed and owed to nobody.
        const kept = row.state === 'sealed' && row.toSend === 0;
        return { isDone: never || kept || (delivered && row.checks === 0), receiptAt, endsAt: row.endsAt };
      });
  }

  /** Destroys, in one transaction. Afterwards `sweep` must follow; the state says so until it did. */
  destroy(input: DestroyInput): Destroyed {
    const { packageId, now } = input;
    const state = this.getState(packageId);
    return this.#pastRules(() => {
      const reports = this.#readReports(packageId).map(({ row, report }) => ({ ...row, report: input.redact(report) }));
      this.#ciphers.replace(packageId, randomBytes(32));
      const run = (sql: string): number => this.#db.prepare(sql).run({ packageId }).changes;
      const sittings = 'SELECT id FROM sitting WHERE package_id = @packageId';
      const ofReports = 'SELECT report_id FROM sitting WHERE package_id = @packageId';
      run('UPDATE session SET province_key = NULL WHERE package_id = @packageId');
      this.#writeDocument(packageId, input.document);
      const numbers = run('DELETE FROM person_token WHERE package_id = @packageId');
      run('DELETE FROM roster_import WHERE package_id = @packageId');
      run('DELETE FROM roster_pending WHERE package_id = @packageId');
      const changes = 'SELECT id FROM roster_event WHERE package_id = @packageId';
      run(`DELETE FROM roster_step_token WHERE event_id IN (${changes})`);
      run(`DELETE FROM roster_step WHERE event_id IN (${changes})`);
      run(`UPDATE roster_event SET label = x'', passed_over = '[]' WHERE package_id = @packageId`);
      run(`DELETE FROM presence WHERE sitting_id IN (${sittings})`);
      const kept = run(`DELETE FROM sitting_person WHERE sitting_id IN (${sittings})`);
      const people = run('DELETE FROM person WHERE package_id = @packageId');
      const entries = run(
        `UPDATE attendance_event AS e SET body = x'', person_id = CASE WHEN person_id IS NULL THEN NULL ELSE
           'x' || (SELECT min(f.seq) FROM attendance_event AS f JOIN sitting AS s ON s.id = f.sitting_id
                   WHERE s.package_id = @packageId AND f.person_id = e.person_id) END
         WHERE sitting_id IN (${sittings})`,
      );
      run(`UPDATE sitting SET title = 'Buổi ' || (ordinal + 1), title_body = NULL WHERE package_id = @packageId`);
      run(
        `UPDATE roll_call SET title = 'Lượt ' || ordinal, title_body = NULL, cancel_reason = NULL WHERE sitting_id IN (${sittings})`,
      );
      run(`UPDATE head_count SET reason = NULL, reason_body = NULL, by = CASE WHEN by IN ('technician', 'chair') THEN by ELSE 'unknown' END
           WHERE sitting_id IN (${sittings})`);
      run(`UPDATE sitting_reopening SET reason = NULL, reason_body = NULL WHERE sitting_id IN (${sittings})`);
      run(
        `UPDATE outbox SET return_reason = NULL, return_notice = NULL, return_body = NULL WHERE report_id IN (${ofReports})`,
      );
      run(`UPDATE report_sealed_again SET sealed = x'' WHERE report_id IN (${ofReports})`);
      run(`UPDATE report SET sealed = x'' WHERE report_id IN (${ofReports})`);
      run('DELETE FROM pin WHERE package_id = @packageId');
      run('DELETE FROM check_run WHERE package_id = @packageId');
      run(`DELETE FROM setting WHERE key IN ('hall_notice', 'hall_notice:' || @packageId, 'moved_addresses:' || @packageId, 'kept_time:' || @packageId) OR key IN (SELECT 'notes:' || id FROM sitting WHERE package_id = @packageId
             UNION ALL SELECT 'damaged-notes:' || id FROM sitting WHERE package_id = @packageId)`);
      this.#db.prepare(`UPDATE action SET detail = '{}' WHERE at <= ?`).run(now);
      this.#dropSetAside();
      const put = this.#db.prepare('UPDATE report SET payload = ? WHERE report_id = ? AND revision = ?');
      for (const { report_id: id, revision, report } of reports)
        put.run(this.#ciphers.ofSession(packageId).seal(`report:${id}:${revision}`, report), id, revision);
      const destroyed = { people: Math.max(people, kept), numbers, entries, reports: reports.length };
      const certificate = input.certify(destroyed);
      this.#settings.setSetting(keyOf(packageId), {
        warnedAt: state?.warnedAt ?? now,
        destroyAt: state?.destroyAt ?? now,
        destroyedAt: now,
        certificate,
        swept: false,
      });
      return destroyed;
    });
  }

  /** Writes over what deleted rows leave in free pages, in the log of SQLite and in the journal. Throws on a full disk; the next start tries again. */
  sweep(packageId: string): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.exec('VACUUM');
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#rewriteJournal();
    const state = this.getState(packageId);
    if (state) this.#settings.setSetting(keyOf(packageId), { ...state, swept: true });
  }

  #readReports(packageId: string): { row: z.infer<typeof ReportRow>; report: SessionReport }[] {
    const cipher = this.#ciphers.ofSession(packageId);
    return this.#db
      .prepare(
        `SELECT report.report_id, revision, payload FROM report JOIN sitting ON sitting.id = report.sitting_id
         WHERE package_id = ?`,
      )
      .all(packageId)
      .flatMap((raw) => {
        const row = ReportRow.parse(raw);
        try {
          const opened = cipher.open(`report:${row.report_id}:${row.revision}`, row.payload);
          return [{ row, report: readStoredReport(opened) }];
        } catch {
          // Damaged: there are no figures to keep, and without its key nobody opens it any more.
          return [];
        }
      });
  }

  /** Damaged rows that were set aside for support are of any session. */
  #dropSetAside(): void {
    const exists = this.#db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'row_set_aside'`).get();
    if (exists !== undefined) this.#db.exec('DELETE FROM row_set_aside');
  }

  #pastRules<T>(work: () => T): T {
    return this.#db
      .transaction(() => {
        const triggers = z
          .array(Trigger)
          .parse(this.#db.prepare(`SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'`).all());
        for (const { name } of triggers) this.#db.exec(`DROP TRIGGER main."${name}"`);
        const result = work();
        for (const { sql } of triggers) this.#db.exec(sql);
        return result;
      })
      .immediate();
  }
}

/** Whether the personal data of this session was destroyed. */
export function isDestroyed(db: Database.Database, packageId: string): boolean {
  const state = db.prepare(
    `SELECT 1 FROM setting WHERE key = ? AND json_valid(value) AND value ->> 'destroyedAt' IS NOT NULL`,
  );
  return state.get(keyOf(packageId)) !== undefined;
}

function keyOf(packageId: string): string {
  return `retention:${packageId}`;
}
