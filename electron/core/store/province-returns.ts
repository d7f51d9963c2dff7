import type Database from 'better-sqlite3';
import { z } from 'zod';
import { TEXT_OF, UNREADABLE, type FreeTexts } from './free-texts.ts';
import type { SessionCiphers } from './session-ciphers.ts';

/** A return as the province signed it. */
const StoredReturn = z.object({ reason: z.string(), noticeJws: z.string().nullable() });

interface Returned {
  report_id: string;
  revision: number;
  /** In clear, of older programs. */
  return_reason: string | null;
  return_body: Buffer | null;
}

/** Why the province sent a revision back, and its signed notice. In its words, so encrypted like everything that may name a person. */
export class ProvinceReturns {
  readonly #db: Database.Database;
  readonly #texts: FreeTexts;
  readonly #ciphers: Pick<SessionCiphers, 'sittingOfReport'>;

  constructor(db: Database.Database, texts: FreeTexts, ciphers: Pick<SessionCiphers, 'sittingOfReport'>) {
    this.#db = db;
    this.#texts = texts;
    this.#ciphers = ciphers;
  }

  /** `at`: epoch ms. Only a delivered revision can come back; others stay as they are. */
  record(returned: { reportId: string; revision: number; at: number; reason: string; noticeJws: string }): void {
    const { reportId, revision, at, ...notice } = returned;
    const sittingId = this.#ciphers.sittingOfReport(reportId);
    const sealed = this.#texts.seal({ sittingId }, TEXT_OF.provinceReturn(reportId, revision), notice);
    this.#db
      .prepare(
        `UPDATE outbox SET state = 'returned', return_body = @sealed, returned_at = @at, next_return_check_at = NULL
         WHERE report_id = @reportId AND revision = @revision AND state = 'delivered'`,
      )
      .run({ reportId, revision, at: Math.round(at), sealed });
  }

  /** In the province's words; null when it was not sent back. */
  reasonOf({ report_id: reportId, revision, return_reason: clear, return_body: sealed }: Returned): string | null {
    if (sealed === null) return clear;
    const row = { table: 'outbox', key: `${reportId}/${revision}`, sealed };
    const sittingId = this.#ciphers.sittingOfReport(reportId);
    const instead = { reason: `${UNREADABLE} lý do`, noticeJws: null };
    const context = TEXT_OF.provinceReturn(reportId, revision);
    return this.#texts.open(row, { sittingId }, context, { schema: StoredReturn, instead }).reason;
  }
}
