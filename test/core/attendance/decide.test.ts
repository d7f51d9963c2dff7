import { expect, test } from 'vitest';
import type { AttendanceEvent, AttendeeKind, Person } from '../../../electron/contract/attendance.ts';
import { SittingState } from '../../../electron/contract/sitting.ts';
import { decide, type Command } from '../../../electron/core/attendance/decide.ts';
import { decideCancelRollCall, decideOpenRollCall } from '../../../electron/core/attendance/sitting-rules.ts';
import { ARRIVAL, type SittingFacts } from '../../../electron/core/store/attendance-transaction.ts';
import type { RollCall } from '../../../electron/core/store/roll-call-store.ts';

const START = Date.UTC(2026, 10, 20, 0, 30);
const MINUTE = 60_000;
const OPENED = START - 60 * MINUTE;
const NOW = START + 100 * MINUTE;
const who = { id: 'a', kind: 'summoned' as AttendeeKind };

function facts(more: Partial<SittingFacts> = {}): SittingFacts {
  return {
    state: 'live',
    opensAt: OPENED,
    openedAt: OPENED,
    startsAt: START,
    graceMs: 15 * MINUTE,
    endedAt: null,
    rollCalls: [],
    now: NOW,
    ...more,
  };
}

function event(seq: number, type: AttendanceEvent['type'], more: Partial<AttendanceEvent> = {}): AttendanceEvent {
  const fixed = { sittingId: 's', monoMs: seq, bootId: 'b', broadcastMs: null, station: 'desk-1', actor: 'attendee' };
  const about = { personId: 'a', rollCallId: null, targetSeq: null, wallMs: START + seq * MINUTE, body: {} };
  return { ...fixed, ...about, seq, type, method: 'search', hash: '', ...more };
}

const call = (id: string, minute: number, closedAfter: number | null): RollCall => ({
  id,
  sittingId: 's',
  ordinal: minute,
  title: id,
  openedAt: START + minute * MINUTE,
  openedSeq: null,
  closedAt: closedAfter === null ? null : START + (minute + closedAfter) * MINUTE,
  cancelled: null,
});

const signIn: Command = { type: 'sign_in', who, bySecretary: false };
const bySecretary = (at?: number): Command => ({ type: 'sign_in', who, bySecretary: true, at });
const leave = (at?: number): Command => ({ type: 'leave', who, at, reason: 'việc gấp' });
const excuse: Command = { type: 'excuse', who, reason: 'ốm' };
const undo = (what: 'last' | 'arrival'): Command => ({ type: 'undo', who, what, reason: 'nhầm' });
const person = (kind: AttendeeKind, substituteFor: string | null = null): Person => ({
  id: 'new',
  name: 'Người Mới',
  givenName: 'Mới',
  birthYear: null,
  birthDate: null,
  sex: null,
  position: null,
  unitId: null,
  unitName: null,
  kind,
  substituteFor,
  numberTail: null,
  note: null,
});
const add = (kind: AttendeeKind): Command => ({ type: 'add', person: person(kind), inPlaceOf: null });

const arrived = event(1, 'arrived');
const types = (answer: ReturnType<typeof decide>) => (answer.ok ? answer.events.map((e) => e.type) : answer.error);

test('which state takes what: the whole table', () => {
  const at = START + 5 * MINUTE;
  const commands: [string, readonly AttendanceEvent[], Command][] = [
    ['desk', [], signIn],
    ['secretary', [], bySecretary(at)],
    ['add', [], { type: 'add', person: person('guest'), inPlaceOf: null, at }],
    ['leave', [arrived], leave(START + 90 * MINUTE)],
    ['excuse', [], excuse],
    ['undo', [arrived], undo('last')],
  ];
  const table = Object.fromEntries(
    SittingState.options.map((state) => [
      state,
      commands
        .filter(([, history, command]) => decide(facts({ state, endedAt: NOW }), history, command).ok)
        .map(([name]) => name),
    ]),
  );
  expect(table).toEqual({
    prepared: ['excuse', 'undo'],
    open: ['desk', 'secretary', 'add', 'leave', 'excuse', 'undo'],
    live: ['desk', 'secretary', 'add', 'leave', 'excuse', 'undo'],
    ended: ['excuse', 'undo'],
    sealed: [],
    delivered: [],
    amended: ['secretary', 'add', 'leave', 'excuse', 'undo'],
  });
});

test('a first sign-in arrives and sets the key of arrival; asked twice it says when the first was', () => {
  expect(decide(facts(), [], signIn)).toMatchObject({
    outcome: { as: 'arrived' },
    events: [{ type: 'arrived', personId: 'a', setsKey: ARRIVAL }],
    freesKeysOf: [],
  });
  const again = decide(facts(), [arrived], signIn);
  expect(again).toEqual({ ok: false, error: 'already_signed_in', firstAt: arrived.wallMs });
  const later = event(1, 'arrived', { body: { at: START } });
  expect(decide(facts(), [later], signIn)).toMatchObject({ firstAt: START });
});

test('while a roll call runs whoever came before it confirms once; whoever came after it takes part by arriving', () => {
  const running = facts({ rollCalls: [call('mid', 30, null)] });
  expect(decide(running, [arrived], signIn)).toMatchObject({
    outcome: { as: 'confirmed', rollCall: { id: 'mid' } },
    events: [{ type: 'confirmed', rollCallId: 'mid', setsKey: 'mid' }],
  });
  const seen = event(40, 'confirmed', { rollCallId: 'mid' });
  expect(decide(running, [arrived, seen], signIn)).toMatchObject({ error: 'already_signed_in', firstAt: seen.wallMs });
  expect(decide(running, [event(31, 'arrived')], signIn)).toMatchObject({ error: 'already_signed_in' });
  const gone = event(50, 'left');
  expect(decide(running, [arrived, seen, gone], signIn)).toMatchObject({
    outcome: { as: 'returned' },
    events: [{ type: 'confirmed', rollCallId: null, setsKey: null }],
  });
});

test('while the clock is put back a roll call still knows who came before it and who after', () => {
  const running = facts({ rollCalls: [{ ...call('mid', 30, null), openedSeq: 5 }] });
  const before = event(5, 'arrived', { wallMs: START + 99 * MINUTE });
  const after = event(6, 'arrived', { wallMs: START });
  expect(decide(running, [before], signIn)).toMatchObject({ outcome: { as: 'confirmed' } });
  expect(decide(running, [after], signIn)).toMatchObject({ error: 'already_signed_in' });
});

test('whoever left, or was missed in a finished roll call, returns; after a cancelled one nobody has to', () => {
  expect(decide(facts(), [arrived, event(50, 'left')], signIn)).toMatchObject({ outcome: { as: 'returned' } });
  const finished = call('mid', 30, 5);
  expect(decide(facts({ rollCalls: [finished] }), [arrived], signIn)).toMatchObject({ outcome: { as: 'returned' } });
  const cancelled = { ...finished, cancelled: { at: NOW, by: 'chair', reason: 'nhầm' } };
  expect(decide(facts({ rollCalls: [cancelled] }), [arrived], signIn)).toMatchObject({ error: 'already_signed_in' });
});

test('a moment entered lies between the opening and now; in an amendment between the opening and the end, and is needed', () => {
  const window = { from: OPENED, to: NOW };
  for (const at of [OPENED, START, NOW]) expect(decide(facts(), [], bySecretary(at)).ok).toBe(true);
  for (const at of [OPENED - 1, NOW + 1])
    expect(decide(facts(), [], bySecretary(at))).toEqual({ ok: false, error: 'wrong_time', ...window });
  const early = facts({ openedAt: OPENED - 10 * MINUTE });
  expect(decide(early, [], bySecretary(OPENED - 10 * MINUTE)).ok).toBe(true);
  const amended = facts({ state: 'amended', endedAt: NOW - MINUTE });
  expect(decide(amended, [], bySecretary())).toMatchObject({ error: 'wrong_time', to: NOW - MINUTE });
  expect(decide(amended, [], bySecretary(NOW))).toMatchObject({ error: 'wrong_time' });
  expect(decide(amended, [], bySecretary(NOW - MINUTE))).toMatchObject({ events: [{ body: { at: NOW - MINUTE } }] });
});

test('leaving needs somebody who came and has not left, at a moment after they came', () => {
  expect(types(decide(facts(), [], leave()))).toBe('not_signed_in');
  expect(decide(facts(), [arrived], leave())).toMatchObject({
    events: [{ type: 'left', body: { reason: 'việc gấp' } }],
  });
  expect(types(decide(facts(), [arrived, event(9, 'left')], leave()))).toBe('already_left');
  expect(types(decide(facts(), [arrived, event(9, 'left'), event(10, 'confirmed')], leave()))).toEqual(['left']);
  expect(decide(facts(), [arrived], leave(START))).toEqual({
    ok: false,
    error: 'wrong_time',
    from: arrived.wallMs,
    to: NOW,
  });
  // Missed in a roll call: gone by the list, and this says when.
  expect(types(decide(facts({ rollCalls: [call('mid', 30, 5)] }), [arrived], leave()))).toEqual(['left']);
});

test('only a summoned person who is not here can be excused', () => {
  expect(types(decide(facts(), [], excuse))).toEqual(['absence_excused']);
  expect(types(decide(facts(), [event(1, 'absence_excused')], excuse))).toEqual(['absence_excused']);
  expect(types(decide(facts(), [arrived], excuse))).toBe('signed_in');
  expect(types(decide(facts(), [arrived, event(2, 'voided', { targetSeq: 1 })], excuse))).toEqual(['absence_excused']);
  for (const kind of ['guest', 'walk_in', 'substitute', 'supervisor'] as const)
    expect(types(decide(facts(), [], { type: 'excuse', who: { id: 'a', kind }, reason: 'ốm' }))).toBe('not_summoned');
});

test('undo takes back the newest entry, or all presence, newest first, and frees their keys', () => {
  const confirmed = event(40, 'confirmed', { rollCallId: 'mid' });
  const history = [event(0, 'absence_excused'), arrived, confirmed];
  expect(decide(facts(), history, undo('last'))).toMatchObject({
    events: [{ type: 'voided', targetSeq: 40, body: { reason: 'nhầm' }, setsKey: null }],
    freesKeysOf: [40],
  });
  expect(decide(facts(), history, undo('arrival'))).toMatchObject({
    events: [{ targetSeq: 40 }, { targetSeq: 1 }],
    freesKeysOf: [40, 1],
  });
  const undone = [...history, event(41, 'voided', { targetSeq: 40 }), event(42, 'voided', { targetSeq: 1 })];
  expect(types(decide(facts(), undone, undo('arrival')))).toBe('nothing_to_undo');
  expect(decide(facts(), undone, undo('last'))).toMatchObject({ events: [{ targetSeq: 0 }] });
  expect(types(decide(facts(), [], undo('last')))).toBe('nothing_to_undo');
});

test('undoing the arrival of somebody added on the spot undoes the adding with it', () => {
  const history = [event(1, 'walk_in_added'), event(2, 'arrived'), event(3, 'left')];
  expect(decide(facts(), history, undo('last'))).toMatchObject({ freesKeysOf: [3] });
  const back = [...history, event(4, 'voided', { targetSeq: 3 })];
  expect(decide(facts(), back, undo('last'))).toMatchObject({ freesKeysOf: [2, 1] });
});

test('adding somebody names as what and signs them in', () => {
  const added = (['walk_in', 'guest', 'supervisor'] as const).map((kind) => decide(facts(), [], add(kind)));
  expect(added).toMatchObject(
    ['walk_in', 'guest', 'supervisor'].map((kind) => ({
      person: { id: 'new', kind },
      events: [
        { type: 'walk_in_added', body: { kind } },
        { type: 'arrived', setsKey: ARRIVAL },
      ],
    })),
  );
});

test('one substitute sits for a summoned person who is not here', () => {
  const sits = (inPlaceOf: Partial<Extract<Command, { type: 'add' }>['inPlaceOf'] & object> = {}): Command => ({
    type: 'add',
    person: person('substitute', 'a'),
    inPlaceOf: { who, history: [], others: [], ...inPlaceOf },
  });
  expect(decide(facts(), [], sits())).toMatchObject({
    events: [{ type: 'substitute_named', body: { kind: 'substitute', substituteFor: 'a' } }, { type: 'arrived' }],
  });
  expect(decide(facts(), [], sits({ history: [arrived] }))).toMatchObject({ error: 'already_signed_in' });
  expect(types(decide(facts(), [], sits({ who: { id: 'a', kind: 'guest' } })))).toBe('not_summoned');
  const other = { who: { id: 'x', kind: 'substitute' as const }, history: [event(1, 'arrived', { personId: 'x' })] };
  expect(decide(facts(), [], sits({ others: [other] }))).toEqual({
    ok: false,
    error: 'already_substituted',
    byId: 'x',
  });
  const undone = [...other.history, event(2, 'voided', { personId: 'x', targetSeq: 1 })];
  expect(decide(facts(), [], sits({ others: [{ ...other, history: undone }] })).ok).toBe(true);
});

test('roll calls open while people may sign in, and are cancelled once, while corrections are taken', () => {
  const mid = call('mid', 30, null);
  const cancel = { rollCallId: 'mid', reason: 'mở nhầm', by: 'technician' };
  const taken = (check: (f: SittingFacts) => { ok: boolean }) =>
    SittingState.options.filter((state) => check(facts({ state, rollCalls: [mid] })).ok);
  expect(taken((f) => decideOpenRollCall(f, 'x'))).toEqual(['open', 'live']);
  expect(taken((f) => decideCancelRollCall(f, cancel))).toEqual(['prepared', 'open', 'live', 'ended', 'amended']);
  expect(decideCancelRollCall(facts(), cancel)).toMatchObject({ error: 'no_such_roll_call' });
  const cancelled = { ...mid, cancelled: { at: NOW, by: 'chair', reason: 'x' } };
  expect(decideCancelRollCall(facts({ rollCalls: [cancelled] }), cancel)).toMatchObject({ error: 'already_cancelled' });
});
