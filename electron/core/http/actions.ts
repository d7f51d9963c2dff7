import { Signal } from '../../shared/signal.ts';
import type { Access } from '../access/access.ts';
import type { Store } from '../store/store.ts';

/** The list of what was commanded on the console, each with who gave it. */
export class Actions {
  /** A command was written down: what it changed may show. */
  readonly noted = new Signal();
  readonly #store: Store;
  readonly #access: Access;

  constructor(store: Store, access: Access) {
    this.#store = store;
    this.#access = access;
  }

  note(type: string, detail: Record<string, string | number | boolean | null> = {}): void {
    this.#store.settings.recordAction(this.#store.clock.now(), this.#access.actor, type, detail);
    this.noted.emit();
  }
}
