import type { AttendanceEvent, Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import { foldPerson, type FoldRules } from './fold-person.ts';
import { addShare, emptyTotals, isEmpty, isInHall } from './fold-totals.ts';

export type { FoldRollCall, FoldRules } from './fold-person.ts';

const collator = new Intl.Collator('vi', { numeric: true });

/**
 * The log of one sitting folded to statuses and totals, kept up to date event by event: recording costs the events of
 * one person, not of the hall. The same events in any order give the same answer, because `seq` decides; recording an
 * event twice changes nothing. Events about unknown people wait until `setPerson` names them.
 */
export class AttendanceFold {
  readonly #people = new Map<string, Person>();
  readonly #statuses = new Map<string, PersonStatus>();
  readonly #eventsOf = new Map<string, AttendanceEvent[]>();
  readonly #bySeq = new Map<number, AttendanceEvent>();
  /** Undo events by the `seq` they undo. */
  readonly #undoing = new Map<number, AttendanceEvent[]>();
  /** People who may sit for a summoned person, by the id of that person; in any sitting of the session. */
  readonly #substitutesOf = new Map<string, Set<string>>();
  readonly #totals = emptyTotals();
  readonly #units = new Map<string | null, Totals>();
  readonly #unitNames = new Map<string, string>();
  #rules: FoldRules;

  constructor(people: Iterable<Person>, rules: FoldRules) {
    this.#rules = pickRules(rules);
    for (const person of people) this.setPerson(person);
  }

  /** Takes one event into account. */
  record(event: AttendanceEvent): void {
    if (this.#bySeq.has(event.seq)) return;
    this.#bySeq.set(event.seq, event);
    if (event.type === 'voided') {
      if (event.targetSeq === null) return;
      append(this.#undoing, event.targetSeq, event);
      this.#refreshTarget(event);
    } else if (event.personId !== null) {
      insertBySeq(append(this.#eventsOf, event.personId, event));
      this.#refresh(event.personId);
    }
  }

  /** Adds a person, or replaces what is known about one. */
  setPerson(person: Person): void {
    const before = this.#people.get(person.id);
    if (before) this.#share(before, this.#statuses.get(person.id) ?? null, -1);
    this.#statuses.delete(person.id);
    this.#people.set(person.id, person);
    if (before && before.substituteFor !== person.substituteFor) this.#unlinkSubstitute(before);
    if (person.substituteFor !== null) {
      const others = this.#substitutesOf.get(person.substituteFor) ?? new Set();
      this.#substitutesOf.set(person.substituteFor, others.add(person.id));
    }
    if (person.unitId !== null && person.unitName !== null) {
      const known = this.#unitNames.get(person.unitId);
      // The smallest name, so that the order in which people come does not matter.
      if (known === undefined || person.unitName < known) this.#unitNames.set(person.unitId, person.unitName);
    }
    this.#refresh(person.id);
  }

  /** Forgets a person; events about them wait until `setPerson` names them again. */
  dropPerson(personId: string): void {
    const person = this.#people.get(personId);
    if (!person) return;
    this.#share(person, this.#statuses.get(personId) ?? null, -1);
    this.#statuses.delete(personId);
    this.#people.delete(personId);
    this.#unlinkSubstitute(person);
  }

  /** Ids of people in the hall who would have left early under other rules, in the order of `people`. */
  listLeavingUnder(rules: FoldRules): string[] {
    return [...this.#people.values()].flatMap((person) => {
      const now = this.#statuses.get(person.id);
      if (!now || !isInHall(now)) return [];
      return foldPerson(person, this.#liveEventsOf(person.id), rules)?.status === 'left_early' ? [person.id] : [];
    });
  }

  /** Changes timetable, roll calls or `closed`; everyone is judged again. */
  setRules(rules: FoldRules): void {
    this.#rules = pickRules(rules);
    for (const id of this.#people.keys()) this.#refresh(id);
  }

  /** Status of one person; null for somebody unknown, or outside the roster and not here. */
  getStatus(personId: string): PersonStatus | null {
    return this.#statuses.get(personId) ?? null;
  }

  getTotals(): Totals {
    return { ...this.#totals };
  }

  listStatuses(): Map<string, PersonStatus> {
    const statuses = new Map<string, PersonStatus>();
    for (const id of this.#people.keys()) {
      const status = this.#statuses.get(id);
      if (status) statuses.set(id, status);
    }
    return statuses;
  }

  listUnits(): UnitTotals[] {
    const rows: UnitTotals[] = [];
    for (const [unitId, totals] of this.#units) {
      if (isEmpty(totals)) continue;
      rows.push({ ...totals, unitId, unitName: unitId === null ? null : (this.#unitNames.get(unitId) ?? null) });
    }
    return rows.sort(compareUnits);
  }

  /** An event counts unless an undo event after it counts; so an undo can itself be undone. */
  #isLive(event: AttendanceEvent): boolean {
    return !this.#undoing.get(event.seq)?.some((undo) => undo.seq > event.seq && this.#isLive(undo));
  }

  #refreshTarget(undo: AttendanceEvent): void {
    let target: AttendanceEvent | undefined = undo;
    while (target?.type === 'voided') {
      if (target.targetSeq === null || target.targetSeq >= target.seq) return;
      target = this.#bySeq.get(target.targetSeq);
    }
    if (target && target.personId !== null) this.#refresh(target.personId);
  }

  #refresh(personId: string): void {
    const person = this.#people.get(personId);
    if (!person) return;
    const before = this.#statuses.get(personId) ?? null;
    this.#share(person, before, -1);
    const status = foldPerson(person, this.#liveEventsOf(personId), this.#rules, this.#findSubstitute(personId));
    if (status) this.#statuses.set(personId, status);
    else this.#statuses.delete(personId);
    this.#share(person, status, 1);
    // A substitute who came, or is undone, changes where the summoned person stands.
    if (person.substituteFor !== null && hasCome(before) !== hasCome(status)) this.#refresh(person.substituteFor);
  }

  #liveEventsOf(personId: string): AttendanceEvent[] {
    return (this.#eventsOf.get(personId) ?? []).filter((event) => this.#isLive(event));
  }

  /** Whoever came for a summoned person; of several the one with the smallest id, whatever the order they came in. */
  #findSubstitute(summonedId: string): string | null {
    const here = [...(this.#substitutesOf.get(summonedId) ?? [])].filter((id) => hasCome(this.#statuses.get(id)));
    return here.sort()[0] ?? null;
  }

  #unlinkSubstitute(person: Person): void {
    if (person.substituteFor === null) return;
    this.#substitutesOf.get(person.substituteFor)?.delete(person.id);
    this.#refresh(person.substituteFor);
  }

  #share(person: Person, status: PersonStatus | null, sign: 1 | -1): void {
    if (!status) return;
    let unit = this.#units.get(person.unitId);
    if (!unit) this.#units.set(person.unitId, (unit = emptyTotals()));
    addShare(unit, person, status, sign);
    addShare(this.#totals, person, status, sign);
  }
}

function hasCome(status: PersonStatus | null | undefined): boolean {
  return (status?.arrivedAt ?? null) !== null;
}

function pickRules(rules: FoldRules): FoldRules {
  return { startsAt: rules.startsAt, graceMs: rules.graceMs, closed: rules.closed, rollCalls: [...rules.rollCalls] };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): V[] {
  const list = lists.get(key);
  if (!list) {
    const fresh = [value];
    lists.set(key, fresh);
    return fresh;
  }
  list.push(value);
  return list;
}

/** Moves the last element to its place; events nearly always come in order, so this stops at once. */
function insertBySeq(events: AttendanceEvent[]): void {
  for (let i = events.length - 1; i > 0; i--) {
    const here = events[i];
    const before = events[i - 1];
    if (!here || !before || before.seq < here.seq) return;
    events[i] = before;
    events[i - 1] = here;
  }
}

function compareUnits(a: UnitTotals, b: UnitTotals): number {
  if (a.unitId === null || b.unitId === null) return Number(a.unitId === null) - Number(b.unitId === null);
  return collator.compare(a.unitName ?? a.unitId, b.unitName ?? b.unitId) || (a.unitId < b.unitId ? -1 : 1);
}
