import { randomUUID } from 'node:crypto';
import type {
  AddPersonAnswer,
  AddPersonInput,
  ChangeAnswer,
  ChangeFault,
  ExcuseAnswer,
  HeadCountAnswer,
  HeadCountView,
  HistoryEntry,
  PersonRow,
  RollCallAnswer,
  RollCallView,
} from '../../contract/api-attendance.ts';
import type { AttendanceEvent, Person } from '../../contract/attendance.ts';
import { momentOf } from '../../shared/moment.ts';
import { cleanText, fold, givenNameOf } from '../../shared/names.ts';
import type { Doing } from '../store/attendance-store.ts';
import type { Store } from '../store/store.ts';
import { listPeoplePage, rowOf, type PeopleFilter } from './people-list.ts';
import type { Register } from './register.ts';

/** A warning names at most this many people. */
const DUPLICATES_SHOWN = 5;

/** What the secretary enters on the console, for one sitting. Every entry names who made it; the log is written first. */
export class Secretary {
  readonly #store: Store;
  readonly #register: Register;
  readonly #unitName: (unitId: string) => string | null;

  /** `unitName`: name of a unit of the session; null for an unknown one. */
  constructor(store: Store, register: Register, unitName: (unitId: string) => string | null) {
    this.#store = store;
    this.#register = register;
    this.#unitName = unitName;
  }

  listPeople(filter: PeopleFilter): { people: PersonRow[]; total: number } {
    return listPeoplePage(this.#register, this.#runningRollCall(), filter);
  }

  /** Signs somebody in, or confirms them while a later roll call runs. `at`: when it was, for an entry made later. */
  signIn(personId: string, at: number | undefined, doing: Doing): ChangeAnswer {
    const person = this.#register.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const written = this.#store.attendance.recordPresence(this.#register.sittingId, personId, doing, at);
    if (!written.ok) return written;
    this.#register.take(written.event);
    return this.#done(person);
  }

  /** Adds somebody who is not on the roster and signs them in. Says who might be the same person, unless told otherwise. */
  addPerson(input: AddPersonInput, doing: Doing): AddPersonAnswer {
    const unitName = input.unitId === undefined ? (input.unitName ?? null) : this.#unitName(input.unitId);
    if (unitName === null && input.unitId !== undefined) return { ok: false, error: 'no_such_unit' };
    const refused = input.substituteFor === undefined ? null : this.#refuseSubstitute(input.substituteFor);
    if (refused) return refused;
    const name = cleanText(input.name);
    if (!input.notDuplicate) {
      const people = this.#listDuplicates(name, input.birthDate ?? null);
      if (people.length > 0) {
        const cards = people.slice(0, DUPLICATES_SHOWN).map((person) => this.#register.cardOf(person));
        return { ok: false, error: 'duplicates', people: cards };
      }
    }
    const person: Person = {
      id: `added-${randomUUID()}`,
      name,
      givenName: givenNameOf(name),
      birthYear: input.birthYear ?? (input.birthDate === undefined ? null : Number(input.birthDate.slice(0, 4))),
      birthDate: input.birthDate ?? null,
      sex: null,
      position: input.position ?? null,
      unitId: input.unitId ?? null,
      unitName,
      kind: input.kind,
      substituteFor: input.substituteFor ?? null,
      numberTail: null,
      note: input.note?.trim() || null,
    };
    const { attendance } = this.#store;
    const written = attendance.recordAddedPerson(
      this.#register.sittingId,
      this.#register.packageId,
      person,
      doing,
      input.at,
    );
    if (!written.ok) return written.error === 'wrong_time' ? written : { ok: false, error: 'not_open' };
    this.#register.personChanged(person);
    this.#register.take(...written.events);
    return this.#done(person);
  }

  /** Somebody left before the end. */
  recordLeft(personId: string, reason: string | undefined, at: number | undefined, doing: Doing): ChangeAnswer {
    const person = this.#register.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const body = { ...(reason === undefined ? {} : { reason }), ...(at === undefined ? {} : { at }) };
    const written = this.#store.attendance.recordLeft(this.#register.sittingId, personId, body, doing);
    if (!written.ok) return toFault(written);
    this.#register.take(written.event);
    return this.#done(person);
  }

  /** One reason for one or many absences, in one commit. Whoever cannot be excused is skipped and named. */
  excuse(personIds: readonly string[], reason: string, doing: Doing): ExcuseAnswer {
    const skipped: Extract<ExcuseAnswer, { ok: true }>['skipped'] = [];
    const excused: string[] = [];
    for (const personId of new Set(personIds)) {
      const person = this.#register.getPerson(personId);
      if (!person) skipped.push({ personId, error: 'not_on_list' });
      else if (person.kind !== 'summoned') skipped.push({ personId, error: 'not_summoned' });
      else if (this.#isHere(personId)) skipped.push({ personId, error: 'signed_in' });
      else excused.push(personId);
    }
    const written = this.#store.attendance.recordExcusedMany(this.#register.sittingId, excused, reason, doing);
    if (!written.ok) return { ok: false, error: 'not_open' };
    this.#register.take(...written.events);
    return { ok: true, excused: excused.length, skipped };
  }

  /** Undoes the newest entry about somebody, or everything that says they were here. The entries stay in the log. */
  undo(
    personId: string,
    what: 'last' | 'arrival',
    reason: string,
    doing: Doing,
  ): { ok: true; person: PersonRow | null; undone: number } | ChangeFault {
    const person = this.#register.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const written = this.#store.attendance.recordUndone(this.#register.sittingId, personId, what, reason, doing);
    if (!written.ok) return { ok: false, error: written.error };
    this.#register.take(...written.events);
    if (person.kind !== 'summoned') this.#register.personChanged(person);
    const left = this.#register.getPerson(personId);
    return { ok: true, person: left && this.#row(left), undone: written.events.length };
  }

  /** Everything written about somebody in this sitting, oldest first. Null for somebody unknown. */
  listHistory(personId: string): HistoryEntry[] | null {
    if (!this.#register.listPeople().has(personId)) return null;
    const { attendance } = this.#store;
    const titles = new Map(attendance.listRollCalls(this.#register.sittingId).map((call) => [call.id, call.title]));
    const events = attendance.listEventsOf(this.#register.sittingId, personId);
    const undoneBy = new Map(events.flatMap((e) => (e.type === 'voided' ? [[e.targetSeq, e.seq] as const] : [])));
    return events.map((event) => toEntry(event, titles, undoneBy.get(event.seq) ?? null));
  }

  /** Opens a later roll call; the one before it is closed. */
  openRollCall(title: string): RollCallAnswer {
    const call = this.#store.attendance.openRollCall(this.#register.sittingId, title);
    if (!call) return { ok: false, error: 'not_open' };
    this.#register.rollCallsChanged();
    const { id, openedAt, closedAt } = call;
    return { ok: true, rollCall: { id, title, openedAt, closedAt, confirmed: 0 } };
  }

  /** Closes the roll call that runs, if one does. */
  closeRollCalls(): void {
    if (this.#store.attendance.closeRollCalls(this.#register.sittingId) > 0) this.#register.rollCallsChanged();
  }

  listRollCalls(): RollCallView[] {
    return this.#store.attendance.listRollCalls(this.#register.sittingId).map(({ id, title, openedAt, closedAt }) => ({
      id,
      title,
      openedAt,
      closedAt,
      confirmed: this.#register.countConfirmed(id),
    }));
  }

  /** People counted by eye. A difference from the list needs a reason, so that it is settled before the report is sealed. */
  setHeadCount(counted: number, reason: string | undefined, by: string): HeadCountAnswer {
    const { state } = this.#register.getSitting();
    if (state !== 'open' && state !== 'live' && state !== 'ended' && state !== 'amended')
      return { ok: false, error: 'not_open' };
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

  #listDuplicates(name: string, birthDate: string | null): Person[] {
    const folded = fold(name);
    return this.#register
      .listInOrder()
      .filter((person) => fold(person.name) === folded || (birthDate !== null && person.birthDate === birthDate));
  }

  #refuseSubstitute(summonedId: string): ChangeFault | null {
    const summoned = this.#register.getPerson(summonedId);
    if (!summoned) return { ok: false, error: 'not_on_list' };
    if (summoned.kind !== 'summoned') return { ok: false, error: 'not_summoned' };
    const arrivedAt = this.#register.getStatus(summonedId)?.arrivedAt ?? null;
    if (arrivedAt !== null) return { ok: false, error: 'already_signed_in', firstAt: arrivedAt };
    const other = this.#register
      .listInOrder()
      .find((person) => person.substituteFor === summonedId && this.#isHere(person.id));
    return other ? { ok: false, error: 'already_substituted', by: this.#register.cardOf(other) } : null;
  }

  #isHere(personId: string): boolean {
    return (this.#register.getStatus(personId)?.arrivedAt ?? null) !== null;
  }

  #runningRollCall(): string | null {
    const calls = this.#store.attendance.listRollCalls(this.#register.sittingId);
    return calls.find((call) => call.closedAt === null)?.id ?? null;
  }

  #row(person: Person): PersonRow {
    return rowOf(this.#register, person, this.#runningRollCall());
  }

  #done(person: Person): { ok: true; person: PersonRow } {
    return { ok: true, person: this.#row(person) };
  }
}

function toFault(written: Extract<ReturnType<Store['attendance']['recordLeft']>, { ok: false }>): ChangeFault {
  switch (written.error) {
    case 'wrong_time':
      return written;
    case 'not_open':
    case 'not_signed_in':
    case 'already_left':
      return { ok: false, error: written.error };
    case 'no_such_event':
    case 'already_voided':
    case 'already_confirmed':
      throw new Error(`invariant broken: leaving cannot fail with ${written.error}`);
  }
}

function toEntry(event: AttendanceEvent, titles: ReadonlyMap<string, string>, undoneBy: number | null): HistoryEntry {
  return {
    seq: event.seq,
    type: event.type,
    writtenAt: event.wallMs,
    at: momentOf(event),
    station: event.station,
    actor: event.actor,
    method: event.method,
    reason: event.body.reason ?? null,
    rollCall: event.rollCallId === null ? null : (titles.get(event.rollCallId) ?? null),
    undoneBy,
    undoes: event.targetSeq,
  };
}
