import type { PersonCard, SearchAnswer, SignInAnswer } from '../../contract/api.ts';
import type { AttendanceEvent, Method, Person, PersonStatus, Totals, UnitTotals } from '../../contract/attendance.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import { AttendanceFold, type FoldRules } from './fold.ts';
import { NameSearch } from './search.ts';

const SEARCH_LIMIT = 6;

/** What a desk knows about the moment of a sign-in. */
export interface SignInContext {
  station: string;
  actor: string;
  broadcastMs: number | null;
}

/**
 * The register of one sitting: who is expected, who came, and the rules of signing in. Memory follows the log; the log
 * is written first, and only what is on disk is answered as signed in.
 */
export class Register {
  readonly #store: Store;
  readonly #sitting: SittingRecord;
  readonly #people = new Map<string, Person>();
  readonly #search: NameSearch;
  readonly #fold: AttendanceFold;
  #arrivals = 0;

  constructor(store: Store, packageId: string, sitting: SittingRecord) {
    this.#store = store;
    this.#sitting = sitting;
    for (const person of store.sessions.listPeople(packageId)) this.#people.set(person.id, person);
    this.#search = new NameSearch([...this.#people.values()]);
    this.#fold = new AttendanceFold(this.#people.values(), this.#rules(sitting));
    for (const event of store.attendance.listEvents(sitting.id)) this.#take(event);
  }

  get sittingId(): string {
    return this.#sitting.id;
  }

  get hasRoster(): boolean {
    return this.#people.size > 0;
  }

  /** Applies a changed state of the sitting: once it is over, missing people get a verdict. */
  setSitting(sitting: SittingRecord): void {
    this.#fold.setRules(this.#rules(sitting));
  }

  search(query: string): SearchAnswer {
    if (!this.hasRoster) return { ok: false, error: 'no_roster' };
    const found = this.#search.search(query, SEARCH_LIMIT);
    if ('error' in found) return { ok: false, error: found.error };
    return { ok: true, people: found.people.map(({ person }) => this.cardOf(person)), more: found.more };
  }

  /** Signs a person in. The answer comes after the commit was synced. */
  signIn(personId: string, method: Method, context: SignInContext): SignInAnswer {
    const person = this.#people.get(personId);
    if (!person) return { ok: false, error: 'not_on_list' };
    const written = this.#store.attendance.recordArrival(this.#sitting.id, personId, { ...context, method });
    if (!written.ok) {
      if (written.error === 'already_signed_in') {
        return { ok: false, error: 'already_signed_in', person: this.cardOf(person), firstAt: written.firstAt };
      }
      return this.#refusal();
    }
    this.#take(written.event);
    const status = this.#fold.getStatus(personId);
    return {
      ok: true,
      outcome: 'signed_in',
      person: this.cardOf(person),
      at: written.event.wallMs,
      late: (status?.lateMinutes ?? 0) > 0,
      lateMinutes: status?.lateMinutes ?? 0,
      ordinal: this.#arrivals,
    };
  }

  /** Everyone in the hall now. */
  getTotals(): Totals {
    return this.#fold.getTotals();
  }

  listUnits(): UnitTotals[] {
    return this.#fold.listUnits();
  }

  listStatuses(): Map<string, PersonStatus> {
    return this.#fold.listStatuses();
  }

  listPeople(): ReadonlyMap<string, Person> {
    return this.#people;
  }

  cardOf(person: Person): PersonCard {
    return {
      personId: person.id,
      name: person.name,
      birthYear: person.birthYear,
      unit: person.unitName,
      position: person.position,
      kind: person.kind,
      signedInAt: this.#fold.getStatus(person.id)?.arrivedAt ?? null,
    };
  }

  #rules(sitting: SittingRecord): FoldRules {
    return {
      startsAt: sitting.startsAt,
      graceMs: sitting.graceMs,
      closed: sitting.state !== 'prepared' && sitting.state !== 'open' && sitting.state !== 'live',
      rollCalls: this.#store.attendance.listRollCalls(sitting.id),
    };
  }

  #refusal(): SignInAnswer {
    const sitting = this.#store.sittings.getSitting(this.#sitting.id);
    if (sitting?.state === 'prepared') return { ok: false, error: 'not_open', opensAt: sitting.opensAt };
    return { ok: false, error: 'closed' };
  }

  #take(event: AttendanceEvent): void {
    this.#fold.record(event);
    if (event.type === 'arrived') this.#arrivals += 1;
  }
}
