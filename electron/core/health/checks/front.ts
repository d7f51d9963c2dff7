import type { Check } from '../check.ts';

/** Whether another program is in front of the kiosk's windows. */
export const front: Check<'front'> = {
  id: 'front',
  run({ shell }) {
    if (!shell || shell.madeUp || shell.front === 'unknown') return { word: 'unknown' };
    if (shell.front === 'ours') return { word: 'ours' };
    return { word: 'other', facts: { name: shell.frontName ?? '?' } };
  },
};
