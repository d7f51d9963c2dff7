import type { SittingRecord } from '../../contract/sitting.ts';
import { Signal } from '../../shared/signal.ts';
import { sealSitting, type Amendment, type Sealed, type SealerOptions } from '../report/sealer.ts';

/** A sealing that failed (no space, say) is tried again after this, for as long as the sitting waits for it. */
const RETRY_MS = 5_000;

/** Seals one sitting after the other: two at once would build on the same head of the log. */
export class Sealing {
  /** A revision is sealed and stands in the outbox. */
  readonly sealed = new Signal<Sealed>();
  readonly failed = new Signal<unknown>();
  readonly #options: SealerOptions;
  readonly #retryMs: number;
  readonly #retries = new Map<string, NodeJS.Timeout>();
  #queue: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: SealerOptions, retryMs = RETRY_MS) {
    this.#options = options;
    this.#retryMs = retryMs;
  }

  /** Seals when all sealing before is done; null when the sitting has left the state `from` by then. */
  seal(sittingId: string, from: SittingRecord['state'], amendment?: Amendment): Promise<Sealed | null> {
    const done = this.#queue.then(async () => {
      const sitting = this.#options.store.sittings.getSitting(sittingId);
      if (this.#stopped || sitting?.state !== from) return null;
      const sealed = await sealSitting(this.#options, sitting, amendment);
      this.sealed.emit(sealed);
      return sealed;
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Seals an ended sitting, again and again until it succeeds; each sitting waits for its own next try. */
  sealSoon(sittingId: string): void {
    void this.seal(sittingId, 'ended').catch((cause: unknown) => {
      this.failed.emit(cause);
      if (this.#stopped) return;
      clearTimeout(this.#retries.get(sittingId));
      this.#retries.set(
        sittingId,
        setTimeout(() => this.sealSoon(sittingId), this.#retryMs),
      );
    });
  }

  /** Resolves when nothing is being sealed. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#retries.values()) clearTimeout(timer);
    await this.#queue;
  }
}
