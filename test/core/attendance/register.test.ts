import { afterEach, beforeEach, expect, test } from 'vitest';
import { ON_CONSOLE } from '../../support/enter.ts';
import { createStoredHall, MINUTE, START, type StoredHall } from '../../support/stored-hall.ts';

const DESK = { station: 'desk-1', actor: 'attendee', broadcastMs: null };
const VENUE = 'PX-001';
let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(6);
});
afterEach(() => hall.close());

const roster = () => hall.packageOf(6).roster ?? [];
const card = (nth: number): string => {
  const { citizenNumber, name, birthYear } = roster()[nth]!;
  return `${citizenNumber}|012345678|${name}|0102${birthYear}|Nam|Tổ 5, Phường Mẫu|10052021`;
};

test('a desk says how many have come, and those who left again have come too', () => {
  hall.step(hall.morning, 'open');
  const register = hall.register(hall.morning);
  expect(register.signIn('p0001', 'search', DESK)).toMatchObject({ outcome: 'signed_in', ordinal: 1, late: false });
  hall.clock.now += MINUTE;
  hall.secretary(hall.morning).recordLeft('p0001', undefined, undefined, ON_CONSOLE);
  const again = hall.register(hall.morning);
  expect(again.signIn('p0002', 'list', DESK)).toMatchObject({ ordinal: 2 });
  expect(again.signIn('p0001', 'search', DESK)).toMatchObject({ outcome: 'confirmed', ordinal: 2 });
  expect(again.signIn('p0001', 'search', DESK)).toMatchObject({ error: 'already_signed_in', firstAt: START });
  expect(again.signIn('nobody', 'search', DESK)).toEqual({ ok: false, error: 'not_on_list' });
  hall.clock.now = START + 20 * MINUTE;
  expect(again.signIn('p0003', 'search', DESK)).toMatchObject({ late: true, lateMinutes: 20 });
});

test('while a roll call runs the desk confirms and counts those confirmed', () => {
  hall.step(hall.morning, 'open');
  const register = hall.register(hall.morning);
  register.signIn('p0001', 'search', DESK);
  hall.clock.now += MINUTE;
  hall.secretary(hall.morning).openRollCall('Giữa buổi');
  const running = hall.register(hall.morning);
  expect(running.signIn('p0001', 'badge', DESK)).toMatchObject({
    outcome: 'confirmed',
    ordinal: 1,
    rollCall: { title: 'Giữa buổi' },
  });
  expect(running.signIn('p0002', 'badge', DESK)).toMatchObject({ outcome: 'signed_in', ordinal: 2 });
});

test('a desk that is not open says when it opens, or that it is closed, whatever is held under the scanner', () => {
  const register = hall.register(hall.morning);
  const opensAt = hall.store.sittings.getSitting(hall.morning)?.opensAt;
  expect(register.signIn('p0001', 'search', DESK)).toEqual({ ok: false, error: 'not_open', opensAt });
  expect(register.scan('???', VENUE, DESK)).toEqual({ ok: false, error: 'not_open', opensAt });
  hall.step(hall.morning, 'open', 'ended');
  expect(register.signIn('p0001', 'search', DESK)).toEqual({ ok: false, error: 'closed' });
  expect(register.scan('???', VENUE, DESK)).toEqual({ ok: false, error: 'closed' });
});

test('cards, badges and numbers find their person, and nobody else', () => {
  hall.step(hall.morning, 'open');
  const register = hall.register(hall.morning);
  const scan = (raw: string) => register.scan(raw, VENUE, DESK);
  expect(scan(card(0))).toMatchObject({ ok: true, person: { personId: 'p0001' } });
  expect(scan(`BP1|${VENUE}|${roster()[1]!.badge}`)).toMatchObject({ ok: true, person: { personId: 'p0002' } });
  expect(scan(String(roster()[2]!.citizenNumber))).toMatchObject({ ok: true, person: { personId: 'p0003' } });
  expect(scan('BP1|PX-002|CTH00001')).toMatchObject({ error: 'wrong_venue', venueHint: 'PX-002' });
  expect(scan('099099999999')).toEqual({ ok: false, error: 'not_on_list' });
  expect(scan('')).toEqual({ ok: false, error: 'unreadable' });
});

test('names are found by typing and by unit and letter; an empty list says so', () => {
  const register = hall.register(hall.morning);
  const [first] = register.listInOrder();
  expect(register.search(first!.name)).toMatchObject({ ok: true, people: [{ personId: first!.id }] });
  const units = register.browse(undefined, undefined);
  if (!units.ok || units.step !== 'units') throw new Error('no units');
  expect(units.units.reduce((n, unit) => n + unit.people, 0)).toBe(6);
  expect(register.browse(undefined, 'A')).toEqual({ ok: false, error: 'unit_missing' });
  const { unitId } = units.units[0]!;
  const few = register.browse(unitId, undefined);
  if (!few.ok || few.step !== 'people') throw new Error('a small unit asks for no letter');
  expect(few.initial).toBeNull();
  expect(few.people).toHaveLength(units.units[0]!.people);
  const letter = few.people[0]!.name.split(' ').at(-1)!.charAt(0);
  expect(register.browse(unitId, letter)).toMatchObject({ ok: true, step: 'people', unitId, initial: letter });
  hall.store.people.setRoster('hn-2026-thu', [], []);
  const empty = hall.register(hall.morning);
  expect(empty.hasRoster).toBe(false);
  expect(empty.search('An')).toEqual({ ok: false, error: 'no_roster' });
  expect(empty.browse(undefined, undefined)).toEqual({ ok: false, error: 'no_roster' });
});

test('the list of the console is filtered by name, unit, kind and status, page by page', () => {
  hall.step(hall.morning, 'open');
  const secretary = hall.secretary(hall.morning);
  const [first] = hall.register(hall.morning).listInOrder();
  secretary.signIn(first!.id, undefined, ON_CONSOLE);
  secretary.addPerson({ kind: 'guest', name: 'Khách Mời Lạ', notDuplicate: true }, ON_CONSOLE);
  const list = (filter: Partial<Parameters<typeof secretary.listPeople>[0]>) =>
    secretary.listPeople({ query: '', offset: 0, limit: 50, ...filter });
  expect(list({ status: 'here' })).toMatchObject({ total: 2 });
  expect(list({ status: 'missing' })).toMatchObject({ total: 5 });
  expect(list({ status: 'present' })).toMatchObject({ total: 2 });
  expect(list({ kind: 'guest' })).toMatchObject({ total: 1 });
  expect(list({ unitId: null })).toMatchObject({ total: 1 });
  expect(list({ query: 'Khách Mời' }).people[0]).toMatchObject({ name: 'Khách Mời Lạ', kind: 'guest' });
  expect(list({ query: '@@@@' })).toMatchObject({ people: [], total: 0, counts: { all: 0 } });
  expect(list({ offset: 4, limit: 2 }).people).toHaveLength(2);
  // A guest of the morning is no part of the afternoon, unless asked for by name.
  const afternoon = hall.secretary(hall.afternoon);
  expect(afternoon.listPeople({ query: '', offset: 0, limit: 50 }).total).toBe(6);
  expect(afternoon.listPeople({ query: 'Khách Mời', offset: 0, limit: 50 }).total).toBe(1);
});
