import type { SameShape } from './same-shape.ts';
import type { viTrial } from './vi-trial.ts';

export const enTrial: SameShape<typeof viTrial> = {
  title: 'Trial with the real package',
  begin: 'Try with the real package',
  hint: 'Tries the stream, list, cards and the way to the province of this very session. No attendance is recorded, no report is made or sent; it ends by itself before sign-in opens.',
  technicianOnly: 'The console must be open with the technician’s PIN.',
  running: 'Trial with the real package',
  runningHint: 'Ends by itself at {{time}}. Sign-ins made in it are deleted when it ends, and are in no report.',
  end: 'End the trial',
  failed: {
    sitting_running: 'A sitting is open, so nothing can be tried now. Try after it has ended.',
    too_late: 'Sign-in opens soon ({{time}}), so nothing is tried any more. See the page “Checks”.',
    no_sitting: 'This session has no sitting ahead to try.',
    not_written:
      'The trial could not begin: its files cannot be written. Check the free space of the disk, then try again.',
    technician_only: 'The console must be open with the technician’s PIN.',
    gone: 'This session is no longer stored on this PC. Load its package again.',
    busy: 'A session is being opened. Wait a few seconds.',
    is_trial: 'A trial is on already.',
    unreachable: 'This PC does not answer yet. Try again in a few seconds.',
  },
};
