import type { SameShape } from './same-shape.ts';
import type { viWays } from './vi-ways.ts';

/** Ways to another window by mouse and touch. */
export const enWays: SameShape<typeof viWays> = {
  desk: 'Sign-in desk: hold for a second',
  deskHint: 'Hold a little longer for the sign-in desk',
  console: 'Console: hold for a second',
  consoleHint: 'For the technician: hold for a second',
};
