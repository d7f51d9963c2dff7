import type { SameShape } from './same-shape.ts';
import type { viVoice } from './vi-voice.ts';

export const enVoice: SameShape<typeof viVoice> = {
  title: 'Read the outcome aloud',
  on: 'On',
  off: 'Off',
  noVoice: 'No Vietnamese voice',
  onWithoutVoice: 'Switched on, but this PC no longer has a Vietnamese voice: the desk does not speak.',
  hint: 'The desk says name and outcome in Vietnamese, for people who see badly. The screen shows it at once, and does not wait.',
  howToGetOne:
    'So it cannot be switched on here. Install a Vietnamese voice in the speech settings of the PC, then start the program again.',
  turnOn: 'Read aloud',
  turnOff: 'Stop reading aloud',
  try: 'Listen',
  // Spoken by a Vietnamese voice.
  sample: 'Nguyễn Văn Đức. Đã điểm danh.',
};
