import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Cell, Change, ChangeKeys } from './change-keys.ts';
import type { CoveredTable } from './covered-tables.ts';
import { FieldCipher } from './field-cipher.ts';
import { NO_ROW, sealRow, type JournalRecord } from './journal-record.ts';
import { SessionCiphers } from './session-ciphers.ts';

/**
 * Makes records of the journal. A row that belongs to a session is sealed under its data key, so that destroying the key destroys
 * it here too; the session itself, whose row holds that key wrapped, and everything else under a key of this database.
 */
export class JournalSealer {
  readonly #plain: FieldCipher;
  readonly #ciphers: SessionCiphers;
  readonly #sittingOfReport: Database.Statement;

  constructor(db: Database.Database, keys: ChangeKeys, kek: Buffer) {
    this.#plain = new FieldCipher(keys.body);
    this.#ciphers = new SessionCiphers(db, kek);
    this.#sittingOfReport = db.prepare('SELECT sitting_id FROM report WHERE report_id = ? LIMIT 1').pluck();
  }

  /** `row` null: what the change wrote is not there any more. */
  seal(change: Change, row: { table: CoveredTable; cells: readonly Cell[] } | null, generation: number): JournalRecord {
    if (!row) return { ...change, generation, session: null, sealed: NO_ROW };
    const cells = Object.fromEntries(row.table.columns.map((column, i) => [column, row.cells[i] ?? null]));
    const owner = this.#ownerOf(change.table, cells);
    const sealed = sealRow(owner?.cipher ?? this.#plain, change, cells);
    return { ...change, generation, session: owner?.session ?? null, sealed };
  }

  /** Null: no session, or one whose key was destroyed, of which nothing is left that needs it. */
  #ownerOf(table: string, cells: Record<string, Cell>): { session: string; cipher: FieldCipher } | null {
    if (table === 'session') return null;
    try {
      const session = this.#sessionOf(cells);
      return session === null ? null : { session, cipher: this.#ciphers.ofSession(session) };
    } catch {
      return null;
    }
  }

  #sessionOf({
    package_id: packageId,
    sitting_id: sittingId,
    report_id: reportId,
  }: Record<string, Cell>): string | null {
    if (typeof packageId === 'string') return packageId;
    if (typeof sittingId === 'string') return this.#ciphers.sessionOf(sittingId);
    if (typeof reportId !== 'string') return null;
    const sitting = z.string().optional().parse(this.#sittingOfReport.get(reportId));
    return sitting === undefined ? null : this.#ciphers.sessionOf(sitting);
  }
}
