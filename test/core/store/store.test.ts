import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../../electron/core/attendance/decide.ts';
import { journalOf, openDatabase } from '../../../electron/core/store/database.ts';
import { MIGRATIONS, migrate } from '../../../electron/core/store/migrate.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { enter, signIn, summoned } from '../../support/enter.ts';
import { makePackage } from '../../support/make-package.ts';

const keys = { kek: randomBytes(32), index: randomBytes(32) };
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  },
};
let dir = '';
let file = '';

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-store-'));
  file = path.join(dir, 'kiosk.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function open(): Store {
  const opened = Store.open({ file, keys });
  if (!opened.ok) throw new Error(opened.error);
  return opened.store;
}

function openSitting(store: Store, people = 5): string {
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people });
  store.sessions.importPackage({
    document,
    digest: 'a'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  const sitting = store.sittings.listSittings(document.packageId)[0]!;
  store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: Date.now() });
  return sitting.id;
}

test('every open syncs each commit, also of a file that exists already', () => {
  for (let round = 0; round < 2; round += 1) {
    const opened = openDatabase(file);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.db.pragma('synchronous', { simple: true })).toBe(2);
    expect(opened.db.pragma('journal_mode', { simple: true })).toBe('wal');
    opened.db.close();
  }
  // What the library would do by itself, which is why the setting must be repeated.
  const plain = new Database(file);
  expect(plain.pragma('synchronous', { simple: true })).toBe(1);
  plain.close();
});

test('a second program cannot open the file', () => {
  const store = open();
  const other = new Database(file, { timeout: 50 });
  expect(() => other.prepare('SELECT count(*) FROM session').get()).toThrow(/locked|busy/iu);
  other.close();
  store.close();
});

test('all tables are STRICT and the log refuses to be changed', () => {
  const store = open();
  const sittingId = openSitting(store);
  signIn(store, sittingId, 'p0001');
  store.close();
  const db = new Database(file);
  const loose = db
    .prepare(`SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all();
  expect(loose).toEqual([]);
  expect(() => db.prepare(`UPDATE attendance_event SET station = 'x'`).run()).toThrow(/append-only/u);
  expect(() => db.prepare('DELETE FROM attendance_event').run()).toThrow(/append-only/u);
  db.close();
});

test('without a second copy, an edit, a removal and a re-ordering of the log are all found', () => {
  const tampering = [
    `UPDATE attendance_event SET wall_ms = wall_ms - 60000 WHERE seq = 2`,
    `UPDATE attendance_event SET person_id = 'p0005' WHERE seq = 3`,
    `DELETE FROM attendance_event WHERE seq = 2`,
    `UPDATE attendance_event SET seq = CASE seq WHEN 2 THEN 30 ELSE seq END WHERE seq = 2`,
  ];
  for (const [i, sql] of tampering.entries()) {
    file = path.join(dir, `kiosk-${i}.db`);
    let store = open();
    const sittingId = openSitting(store);
    for (const id of ['p0001', 'p0002', 'p0003', 'p0004']) signIn(store, sittingId, id);
    expect(store.attendance.verifyChain()).toMatchObject({ ok: true, events: 4 });
    store.close();
    const db = new Database(file);
    db.exec(
      'PRAGMA foreign_keys = OFF; DROP TRIGGER attendance_event_no_update; DROP TRIGGER attendance_event_no_delete;',
    );
    db.exec(sql);
    db.close();
    rmSync(journalOf(file));
    store = open();
    expect({ sql, ...store.attendance.verifyChain() }).toMatchObject({ sql, ok: false, error: 'broken_chain' });
    store.close();
  }
});

test('undo keeps both events, frees the place, and cannot be done twice', () => {
  const store = open();
  const sittingId = openSitting(store);
  signIn(store, sittingId, 'p0002');
  const undo: Command = { type: 'undo', who: summoned('p0002'), what: 'last', reason: 'nhầm người' };
  expect(enter(store, sittingId, undo)).toMatchObject({ ok: true });
  expect(enter(store, sittingId, undo)).toEqual({ ok: false, error: 'nothing_to_undo' });
  signIn(store, sittingId, 'p0002');
  expect(store.attendance.listEvents(sittingId).map((e) => e.type)).toEqual(['arrived', 'voided', 'arrived']);
  store.close();
});

test('no name, birth date or identity number stands in the files in clear', () => {
  const store = open();
  const sittingId = openSitting(store, 30);
  const people = store.people.listPeople('hn-2026-thu');
  signIn(store, sittingId, people[0]!.id);
  enter(store, sittingId, { type: 'excuse', who: people[1]!, reason: 'Ốm nặng ở bệnh viện' });
  expect(store.tokens.findPersonId('hn-2026-thu', 'badge', 'CTH00007')).toBe('p0007');
  const bytes = readdirSync(dir).map((name) => readFileSync(path.join(dir, name)));
  store.close();
  bytes.push(readFileSync(file));
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 30 });
  const secrets = [
    'Ốm nặng ở bệnh viện',
    '123456',
    ...people.map((p) => p.name),
    ...(document.roster ?? []).map((r) => r.citizenNumber ?? r.name),
  ];
  expect(secrets.length).toBeGreaterThan(50);
  for (const secret of secrets)
    for (const content of bytes)
      expect({ secret, found: content.includes(Buffer.from(secret, 'utf8')) }).toEqual({ secret, found: false });
});

test('a citizen number finds its person and another number finds nobody', () => {
  const store = open();
  openSitting(store, 3);
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 3 });
  const second = document.roster![1]!;
  expect(store.tokens.findPersonId('hn-2026-thu', 'citizen', second.citizenNumber!)).toBe(second.id);
  expect(store.tokens.findPersonId('hn-2026-thu', 'citizen', '099099999999')).toBeNull();
  store.close();
});

test('a roster that comes again never removes somebody who signed in', () => {
  const store = open();
  const sittingId = openSitting(store, 4);
  signIn(store, sittingId, 'p0004');
  const fewer = makePackage(provinceKeys, 'http://127.0.0.1:1', {
    people: 2,
    overrides: { issuedAt: new Date().toISOString() },
  });
  const again = store.sessions.importPackage({
    document: fewer,
    digest: 'b'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  expect(again).toMatchObject({ ok: true, change: 'updated', removed: 1 });
  expect(store.people.listPeople('hn-2026-thu').map((p) => p.id)).toEqual(['p0001', 'p0002', 'p0004']);
  store.close();
});

test('a damaged file is moved aside whole and a new one is begun', () => {
  writeFileSync(file, 'this is no database at all, '.repeat(200));
  const opened = Store.open({ file, keys });
  if (!opened.ok) throw new Error(opened.error);
  expect(opened.quarantinedTo).not.toBeNull();
  expect(readFileSync(path.join(opened.quarantinedTo!, 'kiosk.db'), 'utf8')).toContain('this is no database');
  opened.store.close();
});

test('a database of a newer program is refused and left as it is', () => {
  open().close();
  const db = new Database(file);
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  db.close();
  expect(Store.open({ file, keys })).toEqual({
    ok: false,
    error: 'newer_database',
    found: MIGRATIONS.length + 1,
    known: MIGRATIONS.length,
  });
});

test('migration 1 builds the schema from nothing, and a failing later one leaves no trace', () => {
  const db = new Database(file);
  const broken = [
    ...MIGRATIONS,
    { id: MIGRATIONS.length + 1, name: 'broken', sql: 'CREATE TABLE half (a INTEGER) STRICT; SELECT nonsense;' },
  ];
  expect(() => migrate(db, broken)).toThrow(/nonsense/u);
  expect(db.pragma('user_version', { simple: true })).toBe(0);
  expect(migrate(db)).toEqual({ ok: true, from: 0, to: MIGRATIONS.length });
  expect(db.prepare(`SELECT count(*) FROM sqlite_master WHERE name = 'half'`).pluck().get()).toBe(0);
  db.close();
});

test('badges are issued once to whoever has none, and a roster that comes again leaves them', () => {
  const store = open();
  openSitting(store, 3);
  const bare = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 3 });
  const without = {
    ...bare,
    roster: (bare.roster ?? []).map(({ badge: _badge, ...rest }) => rest),
    packageId: 'hn-khong-the',
  };
  const input = {
    provenance: 'unsigned' as const,
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  };
  store.sessions.importPackage({ ...input, document: without, digest: 'c'.repeat(64) });
  const issued = store.people.issueBadges('hn-khong-the');
  expect([...issued.values()].every((token) => /^[0-9BCGHKMNPQTV]{12}$/u.test(token))).toBe(true);
  expect(new Set(issued.values()).size).toBe(3);
  const later = { ...without, issuedAt: new Date().toISOString() };
  store.sessions.importPackage({ ...input, document: later, digest: 'd'.repeat(64) });
  expect(store.people.issueBadges('hn-khong-the')).toEqual(issued);
  expect(store.people.issueBadges('hn-2026-thu').get('p0002')).toBe('CTH00002');
  store.close();
});

test('a sealing walks only the new rows of the log, and still finds one that is wrong or gone', () => {
  let store = open();
  const sittingId = openSitting(store);
  for (const id of ['p0001', 'p0002']) signIn(store, sittingId, id);
  expect(store.attendance.verifyNewEvents()).toMatchObject({ ok: true, events: 2 });
  signIn(store, sittingId, 'p0003');
  expect(store.attendance.verifyNewEvents()).toEqual(store.attendance.verifyChain());
  store.close();
  for (const sql of [
    `UPDATE attendance_event SET person_id = 'p0001' WHERE seq = 3`,
    `DELETE FROM attendance_event WHERE seq = 2`,
  ]) {
    const db = new Database(file);
    db.exec('DROP TRIGGER IF EXISTS attendance_event_no_update; DROP TRIGGER IF EXISTS attendance_event_no_delete;');
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
    rmSync(journalOf(file));
    store = open();
    expect({ sql, ...store.attendance.verifyNewEvents() }).toMatchObject({ sql, ok: false, error: 'broken_chain' });
    // A fault is found again, not passed over at the second time.
    expect({ sql, ...store.attendance.verifyNewEvents() }).toMatchObject({ sql, ok: false });
    store.close();
  }
});
