import Database from 'better-sqlite3';
import assert from 'node:assert/strict';
import type { AttendanceEvent, Person, PersonStatus } from '../../electron/contract/attendance.ts';
import { decide, type Command, type InPlaceOf } from '../../electron/core/attendance/decide.ts';
import { AttendanceFold } from '../../electron/core/attendance/fold.ts';
import { joinHistories, liveEvents } from '../../electron/core/attendance/history.ts';
import { decideCancelRollCall, decideOpenRollCall, rulesOf } from '../../electron/core/attendance/sitting-rules.ts';
import { findPair, stepsOfMerge } from '../../electron/core/provisioning/roster-merge.ts';
import { ARRIVAL, type SittingFacts } from '../../electron/core/store/attendance-transaction.ts';
import { rootIdOf } from '../../electron/shared/merged.ts';
import { momentOf } from '../../electron/shared/moment.ts';
import { AT_DESK, ON_CONSOLE } from './enter.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { createStoredHall, type StoredHall } from './stored-hall.ts';

/** One thing that somebody does, or that happens; `who` picks among everybody there is at that moment. */
export type Step =
  | { do: 'desk' | 'secretary' | 'leave' | 'excuse' | 'undo_last' | 'undo_arrival' | 'substitute'; who: number }
  | { do: 'add'; kind: 'walk_in' | 'guest' | 'supervisor' }
  | { do: 'merge'; who: number; other: number; count: 'both' | 'kept' }
  | { do: 'open_roll_call' | 'close_roll_calls' | 'undo_merge' }
  | { do: 'cancel_roll_call'; which: number };

const PACKAGE = 'hn-2026-thu';

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
export class Story {
  readonly hall = createStoredHall(4);
  people: Person[];
  readonly fold: AttendanceFold;
  readonly outcomes = new Set<string>();
  #facts: SittingFacts | null = null;
  #added = 0;

  constructor() {
    this.hall.step(this.sittingId, 'open');
    this.people = this.hall.store.people.listPeople(PACKAGE);
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
    const person = this.people[nth % this.people.length]!;
    return this.people.find(({ id }) => id === this.fold.rootOf(person.id))!;
  }

  /** Two entries of the list become one person, as on the console. */
  #merge({ who, other, count }: Extract<Step, { do: 'merge' }>): void {
    const { people } = this.hall.store;
    const inLog = people.listIdsInLog(PACKAGE);
    const listed = new Map(this.people.map((person) => [person.id, person]));
    const ids = { keepId: this.#pick(who).id, dropId: this.#pick(other).id };
    const pair = findPair(listed, inLog, ids);
    if (!pair.ok) return void this.outcomes.add(pair.error);
    const events = count === 'both' ? 'count' : 'ignore';
    this.outcomes.add(pair.bothInLog ? `merged, ${events}` : 'merged');
    this.#changeList((rosters) => {
      const id = rosters.begin(PACKAGE);
      rosters.stage(id, stepsOfMerge(pair, pair.bothInLog ? events : null, inLog.has(ids.dropId)));
      return rosters.apply(id, PACKAGE, { kind: 'merge', label: pair.keep.name, by: 'technician' });
    });
  }

  /** Changes the list, and lets the fold follow person by person as a register does. */
  #changeList(change: (rosters: Store['rosters']) => { ok: boolean; error?: string }): void {
    const { rosters, people } = this.hall.store;
    const done = change(rosters);
    if (!done.ok) return void this.outcomes.add(done.error ?? '');
    while (rosters.proceed(PACKAGE, 1)) continue;
    const now = people.listPeople(PACKAGE);
    for (const { id } of this.people) if (!now.some((person) => person.id === id)) this.fold.dropPerson(id);
    for (const person of now) this.fold.setPerson(person);
    this.people = now;
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
      case 'merge':
        return this.#merge(step);
      case 'undo_merge':
        return this.#changeList((rosters) => rosters.undo(PACKAGE, 'technician'));
      case 'add':
        return this.#enter({ type: 'add', person: this.#newPerson(step.kind, null), inPlaceOf: null }, []);
      case 'substitute': {
        const summoned = this.#pick(step.who);
        const others = this.people.filter(
          ({ substituteFor }) => substituteFor !== null && this.fold.rootOf(substituteFor) === summoned.id,
        );
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
    const { merged: _merged, ...plain } = this.people[0]!;
    return { ...plain, id: `added-${this.#added}`, kind, substituteFor };
  }

  #enter(command: Command, besides: readonly Person[]): void {
    const { id } = command.type === 'add' ? command.person : command.who;
    const before = this.fold.getStatus(id);
    const [summoned, ...others] = besides;
    const summonedBefore = summoned ? this.fold.getStatus(summoned.id) : null;
    const source = command.type === 'sign_in' && !command.bySecretary ? AT_DESK : ON_CONSOLE;
    const entriesOf = (who: string): string[] => this.fold.listEntriesOf(who);
    const ids = [id, ...besides.map((person) => person.id)].flatMap(entriesOf);
    const answer = this.hall.store.attendance.transact(this.sittingId, ids, source, (facts, histories) => {
      this.#facts = facts;
      const historyOf = (who: Person) => joinHistories(histories, entriesOf(who.id));
      const inPlaceOf: InPlaceOf | null = summoned
        ? {
            who: summoned,
            history: historyOf(summoned),
            others: others.map((w) => ({ who: w, history: historyOf(w) })),
          }
        : null;
      const given = command.type === 'add' ? { ...command, inPlaceOf } : command;
      return decide(facts, joinHistories(histories, entriesOf(id)), given);
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
      assert.equal(expected[answer.error]?.(), true, `refused with ${answer.error}, and the fold says otherwise`);
      assert.deepEqual(after, seen.before);
      return;
    }
    const as = answer.outcome?.as;
    if (command.type === 'sign_in' || command.type === 'add') assert(isHere(after), 'who signed in is in the hall');
    if (as === 'arrived') assert(!came(seen.before), 'an arrival is the first');
    if (as === 'returned') assert.equal(seen.before?.status, 'left_early');
    if (as === 'confirmed') assert(after?.confirmed.includes(running?.id ?? ''), 'a confirmation counts');
    if (command.type === 'leave') assert.deepEqual([isHere(after), after?.leftAt], [false, this.hall.clock.now]);
    if (command.type === 'excuse') assert.match(after?.status ?? '', /^(absent_excused|substituted)$/u);
    if (command.type === 'undo' && command.what === 'arrival') assert(!came(after), 'nothing of the arrival is left');
    if (seen.summonedId) assert.equal(this.fold.getStatus(seen.summonedId)?.status, 'substituted');
  }

  /** Everything at the end: presence, a fold from the start, and the chain. */
  finish(): void {
    const { attendance } = this.hall.store;
    const events = attendance.listEvents(this.sittingId);
    const fresh = new AttendanceFold(this.hall.store.people.listPeople(PACKAGE), this.#rules());
    for (const event of events) fresh.record(event);
    const renamed = this.#foldRenamed(events);
    assert.deepEqual(fresh.getTotals(), renamed.getTotals());
    for (const [id, status] of renamed.listStatuses()) {
      const { substitutedBy } = status;
      const found = fresh.getStatus(id);
      assert.deepEqual({ ...found, substitutedBy: null }, { ...status, substitutedBy: null });
      assert.equal(found?.substitutedBy === null, substitutedBy === null);
    }
    assert.deepEqual(this.fold.listStatuses(), fresh.listStatuses());
    assert.deepEqual(this.fold.getTotals(), fresh.getTotals());
    const chain = attendance.verifyChain();
    assert(chain.ok && chain.events === events.length, 'the chain holds');
    assert.deepEqual(storedKeys(this.hall), keysOf(events));
  }

  /** What merging means, without merging: each person once, and the events that count under that person's id. */
  #foldRenamed(events: readonly AttendanceEvent[]): AttendanceFold {
    const listed = new Map(this.people.map((person) => [person.id, person]));
    const persons = this.people
      .filter(({ id }) => rootIdOf(listed, id) === id)
      .map((person) => ({
        ...person,
        substituteFor: person.substituteFor && rootIdOf(listed, person.substituteFor),
      }));
    const isCounted = (id: string): boolean => {
      const merged = listed.get(id)?.merged;
      return !merged || (merged.events === 'count' && isCounted(merged.into));
    };
    const fold = new AttendanceFold(persons, this.#rules());
    for (const event of events) {
      const { personId } = event;
      if (personId !== null && isCounted(personId)) fold.record({ ...event, personId: rootIdOf(listed, personId) });
    }
    return fold;
  }
}
