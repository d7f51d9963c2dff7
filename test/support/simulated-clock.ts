import type { TimerClock } from '../../electron/contract/clock.ts';

export interface SimulatedClock extends TimerClock {
  /** Runs the next timer and sets the clock to its moment; false when none is left. */
  step(): boolean;
  /** Moment of the next timer; null when none is left. */
  nextAt(): number | null;
  /** Runs everything due until `at`, letting the work between timers finish. */
  runUntil(at: number): Promise<void>;
  /** Sets the clock forward or back without running anything, as a person does. */
  set(at: number): void;
}

/** Time that passes only when it is told to. Timers of the same moment run in the order they were set. */
export function createSimulatedClock(startAt: number): SimulatedClock {
  let now = startAt;
  let serial = 0;
  const heap: { at: number; serial: number; run: (() => void) | null }[] = [];

  const before = (a: number, b: number): boolean => {
    const [x, y] = [heap[a]!, heap[b]!];
    return x.at < y.at || (x.at === y.at && x.serial < y.serial);
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const pop = (): (typeof heap)[number] | undefined => {
    if (heap.length === 0) return undefined;
    swap(0, heap.length - 1);
    const top = heap.pop();
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const child = left + 1 < heap.length && before(left + 1, left) ? left + 1 : left;
      if (!before(child, i)) break;
      swap(i, child);
      i = child;
    }
    return top;
  };
  const dropCancelled = (): void => {
    while (heap[0] && heap[0].run === null) pop();
  };
  const step = (): boolean => {
    dropCancelled();
    const next = pop();
    if (!next?.run) return false;
    now = Math.max(now, next.at);
    next.run();
    return true;
  };

  return {
    now: () => now,
    after(delayMs, run) {
      const entry = { at: now + delayMs, serial: serial++, run: run as (() => void) | null };
      heap.push(entry);
      for (let i = heap.length - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (!before(i, parent)) break;
        swap(i, parent);
        i = parent;
      }
      return () => void (entry.run = null);
    },
    step,
    nextAt() {
      dropCancelled();
      return heap[0]?.at ?? null;
    },
    async runUntil(at) {
      for (;;) {
        await settle();
        dropCancelled();
        if (!heap[0] || heap[0].at > at) break;
        step();
      }
      now = Math.max(now, at);
    },
    set(at) {
      now = at;
    },
  };
}

/** Lets promise chains that wait for nothing outside run to their end. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
