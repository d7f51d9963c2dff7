import type { SearchAnswer, SignInAnswer } from '../../contract/api.ts';
import type { PersonCard } from '../../contract/api-person.ts';
import type { BrowseAnswer, TakeBackAnswer } from '../../contract/api-attendance.ts';
import type { AttendanceEvent, Method, Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import { BROWSE_AT_ONCE } from '../../contract/limits.ts';
import { assert } from '../../shared/result.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import type { EntrySource, SittingFacts } from '../store/attendance-transaction.ts';
import { listBrowseLetters, listBrowsePeople, listBrowseUnits } from './browse.ts';
import { decide, type Command } from './decide.ts';
import type { ClockCorrections } from '../../contract/clock.ts';
import { momentOf, putRightAt } from '../../shared/moment.ts';
import { readClockCorrections } from '../store/centre-clock.ts';
import { AttendanceFold, type FoldRules } from './fold.ts';
import { joinHistories } from './history.ts';
import { ReadBack } from './read-back.ts';
import { findScanned } from './scan.ts';
import { SittingPeople } from './sitting-people.ts';
import { isOpen, putRight, rulesOf } from './sitting-rules.ts';

const SEARCH_LIMIT = 12;
/** Stands in the log and in the list of changes. */
const TAKEN_BACK = 'Tự hủy tại bàn điểm danh: bấm nhầm tên';

/** Who enters a sign-in and where; how the person was recognised comes with each. */
export type SignInContext = Omit<EntrySource, 'method'>;

/**
 * The register of one sitting: who is expected and who came, with what a desk does. Memory follows the log; the log is
 * written first, and only what is on disk is answered as signed in. A sitting that is over keeps the list it had, so
 * the morning is amended with the morning's people whatever the afternoon's roster is.
 */
export class Register {
  readonly #store: Store;
  readonly #sitting: SittingRecord;
  readonly packageId: string;
  readonly #people: SittingPeople;
  readonly #fold: AttendanceFold;
  #corrections: ClockCorrections = { settings: [], jumps: [] };
  /** The newest sign-in of each desk since this core started. */
  readonly #newestAt = new Map<string, number>();
  /** When it has failed, this register is not all that is stored. */
  readonly readBack: ReadBack;

  constructor(store: Store, packageId: string, sitting: SittingRecord) {
    this.#store = store;
    this.readBack = new ReadBack(store);
    this.packageId = packageId;
    this.#sitting = sitting;
    const people = store.people.listPeopleOfSitting(sitting.id);
    this.#people = new SittingPeople(people, store.attendance.listWithdrawn(packageId));
    this.#fold = new AttendanceFold(people, this.#rules(sitting));
    for (const event of store.attendance.listEvents(sitting.id)) this.#fold.record(event);
  }

  get sittingId(): string {
    return this.#sitting.id;
  }

  /** Somebody was summoned by name. */
  get hasRoster(): boolean {
    return this.#fold.getTotals().summoned > 0;
  }

  /** Applies a changed state of the sitting: once it is over, missing people get a verdict. */
  setSitting(sitting: SittingRecord): void {
    this.#fold.setRules(this.#rules(sitting));
  }

  /** A roll call was opened or closed. */
  rollCallsChanged(): void {
    this.readBack.try(() => this.setSitting(this.getSitting()));
  }

  /** The sitting as stored now. */
  getSitting(): SittingRecord {
    const sitting = this.#store.sittings.getSitting(this.#sitting.id);
    assert(sitting, `sitting ${this.#sitting.id} is stored`);
    return sitting;
  }

  search(query: string, limit = SEARCH_LIMIT): SearchAnswer {
    if (this.#people.all.size === 0) return { ok: false, error: 'no_roster' };
    const found = this.#people.search(query, limit);
    if ('error' in found) return { ok: false, error: found.error };
    return { ok: true, people: found.people.map(({ person }) => this.cardOf(person)), more: found.more };
  }

  /** The way without typing: units, the people of one when they are few, else first letters of given names, people with one letter. */
  browse(unitId: string | null | undefined, initial: string | undefined): BrowseAnswer {
    if (this.#people.all.size === 0) return { ok: false, error: 'no_roster' };
    const people = this.listInOrder();
    if (unitId === undefined) {
      if (initial !== undefined) return { ok: false, error: 'unit_missing' };
      return { ok: true, step: 'units', units: listBrowseUnits(people) };
    }
    const found = listBrowsePeople(people, unitId, initial);
    if (initial === undefined && found.length > BROWSE_AT_ONCE)
      return { ok: true, step: 'initials', unitId, initials: listBrowseLetters(people, unitId) };
    const cards = found.map((person) => this.cardOf(person));
    return { ok: true, step: 'people', unitId, initial: initial ?? null, people: cards };
  }

  /**
   * Signs a person in, or confirms their presence while a later roll call runs. The answer comes after the commit was
   * synced; asked twice it writes once.
   */
  signIn(personId: string, method: Method, context: SignInContext): SignInAnswer {
    const person = this.getPerson(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const command: Command = { type: 'sign_in', who: person, bySecretary: false };
    const written = this.#decide(command, person.id, { ...context, method });
    if (!written.ok) {
      if (written.error !== 'already_signed_in') return this.#refusal();
      return {
        ok: false,
        error: 'already_signed_in',
        person: this.cardOf(person),
        firstAt: this.#fold.getStatus(personId)?.arrivedAt ?? written.firstAt,
      };
    }
    this.record(...written.written);
    const { outcome } = written;
    const [entry] = written.written;
    assert(outcome && entry, 'a sign-in that is taken writes one event');
    const at = momentOf(entry, this.#corrections);
    this.#newestAt.set(context.station, entry.seq);
    if (outcome.as === 'arrived') {
      const lateMinutes = this.#fold.getStatus(person.id)?.lateMinutes ?? 0;
      const ordinal = this.getTotals().came;
      const card = this.cardOf(person);
      return { ok: true, outcome: 'signed_in', person: card, at, late: lateMinutes > 0, lateMinutes, ordinal };
    }
    const confirmed = { ok: true, outcome: 'confirmed', person: this.cardOf(person), at } as const;
    if (outcome.as === 'returned') return { ...confirmed, late: false, lateMinutes: 0, ordinal: this.getTotals().came };
    const { id, title } = outcome.rollCall;
    return { ...confirmed, late: false, lateMinutes: 0, ordinal: this.countConfirmed(id), rollCall: { id, title } };
  }

  /** Takes back the sign-in that this desk made last, when it is this person's and was made within `TAKE_BACK_MS`. */
  takeBack(personId: string, source: Pick<SignInContext, 'station' | 'actor'>): TakeBackAnswer {
    const person = this.getPerson(personId);
    const seq = this.#newestAt.get(source.station);
    if (!person || seq === undefined) return { ok: false, error: 'nothing_to_take_back' };
    const moment = this.#store.clock.stamp();
    const command: Command = { type: 'take_back', who: person, seq, moment, reason: TAKEN_BACK };
    const written = this.#decide(command, person.id, { ...source, method: null, broadcastMs: null });
    if (!written.ok) {
      const { error } = written;
      return { ok: false, error: error === 'too_late' || error === 'not_open' ? error : 'nothing_to_take_back' };
    }
    this.record(...written.written);
    return { ok: true, person: this.cardOf(person) };
  }

  /** Signs in whoever a scanned card or badge belongs to. `raw` is compared and forgotten. */
  scan(raw: string, venueId: string, context: SignInContext): SignInAnswer {
    const find = (kind: 'citizen' | 'party' | 'badge', token: string): Person | null => {
      const id = this.#store.tokens.findPersonId(this.packageId, kind, token);
      return id === null ? null : this.getPerson(id);
    };
    const found = findScanned(raw, venueId, find);
    if (found.ok) return this.signIn(found.person.id, found.method, context);
    // A closed desk says so, whatever was held under the scanner.
    return isOpen(this.getSitting().state) ? found : this.#refusal();
  }

  /** Counts events that were written. */
  record(...events: readonly AttendanceEvent[]): void {
    for (const event of events) this.#fold.record(event);
  }

  /** Takes a person who was added onto the list, and off it again when the adding was undone. */
  setPerson(person: Person): void {
    this.readBack.try(() => this.#people.set(person, () => this.#store.attendance.listWithdrawn(this.packageId)));
    this.#fold.setPerson(person);
  }

  /** Takes somebody off the list who is in no event of the log. */
  dropPerson(personId: string): void {
    this.#people.drop(personId);
    this.#fold.dropPerson(personId);
  }

  /** Somebody on the list; null for the unknown and the withdrawn. */
  getPerson(personId: string): Person | null {
    return this.#people.get(personId);
  }

  /** Ids of the entries of the list whose events count for a person: their own, and those merged into it. */
  listEntriesOf(personId: string): string[] {
    return this.#fold.listEntriesOf(personId);
  }

  /** Totals, and where one person would stand, if these people of the list were as given here. */
  tryPeople(people: readonly Person[], personId: string): { totals: Totals; status: PersonStatus | null } {
    return this.#fold.tryPeople(people, personId);
  }

  /** Where somebody stands; null for somebody outside the roster who is not here. */
  getStatus(personId: string): PersonStatus | null {
    return this.#fold.getStatus(personId);
  }

  /** Name of a unit that somebody on the list belongs to. */
  findUnitName(unitId: string): string | null {
    for (const person of this.#people.all.values()) if (person.unitId === unitId) return person.unitName;
    return null;
  }

  /** Everyone on the list in the customary order of names. */
  listInOrder(): readonly Person[] {
    return this.#people.listInOrder();
  }

  getTotals(): Totals {
    return this.#fold.getTotals();
  }

  listUnits(): UnitTotals[] {
    return this.#fold.listUnits();
  }

  listStatuses(): Map<string, PersonStatus> {
    return this.#fold.listStatuses();
  }

  /** People in the hall who count as having left early once this roll call is closed, in the order of names. */
  listLeavingWhenClosed(rollCallId: string): Person[] {
    const rules = this.#rules(this.getSitting());
    const rollCalls = rules.rollCalls.map((call) =>
      call.id === rollCallId ? { ...call, closedAt: call.openedAt } : call,
    );
    const leaving = new Set(this.#fold.listLeavingUnder({ ...rules, rollCalls }));
    return this.listInOrder().filter((person) => leaving.has(person.id));
  }

  /** People confirmed in a roll call. */
  countConfirmed(rollCallId: string): number {
    let count = 0;
    for (const id of this.#people.all.keys()) if (this.#fold.getStatus(id)?.confirmed.includes(rollCallId)) count += 1;
    return count;
  }

  /** Everyone the log may name, the withdrawn and merged entries too. */
  listPeople(): ReadonlyMap<string, Person> {
    return this.#people.all;
  }

  /** Each person once, the withdrawn too: for the report. */
  listPersons(): Person[] {
    return this.#people.listPersons();
  }

  cardOf(person: Person): PersonCard {
    const alike = this.#people.alike(person);
    return {
      personId: person.id,
      name: person.name,
      birthYear: person.birthYear,
      unit: person.unitName,
      position: person.position,
      kind: person.kind,
      signedInAt: this.#fold.getStatus(person.id)?.arrivedAt ?? null,
      ...(alike === null ? {} : { alike }),
    };
  }

  #decide(command: Command, personId: string, source: EntrySource) {
    const ids = this.listEntriesOf(personId);
    return this.#store.attendance.transact(this.#sitting.id, ids, source, (facts, histories) =>
      decide(this.inAgreedTime(facts), joinHistories(histories, ids), command),
    );
  }

  /** The sitting with the PC's moments put right as arrivals are: whoever types a time looks at a clock that is right. */
  inAgreedTime(facts: SittingFacts): SittingFacts {
    return putRight(facts, this.#store.clock.stamp(), this.#corrections);
  }

  /** For screens: a moment that the PC's clock gave in this sitting, in the time of its arrivals; null stays null. Epoch milliseconds. */
  shownAt<T extends number | null>(at: T): T {
    return putRightAt(at, this.#corrections.settings);
  }

  #rules(sitting: SittingRecord): FoldRules {
    const rules = rulesOf({ ...sitting, rollCalls: this.#store.attendance.listRollCalls(sitting.id) });
    this.#corrections = readClockCorrections(this.#store, sitting.id);
    return { ...rules, corrections: this.#corrections };
  }

  #refusal(): SignInAnswer {
    const sitting = this.getSitting();
    if (sitting.state === 'prepared') return { ok: false, error: 'not_open', opensAt: sitting.opensAt };
    return { ok: false, error: 'closed' };
  }
}
