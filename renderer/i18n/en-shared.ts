import type { SameShape } from './same-shape.ts';
import { enWays } from './en-ways.ts';
import type { viShared } from './vi-shared.ts';

/** Words that every window needs. `{{you}}` is how the event addresses people. */
export const enShared: SameShape<typeof viShared> = {
  language: { choose: 'Language', vi: 'Tiếng Việt', en: 'English' },
  address: { dong_chi: 'delegate', ong_ba: 'delegate' },
  addressAll: { dong_chi: 'delegates', ong_ba: 'delegates' },
  ways: enWays,
  common: {
    rehearsal: 'REHEARSAL',
    close: 'Close',
    cancel: 'Not yet, go back',
    back: 'Back',
    reconnecting: 'Reconnecting…',
    starting: 'Starting…',
    restarting: 'This screen is starting again, one moment please…',
    hotline: 'Support: {{hotline}}',
    displayOperator: 'Screen of the secretary',
    displayHall: 'Screen of the hall',
    venue: 'Venue {{venue}}',
  },
};
