import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttendanceEvent, AttendeeKind, Person } from '../../../electron/contract/attendance.ts';
import { AttendanceFold, type FoldRollCall } from '../../../electron/core/attendance/fold.ts';

const START = Date.UTC(2026, 1, 7, 0, 30);
const MINUTE = 60_000;

function person(id: string, kind: AttendeeKind = 'summoned', unitId: string | null = null): Person {
  return {
    id,
    name: `Người ${id}`,
    givenName: id,
    birthYear: null,
    birthDate: null,
    sex: null,
    position: null,
    unitId,
    unitName: unitId === null ? null : `Chi bộ ${unitId}`,
    kind,
    substituteFor: null,
    numberTail: null,
    note: null,
  };
}

function event(seq: number, type: AttendanceEvent['type'], more: Partial<AttendanceEvent> = {}): AttendanceEvent {
  return {
    seq,
    sittingId: 's1',
    type,
    personId: 'a',
    rollCallId: null,
    targetSeq: null,
    wallMs: START - 10 * MINUTE,
    monoMs: seq,
    bootId: 'b',
    broadcastMs: null,
    station: 'desk-1',
    actor: 'desk',
    method: 'search',
    body: {},
    hash: '',
    ...more,
  };
}

function fold(
  events: AttendanceEvent[],
  people: Person[],
  more: { closed?: boolean; rollCalls?: FoldRollCall[]; graceMs?: number } = {},
) {
  const rules = {
    startsAt: START,
    graceMs: more.graceMs ?? 15 * MINUTE,
    closed: more.closed ?? false,
    rollCalls: more.rollCalls ?? [],
  };
  const folded = new AttendanceFold(people, rules);
  for (const each of events) folded.record(each);
  return { statuses: folded.listStatuses(), totals: folded.getTotals(), units: folded.listUnits() };
}

const call = (id: string, atMinute: number, closed = true): FoldRollCall => ({
  id,
  ordinal: atMinute,
  openedAt: START + atMinute * MINUTE,
  openedSeq: null,
  closedAt: closed ? START + (atMinute + 5) * MINUTE : null,
  cancelled: null,
});

const at = (wallMs: number) => fold([event(1, 'arrived', { wallMs })], [person('a')]).statuses.get('a');

test('a missing person is awaited while the sitting runs and absent without excuse once it closed', () => {
  expect(fold([], [person('a')]).statuses.get('a')?.status).toBe('awaited');
  const closed = fold([], [person('a')], { closed: true });
  expect(closed.statuses.get('a')?.status).toBe('absent_unexcused');
  expect(closed.totals).toMatchObject({ summoned: 1, present: 0, absentUnexcused: 1, awaited: 0 });
});

test('an arrival at the last instant of the grace is on time, a millisecond later is late from the start', () => {
  expect(at(START + 15 * MINUTE)).toMatchObject({ status: 'present', lateMinutes: 0 });
  expect(at(START + 15 * MINUTE + 1)).toMatchObject({ status: 'late', lateMinutes: 15 });
  expect(at(START + 17 * MINUTE + 59_999)).toMatchObject({ status: 'late', lateMinutes: 17 });
});

test('with no grace, half a minute late still says one minute', () => {
  const late = fold([event(1, 'arrived', { wallMs: START + 30_000 })], [person('a')], { graceMs: 0 });
  expect(late.statuses.get('a')).toMatchObject({ status: 'late', lateMinutes: 1 });
});

test('the first arrival counts, not a second one', () => {
  const events = [event(1, 'arrived'), event(2, 'arrived', { wallMs: START + 60 * MINUTE, method: 'badge' })];
  expect(fold(events, [person('a')]).statuses.get('a')).toMatchObject({ status: 'present', method: 'search' });
});

test('an excuse shows at once with its reason, and an arrival outweighs it', () => {
  const excuse = event(1, 'absence_excused', { body: { reason: 'đi công tác' } });
  expect(fold([excuse], [person('a')]).statuses.get('a')).toMatchObject({
    status: 'absent_excused',
    reason: 'đi công tác',
  });
  const came = fold([excuse, event(2, 'arrived')], [person('a')]);
  expect(came.statuses.get('a')).toMatchObject({ status: 'present', reason: null });
  expect(came.totals).toMatchObject({ present: 1, absentExcused: 0 });
});

test('somebody not confirmed in a finished roll call after the arrival left early', () => {
  const one = [person('a')];
  const arrived = event(1, 'arrived');
  const running = fold([arrived], one, { rollCalls: [call('mid', 90, false)] });
  expect(running.statuses.get('a')?.status).toBe('present');
  const finished = fold([arrived], one, { rollCalls: [call('mid', 90)] });
  expect(finished.statuses.get('a')).toMatchObject({ status: 'left_early', leftAt: null });
  expect(finished.totals).toMatchObject({ present: 1, onTime: 0, leftEarly: 1, came: 1, inHall: 0 });
  const sittingOver = fold([arrived], one, { rollCalls: [call('mid', 90, false)], closed: true });
  expect(sittingOver.statuses.get('a')?.status).toBe('left_early');
});

test('a roll call opened before somebody came does not need them', () => {
  const late = event(1, 'arrived', { wallMs: START + 100 * MINUTE });
  expect(fold([late], [person('a')], { rollCalls: [call('mid', 90)] }).statuses.get('a')?.status).toBe('late');
});

test('missed at the middle but confirmed at the end is still here', () => {
  const events = [event(1, 'arrived'), event(2, 'confirmed', { rollCallId: 'end', wallMs: START + 181 * MINUTE })];
  const status = fold(events, [person('a')], { rollCalls: [call('mid', 90), call('end', 180)] }).statuses.get('a');
  expect(status).toMatchObject({ status: 'present', confirmed: ['end'] });
});

test('a confirmation typed in from paper after the next roll call opened speaks only for its own', () => {
  const events = [event(1, 'arrived'), event(2, 'confirmed', { rollCallId: 'mid', wallMs: START + 185 * MINUTE })];
  const status = fold(events, [person('a')], { rollCalls: [call('mid', 90), call('end', 180)] }).statuses.get('a');
  expect(status).toMatchObject({ status: 'left_early', confirmed: ['mid'] });
});

test('somebody first seen in a later roll call arrived then', () => {
  const events = [event(1, 'confirmed', { rollCallId: 'mid', wallMs: START + 92 * MINUTE, method: 'secretary' })];
  const status = fold(events, [person('a')], { rollCalls: [call('mid', 90)] }).statuses.get('a');
  expect(status).toMatchObject({
    status: 'late',
    lateMinutes: 92,
    arrivedAt: START + 92 * MINUTE,
    method: 'secretary',
  });
});

test('leaving is recorded with its moment and reason, and coming back undoes it', () => {
  const left = event(2, 'left', { wallMs: START + 40 * MINUTE, body: { reason: 'việc gia đình' } });
  const gone = fold([event(1, 'arrived'), left], [person('a')]);
  expect(gone.statuses.get('a')).toMatchObject({
    status: 'left_early',
    leftAt: START + 40 * MINUTE,
    reason: 'việc gia đình',
  });
  const back = event(3, 'arrived', { wallMs: START + 50 * MINUTE });
  expect(fold([event(1, 'arrived'), left, back], [person('a')]).statuses.get('a')).toMatchObject({
    status: 'present',
    leftAt: null,
    reason: null,
  });
});

test('late and gone early is counted once, and the lateness is kept', () => {
  const events = [
    event(1, 'arrived', { wallMs: START + 30 * MINUTE }),
    event(2, 'left', { wallMs: START + 40 * MINUTE }),
  ];
  const { statuses, totals } = fold(events, [person('a')]);
  expect(statuses.get('a')).toMatchObject({ status: 'left_early', lateMinutes: 30 });
  expect(totals).toMatchObject({ present: 1, onTime: 0, late: 0, leftEarly: 1 });
});

test('only summoned people are in the denominator; everyone here is in the hall', () => {
  const people = [
    person('a'),
    person('w', 'walk_in'),
    person('g', 'guest'),
    person('s', 'substitute'),
    person('v', 'supervisor'),
    person('x', 'guest'),
  ];
  const events = [
    event(1, 'arrived'),
    event(2, 'walk_in_added', { personId: 'w' }),
    event(7, 'arrived', { personId: 'w' }),
    event(3, 'arrived', { personId: 'g' }),
    event(4, 'substitute_named', { personId: 's', body: { substituteFor: 'a' } }),
    event(5, 'arrived', { personId: 's' }),
    event(6, 'arrived', { personId: 'v' }),
  ];
  const { totals, statuses } = fold(events, people, { closed: true });
  expect(totals).toMatchObject({ summoned: 1, present: 1, walkIns: 1, guests: 1, substitutes: 1, supervisors: 1 });
  expect(totals.inHall).toBe(5);
  expect(statuses.has('x')).toBe(false);
});

test('a named substitute who did not come is not in the hall', () => {
  const named = event(1, 'substitute_named', { personId: 's', body: { substituteFor: 'a' } });
  const { totals } = fold([named], [person('a'), person('s', 'substitute')], { closed: true });
  expect(totals).toMatchObject({ substitutes: 0, inHall: 0, absentUnexcused: 1 });
});

test('undoing the arrival of a walk-in, without the adding, leaves nobody in the hall', () => {
  const events = [
    event(1, 'walk_in_added', { personId: 'w' }),
    event(2, 'arrived', { personId: 'w' }),
    event(3, 'voided', { personId: 'w', targetSeq: 2 }),
  ];
  const { totals, statuses } = fold(events, [person('w', 'walk_in')]);
  expect([totals.inHall, totals.walkIns, statuses.size]).toEqual([0, 0, 0]);
});

test('undoing an undo brings the arrival back', () => {
  const events = [event(1, 'arrived'), event(2, 'voided', { targetSeq: 1 }), event(3, 'voided', { targetSeq: 2 })];
  expect(fold(events.slice(0, 2), [person('a')]).totals.present).toBe(0);
  expect(fold(events, [person('a')]).totals.present).toBe(1);
});

test('an undo cannot point at itself or forward', () => {
  const events = [event(1, 'voided', { targetSeq: 1 }), event(2, 'voided', { targetSeq: 3 }), event(3, 'arrived')];
  expect(fold(events, [person('a')]).totals.present).toBe(1);
});

test('units come in Vietnamese order, people without a unit last, and add up to the whole', () => {
  const people = [
    person('a', 'summoned', '10'),
    person('b', 'summoned', '9'),
    person('c'),
    person('w', 'walk_in', 'Đ'),
  ];
  const { units, totals } = fold([event(1, 'arrived', { personId: 'w' })], people);
  expect(units.map((u) => u.unitName)).toEqual(['Chi bộ 9', 'Chi bộ 10', 'Chi bộ Đ', null]);
  expect(units.reduce((n, u) => n + u.summoned, 0)).toBe(totals.summoned);
});

test('a head-count is compared with who is in the hall now, of every kind: came and has not left', () => {
  const people = [person('a'), person('b'), person('g', 'guest'), person('v', 'supervisor'), person('x', 'walk_in')];
  const arrived = people.map((p, i) => event(i + 1, 'arrived', { personId: p.id }));
  const left = ['b', 'g'].map((personId, i) => event(10 + i, 'left', { personId }));
  const { totals } = fold([...arrived, ...left], people);
  expect(totals).toMatchObject({ came: 5, inHall: 3, present: 2, leftEarly: 1, guests: 1 });
  const back = event(20, 'confirmed', { personId: 'b' });
  expect(fold([...arrived, ...left, back], people).totals).toMatchObject({ came: 5, inHall: 4, leftEarly: 0 });
});

test('guests and assigned supervisors are never late; walk-ins and substitutes take part and can be', () => {
  const wallMs = START + 40 * MINUTE;
  const lateOf = (kind: AttendeeKind) =>
    fold([event(1, 'arrived', { wallMs })], [person('a', kind)]).statuses.get('a')?.lateMinutes;
  expect(Object.fromEntries((['guest', 'supervisor'] as const).map((kind) => [kind, lateOf(kind)]))).toEqual({
    guest: 0,
    supervisor: 0,
  });
  for (const kind of ['summoned', 'walk_in', 'substitute'] as const) expect([kind, lateOf(kind)]).toEqual([kind, 40]);
});

test('somebody whose substitute came is substituted, keeps an excuse, and is present after coming too', () => {
  const people = [person('a'), { ...person('s', 'substitute'), substituteFor: 'a' }, person('b')];
  const excuse = event(1, 'absence_excused', { body: { reason: 'ốm' } });
  const came = event(2, 'arrived', { personId: 's' });
  for (const closed of [false, true]) {
    const { statuses, totals } = fold([excuse, came], people, { closed });
    expect(statuses.get('a')).toMatchObject({ status: 'substituted', substitutedBy: 's', reason: 'ốm' });
    expect(totals).toMatchObject({ summoned: 2, present: 0, substituted: 1, absentExcused: 0, substitutes: 1 });
    expect(closed ? totals.absentUnexcused : totals.awaited).toBe(1);
  }
  // One who left again has sat for the person all the same.
  expect(fold([came, event(3, 'left', { personId: 's' })], people).statuses.get('a')?.status).toBe('substituted');
  const undone = fold([excuse, came, event(3, 'voided', { personId: 's', targetSeq: 2 })], people);
  expect(undone.statuses.get('a')).toMatchObject({ status: 'absent_excused', substitutedBy: null, reason: 'ốm' });
  expect(undone.totals).toMatchObject({ substituted: 0, absentExcused: 1, substitutes: 0 });
  const both = fold([came, event(3, 'arrived')], people);
  expect(both.statuses.get('a')).toMatchObject({ status: 'present', substitutedBy: null });
  expect(both.totals).toMatchObject({ present: 1, substituted: 0, substitutes: 1, inHall: 2 });
});

test('of two substitutes one is enough, and undoing the first leaves the second', () => {
  const sits = (id: string): Person => ({ ...person(id, 'substitute'), substituteFor: 'a' });
  const events = [event(1, 'arrived', { personId: 's1' }), event(2, 'arrived', { personId: 's2' })];
  const people = [person('a'), sits('s1'), sits('s2')];
  expect(fold(events, people).statuses.get('a')).toMatchObject({ substitutedBy: 's1' });
  const undone = fold([...events, event(3, 'voided', { personId: 's1', targetSeq: 1 })], people);
  expect(undone.statuses.get('a')).toMatchObject({ status: 'substituted', substitutedBy: 's2' });
  expect(undone.totals).toMatchObject({ substituted: 1, substitutes: 1 });
});

test('a substitute learned of after the events, or replaced as a person, is counted the same', () => {
  const late = new AttendanceFold([person('a')], { startsAt: START, graceMs: 0, closed: false, rollCalls: [] });
  late.record(event(1, 'arrived', { personId: 's' }));
  expect(late.getStatus('a')?.status).toBe('awaited');
  late.setPerson({ ...person('s', 'substitute'), substituteFor: 'a' });
  expect(late.getStatus('a')?.status).toBe('substituted');
  late.setPerson({ ...person('s', 'substitute'), substituteFor: null });
  expect(late.getStatus('a')?.status).toBe('awaited');
  expect(late.getTotals()).toMatchObject({ substituted: 0, awaited: 1 });
});

test('a cancelled roll call makes nobody leave and confirms nobody, but who was seen in it was here', () => {
  const people = [person('a'), person('b')];
  const cancelled = { ...call('mid', 90), cancelled: {} };
  const events = [
    event(1, 'arrived'),
    event(2, 'arrived', { personId: 'b' }),
    event(3, 'left', { personId: 'b', wallMs: START + 60 * MINUTE }),
    event(4, 'confirmed', { personId: 'b', rollCallId: 'mid', wallMs: START + 95 * MINUTE }),
  ];
  expect(fold(events, people, { rollCalls: [call('mid', 90)] }).totals).toMatchObject({ leftEarly: 1, inHall: 1 });
  const { statuses, totals } = fold(events, people, { rollCalls: [cancelled] });
  expect(totals).toMatchObject({ leftEarly: 0, inHall: 2 });
  expect(statuses.get('b')).toMatchObject({ status: 'present', confirmed: [] });
  // A confirmation of a cancelled roll call does not stand for a later one that opened before it was entered.
  const next = call('end', 93);
  expect(fold(events, people, { rollCalls: [cancelled, next] }).statuses.get('b')?.status).toBe('present');
  expect(fold(events, people, { rollCalls: [cancelled, call('end', 99)] }).statuses.get('b')?.status).toBe(
    'left_early',
  );
});

test('a clock put back makes nobody miss a roll call they came after: the place in the log decides', () => {
  const finished = { ...call('mid', 90), openedSeq: 1 };
  const events = [event(1, 'arrived', { personId: 'b' }), event(2, 'arrived', { wallMs: START })];
  const { statuses } = fold(events, [person('a'), person('b')], { rollCalls: [finished] });
  expect([statuses.get('a')?.status, statuses.get('b')?.status]).toEqual(['present', 'left_early']);
  // An entry with a moment of its own says itself when it was; older rows have only the clock.
  const entered = event(3, 'arrived', { body: { at: START } });
  expect(fold([entered], [person('a')], { rollCalls: [finished] }).statuses.get('a')?.status).toBe('left_early');
  expect(fold([events[1]!], [person('a')], { rollCalls: [call('mid', 90)] }).statuses.get('a')?.status).toBe(
    'left_early',
  );
});

// --- properties -----------------------------------------------------------------------------------------------------

const KINDS: AttendeeKind[] = ['summoned', 'summoned', 'summoned', 'walk_in', 'guest', 'substitute', 'supervisor'];
const IDS = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const peopleArb = fc.tuple(
  ...IDS.map((id, i) =>
    fc.constantFrom('u1', 'u2', null).map((u) => ({
      ...person(id, KINDS[i], u),
      // The substitute sits for the first of those summoned.
      substituteFor: KINDS[i] === 'substitute' ? 'p0' : null,
    })),
  ),
);

const callsArb = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 200 }), fc.constantFrom('runs', 'closed', 'closed', 'cancelled')), {
    maxLength: 3,
  })
  .map((list) =>
    list.map(([minute, is], i) => ({
      ...call(`rc${i}`, minute, is !== 'runs'),
      ordinal: i,
      cancelled: is === 'cancelled' ? {} : null,
    })),
  );

const eventArb = fc.record({
  type: fc.constantFrom<AttendanceEvent['type']>(
    'arrived',
    'arrived',
    'confirmed',
    'left',
    'walk_in_added',
    'substitute_named',
    'absence_excused',
    'voided',
  ),
  personId: fc.constantFrom(...IDS, 'nobody'),
  rollCallId: fc.constantFrom('rc0', 'rc1', 'rc2'),
  minute: fc.integer({ min: -60, max: 240 }),
  target: fc.nat(),
});

const logArb = fc.array(eventArb, { maxLength: 40 }).map((list) =>
  list.map((e, i) =>
    event(i + 1, e.type, {
      personId: e.personId,
      rollCallId: e.type === 'confirmed' ? e.rollCallId : null,
      wallMs: START + e.minute * MINUTE,
      targetSeq: e.type === 'voided' && i > 0 ? 1 + (e.target % i) : null,
    }),
  ),
);

const caseArb = fc.record({ people: peopleArb, calls: callsArb, log: logArb, closed: fc.boolean() });
const plain = (out: ReturnType<typeof fold>) => ({ ...out, statuses: [...out.statuses] });

test('property: the order in which events reach the fold does not matter, seq does', () => {
  fc.assert(
    fc.property(caseArb, fc.infiniteStream(fc.nat()), ({ people, calls, log, closed }, dice) => {
      const keys = new Map(log.map((e) => [e.seq, dice.next().value as number]));
      const shuffled = [...log].sort((a, b) => (keys.get(a.seq) ?? 0) - (keys.get(b.seq) ?? 0));
      const options = { closed, rollCalls: calls };
      expect(plain(fold(shuffled, people, options))).toEqual(plain(fold(log, people, options)));
    }),
  );
});

test('property: every sum adds up, in the whole and in each unit', () => {
  fc.assert(
    fc.property(caseArb, ({ people, calls, log, closed }) => {
      const { totals, units, statuses } = fold(log, people, { closed, rollCalls: calls });
      for (const t of [totals, ...units]) {
        expect(t.present).toBe(t.onTime + t.late + t.leftEarly);
        expect(t.summoned).toBe(t.present + t.substituted + t.absentExcused + t.absentUnexcused + t.awaited);
        expect(t.came).toBe(t.present + t.walkIns + t.guests + t.substitutes + t.supervisors);
        expect(t.inHall).toBeLessThanOrEqual(t.came);
        expect(Math.min(...Object.values(t).filter((v) => typeof v === 'number'))).toBeGreaterThanOrEqual(0);
      }
      expect(totals.summoned).toBe(3);
      expect(closed ? totals.awaited : totals.absentUnexcused).toBe(0);
      for (const field of ['summoned', 'present', 'late', 'leftEarly', 'absentExcused', 'inHall', 'walkIns'] as const)
        expect(units.reduce((n, u) => n + u[field], 0)).toBe(totals[field]);
      const summoned = new Set(people.filter((p) => p.kind === 'summoned').map((p) => p.id));
      const count = (status: string) =>
        [...statuses.values()].filter((s) => summoned.has(s.personId) && s.status === status).length;
      expect(count('late')).toBe(totals.late);
      expect(count('left_early')).toBe(totals.leftEarly);
      expect(count('present')).toBe(totals.onTime);
      expect(count('substituted')).toBe(totals.substituted);
      const inHall = [...statuses.values()].filter((s) => s.arrivedAt !== null && s.status !== 'left_early');
      expect(inHall).toHaveLength(totals.inHall);
    }),
  );
});

test('property: undoing the last event leaves no trace of it', () => {
  fc.assert(
    fc.property(caseArb, eventArb, ({ people, calls, log, closed }, extra) => {
      const seq = log.length + 1;
      const added = event(seq, extra.type === 'voided' ? 'arrived' : extra.type, {
        personId: extra.personId,
        rollCallId: extra.rollCallId,
        wallMs: START + extra.minute * MINUTE,
      });
      const undone = [...log, added, event(seq + 1, 'voided', { targetSeq: seq, personId: extra.personId })];
      const options = { closed, rollCalls: calls };
      expect(plain(fold(undone, people, options))).toEqual(plain(fold(log, people, options)));
    }),
  );
});

test('property: undoing any event equals a log that never had it', () => {
  fc.assert(
    fc.property(caseArb, fc.nat(), ({ people, calls, log, closed }, pick) => {
      const plainLog = log.filter((e) => e.type !== 'voided');
      const target = plainLog[pick % Math.max(1, plainLog.length)];
      if (!target) return;
      const options = { closed, rollCalls: calls };
      const undone = [...plainLog, event(99, 'voided', { targetSeq: target.seq, personId: null })];
      const without = plainLog.filter((e) => e !== target);
      expect(plain(fold(undone, people, options))).toEqual(plain(fold(without, people, options)));
    }),
  );
});

test('property: the live count after each event equals a fold of the log so far', () => {
  fc.assert(
    fc.property(caseArb, ({ people, calls, log, closed }) => {
      const rules = { startsAt: START, graceMs: 15 * MINUTE, closed: false, rollCalls: [] as FoldRollCall[] };
      const live = new AttendanceFold(people.slice(0, 4), rules);
      log.forEach((e, i) => {
        if (i === 2) for (const p of people.slice(4)) live.setPerson(p);
        live.record(e);
        live.record(e);
      });
      for (const p of people) live.setPerson(p);
      live.setRules({ ...rules, closed, rollCalls: calls });
      const whole = fold(log, people, { closed, rollCalls: calls });
      expect(live.getTotals()).toEqual(whole.totals);
      expect(live.listUnits()).toEqual(whole.units);
      expect([...live.listStatuses()]).toEqual([...whole.statuses]);
    }),
  );
});
