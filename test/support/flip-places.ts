import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';

/** Session of an earlier day, on the same PC. */
export const OTHER = 'hn-khac';

/** The first bytes of an SQLite file, not a cell. */
const HEADER = 'header';
const HEADER_BYTES = 100;

/** Where a bit is flipped: SQL that answers the bytes of one kind of cell. The last is anywhere in the file. */
export const PLACES: readonly (readonly [string, string | null])[] = [
  ['person body', `SELECT body FROM person WHERE package_id <> '${OTHER}'`],
  ['person kind', `SELECT id || kind FROM person WHERE package_id <> '${OTHER}'`],
  ['kept person body', 'SELECT body FROM sitting_person'],
  ['event body', 'SELECT body FROM attendance_event'],
  ['event columns', 'SELECT station || actor || method FROM attendance_event WHERE method IS NOT NULL'],
  ['event hash', 'SELECT hash FROM attendance_event'],
  ['roll call reason', 'SELECT cancel_reason FROM roll_call WHERE cancel_reason IS NOT NULL'],
  ['roll call title', 'SELECT title_body FROM roll_call'],
  ['head count', 'SELECT coalesce(reason_body, by) FROM head_count'],
  ['sitting', 'SELECT id || package_id || plan_id FROM sitting'],
  ['sitting title', 'SELECT title_body FROM sitting'],
  ['session document', `SELECT document_body FROM session WHERE package_id <> '${OTHER}'`],
  ['session key', `SELECT device_key FROM session WHERE package_id <> '${OTHER}'`],
  ['other document', `SELECT document_body FROM session WHERE package_id = '${OTHER}'`],
  ['other key', `SELECT device_key FROM session WHERE package_id = '${OTHER}'`],
  ['sealed report', 'SELECT sealed FROM report'],
  ['report in clear', 'SELECT payload FROM report'],
  ['setting', 'SELECT key || value FROM setting'],
  ['token', `SELECT token FROM person_token WHERE kind <> 'badge'`],
  ['outbox state', 'SELECT report_id || state FROM outbox'],
  ['outbox receipt', 'SELECT receipt FROM outbox WHERE receipt IS NOT NULL'],
  ['outbox serial', 'SELECT receipt_serial FROM outbox WHERE receipt_serial IS NOT NULL'],
  ['outbox failure', 'SELECT last_failure FROM outbox WHERE last_failure IS NOT NULL'],
  ['delivery try', 'SELECT report_id FROM delivery_try'],
  ['signed head', 'SELECT signature FROM signed_head'],
  ['schema', 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL'],
  ['file header', HEADER],
  ['anywhere', null],
];
/** Bytes of a cell that are looked for in the file: longer ones may be cut by the end of a page. */
const WINDOW = 20;

/** The cells of each place in a database file; none for the file as a whole. */
export function readPlaces(file: string, bytes: Buffer): Buffer[][] {
  return PLACES.map(([, sql]) =>
    sql === null ? [] : sql === HEADER ? [bytes.subarray(0, HEADER_BYTES)] : readCells(file, sql),
  );
}

function readCells(file: string, sql: string): Buffer[] {
  const db = new Database(file, { readonly: true });
  const cells = db.prepare(sql).pluck().all();
  db.close();
  return cells.map((cell) => (Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell), 'utf8')));
}

/** Number of a bit of the file: in a cell of a kind, or anywhere. */
export function placeOf(bytes: Buffer, cells: readonly Buffer[], random: (below: number) => number): number {
  if (cells.length === 0) return random(bytes.length * 8);
  for (let tries = 0; tries < 200; tries += 1) {
    const cell = cells[random(cells.length)]!;
    const size = Math.min(WINDOW, cell.length);
    const from = random(cell.length - size + 1);
    const found = bytes.indexOf(cell.subarray(from, from + size));
    if (found >= 0) return (found + random(size)) * 8 + random(8);
  }
  throw new Error('no cell of this kind is in the file');
}

/** Numbers that look random and are the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let drawn = 0;
  return (below) => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUIntBE(0, 6) % below;
  };
}
