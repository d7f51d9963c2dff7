import { setImmediate as nextTurn } from 'node:timers/promises';
import { Signal } from '../../shared/signal.ts';
import type { Person } from '../../contract/attendance.ts';
import type { ApplyOutcome, RosterChange, UndoOutcome } from '../store/roster-store.ts';
import type { RosterStep } from '../store/roster-steps.ts';
import type { Store } from '../store/store.ts';
import { Portion } from './portion.ts';

/** People read before other work gets its turn: a sign-in must not wait for a long list. */
const PER_TURN = 20;

export type WriteOutcome =
  | Exclude<ApplyOutcome, { ok: true }>
  | (Extract<ApplyOutcome, { ok: true }> & { importId: string });

/** Reads and changes the list of one session in portions, one change at a time, and says whom the last one touched. */
export class RosterWriter {
  readonly #store: Store;
  readonly #packageId: string;
  /** Ids of people who have just gone off the list; nobody else was touched yet. */
  readonly gone = new Signal<readonly string[]>();
  /** People written before other work gets its turn. */
  readonly #portion = new Portion();
  #touched: string[] | null = null;
  #busy = false;

  constructor(store: Store, packageId: string) {
    this.#store = store;
    this.#packageId = packageId;
  }

  /** Runs `change` unless another one is under way. */
  async alone<T>(change: () => Promise<T> | T): Promise<T | { ok: false; error: 'busy' }> {
    if (this.#busy) return { ok: false, error: 'busy' };
    this.#busy = true;
    try {
      return await change();
    } finally {
      this.#busy = false;
    }
  }

  /** Makes one change, all of it or nothing. `by`: role of the console. */
  async make(
    kind: RosterChange['kind'],
    label: string,
    by: string,
    steps: readonly RosterStep[],
  ): Promise<WriteOutcome> {
    const { rosters } = this.#store;
    const importId = rosters.begin(this.#packageId);
    let isMade = false;
    try {
      for (let at = 0; at < steps.length;) {
        at = this.#portion.run((size) => {
          rosters.stage(importId, steps.slice(at, at + size));
          return at + size;
        });
        await nextTurn();
      }
      const done = rosters.apply(importId, this.#packageId, { kind, label, by });
      if (!done.ok) return done;
      isMade = true;
      this.#touched = steps.flatMap(({ personId, isSame }) => (isSame === true ? [] : [personId]));
      await this.#follow();
      return { ...done, importId };
    } finally {
      if (!isMade) rosters.drop(importId);
    }
  }

  /** Takes the newest change back. */
  async undo(changeId: string, by: string): Promise<UndoOutcome> {
    const done = this.#store.rosters.undo(this.#packageId, by);
    if (!done.ok) return done;
    this.#touched = this.#store.rosters.listTouched(changeId);
    await this.#follow();
    return done;
  }

  async #follow(): Promise<void> {
    this.gone.emit(this.#store.rosters.listLeaving(this.#packageId));
    const proceed = (size: number): boolean => this.#store.rosters.proceed(this.#packageId, size);
    while (this.#portion.run(proceed)) await nextTurn();
  }

  /** Whom the last change touched, once: for a register that follows it person by person. */
  takeTouched(): readonly string[] | null {
    const touched = this.#touched;
    this.#touched = null;
    return touched;
  }

  /** Everybody on the list, read in portions. */
  async listPeople(): Promise<Map<string, Person>> {
    const people = new Map<string, Person>();
    for (let after = ''; ;) {
      const page = this.#store.people.listPeopleAfter(this.#packageId, after, PER_TURN);
      for (const person of page) people.set(person.id, person);
      if (page.length < PER_TURN) return people;
      after = page.at(-1)?.id ?? '';
      await nextTurn();
    }
  }
}
