import type { AttendanceEvent, Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import { rootIdOf } from '../../shared/merged.ts';
import { foldPerson, type FoldRules } from './fold-person.ts';
import { addShare, emptyTotals, isEmpty, isInHall } from './fold-totals.ts';

export type { FoldRollCall, FoldRules } from './fold-person.ts';

const collator = new Intl.Collator('vi', { numeric: true });

/**
 * The log of one sitting folded to statuses and totals, kept up to date event by event: recording costs the events of
 * one person, not of the hall. The same events in any order give the same answer, because `seq` decides; recording an
 * event twice changes nothing. Events about unknown people wait until `setPerson` names them. An entry of the list that was
 * merged into another one has no status of its own: its events are folded with those of the other.
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
  /** Entries of the list that were merged, by the id of the one they were merged into. */
  readonly #mergedInto = new Map<string, Set<string>>();
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
      this.#refresh(this.rootOf(event.personId));
    }
  }

  /** Adds a person, or replaces what is known about one. */
  setPerson(person: Person): void {
    const related = this.#listRelated(person.id);
    const before = this.#people.get(person.id);
    if (before) this.#share(before, this.#statuses.get(person.id) ?? null, -1);
    this.#statuses.delete(person.id);
    this.#people.set(person.id, person);
    if (before && before.substituteFor !== person.substituteFor) this.#unlinkSubstitute(before);
    if (person.substituteFor !== null) link(this.#substitutesOf, person.substituteFor, person.id);
    if (before?.merged) this.#mergedInto.get(before.merged.into)?.delete(person.id);
    if (person.merged) link(this.#mergedInto, person.merged.into, person.id);
    if (person.unitId !== null && person.unitName !== null) {
      const known = this.#unitNames.get(person.unitId);
      // The smallest name, so that the order in which people come does not matter.
      if (known === undefined || person.unitName < known) this.#unitNames.set(person.unitId, person.unitName);
    }
    this.#refresh(person.id);
    for (const id of new Set([...related, ...this.#listRelated(person.id)])) if (id !== person.id) this.#refresh(id);
  }

  /** Forgets a person; events about them wait until `setPerson` names them again. */
  dropPerson(personId: string): void {
    const person = this.#people.get(personId);
    if (!person) return;
    this.#share(person, this.#statuses.get(personId) ?? null, -1);
    this.#statuses.delete(personId);
    const related = this.#listRelated(personId);
    this.#people.delete(personId);
    this.#unlinkSubstitute(person);
    if (person.merged) this.#mergedInto.get(person.merged.into)?.delete(personId);
    for (const id of related) this.#refresh(id);
  }

  /** The id of the person that an entry of the list belongs to. */
  rootOf(personId: string): string {
    return rootIdOf(this.#people, personId);
  }

  /** The entries of the list whose events count for a person: their own, and those merged into it. */
  listEntriesOf(personId: string): string[] {
    const ids = [personId];
    for (const id of ids)
      for (const merged of this.#mergedInto.get(id) ?? [])
        if (this.#people.get(merged)?.merged?.events === 'count' && !ids.includes(merged)) ids.push(merged);
    return ids;
  }

  /** Totals, and where one person would stand, if these people were as given here. Nothing stays changed. */
  tryPeople(people: readonly Person[], personId: string): { totals: Totals; status: PersonStatus | null } {
    const before = people.flatMap(({ id }) => this.#people.get(id) ?? []);
    for (const person of people) this.setPerson(person);
    const tried = { totals: this.getTotals(), status: this.getStatus(personId) };
    for (const person of before) this.setPerson(person);
    return tried;
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
    if (target && target.personId !== null) this.#refresh(this.rootOf(target.personId));
  }

  #refresh(personId: string): void {
    const person = this.#people.get(personId);
    if (!person) return;
    const before = this.#statuses.get(personId) ?? null;
    this.#share(person, before, -1);
    const status =
      this.rootOf(personId) === personId
        ? foldPerson(person, this.#liveEventsOf(personId), this.#rules, this.#findSubstitute(personId))
        : null;
    if (status) this.#statuses.set(personId, status);
    else this.#statuses.delete(personId);
    this.#share(person, status, 1);
    // A substitute who came, or is undone, changes where the summoned person stands.
    if (person.substituteFor !== null && hasCome(before) !== hasCome(status))
      this.#refresh(this.rootOf(person.substituteFor));
  }

  #liveEventsOf(personId: string): AttendanceEvent[] {
    const ids = this.listEntriesOf(personId);
    const events = ids.flatMap((id) => this.#eventsOf.get(id) ?? []);
    if (ids.length > 1) events.sort((a, b) => a.seq - b.seq);
    return events.filter((event) => this.#isLive(event));
  }

  /** Entries that are, or would be, one person with this one; itself not among them. */
  #listRelated(personId: string): string[] {
    const ids = [personId];
    for (const id of ids) {
      const into = this.#people.get(id)?.merged?.into;
      for (const other of [...(into === undefined ? [] : [into]), ...(this.#mergedInto.get(id) ?? [])])
        if (!ids.includes(other)) ids.push(other);
    }
    return ids.slice(1);
  }

  /** Whoever came for a summoned person; of several the one with the smallest id, whatever the order they came in. */
  #findSubstitute(summonedId: string): string | null {
    const entries = [summonedId, ...this.#listRelated(summonedId)];
    const substitutes = entries.flatMap((id) => [...(this.#substitutesOf.get(id) ?? [])]);
    return substitutes.filter((id) => hasCome(this.#statuses.get(id))).sort()[0] ?? null;
  }

  #unlinkSubstitute(person: Person): void {
    if (person.substituteFor === null) return;
    this.#substitutesOf.get(person.substituteFor)?.delete(person.id);
    this.#refresh(this.rootOf(person.substituteFor));
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

function link<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function pickRules(rules: FoldRules): FoldRules {
  const { startsAt, graceMs, closed, rollCalls, corrections } = rules;
  return { startsAt, graceMs, closed, rollCalls: [...rollCalls], ...(corrections ? { corrections } : {}) };
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
