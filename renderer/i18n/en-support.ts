import type { SameShape } from './same-shape.ts';
import type { viSupport } from './vi-support.ts';

export const enSupport: SameShape<typeof viSupport> = {
  title: 'Support file',
  why: 'If a telephone call did not solve it: save the support file on a stick and send it to support. It holds logs, checks, versions and the state of the records.',
  without: 'It holds no names, identity numbers, PINs or passwords.',
  open: 'Save the support file…',
  holds: 'It holds',
  holdsWhat:
    'the logs of the program, the checks before the hour, versions, numbers of records, settings of this PC, the steps of each sitting, deliveries of reports.',
  lacks: 'It does not hold',
  lacksWhat:
    'names, identity numbers, party numbers, badge codes, PINs, passwords, keys of this PC, contents of lists and reports.',
  save: 'Save the support file',
  saving: 'Collecting and saving. Sign-in goes on as usual.',
  saved: 'Saved {{file}} ({{size}}) to {{place}}',
  send: 'Send this file to support, and say at what time it happened.',
  failed: {
    technician_only: 'Only the technician can save this file. Lock the console and open it with the technician’s PIN.',
    busy: 'Another file is being saved. Wait a few seconds and try again.',
    no_such_place: 'That place is gone. Plug the stick in again, press “Look again”, and choose a place.',
    not_saved: 'Not saved: the place is full or cannot be written to. Choose another place.',
    unreachable: 'The PC does not answer. Try again in a few seconds.',
  },
};
