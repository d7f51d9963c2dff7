import type { SameShape } from './same-shape.ts';
import type { viHall } from './vi-hall.ts';

/** Picture, sound and displays of the hall on the console. */
export const enHall: SameShape<typeof viHall> = {
  preview: 'Picture on the screen of the hall',
  previewSoon: 'Fetching the picture…',
  previewNone: 'The screen of the hall does not answer.',
  previewAlt: 'What the hall sees now',
  volume: 'Volume',
  mute: 'Mute',
  unmute: 'Sound on',
  mutedShort: 'muted',
  sources: 'Source of the picture',
  automatic: 'Automatic',
  source: 'Source {{n}}: {{host}}',
  playing: 'playing',
  sourcesHint:
    'Automatic: the first source, and the next one when it fails. By hand: the chosen one goes first; the other still stands in.',
  sourceLater: 'The picture is more than two minutes late: a source that was just chosen is seen after about a minute.',
  oneSource: 'This sitting has one source of the picture.',
  displays: 'Screens',
  displaysOne: 'This PC sees one screen.',
  displaysMany: 'This PC sees {{n}} screens.',
  identify: 'Show numbers on the screens',
  swap: 'Swap the two screens',
  swapHint: 'Number 1 is the screen of the secretary, number 2 the screen of the hall. The PC remembers the swap.',
  swapTitle: 'Swap the two screens?',
  swapLive: 'The hall is watching: the picture moves to the other screen.',
};
