import { z } from 'zod';

/**
 * The checks before the hour ("Kiểm tra trước giờ"): what each one can find, and what that means. Green: nothing to do. Yellow: the
 * sitting can be held, and something is better looked at. Red: the sitting is in danger until a person has acted. Page, print,
 * `--check --json` and the report's evidence all use these words; the sentences are in `electron/shared/checks`.
 */

export const CheckState = z.enum(['green', 'yellow', 'red']);
export type CheckState = z.infer<typeof CheckState>;

/** Every check in the order in which it is shown, and the state of each word that it can find. */
export const CHECKS = {
  /** How many, how large, at which scale, and what lies where. */
  displays: {
    two: 'green',
    one: 'yellow',
    small: 'yellow',
    mirrored: 'yellow',
    unknown: 'yellow',
    misplaced: 'red',
    none: 'red',
  },
  /** Each source fetched, measured against the top rendition × 1.5, and decoded by the stage. */
  picture: {
    good: 'green',
    /** The big screen shows it: what a line carries beside that is not measured. */
    playing: 'green',
    not_needed: 'green',
    undecoded: 'yellow',
    slow: 'yellow',
    not_begun: 'yellow',
    some_fail: 'yellow',
    too_slow: 'red',
    not_decodable: 'red',
    fails: 'red',
  },
  /** What a person in the hall said of the test tone, and the loudspeaker chosen. */
  sound: { heard: 'green', not_asked: 'yellow', not_heard: 'red', device_lost: 'red' },
  /** Against the clocks of centre and province. */
  clock: {
    right: 'green',
    slightly_off: 'yellow',
    nobody_says: 'yellow',
    hosts_differ: 'yellow',
    wrong: 'red',
    refuses_certificates: 'red',
    likely_wrong: 'red',
    unset: 'red',
  },
  /** Names of servers (DNS). */
  names: { found: 'green', none_needed: 'green', slow: 'yellow', fails: 'red' },
  proxy: { none: 'green', works: 'green', not_used: 'yellow', fails: 'red' },
  /** An antivirus or a gateway that signs again is named. */
  certificates: {
    trusted: 'green',
    none_needed: 'green',
    expires_soon: 'yellow',
    inspected: 'yellow',
    fails: 'red',
    inspected_refused: 'red',
  },
  /** The way a report will take, with the method it will use. */
  province: { open: 'green', none_here: 'green', busy: 'yellow', method_blocked: 'red', fails: 'red' },
  /** Free space, and how long one synced write takes. */
  disk: { good: 'green', little: 'yellow', slow: 'yellow', full: 'red', very_slow: 'red', cannot_write: 'red' },
  power: { mains: 'green', unknown: 'yellow', battery: 'red' },
  /** Whether the PC may sleep while the hall watches. */
  sleep: { kept_awake: 'green', never: 'green', may_blank: 'yellow', unknown: 'yellow', may_sleep: 'red' },
  autostart: { on: 'green', off: 'yellow', unknown: 'yellow', broken: 'red' },
  pins: { both: 'green', no_chair: 'yellow', missing: 'red' },
  /** How many, how old, and what of it is open. */
  roster: { good: 'green', none: 'yellow', old: 'yellow', questions: 'yellow', empty: 'red', damaged: 'red' },
  scanner: { read: 'green', none_here: 'green', not_tried: 'yellow', garbled: 'yellow', unreadable: 'red' },
  /** Age and signature of the session package. */
  package: {
    signed: 'green',
    rehearsal: 'green',
    unsigned: 'yellow',
    by_person: 'yellow',
    old: 'yellow',
    file_bad: 'yellow',
    over: 'red',
  },
  /** The copy of the attendance log outside the database. */
  second_copy: { complete: 'green', none: 'yellow', behind: 'yellow', failed: 'red' },
  /** Version and age of the program that shows the windows. */
  browser: { new: 'green', old: 'yellow', unknown: 'yellow', too_old: 'red' },
  /** Of the system. */
  updates: {
    none: 'green',
    pending: 'yellow',
    long_ago: 'yellow',
    unknown: 'yellow',
    restart_wanted: 'yellow',
    running: 'red',
    will_restart: 'red',
  },
  /** Whether another program is in front of the kiosk. */
  front: { ours: 'green', unknown: 'yellow', other: 'red' },
  /** What only the system can lock. */
  lockdown: { set: 'green', not_set: 'yellow', unknown: 'yellow', broken: 'red' },
} as const satisfies Record<string, Record<string, CheckState>>;

export type CheckId = keyof typeof CHECKS;
export type CheckWord<C extends CheckId = CheckId> = keyof (typeof CHECKS)[C] & string;

/** Numbers and names in the sentences; a name that ends in `At` is a moment, epoch ms; `cause` is a word of the table of causes. */
export const CheckFacts = z.record(z.string(), z.union([z.string(), z.number()]));
export type CheckFacts = z.infer<typeof CheckFacts>;

/** What one check found. Stored: `check` and `word` may be of an older or a newer program. */
export const CheckOutcome = z.strictObject({
  check: z.string(),
  state: CheckState,
  word: z.string(),
  facts: CheckFacts,
  /** When it was done, epoch ms. */
  at: z.number(),
  tookMs: z.number(),
});
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** Who or what had the checks run: a person, 60 or 15 minutes before the start, or the command line. */
export const CheckOccasion = z.enum(['by_hand', 'hour_before', 'quarter_before', 'command']);
export type CheckOccasion = z.infer<typeof CheckOccasion>;

/** The one word of a run: nothing to do; can be held, with remarks; something is missing. */
export const CheckVerdict = z.enum(['ready', 'ready_with_remarks', 'not_ready']);
export type CheckVerdict = z.infer<typeof CheckVerdict>;

/** One run of all checks. Moments are epoch ms. */
export const CheckRun = z.strictObject({
  id: z.string(),
  packageId: z.string(),
  /** The sitting the hall was in; null for none. */
  sittingId: z.string().nullable(),
  occasion: CheckOccasion,
  startedAt: z.number(),
  finishedAt: z.number(),
  outcomes: z.array(CheckOutcome),
});
export type CheckRun = z.infer<typeof CheckRun>;

/** For the console's pushed view: how far a run is, and the one word of the newest. */
export interface ChecksSummary {
  /** A run is on: so many of so many are done. */
  running: { done: number; total: number } | null;
  /** Of the newest run with what people answered since; null before the first. */
  verdict: CheckVerdict | null;
  red: number;
  yellow: number;
  finishedAt: number | null;
}

/** Everything that the page shows. */
export interface ChecksView extends ChecksSummary {
  /** Newest outcome of each check in the order of the list; those of a run that is on as they come. */
  outcomes: CheckOutcome[];
  /** Earlier runs, newest first. */
  runs: {
    id: string;
    occasion: CheckOccasion;
    startedAt: number;
    verdict: CheckVerdict;
    red: number;
    yellow: number;
  }[];
  /** When it runs by itself next; null when no sitting is ahead. */
  nextAt: number | null;
}

export type ChecksViewAnswer = { ok: true; checks: ChecksView };
export type RunChecksAnswer = { ok: true } | { ok: false; error: 'busy' };

/** What the stage is asked to decode, out of sight and without sound. */
export interface DecodeTrial {
  id: string;
  sources: { id: string; url: string }[];
}

/** What became of one source; 0 frames: it could not be decoded here. */
export const DecodedSource = z.strictObject({
  id: z.string().max(80),
  frames: z.int().min(0),
  widthPx: z.int().min(0),
  heightPx: z.int().min(0),
});
export type DecodedSource = z.infer<typeof DecodedSource>;
export const DecodedInput = z.strictObject({ id: z.string().max(80), sources: z.array(DecodedSource).max(10) });

/** What only a person in the hall can say. `none_here`: this desk has no scanner. */
export const CheckAnswerInput = z.discriminatedUnion('check', [
  z.strictObject({ check: z.literal('sound'), heard: z.boolean() }),
  z.strictObject({ check: z.literal('scanner'), result: z.enum(['none_here']) }),
]);
export type CheckAnswerInput = z.infer<typeof CheckAnswerInput>;
