import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One edit of the records by somebody with another program and no key. */
export interface Edit {
  name: string;
  run(db: Database.Database, random: (below: number) => number): void;
}

const sql = (name: string, ...texts: string[]): Edit => ({
  name,
  run: (db) => {
    for (const text of texts) db.exec(text);
  },
});

const pick = (name: string, table: string, make: (random: (below: number) => number) => string): Edit => ({
  name,
  run: (db, random) => {
    const rows = db.prepare(`SELECT rowid AS id FROM ${table} ORDER BY 1`).pluck().all();
    if (rows.length === 0) throw new Error(`${table} is empty`);
    db.exec(`UPDATE ${table} SET ${make(random)} WHERE rowid = ${String(rows[random(rows.length)])}`);
    remakeHashes(db);
  },
});

/** Classes of edits: all that a report is made from, and what says where it goes and whether it went. */
export const EDITS: readonly Edit[] = [
  pick('sign-in given to somebody else', 'attendance_event', (random) => `person_id = 'p00${10 + random(9)}'`),
  pick('late made on time', 'attendance_event', (random) => `wall_ms = wall_ms - ${(1 + random(180)) * 60_000}`),
  pick('time of the PC moved', 'attendance_event', (random) => `mono_ms = mono_ms + ${1 + random(100_000)}`),
  pick('left turned into arrived', 'attendance_event', () => `type = 'arrived'`),
  pick('undo turned into excuse', 'attendance_event', () => `type = 'absence_excused', target_seq = NULL`),
  pick('by card turned into by hand', 'attendance_event', () => `method = 'manual', actor = 'attendee'`),
  pick(
    'moved to another sitting',
    'attendance_event',
    () => `sitting_id = (SELECT id FROM sitting ORDER BY ordinal DESC LIMIT 1)`,
  ),
  pick(
    'body exchanged',
    'attendance_event',
    () => `body = (SELECT body FROM attendance_event ORDER BY seq LIMIT 1 OFFSET 2)`,
  ),
  {
    name: 'last events cut',
    run: (db, random) => {
      db.exec(
        `DELETE FROM presence; DELETE FROM attendance_event WHERE seq > (SELECT max(seq) FROM attendance_event) - ${1 + random(8)}`,
      );
    },
  },
  {
    name: 'an event taken out, the rest numbered again',
    run: (db, random) => {
      const seq = 2 + random(6);
      db.exec(`DELETE FROM presence WHERE seq = ${seq}; DELETE FROM attendance_event WHERE seq = ${seq}`);
      db.exec(
        `UPDATE attendance_event SET seq = -seq WHERE seq > ${seq}; UPDATE attendance_event SET seq = -seq - 1 WHERE seq < 0`,
      );
      remakeHashes(db);
    },
  },
  {
    name: 'an event added',
    run: (db, random) => {
      db.exec(`INSERT INTO attendance_event SELECT (SELECT max(seq) + 1 FROM attendance_event), sitting_id, type, 'p00${10 + random(9)}',
        roll_call_id, NULL, wall_ms, mono_ms, boot_id, broadcast_ms, station, actor, method, body, prev_hash, hash
        FROM attendance_event WHERE type = 'arrived' LIMIT 1`);
      remakeHashes(db);
    },
  },
  sql('log emptied', 'DELETE FROM presence', 'DELETE FROM attendance_event'),
  sql('presence emptied', 'DELETE FROM presence'),
  sql(
    'delivered set by hand',
    `UPDATE outbox SET state = 'delivered', receipt = 'a.b.c', receipt_serial = 'S-1', received_at = 1, delivered_at = 1`,
    `UPDATE sitting SET state = 'delivered', delivered_at = 1 WHERE state = 'sealed'`,
  ),
  sql(
    'returned set by hand',
    `UPDATE outbox SET state = 'returned', receipt = 'a.b.c', return_reason = 'Sai', return_body = NULL`,
  ),
  sql('outbox emptied', 'DELETE FROM outbox'),
  sql('next try put off for years', 'UPDATE outbox SET next_attempt_at = next_attempt_at + 100000000000'),
  sql(
    'report deleted',
    'DELETE FROM outbox',
    'DELETE FROM report',
    `UPDATE sitting SET state = 'ended' WHERE state = 'sealed'`,
  ),
  sql(
    'sealed bytes exchanged',
    `UPDATE report SET sealed = zeroblob(200), sha256 = '${createHash('sha256').update(Buffer.alloc(200)).digest('hex')}'`,
  ),
  sql('report in clear exchanged', 'UPDATE report SET payload = zeroblob(100)'),
  sql(
    'endpoint of the province',
    `UPDATE session SET document_body = NULL, document = '{"delivery":{"endpoint":"https://khac.example"}}'`,
  ),
  sql('receipt key of the province', 'UPDATE session SET document_body = substr(document_body, 1, 60)'),
  sql('report key of the province', 'UPDATE session SET document_body = zeroblob(400)'),
  sql('venue', 'UPDATE session SET document_body = zeroblob(length(document_body))'),
  sql('chair and signatory', 'UPDATE session SET document_body = NULL'),
  sql('provenance set to signed', `UPDATE session SET provenance = 'signed', key_id = 'abc'`),
  sql('issue made newer', 'UPDATE session SET issued_at = issued_at + 1000000000'),
  sql('data key gone', 'UPDATE session SET device_key = zeroblob(60)'),
  sql('start of a sitting', 'UPDATE sitting SET starts_at = starts_at + 3600000'),
  sql('grace of a sitting', 'UPDATE sitting SET grace_ms = 7200000'),
  sql(
    'end of a sitting',
    `UPDATE sitting SET ended_at = ended_at - 3600000, ended_by = 'ENDLIST' WHERE ended_at IS NOT NULL`,
  ),
  sql('opening of a sitting', 'UPDATE sitting SET opened_at = opened_at - 3600000 WHERE opened_at IS NOT NULL'),
  sql('state of a sitting', `UPDATE sitting SET state = 'prepared' WHERE state = 'open'`),
  sql('starts of the core', 'UPDATE sitting SET starts = 0'),
  sql('sign of life', 'UPDATE sitting SET last_sign_of_life_at = 5'),
  sql(
    'report identity',
    `UPDATE sitting SET report_id = '0199aaaa-0000-7000-8000-00000000000' || ordinal WHERE state = 'open'`,
  ),
  sql('head-count', 'UPDATE head_count SET counted = counted + 40'),
  sql('reason of a head-count', `UPDATE head_count SET reason = 'Đủ', reason_body = NULL`),
  sql('head-count deleted', 'DELETE FROM head_count'),
  sql('title of a roll call', `UPDATE roll_call SET title = 'Khác', title_body = NULL`),
  sql('a roll call moved', 'UPDATE roll_call SET opened_at = opened_at - 600000'),
  sql('a roll call cancelled', `UPDATE roll_call SET cancelled_at = 1, cancelled_by = 'chair', closed_at = 2`),
  sql('roll calls deleted', 'UPDATE attendance_event SET roll_call_id = NULL', 'DELETE FROM roll_call'),
  sql('kind of a person', `UPDATE person SET kind = 'guest' WHERE id = 'p0003'`),
  sql(
    'a person taken out',
    `DELETE FROM person_token WHERE person_id = 'p0005'`,
    `DELETE FROM person WHERE id = 'p0005'`,
  ),
  sql('a person added', `INSERT INTO person SELECT package_id, 'zq99', kind, body FROM person LIMIT 1`),
  sql(
    'two people exchanged',
    `UPDATE person SET body = (SELECT body FROM person WHERE id = 'p0004') WHERE id = 'p0003'`,
  ),
  sql('kept list emptied', 'DELETE FROM sitting_person'),
  sql('a card of somebody else', `UPDATE person_token SET person_id = 'p0003' WHERE person_id = 'p0010'`),
  sql('cards emptied', 'DELETE FROM person_token'),
  sql('PINs deleted', 'DELETE FROM pin'),
  sql('a PIN set', `UPDATE pin SET hash = zeroblob(32), salt = zeroblob(16)`),
  sql('settings deleted', 'DELETE FROM setting'),
  sql('notes deleted', `DELETE FROM setting WHERE key LIKE 'notes:%'`),
  sql('a setting added', `INSERT OR REPLACE INTO setting (key, value) VALUES ('wait_for_broadcast', '"x"')`),
  sql('actions deleted', 'DELETE FROM action'),
  sql(
    'a re-opening added',
    `INSERT INTO sitting_reopening (sitting_id, at, by, reason) SELECT id, 5, 'chair', 'x' FROM sitting`,
  ),
  sql(
    'a jump of the clock added',
    'INSERT INTO sitting_clock_jump (sitting_id, at, by_ms) SELECT id, 5, 100000 FROM sitting',
  ),
  sql('playback deleted', 'DELETE FROM playback_height', 'DELETE FROM playback_session', 'DELETE FROM playback_event'),
  sql(
    'an interruption added',
    `INSERT INTO playback_event (sitting_id, at, type, session_id) SELECT id, 5, 'interruption_began', 'x' FROM sitting`,
  ),
  sql('signed heads deleted', 'DELETE FROM signed_head'),
];

/** The plain hashes of the log can be made again by anybody. */
function remakeHashes(db: Database.Database): void {
  let prev = '0'.repeat(64);
  const set = db.prepare('UPDATE attendance_event SET prev_hash = ?, hash = ? WHERE seq = ?');
  for (const row of db.prepare('SELECT * FROM attendance_event ORDER BY seq').all() as Record<string, unknown>[]) {
    const fields = {
      seq: row['seq'],
      sittingId: row['sitting_id'],
      type: row['type'],
      personId: row['person_id'],
      rollCallId: row['roll_call_id'],
      targetSeq: row['target_seq'],
      wallMs: row['wall_ms'],
      monoMs: row['mono_ms'],
      bootId: row['boot_id'],
      broadcastMs: row['broadcast_ms'],
      station: row['station'],
      actor: row['actor'],
      method: row['method'],
      body: createHash('sha256')
        .update(row['body'] as Buffer)
        .digest('hex'),
    };
    const hash = createHash('sha256')
      .update(`kiosk-event-v1\n${prev}\n${canonicalize(fields)}`)
      .digest('hex');
    set.run(prev, hash, row['seq']);
    prev = hash;
  }
}
