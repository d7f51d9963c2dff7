import { Signal } from '../../shared/signal.ts';

/** Somebody at the desk asks for the secretary. Not kept over a restart: the person is still standing there. */
export class HelpCall {
  readonly changed = new Signal();
  readonly #now: () => number;
  #askedAt: number | null = null;

  /** `now`: epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The moment of the first call not answered yet, epoch milliseconds. */
  get askedAt(): number | null {
    return this.#askedAt;
  }

  /** Asks; answers since when help has been asked for. */
  ask(): number {
    const at = (this.#askedAt ??= this.#now());
    this.changed.emit();
    return at;
  }

  clear(): void {
    this.#askedAt = null;
    this.changed.emit();
  }
}
