import type { Check } from '../check.ts';

/** PINs of the console. */
export const pins: Check<'pins'> = {
  id: 'pins',
  run({ records }) {
    if (!records.isPinSet('technician')) return { word: 'missing' };
    return { word: records.isPinSet('chair') ? 'both' : 'no_chair' };
  },
};
