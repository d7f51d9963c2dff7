import type { Clock } from './clock.ts';

/** Says how long to wait before the next restart of one thing. */
export interface BackOff {
  /** Call when the thing died: the delay before it is started again, ms. */
  next(): number;
  /** Call when the thing runs: from here its time in good health is counted. */
  started(): void;
}

/** Delays grow along the row while the thing keeps dying, and begin again from the first after it ran for `healthyMs`. */
export function createBackOff(clock: Clock, delaysMs: readonly number[], healthyMs: number): BackOff {
  let failures = 0;
  let startedAt: number | null = null;
  return {
    next() {
      if (startedAt !== null && clock.now() - startedAt >= healthyMs) failures = 0;
      startedAt = null;
      const delay = delaysMs[Math.min(failures, delaysMs.length - 1)] ?? 0;
      failures += 1;
      return delay;
    },
    started() {
      startedAt = clock.now();
    },
  };
}
