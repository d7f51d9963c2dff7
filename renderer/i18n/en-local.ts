import type { SameShape } from './same-shape.ts';
import type { viLocalRoster, viMomentField } from './vi-local.ts';

export const enLocalRoster: SameShape<typeof viLocalRoster> = {
  title: 'Roster of delegates',
  none: 'No file chosen. Choose one here, or bring it in later on the console.',
  choose: 'Choose a roster file…',
  chooseOther: 'Choose another file…',
  chosen: '{{people}} people in “{{file}}”',
  chosen_one: '{{people}} person in “{{file}}”',
  drop: 'Without a roster',
  back: 'Back to the session',
  take: 'Use this roster',
  takeHint:
    'The roster goes with the session and stands in the file that is saved. It can still be changed on the console.',
};

/** What a field for a day or a time of day expects. */
export const enMomentField: SameShape<typeof viMomentField> = { day: 'day/month/year', time: 'hh:mm' };
