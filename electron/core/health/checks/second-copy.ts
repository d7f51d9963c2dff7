import type { Check } from '../check.ts';

/** The copy of the attendance log outside the database. */
export const secondCopy: Check<'second_copy'> = {
  id: 'second_copy',
  run({ records }) {
    return { word: records.hallFacts().secondCopy?.state ?? 'none' };
  },
};
