import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RosterPerson } from '../../../electron/contract/session-package.ts';
import { applyRoster } from '../../support/apply-roster.ts';
import { enter, ON_CONSOLE, signIn } from '../../support/enter.ts';
import { openOldFolder, oldFolder } from '../../support/old-data-folder.ts';
import { createStoredHall, MINUTE, START, type StoredHall } from '../../support/stored-hall.ts';

const PACKAGE = 'hn-2026-thu';
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(4);
});
afterEach(() => hall.close());

const names = (sittingId: string) =>
  hall
    .register(sittingId)
    .listInOrder()
    .map((p) => `${p.id} ${p.name}`);
const entry = (id: string, name: string): RosterPerson => ({ id, name });

/** Walks the morning to its end, with one person signed in. */
function holdMorning(): void {
  hall.step(hall.morning, 'open');
  signIn(hall.store, hall.morning, 'p0001');
  hall.clock.now = START + 240 * MINUTE;
  hall.step(hall.morning, 'ended', 'sealed');
}

/** Another roster for the afternoon, as from a file: one renamed, one gone, one new. */
function replaceRoster(): void {
  applyRoster(hall.store, PACKAGE, {
    entries: [entry('p0001', 'Tên Đã Sửa'), entry('new', 'Người Buổi Chiều')],
    removeIds: ['p0001', 'p0002', 'p0003'],
  });
}

test('the list of a sealed sitting stays when the roster is replaced, through a restart and in an amendment', () => {
  holdMorning();
  const before = names(hall.morning);
  expect(before).toHaveLength(4);
  replaceRoster();
  expect(names(hall.afternoon)).toHaveLength(3);
  for (const state of ['sealed', 'amended'] as const) {
    if (state === 'amended') hall.step(hall.morning, 'amended');
    hall.reopen();
    expect(names(hall.morning)).toEqual(before);
    expect(hall.register(hall.morning).getTotals()).toMatchObject({ summoned: 4, present: 1, absentUnexcused: 3 });
  }
  // Whoever left the roster can still be corrected in the morning, and whoever came onto it cannot.
  const secretary = hall.secretary(hall.morning);
  expect(secretary.many.excuse(['p0002', 'new'], 'ốm', ON_CONSOLE)).toMatchObject({
    excused: 1,
    skipped: [{ personId: 'new', error: 'not_on_list' }],
  });
  expect(secretary.signIn('p0003', START, ON_CONSOLE)).toMatchObject({ ok: true });
  expect(hall.register(hall.morning).getTotals()).toMatchObject({ present: 2, absentExcused: 1, absentUnexcused: 1 });
});

test('a newer package with another roster changes the afternoon only', () => {
  holdMorning();
  const before = names(hall.morning);
  expect(hall.importPackage(hall.packageOf(2))).toMatchObject({ ok: true, removed: 2 });
  expect(names(hall.morning)).toEqual(before);
  expect(names(hall.afternoon)).toHaveLength(2);
  // A second change does not touch what was kept at the first.
  hall.importPackage(hall.packageOf(1));
  expect(names(hall.morning)).toEqual(before);
  expect(names(hall.afternoon)).toHaveLength(1);
});

test('a sitting that is over and not sealed yet keeps its list too', () => {
  hall.step(hall.morning, 'open', 'ended');
  const before = names(hall.morning);
  replaceRoster();
  expect(names(hall.morning)).toEqual(before);
});

test('a sitting sealed without a roster has none, whatever is imported afterwards', () => {
  applyRoster(hall.store, PACKAGE, {
    entries: [],
    removeIds: ['p0001', 'p0002', 'p0003', 'p0004'],
  });
  hall.step(hall.morning, 'open', 'ended', 'sealed');
  hall.importPackage(hall.packageOf(4));
  expect(names(hall.morning)).toEqual([]);
  expect(names(hall.afternoon)).toHaveLength(4);
});

test('a sitting that is opened again has the roster of now, and keeps that one at its next end', () => {
  holdMorning();
  replaceRoster();
  hall.step(hall.morning, 'live');
  const now = names(hall.morning);
  expect(now).toHaveLength(3);
  signIn(hall.store, hall.morning, 'new');
  hall.step(hall.morning, 'ended', 'sealed');
  hall.importPackage(hall.packageOf(1));
  expect(names(hall.morning)).toEqual(now);
});

test('people added on the spot are on the list of every sitting, also of one that is over', () => {
  holdMorning();
  replaceRoster();
  hall.step(hall.afternoon, 'open');
  const afternoon = hall.secretary(hall.afternoon);
  const input = { kind: 'guest' as const, name: 'Khách Buổi Chiều', notDuplicate: true };
  expect(afternoon.addPerson(input, ON_CONSOLE)).toMatchObject({ ok: true });
  hall.step(hall.morning, 'amended');
  const amended = hall.secretary(hall.morning);
  const late = { ...input, kind: 'walk_in' as const, name: 'Người Bổ Sung', at: START };
  expect(amended.addPerson(late, ON_CONSOLE)).toMatchObject({ ok: true });
  hall.reopen();
  const register = hall.register(hall.morning);
  expect(register.listInOrder().map((p) => p.kind)).toEqual(expect.arrayContaining(['guest', 'walk_in']));
  // The guest of the afternoon is no part of the morning's figures.
  expect(register.getTotals()).toMatchObject({ summoned: 4, walkIns: 1, guests: 0, came: 2 });
});

test('a folder of the first version keeps the morning at the first change of the roster', () => {
  const old = openOldFolder();
  const [morning] = oldFolder.sittings;
  const before = old.store.people.listPeopleOfSitting(morning.id);
  old.store.people.setRoster(oldFolder.packageId, [entry('p01', 'Tên Khác')], []);
  const after = new Map(old.store.people.listPeopleOfSitting(morning.id).map((p) => [p.id, p]));
  expect(after.size).toBe(before.length);
  for (const person of before) expect(after.get(person.id)).toEqual(person);
  old.close();
});

// — Two conferences on one PC ———————————————————————————————————————————————————————————————————————————————————————

test('who signed in at one conference is free in the roster of another', () => {
  hall.step(hall.morning, 'open');
  signIn(hall.store, hall.morning, 'p0001');
  const other = { ...hall.packageOf(4), packageId: 'hn-khac' };
  hall.importPackage(other);
  expect([...hall.store.people.listIdsInLog(PACKAGE)]).toEqual(['p0001']);
  expect([...hall.store.people.listIdsInLog('hn-khac')]).toEqual([]);
  const change = { entries: [], removeIds: ['p0001', 'p0002'] };
  expect(applyRoster(hall.store, 'hn-khac', change)).toEqual({ removed: 2, kept: 0 });
  expect(applyRoster(hall.store, PACKAGE, change)).toEqual({ removed: 1, kept: 1 });
  expect(hall.importPackage({ ...hall.packageOf(1), packageId: 'hn-khac' })).toMatchObject({ ok: true, removed: 2 });
});

test('a sitting of another conference that is over keeps nothing of this one', () => {
  hall.importPackage({ ...hall.packageOf(3), packageId: 'hn-khac' });
  hall.step('hn-khac/sang', 'open', 'ended', 'sealed');
  replaceRoster();
  expect(hall.store.people.listPeopleOfSitting('hn-khac/sang')).toHaveLength(3);
});

test('somebody withdrawn in one sitting stays on the list as long as another sitting counts them', () => {
  hall.step(hall.morning, 'open');
  const morning = hall.secretary(hall.morning);
  const added = morning.addPerson({ kind: 'walk_in', name: 'Người Tự Đến', notDuplicate: true }, ON_CONSOLE);
  if (!added.ok) throw new Error(added.error);
  const { personId } = added.person;
  hall.step(hall.morning, 'ended');
  hall.step(hall.afternoon, 'open');
  enter(hall.store, hall.afternoon, { type: 'sign_in', who: { id: personId, kind: 'walk_in' }, bySecretary: true });
  expect(morning.undo(personId, 'arrival', 'nhầm buổi', ON_CONSOLE)).toMatchObject({ ok: true, undone: 2 });
  expect([...hall.store.attendance.listWithdrawn(PACKAGE)]).toEqual([]);
  const afternoon = hall.secretary(hall.afternoon);
  expect(afternoon.undo(personId, 'arrival', 'nhầm', ON_CONSOLE)).toMatchObject({ ok: true, person: null, undone: 1 });
  expect([...hall.store.attendance.listWithdrawn(PACKAGE)]).toEqual([personId]);
});

test('a merge changes no sitting that is over; one that is opened again counts both entries as one person', () => {
  hall.step(hall.morning, 'open');
  const walkIn = { kind: 'walk_in' as const, name: 'Người Tự Đến', notDuplicate: true };
  const first = hall.secretary(hall.morning).addPerson(walkIn, ON_CONSOLE);
  if (!first.ok) throw new Error(first.error);
  signIn(hall.store, hall.morning, 'p0001');
  hall.step(hall.morning, 'ended', 'sealed', 'amended');
  replaceRoster();
  // Added to the morning after its list was kept.
  const late = hall.secretary(hall.morning).addPerson({ ...walkIn, at: START }, ON_CONSOLE);
  if (!late.ok) throw new Error(late.error);
  hall.step(hall.morning, 'sealed');
  const before = hall.register(hall.morning).getTotals();
  expect(before).toMatchObject({ summoned: 4, present: 1, walkIns: 2, came: 3 });
  const { rosters, people } = hall.store;
  const id = rosters.begin(PACKAGE);
  const listed = new Map(people.listPeople(PACKAGE).map((person) => [person.id, person]));
  const keep = listed.get('p0001')!;
  const steps = [first, late].flatMap(({ person }) => [
    {
      personId: person.personId,
      after: { ...listed.get(person.personId)!, merged: { into: keep.id, events: 'count' as const } },
      entry: null,
    },
  ]);
  rosters.stage(id, [...steps, { personId: keep.id, after: { ...keep, note: 'gộp' }, entry: null }]);
  expect(rosters.apply(id, PACKAGE, { kind: 'merge', label: keep.name, by: 'technician' })).toMatchObject({ ok: true });
  while (rosters.proceed(PACKAGE, 3)) continue;
  expect(hall.register(hall.morning).getTotals()).toEqual(before);
  hall.step(hall.morning, 'live');
  expect(hall.register(hall.morning).getTotals()).toMatchObject({ summoned: 3, present: 1, walkIns: 0, came: 1 });
});
