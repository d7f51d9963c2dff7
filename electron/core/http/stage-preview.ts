import { Signal } from '../../shared/signal.ts';

/** The console asks for the picture every second or two; after this long without it nobody looks, ms. */
const LOOKS_FOR_MS = 6_000;

/** A small picture of the stage for the console: the newest one, in memory alone, and only while somebody looks. */
export class StagePreview {
  /** Somebody begins to look, or nobody does any more. */
  readonly changed = new Signal();
  readonly #now: () => number;
  #last: { jpeg: string; at: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `now`: epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get isWanted(): boolean {
    return this.#timer !== null;
  }

  /** Somebody looks: the newest picture, base64, and when it came. */
  look(): { jpeg: string | null; at: number | null } {
    const begins = !this.isWanted;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), LOOKS_FOR_MS);
    this.#timer.unref();
    if (begins) this.changed.emit();
    return this.#last ?? { jpeg: null, at: null };
  }

  /** A picture that comes after the last look is not kept. */
  put(jpeg: string): void {
    if (this.isWanted) this.#last = { jpeg, at: this.#now() };
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = this.#last = null;
    this.changed.emit();
  }
}
