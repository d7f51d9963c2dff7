import { Signal } from '../../shared/signal.ts';
import type { Access } from '../access/access.ts';
import type { Store } from '../store/store.ts';

/** The list of what was commanded on the console, each with who gave it. */
export class Actions {
  /** A command was written down: what it changed may show. */
  readonly noted = new Signal();
  readonly #store: Store;
  readonly #access: Access;
  readonly #onFailed: (cause: unknown) => void;

  constructor(store: Store, access: Access, onFailed: (cause: unknown) => void) {
    this.#store = store;
    this.#access = access;
    this.#onFailed = onFailed;
  }

  /** Never throws: what was commanded is done. On a disk that takes no more the list is short of it, and an alarm says why. */
  note(type: string, detail: Record<string, string | number | boolean | null> = {}): void {
    try {
      this.#store.settings.recordAction(this.#store.clock.now(), this.#access.actor, type, detail);
    } catch (cause) {
      this.#onFailed(cause);
    }
    this.noted.emit();
  }
}
