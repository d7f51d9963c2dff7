import { useCallback, useState } from 'react';
import type { Step } from './flow.ts';

interface LargeLetters {
  large: boolean;
  toggle: () => void;
  /** The person is gone. */
  forget: () => void;
}

/** Larger letters for the person at the desk, until that person is done or gone. */
export function useLargeLetters(step: Step): LargeLetters {
  const [large, setLarge] = useState(false);
  const [before, setBefore] = useState(step);
  if (before !== step) {
    setBefore(step);
    // After a confirmation comes somebody else, unless it is taken back.
    const isDone = before.step === 'outcome' && step.step !== 'recording' && step.step !== 'outcome';
    if (large && isDone) setLarge(false);
  }
  const toggle = useCallback(() => setLarge((is) => !is), []);
  const forget = useCallback(() => setLarge(false), []);
  return { large, toggle, forget };
}
