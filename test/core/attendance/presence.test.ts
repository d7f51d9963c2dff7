import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttendanceEvent, Person, PersonStatus } from '../../../electron/contract/attendance.ts';
import { AttendanceFold } from '../../../electron/core/attendance/fold.ts';
import { liveEvents } from '../../../electron/core/attendance/history.ts';
import { decide, type Command, type InPlaceOf } from '../../../electron/core/attendance/decide.ts';
import { decideCancelRollCall, decideOpenRollCall, rulesOf } from '../../../electron/core/attendance/sitting-rules.ts';
import { ARRIVAL, type SittingFacts } from '../../../electron/core/store/attendance-transaction.ts';
import { momentOf } from '../../../electron/shared/moment.ts';
import { AT_DESK, ON_CONSOLE } from '../../support/enter.ts';
import { createStoredHall, MINUTE, type StoredHall } from '../../support/stored-hall.ts';

/** One thing that somebody does, or that happens; `who` picks among everybody there is at that moment. */
type Step =
  | { do: 'desk' | 'secretary' | 'leave' | 'excuse' | 'undo_last' | 'undo_arrival' | 'substitute'; who: number }
  | { do: 'add'; kind: 'walk_in' | 'guest' | 'supervisor' }
  | { do: 'open_roll_call' | 'close_roll_calls' }
  | { do: 'cancel_roll_call'; which: number };

const who = fc.nat({ max: 12 });
const stepArb: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('desk' as const, 'secretary' as const), who }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'excuse' as const, 'undo_last' as const, 'undo_arrival' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('substitute' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom('walk_in' as const, 'guest' as const, 'supervisor' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('open_roll_call' as const, 'close_roll_calls' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel_roll_call' as const), which: fc.nat({ max: 3 }) }) },
);
const storyArb = fc.array(
  fc.record({ step: stepArb, minutes: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: -90, max: 90 })) }),
  { minLength: 20, maxLength: 60, size: 'max' },
);

/** What `presence` must hold, by the log alone. */
function keysOf(events: readonly AttendanceEvent[]): string[] {
  return liveEvents(events)
    .flatMap((event) => {
      if (event.type === 'arrived') return [[event, ARRIVAL] as const];
      return event.type === 'confirmed' && event.rollCallId !== null ? [[event, event.rollCallId] as const] : [];
    })
    .map(([event, key]) => JSON.stringify([event.sittingId, key, event.personId, event.seq, momentOf(event)]))
    .sort();
}

function storedKeys(hall: StoredHall): string[] {
  let rows: unknown[] = [];
  hall.reopen(() => {
    const db = new Database(hall.file);
    rows = db.prepare('SELECT sitting_id, roll_call, person_id, seq, wall_ms FROM presence').raw().all();
    db.close();
  });
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** The commands of a story against a real store, with a fold that hears of every event as a register does. */
class Story {
  readonly hall = createStoredHall(4);
  readonly people: Person[];
  readonly fold: AttendanceFold;
  readonly outcomes = new Set<string>();
  #facts: SittingFacts | null = null;
  #added = 0;

  constructor() {
    this.hall.step(this.sittingId, 'open');
    this.people = this.hall.store.people.listPeople('hn-2026-thu');
    this.fold = new AttendanceFold(this.people, this.#rules());
  }

  get sittingId(): string {
    return this.hall.morning;
  }

  #rules() {
    const calls = this.hall.store.attendance.listRollCalls(this.sittingId);
    const { state, startsAt, graceMs } = this.hall.store.sittings.getSitting(this.sittingId)!;
    return rulesOf({ state, startsAt, graceMs, rollCalls: calls });
  }

  #pick(nth: number): Person {
    return this.people[nth % this.people.length]!;
  }

  take(step: Step): void {
    const { attendance } = this.hall.store;
    switch (step.do) {
      case 'open_roll_call':
        attendance.changeRollCalls(this.sittingId, (facts) => decideOpenRollCall(facts, 'lượt'));
        return this.fold.setRules(this.#rules());
      case 'close_roll_calls':
        attendance.closeRollCalls(this.sittingId);
        return this.fold.setRules(this.#rules());
      case 'cancel_roll_call': {
        const calls = attendance.listRollCalls(this.sittingId);
        const rollCallId = calls[step.which % Math.max(1, calls.length)]?.id ?? 'none';
        const answer = attendance.changeRollCalls(this.sittingId, (facts) =>
          decideCancelRollCall(facts, { rollCallId, reason: 'nhầm', by: 'chair' }),
        );
        this.outcomes.add(answer.ok ? 'cancelled' : answer.error);
        return this.fold.setRules(this.#rules());
      }
      case 'add':
        return this.#enter({ type: 'add', person: this.#newPerson(step.kind, null), inPlaceOf: null }, []);
      case 'substitute': {
        const summoned = this.#pick(step.who);
        const others = this.people.filter((person) => person.substituteFor === summoned.id);
        return this.#enter({ type: 'add', person: this.#newPerson('substitute', summoned.id), inPlaceOf: null }, [
          summoned,
          ...others,
        ]);
      }
      case 'desk':
        return this.#enter({ type: 'sign_in', who: this.#pick(step.who), bySecretary: false }, []);
      case 'secretary':
        return this.#enter({ type: 'sign_in', who: this.#pick(step.who), bySecretary: true }, []);
      case 'leave':
        return this.#enter({ type: 'leave', who: this.#pick(step.who) }, []);
      case 'excuse':
        return this.#enter({ type: 'excuse', who: this.#pick(step.who), reason: 'ốm' }, []);
      case 'undo_last':
        return this.#enter({ type: 'undo', who: this.#pick(step.who), what: 'last', reason: 'nhầm' }, []);
      case 'undo_arrival':
        return this.#enter({ type: 'undo', who: this.#pick(step.who), what: 'arrival', reason: 'nhầm' }, []);
    }
  }

  #newPerson(kind: Person['kind'], substituteFor: string | null): Person {
    this.#added += 1;
    return { ...this.#pick(0), id: `added-${this.#added}`, kind, substituteFor };
  }

  #enter(command: Command, besides: readonly Person[]): void {
    const { id } = command.type === 'add' ? command.person : command.who;
    const before = this.fold.getStatus(id);
    const [summoned, ...others] = besides;
    const summonedBefore = summoned ? this.fold.getStatus(summoned.id) : null;
    const source = command.type === 'sign_in' && !command.bySecretary ? AT_DESK : ON_CONSOLE;
    const ids = [id, ...besides.map((person) => person.id)];
    const answer = this.hall.store.attendance.transact(this.sittingId, ids, source, (facts, histories) => {
      this.#facts = facts;
      const historyOf = (who: Person) => histories.get(who.id) ?? [];
      const inPlaceOf: InPlaceOf | null = summoned
        ? {
            who: summoned,
            history: historyOf(summoned),
            others: others.map((w) => ({ who: w, history: historyOf(w) })),
          }
        : null;
      const given = command.type === 'add' ? { ...command, inPlaceOf } : command;
      return decide(facts, histories.get(id) ?? [], given);
    });
    this.outcomes.add(answer.ok ? (answer.outcome?.as ?? command.type) : answer.error);
    if (answer.ok) {
      if (answer.person) {
        this.people.push(answer.person);
        this.fold.setPerson(answer.person);
      }
      for (const event of answer.written) this.fold.record(event);
    }
    this.#agree(command, answer, { before, summonedBefore, summonedId: summoned?.id ?? null });
  }

  /** The fold, which every list shows, says the same as the rule that let the event through or refused it. */
  #agree(
    command: Command,
    answer: { ok: true; outcome: { as: string } | null } | { ok: false; error: string },
    seen: { before: PersonStatus | null; summonedBefore: PersonStatus | null; summonedId: string | null },
  ): void {
    const { id } = command.type === 'add' ? command.person : command.who;
    const after = this.fold.getStatus(id);
    const came = (status: PersonStatus | null) => (status?.arrivedAt ?? null) !== null;
    const isHere = (status: PersonStatus | null) => came(status) && status?.status !== 'left_early';
    const running = this.#facts?.rollCalls.find((call) => call.closedAt === null);
    if (!answer.ok) {
      const expected: Record<string, () => boolean> = {
        already_signed_in: () => (command.type === 'add' ? came(seen.summonedBefore) : isHere(seen.before)),
        already_substituted: () => seen.summonedBefore?.status === 'substituted',
        not_signed_in: () => !came(seen.before),
        already_left: () => seen.before?.leftAt !== null,
        signed_in: () => came(seen.before),
        not_summoned: () => true,
        nothing_to_undo: () => !came(seen.before),
      };
      expect({ refused: answer.error, agrees: expected[answer.error]?.() }).toEqual({
        refused: answer.error,
        agrees: true,
      });
      expect(after).toEqual(seen.before);
      return;
    }
    if (command.type === 'sign_in' || command.type === 'add') expect(isHere(after)).toBe(true);
    if (answer.outcome?.as === 'arrived') expect(came(seen.before)).toBe(false);
    if (answer.outcome?.as === 'returned') expect(seen.before?.status).toBe('left_early');
    if (answer.outcome?.as === 'confirmed') expect(after?.confirmed).toContain(running?.id);
    if (command.type === 'leave') expect([isHere(after), after?.leftAt]).toEqual([false, this.hall.clock.now]);
    if (command.type === 'excuse') expect(after?.status).toMatch(/^(absent_excused|substituted)$/u);
    if (command.type === 'undo' && command.what === 'arrival') expect(came(after)).toBe(false);
    if (seen.summonedId) expect(this.fold.getStatus(seen.summonedId)?.status).toBe('substituted');
  }

  /** Everything at the end: presence, a fold from the start, and the chain. */
  finish(): void {
    const { attendance } = this.hall.store;
    const events = attendance.listEvents(this.sittingId);
    const fresh = new AttendanceFold(this.people, this.#rules());
    for (const event of events) fresh.record(event);
    expect(this.fold.listStatuses()).toEqual(fresh.listStatuses());
    expect(this.fold.getTotals()).toEqual(fresh.getTotals());
    expect(attendance.verifyChain()).toMatchObject({ ok: true, events: events.length });
    expect(storedKeys(this.hall)).toEqual(keysOf(events));
  }
}

test('property: after any story presence is what the log says, and the lists agree with the rules', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(storyArb, (steps) => {
      const story = new Story();
      try {
        for (const { step, minutes } of steps) {
          story.hall.clock.now += minutes * MINUTE;
          story.take(step);
        }
        story.finish();
      } finally {
        for (const outcome of story.outcomes) outcomes.add(outcome);
        story.hall.close();
      }
    }),
    { numRuns: 25, examples: [[everyKind()]] },
  );
  // The stories reached every answer there is: a property that is never put to the question proves nothing.
  expect([...outcomes].sort()).toEqual(
    [
      'add',
      'already_cancelled',
      'already_left',
      'already_signed_in',
      'already_substituted',
      'arrived',
      'cancelled',
      'confirmed',
      'excuse',
      'leave',
      'no_such_roll_call',
      'not_signed_in',
      'not_summoned',
      'nothing_to_undo',
      'returned',
      'signed_in',
      'undo',
    ].sort(),
  );
}, 120_000);

/** One story with every answer in it. */
function everyKind(): { step: Step; minutes: number }[] {
  const steps: Step[] = [
    { do: 'cancel_roll_call', which: 0 },
    { do: 'undo_last', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'desk', who: 0 },
    { do: 'desk', who: 0 },
    { do: 'excuse', who: 0 },
    { do: 'excuse', who: 1 },
    { do: 'substitute', who: 1 },
    { do: 'substitute', who: 1 },
    { do: 'substitute', who: 0 },
    { do: 'excuse', who: 4 },
    { do: 'open_roll_call' },
    { do: 'secretary', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'leave', who: 0 },
    { do: 'secretary', who: 0 },
    { do: 'close_roll_calls' },
    { do: 'desk', who: 4 },
    { do: 'cancel_roll_call', which: 0 },
    { do: 'cancel_roll_call', which: 0 },
    { do: 'add', kind: 'guest' },
    { do: 'undo_arrival', who: 0 },
  ];
  return steps.map((step) => ({ step, minutes: 1 }));
}

test('a rule that lets a second arrival through meets the unique key: it throws and nothing is written', () => {
  const hall = createStoredHall(2);
  hall.step(hall.morning, 'open');
  const arrive = (personId: string) =>
    hall.store.attendance.transact(hall.morning, [], AT_DESK, () => ({
      ok: true as const,
      freesKeysOf: [],
      events: [
        { type: 'left' as const, personId, rollCallId: null, targetSeq: null, body: {}, setsKey: null },
        { type: 'arrived' as const, personId, rollCallId: null, targetSeq: null, body: {}, setsKey: ARRIVAL },
      ],
    }));
  arrive('p0001');
  expect(() => arrive('p0001')).toThrow(/UNIQUE/u);
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 2 });
  arrive('p0002');
  expect(hall.store.attendance.verifyChain()).toMatchObject({ ok: true, events: 4 });
  hall.close();
});
