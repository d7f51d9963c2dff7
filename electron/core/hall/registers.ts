import type { SittingRecord } from '../../contract/sitting.ts';
import { Register } from '../attendance/register.ts';
import { Secretary } from '../attendance/secretary.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';

/**
 * The registers of all sittings of one session, each read from the log when it is first wanted and kept up to date from then on:
 * the morning is amended while the afternoon takes sign-ins.
 */
export class Registers {
  readonly #store: Store;
  readonly #session: SessionRecord;
  readonly #registers = new Map<string, { register: Register; state: SittingRecord['state'] }>();

  constructor(store: Store, session: SessionRecord) {
    this.#store = store;
    this.#session = session;
  }

  /** The register of a stored sitting, judged by the state the sitting has now. */
  of(sitting: SittingRecord): Register {
    const known = this.#registers.get(sitting.id);
    if (!known || known.register.readBack.hasFailed) {
      const register = new Register(this.#store, this.#session.packageId, sitting);
      this.#registers.set(sitting.id, { register, state: sitting.state });
      return register;
    }
    // Everybody is judged again only when there is something to judge: most news of a sitting is about its delivery.
    if (known.state !== sitting.state) {
      known.register.setSitting(sitting);
      known.state = sitting.state;
    }
    return known.register;
  }

  /** More is known of the clock under which the people of this sitting were written down. */
  judgeAgain(sitting: SittingRecord | null): void {
    if (sitting) this.#registers.get(sitting.id)?.register.setSitting(sitting);
  }

  /** Who enters things about this sitting. */
  secretaryOf(sitting: SittingRecord): Secretary {
    const register = this.of(sitting);
    const { units } = this.#session.document;
    const unitName = (id: string) => units.find((unit) => unit.id === id)?.name ?? register.findUnitName(id);
    return new Secretary(this.#store, register, unitName);
  }

  /**
   * The list of people was changed through the register of this sitting, or with null from outside any: the other registers are
   * read again when they are next wanted.
   */
  listChanged(through: string | null): void {
    for (const id of this.#registers.keys()) if (id !== through) this.#registers.delete(id);
  }
}
