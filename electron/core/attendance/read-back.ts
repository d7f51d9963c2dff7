import type { Store } from '../store/store.ts';

/**
 * Reading back what was written just now. A disk that does not give it back changes nothing of the answer, which is "done"; but what is
 * in memory is then not all that is stored, and must be read again.
 */
export class ReadBack {
  readonly #store: Pick<Store, 'diskFaultOf'>;
  #hasFailed = false;

  constructor(store: Pick<Store, 'diskFaultOf'>) {
    this.#store = store;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Throws what is no fault of the disk. */
  try(read: () => void): void {
    try {
      read();
    } catch (cause) {
      if (this.#store.diskFaultOf(cause) === null) throw cause;
      this.#hasFailed = true;
    }
  }
}
