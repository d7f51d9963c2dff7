import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../../electron/contract/attendance.ts';
import type { RosterPerson } from '../../../electron/contract/session-package.ts';
import { ChangeKeys } from '../../../electron/core/store/change-keys.ts';
import { journalOf } from '../../../electron/core/store/database.ts';
import { signRows } from '../../../electron/core/store/reconcile.ts';
import type { RosterStep } from '../../../electron/core/store/roster-steps.ts';
import { createDice } from '../../fixtures/rosters/invented-names.ts';
import { applyRoster } from '../../support/apply-roster.ts';
import { createStoredHall, type StoredHall } from '../../support/stored-hall.ts';

const PACKAGE = 'hn-2026-thu';
const ON_CONSOLE = { station: 'console', actor: 'technician', method: null, broadcastMs: null };
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(6);
});
afterEach(() => hall.close());

const people = (): Map<string, Person> =>
  new Map(hall.store.people.listPeople(PACKAGE).map((person) => [person.id, person]));
const entry = (id: string, name: string, more: Partial<RosterPerson> = {}): RosterPerson => ({ id, name, ...more });
const card = (number: string) => hall.store.tokens.findPersonId(PACKAGE, 'citizen', number);
const settle = () => {
  while (hall.store.rosters.proceed(PACKAGE, 2)) continue;
};

function change(kind: 'file' | 'merge' | 'restore', steps: readonly RosterStep[]) {
  const id = hall.store.rosters.begin(PACKAGE);
  hall.store.rosters.stage(id, steps);
  const done = hall.store.rosters.apply(id, PACKAGE, { kind, label: 'Nguyễn Thị Thử.csv', by: 'technician' });
  settle();
  return done;
}

function undo() {
  const done = hall.store.rosters.undo(PACKAGE, 'technician');
  settle();
  return done;
}

function restore() {
  const plan = hall.store.rosters.planPackageList(PACKAGE)!;
  const steps = [
    ...plan.off.map((personId) => ({ personId, after: null, entry: null })),
    ...[...plan.as].map(([personId, as]) => ({ personId, after: null, entry: null, as })),
  ];
  return change('restore', steps);
}

function merge(keepId: string, dropId: string) {
  const keep = people().get(keepId)!;
  return change('merge', [
    { personId: dropId, after: null, entry: null },
    { personId: keepId, after: { ...keep, kind: 'summoned' }, entry: null, tokensFrom: dropId },
  ]);
}

/** Reads and writes the file while the store is closed. */
function withFile(body: (db: Database.Database) => void): void {
  hall.reopen(() => {
    // Its second copy would bring everything back.
    rmSync(journalOf(hall.file));
    const db = new Database(hall.file);
    body(db);
    db.close();
  });
}

test('no event and no step can be changed or deleted, and a name stands in none of them in clear', () => {
  applyRoster(hall.store, PACKAGE, {
    entries: [entry('f-1', 'Lò Thị Mẩy', { citizenNumber: '099161000001' })],
    removeIds: [],
  });
  undo();
  withFile((db) => {
    for (const sql of [
      `UPDATE roster_event SET by = 'chair'`,
      'DELETE FROM roster_event',
      `UPDATE roster_step SET after_kind = 'guest'`,
      'DELETE FROM roster_step',
      `INSERT INTO roster_step (event_id, person_id, n) SELECT id, 'x', 9 FROM roster_event`,
      `UPDATE roster_step_token SET kind = 'party'`,
      'DELETE FROM roster_step_token',
    ])
      expect(() => db.exec(sql)).toThrow('append-only');
    const types = db.prepare('SELECT type FROM roster_event ORDER BY seq').pluck().all();
    expect(types).toEqual(['package', 'file', 'undo']);
    // When the session's key is destroyed the steps may go; what the events say of them stays.
    db.exec(`UPDATE session SET device_key = x''; DELETE FROM roster_step; DELETE FROM roster_step_token`);
    expect(db.prepare('SELECT count(*) FROM roster_event').pluck().get()).toBe(3);
  });
  expect(hall.store.sessions.getSession(PACKAGE)?.packageId).toBe(PACKAGE);
  expect(hall.store.sessions.listDamaged()).toEqual([PACKAGE]);
});

test('the list is what the events amount to, whatever happened in which order', { timeout: 60_000 }, () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    hall.close();
    hall = createStoredHall(8);
    const dice = createDice(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(dice() * list.length)]!;
    const signedIn = new Set<string>();
    hall.step(hall.morning, 'open', 'live');
    for (let i = 0; i < 25; i++) {
      const ids = [...people().keys()];
      const roll = dice();
      if (roll < 0.4) {
        const entries = Array.from({ length: 3 }, () => entry(pick([...ids, `f-${i}`, `g-${i}`]), `Lò Văn A${i}`));
        const unique = [...new Map(entries.map((one) => [one.id, one])).values()];
        applyRoster(hall.store, PACKAGE, { entries: unique, removeIds: [pick(ids)] });
      } else if (roll < 0.6) undo();
      else if (roll < 0.7) restore();
      else if (roll < 0.8) {
        const drop = ids.find((id) => !signedIn.has(id));
        const keep = ids.find((id) => id !== drop);
        if (drop !== undefined && keep !== undefined) merge(keep, drop);
      } else {
        const id = pick(ids);
        if (
          hall.register(hall.morning).signIn(id, 'search', { station: 'desk-1', actor: 'attendee', broadcastMs: null })
            .ok
        )
          signedIn.add(id);
      }
      for (const id of signedIn) expect(people().has(id), `seed ${seed}, step ${i}: ${id} signed in`).toBe(true);
    }
    expect(hall.store.findDamages()).toEqual([]);
    hall.reopen();
    expect(hall.store.findDamages()).toEqual([]);
  }
});

test('a change that a power cut left half done is brought to its end when the database is opened', () => {
  const id = hall.store.rosters.begin(PACKAGE);
  const gone = [...people().keys()].slice(0, 2);
  hall.store.rosters.stage(id, [
    ...gone.map((personId) => ({ personId, after: null, entry: null })),
    ...['f-1', 'f-2', 'f-3'].map((personId) => ({
      personId,
      entry: entry(personId, 'Lò Thị Mẩy'),
      after: { ...[...people().values()][0]!, id: personId, name: 'Lò Thị Mẩy' },
    })),
  ]);
  expect(hall.store.rosters.apply(id, PACKAGE, { kind: 'file', label: 'a', by: 't' })).toMatchObject({
    added: 3,
    removed: 2,
  });
  expect(hall.store.rosters.listLeaving(PACKAGE).toSorted()).toEqual(gone.toSorted());
  hall.store.rosters.proceed(PACKAGE, 2);
  hall.reopen();
  const after = [...people().keys()];
  expect(after).toEqual(expect.arrayContaining(['f-1', 'f-2', 'f-3']));
  expect(after.some((one) => gone.includes(one))).toBe(false);
  expect(hall.store.findDamages()).toEqual([]);
});

test('steps that never became an event count for nothing and are dropped', () => {
  const before = [...people().keys()];
  const id = hall.store.rosters.begin(PACKAGE);
  hall.store.rosters.stage(
    id,
    before.map((personId) => ({ personId, after: null, entry: null })),
  );
  hall.reopen();
  expect([...people().keys()]).toEqual(before);
  hall.store.rosters.begin(PACKAGE);
  withFile((db) => expect(db.prepare('SELECT count(*) FROM roster_step WHERE event_id = ?').pluck().get(id)).toBe(0));
});

test('a merge moves no sign-in, and its undo gives both people back with their own numbers', () => {
  applyRoster(hall.store, PACKAGE, {
    entries: [entry('f-1', 'Lò Thị Mẩy'), entry('f-2', 'Lò Thị Mây', { citizenNumber: '099161000001' })],
    removeIds: [],
  });
  hall.step(hall.morning, 'open', 'live');
  hall.register(hall.morning).signIn('f-1', 'search', { station: 'desk-1', actor: 'attendee', broadcastMs: null });
  const events = hall.store.attendance.getLogHead();
  expect(merge('f-1', 'f-2')).toMatchObject({ ok: true, removed: 1 });
  expect([people().has('f-2'), card('099161000001')]).toEqual([false, 'f-1']);
  expect(undo()).toMatchObject({ ok: true, restored: 2 });
  expect([people().has('f-1'), people().has('f-2'), card('099161000001')]).toEqual([true, true, 'f-2']);
  expect(hall.store.attendance.getLogHead()).toEqual(events);
  expect(hall.register(hall.morning).getStatus('f-1')?.arrivedAt).not.toBeNull();
  expect(hall.store.rosters.list(PACKAGE).map(({ kind, state }) => [kind, state])).toEqual([
    ['merge', 'undone'],
    ['file', 'applied'],
  ]);
});

test("the package's own list comes back: people, numbers, badges printed since, walk-ins as they were; and that is taken back too", () => {
  const roster = [...people().values()];
  const [first, second] = roster.map(({ id }) => id) as [string, string];
  const badge = hall.store.people.issueBadges(PACKAGE).get(first)!;
  hall.step(hall.morning, 'open', 'live');
  const walkIn = hall
    .secretary(hall.morning)
    .addPerson({ kind: 'walk_in', name: 'Giàng A Pó', notDuplicate: true }, ON_CONSOLE);
  if (!walkIn.ok) throw new Error('not added');
  const walkInId = [...people().values()].find(({ kind }) => kind === 'walk_in')!.id;
  applyRoster(hall.store, PACKAGE, {
    entries: [
      entry(walkInId, 'Giàng A Pó'),
      entry(second, 'Tên Khác'),
      entry('f-1', 'Lò Thị Mẩy'),
      entry('f-2', 'Lò Thị Hai'),
    ],
    removeIds: [first, roster[2]!.id],
  });
  hall.register(hall.morning).signIn('f-2', 'search', { station: 'desk-1', actor: 'attendee', broadcastMs: null });
  expect(hall.store.tokens.findPersonId(PACKAGE, 'badge', badge)).toBeNull();
  const plan = hall.store.rosters.planPackageList(PACKAGE)!;
  expect({ ...plan, as: plan.as.size }).toEqual({
    back: expect.arrayContaining([first, roster[2]!.id]),
    changed: expect.arrayContaining([second, walkInId]),
    off: ['f-1'],
    stay: ['f-2'],
    as: 4,
  });
  expect(restore()).toMatchObject({ ok: true, added: 2, changed: 2, removed: 1 });
  for (const person of roster) expect(people().get(person.id)).toEqual(person);
  expect(people().get(walkInId)?.kind).toBe('walk_in');
  expect(hall.store.tokens.findPersonId(PACKAGE, 'badge', badge)).toBe(first);
  expect(hall.store.rosters.planPackageList(PACKAGE)).toMatchObject({ back: [], changed: [], off: [], stay: ['f-2'] });
  expect(undo()).toMatchObject({ ok: true });
  expect([people().get(second)?.name, people().has('f-1'), people().has(first)]).toEqual(['Tên Khác', true, false]);
  expect(hall.store.findDamages()).toEqual([]);
});

test('a newer package is the end of undoing, and its list is the one that comes back', () => {
  applyRoster(hall.store, PACKAGE, { entries: [entry('f-1', 'Lò Thị Mẩy')], removeIds: [] });
  hall.importPackage(hall.packageOf(4));
  expect(hall.store.rosters.getLast(PACKAGE)).toBeNull();
  expect(undo()).toEqual({ ok: false, error: 'nothing_to_undo' });
  expect(hall.store.rosters.planPackageList(PACKAGE)).toMatchObject({ back: [], changed: [], off: [] });
});

test('a row of the list that is not as the events have it is noticed', () => {
  const [id] = [...people().keys()];
  withFile((db) => db.prepare(`DELETE FROM person WHERE id = ?`).run(id));
  expect(hall.store.findDamages()).toContainEqual({ table: 'person', key: id, what: 'differs' });
});

test('an edited event or step is noticed', () => {
  applyRoster(hall.store, PACKAGE, { entries: [entry('f-1', 'Lò Thị Mẩy')], removeIds: [] });
  withFile((db) => {
    db.exec('DROP TRIGGER roster_event_no_update; DROP TRIGGER roster_step_no_update');
    db.exec(`UPDATE roster_event SET by = 'chair' WHERE type = 'file'`);
    db.exec(`UPDATE roster_step SET after_kind = 'guest' WHERE person_id = 'f-1'`);
  });
  const damaged = hall.store.findDamages().map(({ table, what }) => `${table} ${what}`);
  expect(damaged).toEqual(expect.arrayContaining(['roster_event differs']));
});

test('records of an older program are taken over: shown, undone, and the list before them is the one that comes back', () => {
  const before = [...people().keys()].toSorted();
  applyRoster(hall.store, PACKAGE, {
    entries: [entry('f-1', 'Lò Thị Mẩy', { citizenNumber: '099161000001' })],
    removeIds: [before[0]!],
  });
  applyRoster(hall.store, PACKAGE, { entries: [entry('f-2', 'Lò Thị Hai')], removeIds: [] });
  undo();
  withFile((db) => {
    // As program and schema of before wrote it.
    for (const name of db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'roster_%'`)
      .pluck()
      .all())
      db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec(`
      INSERT INTO roster_import (id, package_id, kind, state, file, by, at, added, changed, removed, undone_at, undone_by)
        SELECT e.id, e.package_id, e.type, iif(u.id IS NULL, 'applied', 'undone'), 'cũ.csv', e.by, e.at, e.added, e.changed,
          e.removed, u.at, u.by FROM roster_event e LEFT JOIN roster_event u ON u.target_id = e.id WHERE e.type = 'file';
      INSERT INTO roster_import_person SELECT event_id, person_id, before_kind, before_body, after_kind, after_body
        FROM roster_step WHERE event_id IN (SELECT id FROM roster_import);
      INSERT INTO roster_import_token SELECT event_id, side, kind, token, person_id, body
        FROM roster_step_token WHERE event_id IN (SELECT id FROM roster_import);
      DELETE FROM roster_step; DELETE FROM roster_step_token; DELETE FROM roster_event WHERE type = 'undo';
      DELETE FROM roster_event;`);
    signRows(db, new ChangeKeys(hall.keys.kek));
  });
  expect(
    hall.store.rosters.list(PACKAGE).map(({ file, state, added, removed }) => [file, state, added, removed]),
  ).toEqual([
    ['cũ.csv', 'undone', 1, 0],
    ['cũ.csv', 'applied', 1, 1],
  ]);
  // The tables were changed by hand; nothing of what is in them is wrong.
  expect(hall.store.findDamages().filter(({ what }) => what !== 'contents')).toEqual([]);
  expect(hall.store.rosters.planPackageList(PACKAGE)).toMatchObject({ back: [before[0]], off: ['f-1'] });
  expect(undo()).toMatchObject({ ok: true, restored: 1, takenOff: 1 });
  expect([...people().keys()].toSorted()).toEqual(before);
  expect(card('099161000001')).toBeNull();
  // Once only.
  hall.reopen();
  expect(hall.store.rosters.list(PACKAGE)).toHaveLength(2);
});
