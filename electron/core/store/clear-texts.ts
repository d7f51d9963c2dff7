import type Database from 'better-sqlite3';
import { z } from 'zod';
import { TEXT_OF } from './free-texts.ts';
import type { SessionCiphers } from './session-ciphers.ts';

const SittingRow = z.object({ id: z.string(), package_id: z.string(), title: z.string() });
const RollCallRow = z.object({ id: z.string(), sitting_id: z.string(), title: z.string() });
const HeadCountRow = z.object({ sitting_id: z.string(), reason: z.string() });
const ReopeningRow = z.object({ seq: z.number(), sitting_id: z.string(), at: z.number(), reason: z.string() });
const ReturnRow = z.object({
  report_id: z.string(),
  revision: z.number(),
  return_reason: z.string().nullable(),
  return_notice: z.string().nullable(),
});
const CheckRunRow = z.object({ id: z.string(), package_id: z.string(), outcomes: z.string() });
const OldNotice = z.object({ text: z.string(), during: z.string() });

/**
 * Seals texts that older programs stored in clear, of sessions that can be read. Must run in a transaction. Answers how many rows it
 * rewrote; one that cannot be read stays as it is.
 */
export function sealClearTexts(
  db: Database.Database,
  ciphers: SessionCiphers,
  packageIds: ReadonlySet<string>,
): number {
  let count = 0;
  const each = <T>(sql: string, schema: z.ZodType<T>, rewrite: (row: T) => void): void => {
    for (const raw of db.prepare(sql).all()) {
      const row = schema.safeParse(raw);
      if (!row.success) continue;
      rewrite(row.data);
      count += 1;
    }
  };
  const readable = (sittingId: string): boolean => {
    const packageId = db.prepare('SELECT package_id FROM sitting WHERE id = ?').pluck().get(sittingId);
    return typeof packageId === 'string' && packageIds.has(packageId);
  };
  const ofSession = `package_id IN (SELECT value FROM json_each('${JSON.stringify([...packageIds]).replaceAll("'", "''")}'))`;
  const ofSitting = `sitting_id IN (SELECT id FROM sitting WHERE ${ofSession})`;
  const run = (sql: string, ...values: unknown[]): unknown => db.prepare(sql).run(...values);

  each(`SELECT * FROM sitting WHERE title_body IS NULL AND title <> '' AND ${ofSession}`, SittingRow, (row) => {
    const sealed = ciphers.ofSession(row.package_id).seal(TEXT_OF.sittingTitle(row.id), row.title);
    run(`UPDATE sitting SET title = '', title_body = ? WHERE id = ?`, sealed, row.id);
  });
  each(`SELECT * FROM roll_call WHERE title_body IS NULL AND title <> '' AND ${ofSitting}`, RollCallRow, (row) => {
    const sealed = ciphers.ofSitting(row.sitting_id).seal(TEXT_OF.rollCallTitle(row.id), row.title);
    run(`UPDATE roll_call SET title = '', title_body = ? WHERE id = ?`, sealed, row.id);
  });
  each(`SELECT * FROM head_count WHERE reason IS NOT NULL AND ${ofSitting}`, HeadCountRow, (row) => {
    const sealed = ciphers.ofSitting(row.sitting_id).seal(TEXT_OF.headCountReason(row.sitting_id), row.reason);
    run('UPDATE head_count SET reason = NULL, reason_body = ? WHERE sitting_id = ?', sealed, row.sitting_id);
  });
  each(`SELECT * FROM sitting_reopening WHERE reason IS NOT NULL AND ${ofSitting}`, ReopeningRow, (row) => {
    const sealed = ciphers.ofSitting(row.sitting_id).seal(TEXT_OF.reopeningReason(row.sitting_id, row.at), row.reason);
    run('UPDATE sitting_reopening SET reason = NULL, reason_body = ? WHERE seq = ?', sealed, row.seq);
  });
  const returned = `SELECT * FROM outbox WHERE (return_reason IS NOT NULL OR return_notice IS NOT NULL)
    AND report_id IN (SELECT report_id FROM sitting WHERE ${ofSession})`;
  each(returned, ReturnRow, ({ report_id: reportId, revision, return_reason: reason, return_notice: noticeJws }) => {
    const sealed = ciphers
      .ofSitting(ciphers.sittingOfReport(reportId))
      .seal(TEXT_OF.provinceReturn(reportId, revision), { reason: reason ?? '', noticeJws });
    run(
      `UPDATE outbox SET return_reason = NULL, return_notice = NULL, return_body = ? WHERE report_id = ? AND revision = ?`,
      sealed,
      reportId,
      revision,
    );
  });
  each(`SELECT * FROM check_run WHERE outcomes <> '' AND json_valid(outcomes) AND ${ofSession}`, CheckRunRow, (row) => {
    const outcomes: unknown = JSON.parse(row.outcomes);
    const sealed = ciphers.ofSession(row.package_id).seal(TEXT_OF.checkOutcomes(row.id), outcomes);
    run(`UPDATE check_run SET outcomes = '', outcomes_body = ? WHERE id = ?`, sealed, row.id);
  });
  const notice = `SELECT value ->> 'text' AS text, value ->> 'during' AS during FROM setting
    WHERE key = 'hall_notice' AND json_valid(value)`;
  each(notice, OldNotice, (row) => {
    const sittingId = row.during.slice(0, Math.max(0, row.during.lastIndexOf(' ')));
    if (readable(sittingId)) {
      const key = `hall_notice:${ciphers.sessionOf(sittingId)}`;
      const sealed = ciphers.ofSitting(sittingId).seal(TEXT_OF.setting(key), row);
      run('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)', key, JSON.stringify(sealed.toString('base64')));
    }
    run(`DELETE FROM setting WHERE key = 'hall_notice'`);
  });
  // The roll call itself has the title.
  const { changes } = db
    .prepare(
      `UPDATE action SET detail = json_remove(detail, '$.title')
       WHERE type = 'open_roll_call' AND json_valid(detail) AND json_type(detail, '$.title') IS NOT NULL`,
    )
    .run();
  return count + changes;
}
