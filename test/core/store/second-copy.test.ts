import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkStore } from '../../../electron/core/check-store.ts';
import { journalOf } from '../../../electron/core/store/database.ts';
import { signIn } from '../../support/enter.ts';
import { createStoredHall, START, type StoredHall } from '../../support/stored-hall.ts';

/** The chain over all rows and the journal beside the database: what one of them lost, the other gives back, and it is said. */

const PACKAGE = 'hn-2026-thu';
const LONG = { timeout: 90_000 };
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(12);
  hall.step(hall.morning, 'open', 'live');
  for (const id of ['p0001', 'p0002', 'p0003']) signIn(hall.store, hall.morning, id);
  hall.store.settings.setHeadCount(hall.morning, { counted: 3, reason: 'Hai người ra ngoài', by: 'technician' }, START);
});
afterEach(() => hall.close());

const journal = () => journalOf(hall.file);
const journals = () => readdirSync(path.dirname(hall.file)).filter((name) => name.includes('.journal'));

/** What a hall sees of its records. */
function view() {
  const { store } = hall;
  return {
    session: store.sessions.getSession(PACKAGE),
    sittings: store.sittings.listSittings(PACKAGE),
    people: store.people.listPeople(PACKAGE),
    events: store.attendance.listEvents(hall.morning),
    totals: hall.register(hall.morning).getTotals(),
    headCount: store.settings.getHeadCount(hall.morning),
    card: store.tokens.findPersonId(PACKAGE, 'citizen', '001090000001'),
  };
}

function alarms(): string[] {
  return checkStore({ store: hall.store, log: { info: () => undefined, error: () => undefined } });
}

/** Runs SQL as another program would. */
function edit(sql: string): void {
  const db = new Database(hall.file);
  db.pragma('foreign_keys = OFF');
  for (const name of ['attendance_event_no_update', 'attendance_event_no_delete', 'report_no_update'])
    db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  db.close();
}

test('nothing happened: nothing is said, after a restart and after a power cut', () => {
  const before = view();
  hall.reopen();
  expect(alarms()).toEqual([]);
  signIn(hall.store, hall.morning, 'p0004');
  const dir = path.dirname(hall.file);
  const running = readdirSync(dir)
    .filter((name) => name.startsWith('kiosk.'))
    .map((name) => [name, readFileSync(path.join(dir, name))] as const);
  hall.reopen(() => {
    for (const [name, bytes] of running) writeFileSync(path.join(dir, name), bytes);
  });
  expect(alarms()).toEqual([]);
  expect(view().events).toHaveLength(before.events.length + 1);
  // The journal was behind by the last sign-in; now it has it, and can do without the database.
  hall.reopen(() => rmSync(hall.file));
  expect(view().events).toHaveLength(before.events.length + 1);
});

test.each([
  [`UPDATE attendance_event SET person_id = 'p0009' WHERE seq = 2`, 'rows_rebuilt'],
  ['DELETE FROM attendance_event WHERE seq = 3', 'rows_rebuilt'],
  ['DELETE FROM attendance_event; DELETE FROM presence', 'rows_rebuilt'],
  [`UPDATE person SET kind = 'guest' WHERE id = 'p0005'`, 'rows_rebuilt'],
  [`DELETE FROM person WHERE id = 'p0007'`, 'rows_rebuilt'],
  ['UPDATE head_count SET counted = 12', 'rows_rebuilt'],
  [`UPDATE session SET document = replace(document, '127.0.0.1', '127.0.0.2')`, 'rows_rebuilt'],
  ['UPDATE sitting SET starts_at = starts_at + 3600000', 'rows_rebuilt'],
  ['DELETE FROM pin', 'none'],
  [
    `INSERT INTO person (package_id, id, kind, body) SELECT package_id, 'x1', kind, body FROM person LIMIT 1`,
    'rows_set_aside',
  ],
  ['DELETE FROM change WHERE seq > 20; DELETE FROM attendance_event WHERE seq > 1', 'log_rolled_forward'],
  ['DELETE FROM change', 'database'],
  [`UPDATE change SET proof = zeroblob(80) WHERE seq = 9`, 'none'],
  [`DELETE FROM setting`, 'none'],
])('an edit from outside is taken back, and said: %s', (sql, said) => {
  const before = view();
  hall.reopen(() => edit(sql));
  expect(view()).toEqual(before);
  if (said !== 'none' && said !== 'database') expect(alarms()).toContain(said);
  alarms();
  hall.reopen();
  expect(view()).toEqual(before);
  expect(alarms()).toEqual([]);
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 3 });
});

test('a row that nobody wrote is kept for support, sealed', () => {
  hall.reopen(() => edit(`INSERT INTO setting (key, value) VALUES ('x', '"nhét vào"')`));
  expect(alarms()).toEqual(['rows_set_aside']);
  hall.reopen(() => {
    const db = new Database(hall.file, { readonly: true });
    const aside = db.prepare('SELECT tbl, row FROM row_set_aside').all();
    db.close();
    expect(aside).toMatchObject([{ tbl: 'setting' }]);
    expect(readFileSync(hall.file).includes('nhét vào')).toBe(false);
  });
});

test('an older copy of the whole database is noticed and rolled forward', () => {
  hall.reopen(() => copyFileSync(hall.file, `${hall.file}.old`));
  signIn(hall.store, hall.morning, 'p0008');
  const before = view();
  hall.reopen(() => copyFileSync(`${hall.file}.old`, hall.file));
  expect(view()).toEqual(before);
  expect(alarms()).toEqual(['log_rolled_forward']);
  expect(hall.store.settings.listMarks(PACKAGE)).toMatchObject([{ mark: 'log_rolled_forward', actor: 'kiosk' }]);
});

test('a database that cannot be read, and one that is gone, are made again: the same people, sittings and report identities', () => {
  const before = view();
  hall.reopen(() => writeFileSync(hall.file, 'no database at all, and long enough to be one'.repeat(200)));
  expect(view()).toEqual(before);
  expect(alarms()).toEqual(['database_rebuilt']);
  hall.reopen(() => rmSync(hall.file));
  expect(view()).toEqual(before);
  // A start that ends before it is told, tells at the next.
  hall.reopen();
  expect(alarms()).toEqual(['database_rebuilt']);
  signIn(hall.store, hall.morning, 'p0010');
  hall.reopen();
  expect(view().events).toHaveLength(before.events.length + 1);
  expect(alarms()).toEqual([]);
});

test('a journal that is gone is made again, and its loss is said once', () => {
  const before = view();
  hall.reopen(() => rmSync(journal()));
  expect(alarms()).toEqual(['journal_missing']);
  expect(existsSync(journal())).toBe(true);
  hall.reopen(() => rmSync(hall.file));
  expect(view()).toEqual(before);
});

test('a folder in the place of the journal is set aside, and the records open', () => {
  const before = view();
  hall.reopen(() => {
    rmSync(journal());
    mkdirSync(path.join(journal(), 'x'), { recursive: true });
  });
  expect(view()).toEqual(before);
  expect(alarms()).toEqual(['journal_set_aside']);
  hall.reopen(() => rmSync(hall.file));
  expect(view()).toEqual(before);
});

test('one wrong byte anywhere in the journal: the database stands, and the journal is whole again', LONG, () => {
  const before = view();
  let whole = Buffer.alloc(0);
  hall.reopen(() => (whole = readFileSync(journal())));
  for (let at = 3; at < whole.length; at += Math.ceil(whole.length / 16)) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 16;
    hall.reopen(() => writeFileSync(journal(), bytes));
    expect(view()).toEqual(before);
    hall.reopen(() => rmSync(hall.file));
    expect(view()).toEqual(before);
    expect(hall.store.trust.findings.lost).toEqual([]);
  }
});

test('a journal cut at any place: a power cut in the middle of a record loses nothing', () => {
  const before = view();
  let whole = Buffer.alloc(0);
  hall.reopen(() => (whole = readFileSync(journal())));
  for (const cut of [1, 40, 900, whole.length - 5]) {
    hall.reopen(() => writeFileSync(journal(), whole.subarray(0, whole.length - cut)));
    expect(view()).toEqual(before);
  }
  hall.reopen(() => rmSync(hall.file));
  expect(view()).toEqual(before);
});

test('the journal of another database is set aside', () => {
  const other = createStoredHall(3);
  try {
    const before = view();
    hall.reopen(() => copyFileSync(journalOf(other.file), journal()));
    expect(view()).toEqual(before);
    expect(alarms()).toEqual(['journal_set_aside']);
    expect(journals()).toHaveLength(2);
  } finally {
    other.close();
  }
});

test('without a key nothing can be made to look right: edit, cut chain and no journal are named and stay named', () => {
  hall.reopen(() => {
    edit(`DELETE FROM change WHERE seq > 20; UPDATE attendance_event SET person_id = 'p0009' WHERE seq = 2`);
    rmSync(journal());
  });
  const said = alarms();
  expect(said).toContain('journal_missing');
  expect(said).toContain('row_damaged');
  hall.reopen();
  expect(alarms()).toContain('row_damaged');
  expect(hall.store.settings.listMarks(PACKAGE).map(({ mark }) => mark)).toEqual(
    expect.arrayContaining(['row_damaged']),
  );
});

test('destroyed rows are in no record after the journal was written again, and the chain still holds', () => {
  hall.store.people.setRoster(PACKAGE, [], []);
  hall.store.trust.flush();
  const size = readFileSync(journal()).length;
  hall.store.trust.rewrite();
  expect(readFileSync(journal()).length).toBeLessThan(size);
  const people = hall.store.people.listPeople(PACKAGE);
  hall.reopen();
  expect(alarms()).toEqual([]);
  hall.reopen(() => rmSync(hall.file));
  expect(hall.store.people.listPeople(PACKAGE)).toEqual(people);
});

test('a list of hundreds is in chain and journal a moment later; a power cut in between costs nothing', async () => {
  const list = (count: number) => {
    const change = hall.store.rosters.begin(PACKAGE);
    const [model] = hall.store.people.listPeople(PACKAGE);
    const people = Array.from({ length: count }, (_, i) => ({
      ...model!,
      id: `m${count}-${i}`,
      name: `Người Mới ${i}`,
    }));
    hall.store.rosters.stage(
      change,
      people.map((after) => ({ personId: after.id, after, entry: null })),
    );
    const made = hall.store.rosters.apply(change, PACKAGE, { kind: 'file', label: 'ds.xlsx', by: 'technician' });
    expect(made).toMatchObject({ ok: true, added: count });
    while (hall.store.rosters.proceed(PACKAGE, 200)) continue;
  };
  list(700);
  const dir = path.dirname(hall.file);
  const running = readdirSync(dir)
    .filter((name) => name.startsWith('kiosk.'))
    .map((name) => [name, readFileSync(path.join(dir, name))] as const);
  const before = view();
  hall.reopen(() => {
    for (const [name, bytes] of running) writeFileSync(path.join(dir, name), bytes);
  });
  expect(alarms()).toEqual([]);
  expect(view()).toEqual(before);
  list(600);
  await expect.poll(() => hall.store.trust.isSettled, { timeout: 15_000 }).toBe(true);
  const after = view();
  expect(after.people).toHaveLength(1312);
  hall.reopen(() => rmSync(hall.file));
  expect(view()).toEqual(after);
});
