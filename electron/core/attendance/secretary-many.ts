import type { ExcuseAnswer, SignInManyAnswer, UndoManyAnswer } from '../../contract/api-attendance.ts';
import type { AttendanceEvent, Person } from '../../contract/attendance.ts';
import type { EntrySource, SittingFacts } from '../store/attendance-transaction.ts';
import type { Store } from '../store/store.ts';
import { joinHistories } from './history.ts';
import { decide, type Command, type Refused } from './decide.ts';
import type { Register } from './register.ts';
import { refuseCorrection, refuseEntry, type NotOpen, type WrongTime } from './sitting-rules.ts';

type Skip<E extends string> = { personId: string; error: E | 'not_on_list' };

/** What the secretary enters about many people at once: all in one commit. Whoever it does not fit is skipped and named. */
export class SecretaryMany {
  readonly #store: Store;
  readonly #register: Register;

  constructor(store: Store, register: Register) {
    this.#store = store;
    this.#register = register;
  }

  /** A delegation arrived together. `at`: when it was, for an entry made later; epoch milliseconds. */
  signIn(personIds: readonly string[], at: number | undefined, source: EntrySource): SignInManyAnswer {
    const done = this.#write(
      personIds,
      source,
      (facts) => refuseEntry(facts, at, true),
      (who) => ({ type: 'sign_in', who, at, bySecretary: true }),
      isOneOf('already_signed_in'),
    );
    if (!done.ok) return done;
    return { ok: true, signedIn: idsOf(done.written), skipped: done.skipped };
  }

  /** One reason for many absences. */
  excuse(personIds: readonly string[], reason: string, source: EntrySource): ExcuseAnswer {
    const done = this.#write(
      personIds,
      source,
      refuseCorrection,
      (who) => ({ type: 'excuse', who, reason }),
      isOneOf('not_summoned', 'signed_in'),
    );
    return done.ok ? { ok: true, excused: done.written.length, skipped: done.skipped } : done;
  }

  /** Takes back one entry, or the whole presence, of each. The entries stay in the log. */
  undo(personIds: readonly string[], what: 'last' | 'arrival', reason: string, source: EntrySource): UndoManyAnswer {
    const done = this.#write(
      personIds,
      source,
      refuseCorrection,
      (who) => ({ type: 'undo', who, what, reason }),
      isOneOf('nothing_to_undo'),
    );
    if (!done.ok) return done;
    const undone = idsOf(done.written).map((id) => this.#register.getPerson(id)?.id ?? id);
    for (const id of new Set(undone)) {
      const person = this.#register.listPeople().get(id);
      if (person && person.kind !== 'summoned') this.#register.setPerson(person);
    }
    return { ok: true, undone: new Set(undone).size, skipped: done.skipped };
  }

  #write<R extends NotOpen | WrongTime, E extends Refused['error']>(
    personIds: readonly string[],
    source: EntrySource,
    refuse: (facts: SittingFacts) => R | null,
    toCommand: (who: Person) => Command,
    isSkipped: (error: Refused['error']) => error is E,
  ): R | { ok: true; written: AttendanceEvent[]; skipped: Skip<E>[] } {
    // Somebody named by two of their entries is one person.
    const ids = [...new Set(personIds.map((id) => this.#register.getPerson(id)?.id ?? id))];
    const entries = new Map(ids.map((id) => [id, this.#register.listEntriesOf(id)]));
    // Each answers for its own events, so what one decides changes nothing for another.
    const written = this.#store.attendance.transact(
      this.#register.sittingId,
      [...entries.values()].flat(),
      source,
      (stored, histories) => {
        const facts = this.#register.inAgreedTime(stored);
        const refused = refuse(facts);
        if (refused) return refused;
        const skipped: Skip<E>[] = [];
        const freesKeysOf: number[] = [];
        const events = ids.flatMap((personId) => {
          const who = this.#register.getPerson(personId);
          if (!who) {
            skipped.push({ personId, error: 'not_on_list' });
            return [];
          }
          const decided = decide(facts, joinHistories(histories, entries.get(personId) ?? []), toCommand(who));
          if (decided.ok) {
            freesKeysOf.push(...decided.freesKeysOf);
            return decided.events;
          }
          if (!isSkipped(decided.error)) throw new Error(`invariant broken: refused with ${decided.error}`);
          skipped.push({ personId, error: decided.error });
          return [];
        });
        return { ok: true as const, events, freesKeysOf, skipped };
      },
    );
    if (!written.ok) return written as R;
    this.#register.record(...written.written);
    return { ok: true, written: written.written, skipped: written.skipped };
  }
}

function isOneOf<E extends Refused['error']>(...errors: readonly E[]) {
  return (error: Refused['error']): error is E => (errors as readonly string[]).includes(error);
}

function idsOf(events: readonly AttendanceEvent[]): string[] {
  return [...new Set(events.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
}
