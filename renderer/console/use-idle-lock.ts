import { useEffect } from 'react';
import { CONSOLE_IDLE_MS } from '../../electron/contract/limits.ts';
import { call } from '../client/call.ts';

const ACTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Reading with the pointer moving is use too; said to the core at most this often. */
const SAY_IN_USE_MS = 60_000;

/** Locks the console when nobody touched it for `CONSOLE_IDLE_MS`; the core does the same by itself for commands. */
export function useIdleLock(): void {
  useEffect(() => {
    let saidAt = performance.now();
    const lock = (): void => void call('console/lock', {});
    let timer = setTimeout(lock, CONSOLE_IDLE_MS);
    const used = (): void => {
      clearTimeout(timer);
      timer = setTimeout(lock, CONSOLE_IDLE_MS);
      if (performance.now() - saidAt < SAY_IN_USE_MS) return;
      saidAt = performance.now();
      void call('console/stay-open', {});
    };
    for (const act of ACTS) window.addEventListener(act, used, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const act of ACTS) window.removeEventListener(act, used, { capture: true });
    };
  }, []);
}
