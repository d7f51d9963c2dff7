import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewPerson } from '../../../electron/core/attendance/new-person.ts';
import { AT_DESK, ON_CONSOLE, signIn } from '../../support/enter.ts';
import { createStoredHall, MINUTE, START, type StoredHall } from '../../support/stored-hall.ts';

let hall: StoredHall;
beforeEach(() => {
  hall = createStoredHall(6);
  hall.step(hall.morning, 'open');
});
afterEach(() => hall.close());

const ids = ['p0001', 'p0002', 'p0003', 'p0004', 'p0005', 'p0006'] as const;
const newPerson = (more: Partial<NewPerson>): NewPerson => ({
  kind: 'walk_in',
  name: `Người Mới ${more.kind ?? ''}`,
  notDuplicate: true,
  ...more,
});

test('before a roll call is closed it says who will be recorded as having left early, and closing records just them', () => {
  for (const id of ids.slice(0, 5)) signIn(hall.store, hall.morning, id);
  const secretary = hall.secretary(hall.morning);
  const guest = secretary.addPerson(newPerson({ kind: 'guest' }), ON_CONSOLE);
  expect(secretary.previewClose()).toEqual({ ok: false, error: 'none_running' });
  secretary.recordLeft('p0005', undefined, undefined, ON_CONSOLE);
  hall.clock.now += 30 * MINUTE;
  const opened = secretary.openRollCall('Sau giải lao');
  if (!opened.ok || !guest.ok) throw new Error('not opened');
  hall.clock.now += MINUTE;
  for (const id of ['p0001', 'p0002']) secretary.signIn(id, undefined, ON_CONSOLE);
  signIn(hall.store, hall.morning, 'p0006');
  const preview = hall.secretary(hall.morning).previewClose();
  expect(preview).toMatchObject({ ok: true, rollCall: { id: opened.rollCall.id, title: 'Sau giải lao' }, count: 3 });
  if (!preview.ok) throw new Error('no preview');
  // Not whoever left before, was confirmed, or came while it ran; guests like everybody.
  expect(preview.people.map((p) => p.personId).sort()).toEqual(['p0003', 'p0004', guest.person.personId].sort());
  expect(hall.register(hall.morning).getTotals()).toMatchObject({ inHall: 6 });
  secretary.closeRollCalls();
  const after = hall.register(hall.morning);
  expect(after.getTotals()).toMatchObject({ inHall: 3, leftEarly: 3 });
  for (const { personId } of preview.people) expect(after.getStatus(personId)?.status).toBe('left_early');
});

test('a preview names the first two hundred and counts all', () => {
  hall.close();
  hall = createStoredHall(230);
  hall.step(hall.morning, 'open');
  const register = hall.register(hall.morning);
  for (const person of register.listInOrder()) register.signIn(person.id, 'search', AT_DESK);
  hall.clock.now += MINUTE;
  const secretary = hall.secretary(hall.morning);
  secretary.openRollCall('Đầu giờ');
  const preview = secretary.previewClose();
  expect(preview).toMatchObject({ ok: true, count: 230 });
  if (!preview.ok) throw new Error('no preview');
  const firsts = register.listInOrder().slice(0, 200);
  expect(preview.people.map((p) => p.personId)).toEqual(firsts.map((p) => p.id));
});

test('a cancelled roll call, running or over, counts for nothing and says who cancelled it, when and why', () => {
  for (const id of ids.slice(0, 3)) signIn(hall.store, hall.morning, id);
  const secretary = hall.secretary(hall.morning);
  hall.clock.now += MINUTE;
  const first = secretary.openRollCall('Mở nhầm');
  hall.clock.now += MINUTE;
  if (!first.ok) throw new Error('not opened');
  secretary.signIn('p0001', undefined, ON_CONSOLE);
  secretary.closeRollCalls();
  expect(hall.register(hall.morning).getTotals()).toMatchObject({ leftEarly: 2, inHall: 1 });
  const cancelled = secretary.cancelRollCall(first.rollCall.id, 'Đồng chí Bình mở nhầm', 'technician');
  const how = { at: hall.clock.now, by: 'technician', reason: 'Đồng chí Bình mở nhầm' };
  expect(cancelled).toMatchObject({ ok: true, rollCall: { confirmed: 0, cancelled: how } });
  expect(hall.register(hall.morning).getTotals()).toMatchObject({ leftEarly: 0, inHall: 3 });
  expect(hall.store.attendance.listEventsOf(hall.morning, 'p0001').map((e) => e.type)).toEqual([
    'arrived',
    'confirmed',
  ]);

  const second = secretary.openRollCall('Cuối buổi');
  if (!second.ok) throw new Error('not opened');
  expect(secretary.cancelRollCall(second.rollCall.id, 'thôi', 'chair')).toMatchObject({
    ok: true,
    rollCall: { closedAt: hall.clock.now },
  });
  expect(secretary.previewClose()).toEqual({ ok: false, error: 'none_running' });
  expect(secretary.cancelRollCall(second.rollCall.id, 'lại', 'chair')).toEqual({
    ok: false,
    error: 'already_cancelled',
  });
  expect(secretary.cancelRollCall('6f8a7f0e-0000-4000-8000-000000000000', 'x', 'chair')).toEqual({
    ok: false,
    error: 'no_such_roll_call',
  });
  hall.reopen();
  expect(hall.store.attendance.listRollCalls(hall.morning).map((call) => call.cancelled?.by)).toEqual([
    'technician',
    'chair',
  ]);
  hall.step(hall.morning, 'ended', 'sealed');
  expect(hall.secretary(hall.morning).cancelRollCall(first.rollCall.id, 'x', 'chair')).toMatchObject({
    error: 'not_open',
  });
  expect(hall.secretary(hall.morning).openRollCall('x')).toEqual({ ok: false, error: 'not_open' });
});

test('the head-count is compared with who is in the hall now', () => {
  for (const id of ids.slice(0, 4)) signIn(hall.store, hall.morning, id);
  const secretary = hall.secretary(hall.morning);
  secretary.addPerson(newPerson({ kind: 'guest' }), ON_CONSOLE);
  for (const id of ids.slice(0, 2)) secretary.recordLeft(id, undefined, undefined, ON_CONSOLE);
  expect(secretary.setHeadCount(5, undefined, 'technician')).toEqual({ ok: false, error: 'reason_needed', inHall: 3 });
  expect(secretary.setHeadCount(3, undefined, 'technician')).toMatchObject({ ok: true, headCount: { inHall: 3 } });
  expect(secretary.getHeadCount()).toEqual({ counted: 3, reason: null, by: 'technician', inHall: 3 });
  hall.step(hall.morning, 'ended');
  expect(secretary.setHeadCount(4, 'một người về lại', 'chair')).toMatchObject({ ok: true });
  hall.step(hall.morning, 'sealed');
  expect(secretary.setHeadCount(3, undefined, 'chair')).toEqual({ ok: false, error: 'not_open' });
  expect(hall.secretary(hall.afternoon).setHeadCount(0, undefined, 'chair')).toEqual({ ok: false, error: 'not_open' });
});

test('the history names as what somebody was added, and what was undone', () => {
  const secretary = hall.secretary(hall.morning);
  const kinds = ['walk_in', 'guest', 'supervisor'] as const;
  for (const kind of kinds) {
    const added = secretary.addPerson(newPerson({ kind }), ON_CONSOLE);
    if (!added.ok) throw new Error(added.error);
    expect(secretary.listHistory(added.person.personId)).toMatchObject([
      { type: 'walk_in_added', kind },
      { type: 'arrived', kind: null },
    ]);
  }
  const substitute = secretary.addPerson(newPerson({ kind: 'substitute', substituteFor: 'p0001' }), ON_CONSOLE);
  if (!substitute.ok) throw new Error(substitute.error);
  const { personId } = substitute.person;
  secretary.undo(personId, 'last', 'nhầm', ON_CONSOLE);
  const entries = secretary.listHistory(personId);
  expect(entries).toMatchObject([
    { type: 'substitute_named', kind: 'substitute', undoneBy: 4 + kinds.length * 2 },
    { type: 'arrived', undoneBy: 3 + kinds.length * 2 },
    { type: 'voided', undoes: 2 + kinds.length * 2, reason: 'nhầm' },
    { type: 'voided', undoes: 1 + kinds.length * 2 },
  ]);
  expect(secretary.listHistory('nobody')).toBeNull();
});

test('a person who has a substitute says so in list, filters and totals, and is what they were after an undo', () => {
  const secretary = hall.secretary(hall.morning);
  secretary.many.excuse(['p0001'], 'Đi công tác', ON_CONSOLE);
  const added = secretary.addPerson(newPerson({ kind: 'substitute', substituteFor: 'p0001' }), ON_CONSOLE);
  if (!added.ok) throw new Error(added.error);
  const page = (status: 'substituted' | 'missing' | 'awaited' | 'absent_excused') =>
    secretary.listPeople({ query: '', status, offset: 0, limit: 50 }).people;
  expect(page('substituted')).toMatchObject([
    { personId: 'p0001', status: 'substituted', substitutedByName: added.person.name, reason: 'Đi công tác' },
  ]);
  expect(
    page('missing')
      .map((p) => p.personId)
      .sort(),
  ).toEqual(ids.slice(1));
  expect(page('absent_excused')).toEqual([]);
  const more = newPerson({ kind: 'substitute', substituteFor: 'p0001', name: 'Người Thứ Hai' });
  expect(secretary.addPerson(more, ON_CONSOLE)).toMatchObject({
    error: 'already_substituted',
    by: { personId: added.person.personId },
  });
  expect(secretary.undo(added.person.personId, 'arrival', 'nhầm', ON_CONSOLE)).toMatchObject({
    ok: true,
    person: null,
  });
  expect(page('substituted')).toEqual([]);
  expect(page('absent_excused')).toMatchObject([{ personId: 'p0001', reason: 'Đi công tác', substitutedByName: null }]);
  expect(secretary.addPerson(more, ON_CONSOLE)).toMatchObject({ ok: true });
  hall.clock.now += MINUTE;
  expect(secretary.signIn('p0001', undefined, ON_CONSOLE)).toMatchObject({ ok: true, person: { status: 'present' } });
  expect(hall.register(hall.morning).getTotals()).toMatchObject({
    present: 1,
    substituted: 0,
    substitutes: 1,
    came: 2,
  });
  expect(secretary.addPerson({ ...more, name: 'Người Thứ Ba' }, ON_CONSOLE)).toMatchObject({
    error: 'already_signed_in',
  });
});

test('a substitute of the morning sits for the person in the afternoon once they sign in there', () => {
  const added = hall
    .secretary(hall.morning)
    .addPerson(newPerson({ kind: 'substitute', substituteFor: 'p0002' }), ON_CONSOLE);
  if (!added.ok) throw new Error(added.error);
  hall.step(hall.morning, 'ended');
  hall.clock.now = START + 400 * MINUTE;
  hall.step(hall.afternoon, 'open');
  const register = hall.register(hall.afternoon);
  expect(register.getStatus('p0002')?.status).toBe('awaited');
  expect(register.signIn(added.person.personId, 'search', AT_DESK)).toMatchObject({ ok: true, late: true });
  expect(register.getStatus('p0002')).toMatchObject({ status: 'substituted', substitutedBy: added.person.personId });
});

test('every refusal of a change has its own word', () => {
  const secretary = hall.secretary(hall.morning);
  const unknown = ['nobody', undefined, undefined, ON_CONSOLE] as const;
  expect(secretary.recordLeft(...unknown)).toEqual({ ok: false, error: 'not_on_list' });
  expect(secretary.signIn('nobody', undefined, ON_CONSOLE)).toEqual({ ok: false, error: 'not_on_list' });
  expect(secretary.undo('nobody', 'last', 'x', ON_CONSOLE)).toEqual({ ok: false, error: 'not_on_list' });
  expect(secretary.undo('p0001', 'last', 'x', ON_CONSOLE)).toEqual({ ok: false, error: 'nothing_to_undo' });
  expect(secretary.recordLeft('p0001', undefined, undefined, ON_CONSOLE)).toEqual({
    ok: false,
    error: 'not_signed_in',
  });
  signIn(hall.store, hall.morning, 'p0001');
  expect(secretary.recordLeft('p0001', 'ốm', START - 1, ON_CONSOLE)).toMatchObject({ error: 'wrong_time' });
  const guest = secretary.addPerson(newPerson({ kind: 'guest' }), ON_CONSOLE);
  if (!guest.ok) throw new Error(guest.error);
  expect(secretary.many.excuse(['p0001', 'nobody', guest.person.personId, 'p0002', 'p0002'], 'ốm', ON_CONSOLE)).toEqual(
    {
      ok: true,
      excused: 1,
      skipped: [
        { personId: 'p0001', error: 'signed_in' },
        { personId: 'nobody', error: 'not_on_list' },
        { personId: guest.person.personId, error: 'not_summoned' },
      ],
    },
  );
  const sub = (substituteFor: string) =>
    secretary.addPerson(newPerson({ kind: 'substitute', substituteFor }), ON_CONSOLE);
  expect(sub('nobody')).toEqual({ ok: false, error: 'not_on_list' });
  expect(sub(guest.person.personId)).toEqual({ ok: false, error: 'not_summoned' });
  expect(secretary.addPerson(newPerson({ unitId: 'none' }), ON_CONSOLE)).toEqual({ ok: false, error: 'no_such_unit' });
  const again = newPerson({ kind: 'guest', notDuplicate: false, birthDate: '1960-02-01', note: '  ghi chú ' });
  expect(secretary.addPerson(again, ON_CONSOLE)).toMatchObject({
    error: 'duplicates',
    people: [{ personId: guest.person.personId }],
  });
  hall.step(hall.morning, 'ended', 'sealed');
  const late = hall.secretary(hall.morning);
  expect(late.addPerson(again, ON_CONSOLE)).toEqual({ ok: false, error: 'not_open' });
  expect(late.many.excuse(['p0003'], 'ốm', ON_CONSOLE)).toEqual({ ok: false, error: 'not_open' });
});
