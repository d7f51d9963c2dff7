import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Register } from '../../electron/core/attendance/register.ts';
import { Secretary } from '../../electron/core/attendance/secretary.ts';
import { journalOf } from '../../electron/core/store/database.ts';
import { SessionStore } from '../../electron/core/store/session-store.ts';
import { Store, type StoreKeys } from '../../electron/core/store/store.ts';
import { signIn } from './enter.ts';
import { makePackage } from './make-package.ts';
import { clockAt, oldFolder, openOldFolder } from './old-data-folder.ts';

const KEY = 'A'.repeat(43);
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: KEY },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: KEY },
  },
};
/** Of an earlier day, on the same PC. */
const OTHER = 'hn-khac';

/** The first bytes of an SQLite file, not a cell. */
const HEADER = 'header';
const HEADER_BYTES = 100;

/** Where a bit is flipped: SQL that answers the bytes of one kind of cell. The last is anywhere in the file. */
const PLACES: readonly (readonly [string, string | null])[] = [
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
  ['schema', 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL'],
  ['file header', HEADER],
  ['anywhere', null],
];
/** Bytes of a cell that are looked for in the file: longer ones may be cut by the end of a page. */
const WINDOW = 20;

/** What the records look like when the bit flips, and in which file. */
type Where = 'closed' | 'alone' | 'wal' | 'journal';
/** Times that a file as a whole is among the kinds, for each time of a kind of cell. */
const WHOLE_FILE_TIMES = 6;
const KINDS: readonly { where: Where; place: number }[] = [
  ...PLACES.map((_, place) => ({ where: 'closed' as const, place })),
  ...PLACES.map((_, place) => ({ where: 'alone' as const, place })),
  ...(['wal', 'journal'] as const).flatMap((where) =>
    Array.from({ length: WHOLE_FILE_TIMES }, () => ({ where, place: PLACES.length - 1 })),
  ),
];

export interface FlippedRecords {
  readonly kinds: number;
  /** The records as they were closed, or as a power cut left them, undamaged. */
  whole(where: Where): string;
  /**
   * A copy of the records with one bit flipped; the same number is always the same bit. closed: in the database, with its second copy
   * beside it · alone: in the database, which has none · wal: in what a kiosk that was killed had not yet folded back · journal: in the
   * second copy.
   */
  flip(number: number): { kind: string; file: string; where: Where };
  /** What a hall sees of the opened records, each part as text. */
  view(store: Store): Map<string, string>;
  open(file: string): ReturnType<typeof Store.open>;
  close(): void;
}

/** The records of a hall with a sealed morning and an open afternoon, and those of another day, in a file to be damaged. */
export function createFlippedRecords(dir: string): FlippedRecords {
  const old = openOldFolder();
  const { store } = old;
  const [, afternoon] = oldFolder.sittings;
  const { packageId } = oldFolder;
  const secretary = new Secretary(store, registerOf(store, afternoon.id), () => null);
  secretary.closeRollCalls();
  const opened = secretary.openRollCall('Lượt hủy');
  if (!opened.ok) throw new Error(opened.error);
  const last = store.attendance.listRollCalls(afternoon.id).at(-1);
  if (!last) throw new Error('no roll call');
  const cancelled = secretary.cancelRollCall(last.id, 'Mở nhầm khi đang giải lao', 'technician');
  if (!cancelled.ok) throw new Error(cancelled.error);
  store.sessions.importPackage({
    document: makePackage(provinceKeys, 'http://127.0.0.1:1', {
      now: oldFolder.closedAt,
      people: 3,
      overrides: { packageId: OTHER },
    }),
    digest: 'ab'.repeat(32),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  store.people.keepLists(packageId);
  const base = path.join(old.dataDir, 'session', 'kiosk.db');
  store.close();
  const closed = readFiles(base);
  const bytes = closed.db;
  const cells = PLACES.map(([, sql]) =>
    sql === null ? [] : sql === HEADER ? [bytes.subarray(0, HEADER_BYTES)] : readCells(base, sql),
  );
  const keys: StoreKeys = { kek: old.keys.databaseKey, index: old.keys.indexKey };
  const killed = runAndKill(base, keys, afternoon.id);
  const stateOf = (where: Where): Files =>
    where === 'wal' ? killed : { ...closed, journal: where === 'alone' ? null : closed.journal };
  const put = (name: string, files: Files): string => {
    const file = path.join(dir, name, 'kiosk.db');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, files.db);
    if (files.wal) writeFileSync(`${file}-wal`, files.wal);
    if (files.journal) writeFileSync(journalOf(file), files.journal);
    return file;
  };

  return {
    kinds: KINDS.length,
    whole: (where) => put(`whole-${where}`, stateOf(where)),
    flip: (number) => {
      const random = randomOf(number);
      const { where, place } = KINDS[number % KINDS.length]!;
      const files = stateOf(where);
      const part = where === 'wal' || where === 'journal' ? where : 'db';
      const flipped = Buffer.from(files[part]!);
      const bit = placeOf(flipped, part === 'db' ? (cells[place] ?? []) : [], random);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const kind = part === 'db' ? `${where}, ${PLACES[place]![0]}` : where;
      return { kind, where, file: put(String(number), { ...files, [part]: flipped }) };
    },
    view: (records) => viewOf(records, packageId),
    open: (file) => Store.open({ file, keys, clock: clockAt(oldFolder.closedAt) }),
    close: () => rmSync(old.dataDir, { recursive: true, force: true }),
  };
}

interface Files {
  db: Buffer;
  wal: Buffer | null;
  journal: Buffer | null;
}

function readFiles(file: string): Files {
  const read = (name: string) => (existsSync(name) ? readFileSync(name) : null);
  return { db: readFileSync(file), wal: read(`${file}-wal`), journal: read(journalOf(file)) };
}

/** The files of a kiosk that was killed in the middle of a sitting. */
function runAndKill(file: string, keys: StoreKeys, sittingId: string): Files {
  const opened = Store.open({ file, keys, clock: clockAt(oldFolder.closedAt) });
  if (!opened.ok) throw new Error(opened.error);
  const { store } = opened;
  try {
    for (const id of ['p03', 'p05', 'p08']) signIn(store, sittingId, id);
    store.settings.setHeadCount(sittingId, { counted: 9, reason: null, by: 'chair' }, oldFolder.closedAt);
    store.trust.flush();
    return readFiles(file);
  } finally {
    store.close();
  }
}

function registerOf(store: Store, sittingId: string): Register {
  const sitting = store.sittings.getSitting(sittingId);
  if (!sitting) throw new Error(`${sittingId} is not stored`);
  return new Register(store, sitting.packageId, sitting);
}

function readCells(file: string, sql: string): Buffer[] {
  const db = new Database(file, { readonly: true });
  const cells = db.prepare(sql).pluck().all();
  db.close();
  return cells.map((cell) => (Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell), 'utf8')));
}

/** Number of a bit of the file: in a cell of a kind, or anywhere. */
function placeOf(bytes: Buffer, cells: readonly Buffer[], random: (below: number) => number): number {
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

function viewOf(store: Store, packageId: string): Map<string, string> {
  const view = new Map<string, unknown>([
    ['session', store.sessions.getSession(packageId)],
    ['sittings', store.sittings.listSittings(packageId)],
    ['chain', store.attendance.getLogHead()],
    ['outbox', store.outbox.listStatuses(packageId)],
    ['token', store.tokens.findPersonId(packageId, 'citizen', '001079001010')],
    ['others', store.sessions.listSessions().map((session) => [session, store.people.listPeople(session.packageId)])],
  ]);
  for (const sitting of store.sittings.listSittings(packageId)) {
    const { id, reportId } = sitting;
    const register = new Register(store, packageId, sitting);
    view.set(`${id} people`, register.listInOrder());
    view.set(`${id} totals`, register.getTotals());
    view.set(`${id} statuses`, [...register.listStatuses()]);
    view.set(`${id} events`, store.attendance.listEvents(id));
    view.set(`${id} roll calls`, store.attendance.listRollCalls(id));
    view.set(`${id} head-count`, store.settings.getHeadCount(id));
    view.set(`${id} notes`, store.reports.getNotes(id));
    view.set(`${id} revisions`, store.reports.listRevisions(reportId));
    const newest = store.reports.getLastRevision(reportId);
    const sealed = store.reports.getSealed(reportId, newest)?.sealed;
    view.set(`${id} sealed`, sealed ? createHash('sha256').update(sealed).digest('hex') : null);
  }
  return new Map([...view].map(([part, value]) => [part, JSON.stringify(value)]));
}
