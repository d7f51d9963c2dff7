import { randomUUID } from 'node:crypto';
import type { DecodedSource, DecodeTrial } from '../../contract/checks.ts';
import { Signal } from '../../shared/signal.ts';

/** Longest wait for the stage, with all sources of a sitting, ms. */
const WAIT_MS = 45_000;

/** Asks the stage to decode a piece of each source out of sight, by its view; the answer comes back as a command of the stage. */
export class DecodeTrials {
  /** The stage is asked something else than before. */
  readonly changed = new Signal();
  #pending: { trial: DecodeTrial; settle(found: DecodedSource[] | null): void } | null = null;

  /** What the stage should try now; null for nothing. */
  get trial(): DecodeTrial | null {
    return this.#pending?.trial ?? null;
  }

  /** Null when the stage does not answer in time, or `signal` gives it up. A newer question ends an older one. */
  ask(sources: readonly DecodeTrial['sources'][number][], signal: AbortSignal): Promise<DecodedSource[] | null> {
    this.#pending?.settle(null);
    return new Promise((resolve) => {
      const giveUp = (): void => settle(null);
      const timer = setTimeout(giveUp, WAIT_MS);
      const trial: DecodeTrial = { id: randomUUID(), sources: sources.map(({ id, url }) => ({ id, url })) };
      const settle = (found: DecodedSource[] | null): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        if (this.#pending?.trial.id === trial.id) this.#pending = null;
        resolve(found);
        this.changed.emit();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#pending = { trial, settle };
      this.changed.emit();
    });
  }

  /** The stage tried; an answer to an older question is dropped. */
  answer(id: string, sources: DecodedSource[]): void {
    if (this.#pending?.trial.id === id) this.#pending.settle(sources);
  }
}
