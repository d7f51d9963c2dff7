import {
  ROLL_CALL_NAMES_SHOWN,
  type AddPersonAnswer,
  type CancelRollCallAnswer,
  type ChangeAnswer,
  type ChangeFault,
  type HeadCountAnswer,
  type HeadCountView,
  type HistoryEntry,
  type PeopleCounts,
  type PersonRow,
  type RollCallAnswer,
  type RollCallPreviewAnswer,
  type RollCallView,
} from '../../contract/api-attendance.ts';
import type { PersonCard } from '../../contract/api-person.ts';
import type { AttendanceEvent, Person } from '../../contract/attendance.ts';
import { fold } from '../../shared/names.ts';
import { comparePaperOrder } from '../../shared/paper-order.ts';
import type { EntrySource, Histories, SittingFacts } from '../store/attendance-transaction.ts';
import type { RollCall } from '../store/roll-call-store.ts';
import type { Store } from '../store/store.ts';
import { decide, type Command, type Decided, type InPlaceOf, type Refused } from './decide.ts';
import { joinHistories } from './history.ts';
import { readClockCorrections } from '../store/centre-clock.ts';
import { toHistory } from './history-entries.ts';
import { listPeoplePage, rowOf, type PeopleFilter } from './people-list.ts';
import { toNewPerson, type NewPerson } from './new-person.ts';
import type { Register } from './register.ts';
import { SecretaryMany } from './secretary-many.ts';
import { decideCancelRollCall, decideOpenRollCall, refuseCorrection } from './sitting-rules.ts';

/** A warning names at most this many people. */
const DUPLICATES_SHOWN = 5;

/** What the secretary enters on the console, for one sitting. Every entry names who made it; the log is written first. */
export class Secretary {
  readonly #store: Store;
  readonly #register: Register;
  readonly #unitName: (unitId: string) => string | null;
  /** The same for many people at once. */
  readonly many: SecretaryMany;

  /** `unitName`: name of a unit of the session; null for an unknown one. */
  constructor(store: Store, register: Register, unitName: (unitId: string) => string | null) {
    this.#store = store;
    this.#register = register;
    this.#unitName = unitName;
    this.many = new SecretaryMany(store, register);
  }

  listPeople(filter: PeopleFilter): { people: PersonRow[]; total: number; counts: PeopleCounts } {
    return listPeoplePage(this.#register, this.#runningRollCall()?.id ?? null, filter);
  }

  /** Everybody summoned with their number on the sheet for a day without power. */
  listOnPaper(): (PersonCard & { number: number })[] {
    const summoned = this.#register.listInOrder().filter(({ kind }) => kind === 'summoned');
    return summoned
      .toSorted(comparePaperOrder)
      .map((person, i) => ({ ...this.#register.cardOf(person), number: i + 1 }));
  }

  /** Signs somebody in, or confirms them while a later roll call runs. `at`: when it was, for an entry made later. */
  signIn(personId: string, at: number | undefined, source: EntrySource): ChangeAnswer {
    return this.#change(personId, source, (who) => ({ type: 'sign_in', who, at, bySecretary: true }));
  }

  /** Adds somebody who is not on the roster and signs them in. Says who might be the same person, unless the caller knows that it is nobody of them. */
  addPerson(input: NewPerson, source: EntrySource): AddPersonAnswer {
    const unitName = input.unitId === undefined ? (input.unitName ?? null) : this.#unitName(input.unitId);
    if (unitName === null && input.unitId !== undefined) return { ok: false, error: 'no_such_unit' };
    const summoned = input.substituteFor === undefined ? null : this.#register.getPerson(input.substituteFor);
    if (input.substituteFor !== undefined && !summoned) return { ok: false, error: 'not_on_list' };
    const person = toNewPerson(input, unitName);
    const others = summoned ? this.#listSubstitutesOf(summoned.id) : [];
    const entriesOf = (who: Person): string[] => this.#register.listEntriesOf(who.id);
    const about = summoned ? [summoned, ...others].flatMap(entriesOf) : [];
    const written = this.#store.attendance.transact(
      this.#register.sittingId,
      about,
      source,
      (facts, histories): Decided | Refused | { ok: false; error: 'duplicates'; people: Person[] } => {
        const inPlaceOf = summoned && toInPlaceOf(summoned, others, (who) => joinHistories(histories, entriesOf(who)));
        const decided = decide(this.#register.inAgreedTime(facts), [], {
          type: 'add',
          person,
          at: input.at,
          inPlaceOf,
        });
        const people = decided.ok && !input.notDuplicate ? this.#listDuplicates(person) : [];
        return people.length > 0 ? { ok: false, error: 'duplicates', people } : decided;
      },
    );
    if (!written.ok) {
      if (written.error !== 'duplicates') return this.#toFault(written);
      const cards = written.people.slice(0, DUPLICATES_SHOWN).map((other) => this.#register.cardOf(other));
      return { ok: false, error: 'duplicates', people: cards };
    }
    this.#register.setPerson(person);
    this.#register.record(...written.written);
    return { ok: true, person: this.#row(person) };
  }

  /** Somebody left before the end. */
  recordLeft(personId: string, reason: string | undefined, at: number | undefined, source: EntrySource): ChangeAnswer {
    return this.#change(personId, source, (who) => ({ type: 'leave', who, reason, at }));
  }

  /** Undoes the newest entry about somebody, or everything that says they were here. The entries stay in the log. */
  undo(
    personId: string,
    what: 'last' | 'arrival',
    reason: string,
    source: EntrySource,
  ): { ok: true; person: PersonRow | null; undone: number } | ChangeFault {
    const person = this.#register.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const written = this.#transact(person, source, { type: 'undo', who: person, what, reason });
    if (!written.ok) return this.#toFault(written);
    this.#register.record(...written.written);
    if (person.kind !== 'summoned') this.#register.setPerson(person);
    const left = this.#register.getPerson(person.id);
    return { ok: true, person: left && this.#row(left), undone: written.written.length };
  }

  /** Everything written about somebody in this sitting, oldest first. Null for somebody unknown. */
  listHistory(personId: string): HistoryEntry[] | null {
    const person = this.#register.listPeople().get(personId);
    if (!person) return null;
    const { sittingId } = this.#register;
    return toHistory(
      this.#eventsOf(personId),
      person.kind,
      this.#store.attendance.listRollCalls(sittingId),
      readClockCorrections(this.#store, sittingId),
    );
  }

  /** The newest entry about somebody was written at this station less than `withinMs` ago, by the time that passed and not by a clock that may be set. */
  isFresh(personId: string, station: string, withinMs: number): boolean {
    const last = this.#eventsOf(personId).at(-1);
    const { bootId, monoMs } = this.#store.clock.stamp();
    return last?.station === station && last.bootId === bootId && monoMs - last.monoMs < withinMs;
  }

  #eventsOf(personId: string): readonly AttendanceEvent[] {
    const ids = this.#register.listEntriesOf(personId);
    const { sittingId } = this.#register;
    return joinHistories(new Map(ids.map((id) => [id, this.#store.attendance.listEventsOf(sittingId, id)])), ids);
  }

  /** Opens a later roll call; the one before it is closed. */
  openRollCall(title: string): RollCallAnswer {
    const changed = this.#store.attendance.changeRollCalls(this.#register.sittingId, (facts) =>
      decideOpenRollCall(facts, title),
    );
    if (!changed.ok) return changed;
    this.#register.rollCallsChanged();
    const opened = changed.rollCalls.at(-1);
    if (!opened) throw unexpected('no roll call');
    return { ok: true, rollCall: this.#viewOf(opened) };
  }

  /**
   * What closing the running roll call would record, and so would opening another one: who is in the hall by the list
   * and was not confirmed counts as having left early.
   */
  previewClose(): RollCallPreviewAnswer {
    const running = this.#runningRollCall();
    if (!running) return { ok: false, error: 'none_running' };
    const leaving = this.#register.listLeavingWhenClosed(running.id);
    return {
      ok: true,
      rollCall: { id: running.id, title: running.title },
      count: leaving.length,
      people: leaving.slice(0, ROLL_CALL_NAMES_SHOWN).map((person) => this.#register.cardOf(person)),
    };
  }

  /** Closes the roll call that runs, if one does. */
  closeRollCalls(): void {
    if (this.#store.attendance.closeRollCalls(this.#register.sittingId) > 0) this.#register.rollCallsChanged();
  }

  /** Takes a roll call back, running or over: it counts for nothing. `by` is a role. */
  cancelRollCall(rollCallId: string, reason: string, by: string): CancelRollCallAnswer {
    const changed = this.#store.attendance.changeRollCalls(this.#register.sittingId, (facts) =>
      decideCancelRollCall(facts, { rollCallId, reason, by }),
    );
    if (!changed.ok) return changed;
    this.#register.rollCallsChanged();
    const cancelled = changed.rollCalls.find((call) => call.id === rollCallId);
    if (!cancelled) throw unexpected('no roll call');
    return { ok: true, rollCall: this.#viewOf(cancelled) };
  }

  /** All of them, cancelled ones too. */
  listRollCalls(): RollCallView[] {
    return this.#store.attendance.listRollCalls(this.#register.sittingId).map((call) => this.#viewOf(call));
  }

  /**
   * People counted by eye, now. A difference from who is in the hall by the list (came and has not left, of every kind)
   * needs a reason, so that it is settled before the report is sealed.
   */
  setHeadCount(counted: number, reason: string | undefined, by: string): HeadCountAnswer {
    const { state } = this.#register.getSitting();
    if (state === 'prepared' || refuseCorrection({ state })) return { ok: false, error: 'not_open' };
    const { inHall } = this.#register.getTotals();
    if (counted !== inHall && reason === undefined) return { ok: false, error: 'reason_needed', inHall };
    const count = { counted, reason: reason ?? null, by };
    this.#store.settings.setHeadCount(this.#register.sittingId, count, this.#store.clock.now());
    return { ok: true, headCount: { ...count, inHall } };
  }

  getHeadCount(): HeadCountView | null {
    const count = this.#store.settings.getHeadCount(this.#register.sittingId);
    return count && { ...count, inHall: this.#register.getTotals().inHall };
  }

  #change(personId: string, source: EntrySource, toCommand: (who: Person) => Command): ChangeAnswer {
    const person = this.#register.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const written = this.#transact(person, source, toCommand(person));
    if (!written.ok) return this.#toFault(written);
    this.#register.record(...written.written);
    return { ok: true, person: this.#row(person) };
  }

  #transact(person: Person, source: EntrySource, command: Command) {
    const ids = this.#register.listEntriesOf(person.id);
    return this.#store.attendance.transact(
      this.#register.sittingId,
      ids,
      source,
      (facts: SittingFacts, histories: Histories) =>
        decide(this.#register.inAgreedTime(facts), joinHistories(histories, ids), command),
    );
  }

  #toFault(refused: Refused): ChangeFault {
    if (refused.error === 'signed_in') throw unexpected(refused.error);
    if (refused.error !== 'already_substituted') return refused as ChangeFault;
    const other = this.#register.listPeople().get(refused.byId);
    if (!other) throw unexpected(refused.error);
    return { ok: false, error: refused.error, by: this.#register.cardOf(other) };
  }

  #listDuplicates({ name, birthDate }: Person): Person[] {
    const folded = fold(name);
    return this.#register
      .listInOrder()
      .filter((person) => fold(person.name) === folded || (birthDate !== null && person.birthDate === birthDate));
  }

  #listSubstitutesOf(summonedId: string): Person[] {
    return this.#register
      .listInOrder()
      .filter(
        ({ substituteFor }) => substituteFor !== null && this.#register.getPerson(substituteFor)?.id === summonedId,
      );
  }

  #viewOf({ id, title, openedAt, closedAt, cancelled }: RollCall): RollCallView {
    return { id, title, openedAt, closedAt, cancelled, confirmed: this.#register.countConfirmed(id) };
  }

  #runningRollCall(): RollCall | null {
    const calls = this.#store.attendance.listRollCalls(this.#register.sittingId);
    return calls.find((call) => call.closedAt === null) ?? null;
  }

  #row(person: Person): PersonRow {
    return rowOf(this.#register, person, this.#runningRollCall()?.id ?? null);
  }
}

function toInPlaceOf(
  summoned: Person,
  others: readonly Person[],
  historyOf: (who: Person) => InPlaceOf['history'],
): InPlaceOf {
  return {
    who: summoned,
    history: historyOf(summoned),
    others: others.map((who) => ({ who, history: historyOf(who) })),
  };
}

function unexpected(what: string): Error {
  return new Error(`invariant broken: this command cannot end with ${what}`);
}
