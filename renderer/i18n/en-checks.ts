import type { viChecks } from './vi-checks.ts';

export const enChecks: {
  [K in keyof typeof viChecks]: (typeof viChecks)[K] extends string
    ? string
    : Record<keyof (typeof viChecks)[K], string>;
} = {
  title: 'Checks before the hour',
  never: 'not checked yet',
  neverHint:
    'The kiosk looks at {{count}} things in about a minute. Only loudspeaker and scanner need an answer from a person.',
  running: 'checking',
  progress: '{{done}} of {{total}} done',
  at: 'Checked at {{time}}',
  counts: {
    aside: '{{count}} for information',
    green: '{{count}} good',
    yellow: '{{count}} to look at',
    red: '{{count}} to act on now',
  },
  next: 'Checks again by itself at {{time}}.',
  start: 'Check now',
  again: 'Check again',
  todo: 'For a person to do',
  aside: 'For information',
  good: 'Good',
  save: 'Save the result',
  tone: 'Play test tone',
  toneAgain: 'Play again',
  heard: 'It is heard',
  notHeard: 'It is not heard',
  listen: 'Stand in the middle of the hall: are three rising tones heard?',
  scan: 'Hold a card or a code to the scanner now.',
  noScanner: 'No scanner here',
};
