import type { Check } from '../check.ts';

/** What the newest test scan was like. */
export const scanner: Check<'scanner'> = {
  id: 'scanner',
  run({ answers }) {
    const { scanner: answer } = answers;
    return answer ? { word: answer.result, facts: { readAt: answer.at } } : { word: 'not_tried' };
  },
};
