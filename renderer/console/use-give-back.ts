import { useEffect } from 'react';
import { call } from '../client/call.ts';

/** Somebody who looks for a PIN is not hurried. */
export const GIVE_BACK_MS = 60_000;

/**
 * Gives the place in front back to the desk when a locked console stands there and nobody does anything: whoever held the lock at the
 * desk and knows no PIN has gone, and the next person wants to sign in. A console that is behind another window has no focus, and stays.
 */
export function useGiveBack(): void {
  useEffect(() => {
    const give = (): void => {
      if (document.hasFocus()) void call('console/show', { role: 'desk' });
      timer = setTimeout(give, GIVE_BACK_MS);
    };
    let timer = setTimeout(give, GIVE_BACK_MS);
    const used = (): void => {
      clearTimeout(timer);
      timer = setTimeout(give, GIVE_BACK_MS);
    };
    const acts = ['pointerdown', 'pointermove', 'keydown', 'focus'] as const;
    for (const act of acts) window.addEventListener(act, used, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const act of acts) window.removeEventListener(act, used, { capture: true });
    };
  }, []);
}
