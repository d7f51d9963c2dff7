/** Everything that happened in a sitting, for the console and for paper; the words are in shared/timeline. */

/** Stable codes of what happened. */
export type TimelineCode =
  | 'opened'
  | 'live'
  | 'interruption'
  | 'interruption_open'
  | 'roll_call_opened'
  | 'roll_call_closed'
  | 'roll_call_cancelled'
  | 'roster_imported'
  | 'roster_undone'
  | 'people_merged'
  | 'head_count'
  | 'clock_jump'
  | 'end_confirmed'
  | 'end_refused'
  | 'ended'
  | 'reopened'
  | 'notice'
  | 'pin_set'
  | 'sealed'
  | 'signed'
  | 'amend_begun'
  | 'amend_cancelled'
  | 'saved'
  | 'printed'
  | 'try_failed'
  | 'delivered'
  | 'returned';

/** What an entry rests on. */
export type TimelineProof = 'sitting' | 'log' | 'playback' | 'console' | 'sealed' | 'delivery' | 'receipt';

export interface TimelineEntry {
  /** By this PC's clock, epoch ms. */
  at: number;
  what: TimelineCode;
  /** Fill the words. Names that end in `At` are moments, epoch ms; `role`, `endedBy`, `cause`, `failure`, `whose` are codes. */
  facts: Record<string, string | number | null>;
  proof: TimelineProof;
}

export type TimelineAnswer = { ok: true; entries: TimelineEntry[] } | { ok: false; error: 'no_such_report' };
