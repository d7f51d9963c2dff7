import type { TimerClock } from '../../contract/clock.ts';

/** Waits before a sealing that failed is tried again, ms; the last one is repeated. */
export const SEAL_RETRY_MS = [5_000, 10_000, 20_000, 40_000, 60_000] as const;

export interface SealQueueOptions {
  /** Seals one sitting; does nothing when it is no longer to be sealed. Rejects when it failed (no space, say). */
  seal(sittingId: string): Promise<void>;
  onFailed(sittingId: string, cause: unknown): void;
  after: TimerClock['after'];
}

/** Timers of the PC that do not keep the process alive. */
export const sealTimer: TimerClock['after'] = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * Seals sittings one after the other. Each that fails is tried again for as long as it waits, ever more seldom, by a
 * timer of its own, so that none holds up another.
 */
export class SealQueue {
  readonly #options: SealQueueOptions;
  /** Sittings in the queue or waiting for another try: how often each failed, and how its timer is cancelled. */
  readonly #waiting = new Map<string, { failures: number; cancel: (() => void) | null }>();
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: SealQueueOptions) {
    this.#options = options;
  }

  /** Seals this sitting in its turn. One that waits already is not queued twice. */
  add(sittingId: string): void {
    if (this.#stopped || this.#waiting.has(sittingId)) return;
    this.#waiting.set(sittingId, { failures: 0, cancel: null });
    this.#try(sittingId);
  }

  /** Runs other work that must not meet a sealing; rejects as the work does. After `stop` it answers null. */
  inTurn<T>(work: () => Promise<T>): Promise<T | null> {
    const done = this.#last.then(async () => (this.#stopped ? null : work()));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when nothing is being sealed; what waits for another try is not waited for. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { cancel } of this.#waiting.values()) cancel?.();
    this.#waiting.clear();
    await this.#last;
  }

  #try(sittingId: string): void {
    void this.inTurn(() => this.#options.seal(sittingId)).then(
      () => this.#waiting.delete(sittingId),
      (cause: unknown) => this.#failed(sittingId, cause),
    );
  }

  #failed(sittingId: string, cause: unknown): void {
    this.#options.onFailed(sittingId, cause);
    const waiting = this.#waiting.get(sittingId);
    if (!waiting) return;
    const delayMs = SEAL_RETRY_MS[Math.min(waiting.failures, SEAL_RETRY_MS.length - 1)] ?? 0;
    waiting.failures += 1;
    waiting.cancel = this.#options.after(delayMs, () => {
      waiting.cancel = null;
      this.#try(sittingId);
    });
  }
}
