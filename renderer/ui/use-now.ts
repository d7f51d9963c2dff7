import { useEffect, useState } from 'react';

/** Less than this is the way of a snapshot through the loopback interface, not a clock that was set. */
const JUMP_MS = 200;

/** The core's clock less ours, from the last snapshot; windows never trust their own clock for a countdown. */
export class CoreClock {
  #offsetMs = 0;
  readonly #listeners = new Set<() => void>();

  /** Takes the `now` of a snapshot that has just arrived. */
  sync(coreNow: number): void {
    const offsetMs = coreNow - Date.now();
    const jumped = Math.abs(offsetMs - this.#offsetMs) > JUMP_MS;
    this.#offsetMs = offsetMs;
    if (jumped) for (const listener of this.#listeners) listener();
  }

  /** Calls back when the core's clock turns out to be elsewhere than thought; returns the way to stop it. */
  onJump(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Epoch milliseconds on the core's clock. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }
}

/** The core's time, renewed just after each of its whole seconds, so that a countdown changes when the clock does. */
export function useNow(clock: CoreClock): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const at = clock.now();
      setNow(at);
      timer = setTimeout(tick, 1000 - (at % 1000) + 5);
    };
    tick();
    const forget = clock.onJump(() => {
      clearTimeout(timer);
      tick();
    });
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [clock]);
  return now;
}
