import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RosterLog } from './roster-log.ts';

const OldImport = z.object({
  id: z.string(),
  kind: z.enum(['file', 'merge']),
  state: z.enum(['applied', 'undone']),
  file: z.string(),
  by: z.string(),
  at: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  undone_at: z.number().nullable(),
  undone_by: z.string().nullable(),
});
type OldImport = z.infer<typeof OldImport>;

const FIRST = `SELECT p.person_id, p.before_kind AS kind, p.before_body AS body, i.id AS import_id, min(i.seq)
  FROM roster_import_person p JOIN roster_import i ON i.id = p.import_id
  WHERE i.package_id = @packageId AND i.state <> 'staged' GROUP BY p.person_id`;

/**
 * Takes the list of a session of an older program over into the log of the list: first the list as it was before the first
 * change that is on record, as if the package had brought it (older programs kept no record of files), then each change and each
 * undo, which so can still be taken back. Does nothing for a session that has its log. Must run in a transaction.
 */
export function adoptOldList(db: Database.Database, log: RosterLog, packageId: string): void {
  if (db.prepare('SELECT 1 FROM roster_event WHERE package_id = ? LIMIT 1').get(packageId) !== undefined) return;
  layOrigin(db, log, packageId);
  const old = z.array(OldImport).parse(
    db
      .prepare(
        `SELECT id, kind, state, file, by, at, added, changed, removed, undone_at, undone_by FROM roster_import
         WHERE package_id = ? AND state <> 'staged' ORDER BY seq`,
      )
      .all(packageId),
  );
  const undone: OldImport[] = [];
  for (const one of old) {
    while (undone.length > 0 && (undone.at(-1)?.undone_at ?? Infinity) <= one.at) layUndo(log, packageId, undone.pop());
    layImport(db, log, packageId, one);
    if (one.state === 'undone') undone.push(one);
  }
  while (undone.length > 0) layUndo(log, packageId, undone.pop());
  db.prepare('DELETE FROM roster_import WHERE package_id = ?').run(packageId);
}

function layOrigin(db: Database.Database, log: RosterLog, packageId: string): void {
  const id = randomUUID();
  const added = db
    .prepare(
      `INSERT INTO roster_step (event_id, person_id, n, after_kind, after_body)
       SELECT @id, person_id, 0, kind, body FROM (
         SELECT person_id, kind, body FROM (${FIRST})
         UNION ALL SELECT id, kind, body FROM person WHERE package_id = @packageId
           AND id NOT IN (SELECT person_id FROM (${FIRST})))
       WHERE body IS NOT NULL AND kind = 'summoned'`,
    )
    .run({ id, packageId }).changes;
  db.prepare(
    `INSERT INTO roster_step_token (event_id, person_id, side, kind, token, body)
     SELECT @id, person_id, 'after', kind, token, body FROM (
       SELECT t.person_id, t.kind, t.token, t.body FROM roster_import_token t JOIN (${FIRST}) f
         ON f.import_id = t.import_id AND f.person_id = t.person_id WHERE t.side = 'before'
       UNION ALL SELECT person_id, kind, token, body FROM person_token WHERE package_id = @packageId
         AND person_id NOT IN (SELECT person_id FROM (${FIRST})))
     WHERE person_id IN (SELECT person_id FROM roster_step WHERE event_id = @id)`,
  ).run({ id, packageId });
  const event = { id, packageId, targetId: null, label: '', added, changed: 0, removed: 0, passedOver: [] };
  log.append({ ...event, type: 'package', by: 'package' });
}

function layImport(db: Database.Database, log: RosterLog, packageId: string, one: OldImport): void {
  const { id, kind, file, by, at, added, changed, removed } = one;
  db.prepare(
    `INSERT INTO roster_step (event_id, person_id, n, before_kind, before_body, after_kind, after_body)
     SELECT import_id, person_id, 0, before_kind, before_body, after_kind, after_body FROM roster_import_person
     WHERE import_id = ?`,
  ).run(id);
  db.prepare(
    `INSERT INTO roster_step_token (event_id, person_id, side, kind, token, body)
     SELECT import_id, person_id, side, kind, token, body FROM roster_import_token WHERE import_id = @id
       AND person_id IN (SELECT person_id FROM roster_step WHERE event_id = @id)`,
  ).run({ id });
  const counts = { added, changed, removed };
  log.append({ id, packageId, type: kind, targetId: null, label: file, by, at, ...counts, passedOver: [] });
}

function layUndo(log: RosterLog, packageId: string, one: OldImport | undefined): void {
  if (!one) return;
  const { id: targetId, file: label, added, changed, removed, undone_at: at, undone_by: by } = one;
  const counts = { added: removed, changed, removed: added };
  const when = at === null ? {} : { at };
  const event = { id: randomUUID(), packageId, targetId, label, by: by ?? one.by, ...when, ...counts, passedOver: [] };
  log.append({ ...event, type: 'undo' });
}
