import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../../electron/core/store/migrate.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { signIn } from '../../support/enter.ts';
import { makePackage } from '../../support/make-package.ts';

const keys = { kek: randomBytes(32), index: randomBytes(32) };
const point = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: point },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: point },
  },
};
const START = Date.UTC(2026, 1, 7, 0, 30);
let dir = '';
let store: Store;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-life-'));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

function open(): Store {
  const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys });
  if (!opened.ok) throw new Error(opened.error);
  return opened.store;
}

function importOne(): string {
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 3, now: START });
  store.sessions.importPackage({
    document,
    digest: 'a'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  return store.sittings.listSittings(document.packageId)[0]!.id;
}

test('the life of a sitting outlives a restart', () => {
  const id = importOne();
  expect(store.sittings.getLife(id)).toEqual({
    starts: 0,
    lastSignOfLifeAt: null,
    endRecordedAt: null,
    endIs: null,
    reopenings: [],
    clockJumps: [],
  });
  store.sittings.recordStep(id, 'prepared', 'open', { openedAt: START });
  store.sittings.recordStart(id);
  store.sittings.recordSignOfLife(id, START + 60_000.4);
  store.sittings.recordReopening(id, { at: START + 5, by: 'chair', reason: 'quên điểm danh' });
  store.sittings.recordReopening(id, { at: START + 9, by: 'broadcast', reason: null });
  store.sittings.recordClockJump(id, { at: START + 7, byMs: -3_600_000 });
  store.close();
  store = open();
  store.sittings.recordStart(id);
  expect(store.sittings.getLife(id)).toEqual({
    starts: 2,
    lastSignOfLifeAt: START + 60_000,
    endRecordedAt: null,
    endIs: null,
    reopenings: [
      { at: START + 5, by: 'chair', reason: 'quên điểm danh' },
      { at: START + 9, by: 'broadcast', reason: null },
    ],
    clockJumps: [{ at: START + 7, byMs: -3_600_000 }],
  });
});

test('the last sign of life is the newest of opening, heartbeat, event and sample, and stays at the end', () => {
  const id = importOne();
  store.sittings.recordStep(id, 'prepared', 'open', { openedAt: START });
  expect(store.sittings.getLastSignOfLife(id)).toBe(START);
  store.sittings.recordSignOfLife(id, START + 1_000);
  expect(store.sittings.getLastSignOfLife(id)).toBe(START + 1_000);
  const before = Date.now();
  const person = store.people.listPeople(id.split('/')[0]!)[0]!.id;
  expect(signIn(store, id, person)).toHaveLength(1);
  const event = store.sittings.getLastSignOfLife(id)!;
  expect(event).toBeGreaterThanOrEqual(before);
  store.sittings.recordSignOfLife(id, event + 2_000);
  store.sittings.recordStep(id, 'open', 'ended', {
    endedAt: event + 2_000,
    endedBy: 'schedule',
    endRecordedAt: event + 9_000,
    endIs: 'last_sign_of_life',
  });
  expect(store.sittings.getLife(id)).toMatchObject({
    lastSignOfLifeAt: event + 2_000,
    endRecordedAt: event + 9_000,
    endIs: 'last_sign_of_life',
  });
});

test('steps of the clock without end do not fill the disk', () => {
  const id = importOne();
  for (let i = 0; i < 510; i += 1) store.sittings.recordClockJump(id, { at: START + i, byMs: 1_000 });
  expect(store.sittings.getLife(id).clockJumps).toHaveLength(500);
});

test('a countdown keeps its used time and its boot until it is forgotten', () => {
  const id = importOne();
  expect(store.sittings.getCountdown(id, 'endlist')).toBeNull();
  store.sittings.setCountdown(id, 'endlist', { bootId: 'a', usedMs: 1_000.6 });
  store.sittings.setCountdown(id, 'endlist', { bootId: 'b', usedMs: 2_000 });
  expect(store.sittings.getCountdown(id, 'endlist')).toEqual({ bootId: 'b', usedMs: 2_000 });
  store.sittings.setCountdown(id, 'endlist', null);
  expect(store.sittings.getCountdown(id, 'endlist')).toBeNull();
});

test('a database from before has lives for the sittings it holds', () => {
  const old = new Database(path.join(dir, 'old.db'));
  const before = MIGRATIONS.filter((step) => step.name !== 'life-of-a-sitting');
  migrate(
    old,
    before.slice(0, 1).map((step) => ({ ...step, id: 1 })),
  );
  old.exec(`INSERT INTO session VALUES ('p', 'd', 'unsigned', NULL, 0, 0, '{}', x'00', NULL);
    INSERT INTO sitting (id, package_id, plan_id, ordinal, title, state, opens_at, starts_at, ends_at, grace_ms,
      opened_at, ended_at, ended_by, report_id)
    VALUES ('p/a', 'p', 'a', 0, 'A', 'sealed', 1, 2, 3, 4, 1, 3, 'ENDLIST', 'r1'),
      ('p/b', 'p', 'b', 1, 'B', 'open', 5, 6, 7, 4, 5, NULL, NULL, 'r2'),
      ('p/c', 'p', 'c', 2, 'C', 'prepared', 8, 9, 10, 4, NULL, NULL, NULL, 'r3');`);
  expect(migrate(old)).toMatchObject({ ok: true });
  const rows = old.prepare('SELECT id, starts, end_recorded_at, end_is FROM sitting ORDER BY id').all();
  expect(rows).toEqual([
    { id: 'p/a', starts: 1, end_recorded_at: 3, end_is: 'decided' },
    { id: 'p/b', starts: 1, end_recorded_at: null, end_is: null },
    { id: 'p/c', starts: 0, end_recorded_at: null, end_is: null },
  ]);
  old.close();
});
