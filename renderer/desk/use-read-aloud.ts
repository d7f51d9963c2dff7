import i18next from 'i18next';
import { useEffect, useState } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { browserSynthesis, createSpeaker } from '../ui/speech.ts';
import type { Outcome } from './flow.ts';
import { sayOutcome } from './spoken.ts';

/** Speaks the outcome that is on screen, after it was drawn, and is silent as soon as it is gone. */
export function useReadAloud(outcome: Outcome | null, { readAloud, address }: DeskView): void {
  const [speaker] = useState(() => createSpeaker(browserSynthesis()));
  useEffect(() => {
    if (!readAloud || outcome === null) return;
    speaker.say(sayOutcome(outcome, i18next.getFixedT('vi'), address));
    return () => speaker.stop();
  }, [speaker, readAloud, address, outcome]);
}
