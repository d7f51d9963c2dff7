import { useEffect, useState } from 'react';

/** The core's clock less ours, from the last snapshot; windows never trust their own clock for a countdown. */
export class CoreClock {
  #offsetMs = 0;

  /** Takes the `now` of a snapshot that has just arrived. */
  sync(coreNow: number): void {
    this.#offsetMs = coreNow - Date.now();
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
    return () => clearTimeout(timer);
  }, [clock]);
  return now;
}
