import type { TimerClock } from '../contract/clock.ts';

/** Time as the supervisor uses it; tests replace it. */
export type Clock = TimerClock;

/** Monotonic time of the supervisor; only differences mean something. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Settles like `work`, or rejects with `what` and the limit when `ms` pass first. The work itself is not stopped. */
export function within<T>(clock: Clock, ms: number, what: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`${what} took longer than ${ms} ms`)));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** Timers of one owner, which can all be cancelled at once. */
export interface Timers {
  after(ms: number, action: () => void): void;
  /** Cancels what waits and takes nothing more. */
  stop(): void;
}

export function createTimers(clock: Clock): Timers {
  const waiting = new Set<() => void>();
  let stopped = false;
  return {
    after(ms, action) {
      if (stopped) return;
      const cancel = clock.after(ms, () => {
        waiting.delete(cancel);
        action();
      });
      waiting.add(cancel);
    },
    stop() {
      stopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
