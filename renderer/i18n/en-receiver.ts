import type { SameShape } from './same-shape.ts';
import type { viReceiver } from './vi-receiver.ts';

export const enReceiver: SameShape<typeof viReceiver> = {
  none: 'Nowhere: saved by hand',
  noneHint:
    'Reports are sealed all the same when a sitting ends; save them to a USB stick and print them on the console.',
  title: 'Report',
  says: 'Reports of this session go nowhere.',
  before: 'When the sitting ends, its report is made and sealed on this PC. Then save it to a USB stick, or print it.',
  after:
    'The report is sealed on this PC. Press “Save documents” on the page Report to copy it to a USB stick or to print it.',
};
