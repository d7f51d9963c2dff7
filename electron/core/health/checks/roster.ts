import type { Check } from '../check.ts';

const DAY_MS = 86_400_000;
/** Offices change people with the month. */
const OLD_DAYS = 30;

/** The list of delegates: how many, how old, and what of it is open. */
export const roster: Check<'roster'> = {
  id: 'roster',
  limitMs: 30_000,
  async run({ records, now }) {
    const { hasRoster, summoned, damaged, listAt } = records.roster();
    if (damaged > 0) return { word: 'damaged', facts: { open: damaged } };
    if (!hasRoster) return { word: 'none' };
    if (summoned === 0) return { word: 'empty' };
    const open = await records.countDoubles();
    const days = Math.floor((now() - listAt) / DAY_MS);
    const facts = { count: summoned, open, days, listAt };
    if (open > 0) return { word: 'questions', facts };
    return { word: days > OLD_DAYS ? 'old' : 'good', facts };
  },
};
