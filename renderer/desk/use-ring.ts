import { useEffect } from 'react';
import { playNotes } from '../ui/tones.ts';
import { OUTCOME_SOUNDS } from './sounds.ts';

const EVERY_MS = 15_000;
/** After so many rings only the screens say it. */
const RINGS = 8;

/**
 * Rings while somebody waits for the secretary. Desk and console share one loudspeaker, so the desk rings for both, in front
 * or not. `since`: epoch milliseconds; null while nobody waits.
 */
export function useRing(since: number | null): void {
  useEffect(() => {
    if (since === null) return;
    let rings = 0;
    const ring = (): void => {
      playNotes(OUTCOME_SOUNDS.help);
      rings += 1;
      if (rings >= RINGS) clearInterval(timer);
    };
    const timer = setInterval(ring, EVERY_MS);
    ring();
    return () => clearInterval(timer);
  }, [since]);
}
