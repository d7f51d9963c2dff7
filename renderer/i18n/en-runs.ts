import type { SameShape } from './same-shape.ts';
import type { viCheckRuns } from './vi-runs.ts';

export const enCheckRuns: SameShape<typeof viCheckRuns> = {
  title: 'Earlier checks',
  at: 'At',
  why: 'Why',
  result: 'Result',
  red: 'To be done now',
  yellow: 'To be looked at',
  occasion: {
    by_hand: 'Somebody started it or answered',
    hour_before: 'By itself, 60 minutes before a sitting',
    quarter_before: 'By itself, 15 minutes before a sitting',
    command: 'From the command line',
  },
};
