import { useCallback, useState } from 'react';
import type { Step } from './flow.ts';

interface LargeLetters {
  large: boolean;
  toggle: () => void;
  /** The person is gone. */
  forget: () => void;
}

/** Larger letters for the person at the desk, until that person is done or gone; then again as set for this PC. */
export function useLargeLetters(step: Step, ofPc: boolean): LargeLetters {
  /** What the person chose; null for nothing. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [before, setBefore] = useState(step);
  if (before !== step) {
    setBefore(step);
    // After a confirmation comes somebody else, unless it is taken back.
    const isDone = before.step === 'outcome' && step.step !== 'recording' && step.step !== 'outcome';
    if (chosen !== null && isDone) setChosen(null);
  }
  const large = chosen ?? ofPc;
  const toggle = useCallback(() => setChosen(!large), [large]);
  const forget = useCallback(() => setChosen(null), []);
  return { large, toggle, forget };
}
