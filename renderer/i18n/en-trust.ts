/** What was wrong with the records of this PC and their second copy. */
export const enTrustAlarms = {
  database_rebuilt:
    'The data file was damaged or lost; everything was rebuilt from the second copy. Sign-in goes on; compare the numbers on screen with the paper list, then tell support.',
  log_rolled_forward:
    'The end of the data file was missing (damaged, or an older copy was put in its place); it was taken back from the second copy. Sign-in goes on; tell support.',
  rows_rebuilt:
    'Some rows were damaged or changed from outside; they were taken back from the second copy. Sign-in goes on; tell support after the sitting.',
  rows_set_aside:
    'Some rows were not written by this program; they were put aside, count in no report, and were not deleted. Tell support.',
  journal_missing:
    'The second copy of the data is gone from this PC; a new one was begun. Tell support if nobody here removed that file.',
  journal_repaired:
    'The second copy of the data was damaged; it was made again from the main data file. Check the disk after the sitting.',
  journal_set_aside:
    'The second copy on this PC does not belong to the data file; it was put aside and a new one was begun. Tell support.',
  journal_failed:
    'The second copy cannot be written; sign-ins are still stored in the main file. Check that the disk has space; if this stays, call support.',
  receipt_unproven:
    'A stored receipt of the province is not genuine (changed or damaged); the report is sent again. Tell support.',
  copy_stopped:
    'The second copy on the disk “{{name}}” has stopped: it was pulled out, is full or does not answer. Sign-ins are still recorded on this PC. Plug it in again; what is missing is then copied by itself.',
} as const;
