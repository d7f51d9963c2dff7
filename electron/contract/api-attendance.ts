import { z } from 'zod';
import type { ConsolePerson, PersonCard } from './api-person.ts';
import { AttendeeKind, type AttendanceEventType, type Method, type Totals, type UnitTotals } from './attendance.ts';
import { Name, SittingId } from './common.ts';

/**
 * What the desk and the console ask about attendance beyond search and sign-in. Moments are epoch milliseconds of the
 * core's clock; `error` is a stable code.
 */

/** Longer than any card; a longer scan is somebody else's code. */
const SCAN_CHARS = 4_000;
const PersonId = z.string().min(1).max(80);
const Reason = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1).max(500));
/** When it happened, for something written down later; absent: now. */
const At = z.int().min(0).optional();
const Pin = z.string().max(20).optional();
/** Every entry names its sitting: an amendment may be about an earlier one than the hall is in. */
const InSitting = { sittingId: SittingId };
/** Typed in from the sheet that was filled in by hand: the log, the list and the report say so. */
const FromPaper = z.boolean().default(false);

/** The hall is in another sitting by now; the desk's next view names it. */
export type OtherSitting = { ok: false; error: 'other_sitting' };

// — Desk ————————————————————————————————————————————————————————————————————————————————————————————————————————————

/** The raw text of one scan. It is read, compared and forgotten: never stored, never logged. */
export const ScanInput = z.strictObject({ ...InSitting, raw: z.string().min(1).max(SCAN_CHARS) });
/** A scan that is only described. */
export const TestScanInput = ScanInput.omit({ sittingId: true });

/** The way without typing: nothing → units; a unit → its people when they are few, else initials; a unit and an initial → people. */
export const BrowseInput = z.strictObject({
  ...InSitting,
  /** Null: people without a unit. */
  unitId: z.string().max(80).nullable().optional(),
  initial: z.string().min(1).max(4).optional(),
});
export type BrowseAnswer =
  | { ok: true; step: 'units'; units: { unitId: string | null; unitName: string | null; people: number }[] }
  | { ok: true; step: 'initials'; unitId: string | null; initials: { letter: string; people: number }[] }
  /** `initial` null: all people of the unit. */
  | { ok: true; step: 'people'; unitId: string | null; initial: string | null; people: PersonCard[] }
  | { ok: false; error: 'no_roster' | 'unit_missing' }
  | OtherSitting;

/** "That is not me": takes back the sign-in that this desk made last, of this person and within `TAKE_BACK_MS`. */
export const TakeBackInput = z.strictObject({ ...InSitting, personId: PersonId });
export type TakeBackAnswer =
  | { ok: true; person: PersonCard }
  | { ok: false; error: 'too_late' | 'nothing_to_take_back' | 'not_open' }
  | OtherSitting;

// — Console: people —————————————————————————————————————————————————————————————————————————————————————————————————

export const StatusFilter = z.enum([
  'present',
  'late',
  'left_early',
  'substituted',
  'absent_excused',
  'absent_unexcused',
  'awaited',
  /** Anyone in the hall: came and did not leave. */
  'here',
  /** Summoned, did not come and has no substitute; excused or not. */
  'missing',
]);
export type StatusFilter = z.infer<typeof StatusFilter>;

export const ListPeopleInput = z.strictObject({
  ...InSitting,
  query: z.string().max(100).default(''),
  /** Null: people without a unit; absent: all units. */
  unitId: z.string().max(80).nullable().optional(),
  status: StatusFilter.optional(),
  kind: AttendeeKind.optional(),
  /** Of names: the customary order, or best first when a name was asked for. */
  sort: z.enum(['name', 'unit', 'status', 'arrival']).default('name'),
  descending: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(50),
});

/** One row of the console's list. */
export interface PersonRow extends ConsolePerson {
  unitId: string | null;
  lateMinutes: number;
  leftAt: number | null;
  method: Method | null;
  /** Name of the summoned person a substitute sits for. */
  substituteForName: string | null;
  /** Name of the substitute who came for a summoned person. */
  substitutedByName: string | null;
  /** Confirmed in the roll call that runs now; null while none runs. */
  confirmedNow: boolean | null;
}
export type PeopleAnswer =
  | { ok: true; people: PersonRow[]; total: number; offset: number; counts: PeopleCounts }
  | { ok: false; error: 'no_such_sitting' };
/** How many each filter would leave of those with this name and unit. */
export interface PeopleCounts {
  all: number;
  status: Record<StatusFilter, number>;
  kind: Record<AttendeeKind, number>;
}

export const SecretarySignInInput = z.strictObject({ ...InSitting, personId: PersonId, at: At, fromPaper: FromPaper });

const People = z.array(PersonId).min(1).max(2_000);
/** A delegation arrived together. */
export const SignInManyInput = z.strictObject({ ...InSitting, personIds: People, at: At });
export type SignInManyAnswer =
  | { ok: true; signedIn: string[]; skipped: { personId: string; error: 'not_on_list' | 'already_signed_in' }[] }
  | { ok: false; error: 'not_open' | 'no_such_sitting' }
  | { ok: false; error: 'wrong_time'; from: number; to: number };

/** Everybody on the sheet for a day without power, in its order. */
export type PaperListAnswer =
  | { ok: true; people: (PersonCard & { number: number })[] }
  | { ok: false; error: 'no_such_sitting' };

export const AddPersonInput = z
  .strictObject({
    ...InSitting,
    kind: z.enum(['walk_in', 'guest', 'substitute', 'supervisor']),
    name: Name,
    birthYear: z.int().min(1900).max(2030).optional(),
    birthDate: z.iso.date().optional(),
    /** A unit of the list, or `unitName` in free words for somebody from elsewhere. */
    unitId: z.string().max(80).optional(),
    unitName: Name.optional(),
    position: Name.optional(),
    /** The summoned person a substitute sits for. */
    substituteFor: PersonId.optional(),
    note: z.string().max(500).optional(),
    /** The secretary saw the people of the warning and says it is somebody else. */
    notDuplicate: z.boolean().default(false),
    at: At,
    fromPaper: FromPaper,
  })
  .refine((p) => (p.kind === 'substitute') === (p.substituteFor !== undefined), {
    path: ['substituteFor'],
    error: 'a substitute, and nobody else, sits for a summoned person',
  });
export type AddPersonInput = z.infer<typeof AddPersonInput>;

export const LeftInput = z.strictObject({ ...InSitting, personId: PersonId, reason: Reason.optional(), at: At });
export const ExcuseInput = z.strictObject({
  ...InSitting,
  personIds: People,
  reason: Reason,
});
export const UndoInput = z.strictObject({
  ...InSitting,
  personId: PersonId,
  /** `last`: the newest entry about the person. `arrival`: everything that says the person was here. */
  what: z.enum(['last', 'arrival']).default('last'),
  reason: Reason,
  /** Needed when the console was unlocked more than `UNDO_PIN_AFTER_MS` ago. */
  pin: Pin,
});
/** Takes back one entry, or the whole presence, of many: what a message about many offers. */
export const UndoManyInput = UndoInput.omit({ personId: true }).extend({ personIds: People });
/** An undo within this time after the PIN was entered does not ask for it again, ms. */
export const UNDO_PIN_AFTER_MS = 5 * 60_000;
/** What the console itself entered this short a time ago is taken back without a PIN, ms: the message that says it offers so. */
export const UNDO_AT_ONCE_MS = 15_000;
export const PersonInput = z.strictObject({ ...InSitting, personId: PersonId });

/** Why a change was not made. */
export type ChangeFault =
  | { ok: false; error: 'no_such_sitting' }
  /** The sitting takes no such entry in its present state. */
  | { ok: false; error: 'not_open' }
  | { ok: false; error: 'not_on_list' }
  | { ok: false; error: 'already_signed_in'; firstAt: number }
  | { ok: false; error: 'not_signed_in' }
  | { ok: false; error: 'already_left' }
  | { ok: false; error: 'not_summoned' }
  | { ok: false; error: 'no_such_unit' }
  | { ok: false; error: 'already_substituted'; by: PersonCard }
  /** `at` lies outside the sitting, or in an amendment is missing. */
  | { ok: false; error: 'wrong_time'; from: number; to: number }
  | { ok: false; error: 'nothing_to_undo' };
export type ChangeAnswer = { ok: true; person: PersonRow } | ChangeFault;
export type AddPersonAnswer = ChangeAnswer | { ok: false; error: 'duplicates'; people: PersonCard[] };
export type ExcuseAnswer =
  | { ok: true; excused: number; skipped: { personId: string; error: 'not_on_list' | 'not_summoned' | 'signed_in' }[] }
  | { ok: false; error: 'not_open' | 'no_such_sitting' };
/** An undo may ask for the PIN again. */
type PinFault =
  | { ok: false; error: 'pin_needed' | 'pin_missing' }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number };
export type UndoAnswer = { ok: true; person: PersonRow | null; undone: number } | ChangeFault | PinFault;
export type UndoManyAnswer =
  | { ok: true; undone: number; skipped: { personId: string; error: 'not_on_list' | 'nothing_to_undo' }[] }
  | { ok: false; error: 'not_open' | 'no_such_sitting' }
  | PinFault;

/** One entry about a person, for the list of changes. */
export interface HistoryEntry {
  seq: number;
  type: AttendanceEventType;
  /** Of an entry that adds somebody: as what. */
  kind: AttendeeKind | null;
  /** When it was written. */
  writtenAt: number;
  /** When it happened, as far as it was entered later. */
  at: number;
  station: string;
  actor: string;
  method: Method | null;
  reason: string | null;
  rollCall: string | null;
  /** The entry was undone by this one. */
  undoneBy: number | null;
  /** This entry undoes that one. */
  undoes: number | null;
}
export type HistoryAnswer =
  | { ok: true; entries: HistoryEntry[] }
  | { ok: false; error: 'not_on_list' | 'no_such_sitting' };

// — Console: roll calls, head-count, help ———————————————————————————————————————————————————————————————————————————

export const OpenRollCallInput = z.strictObject({ ...InSitting, title: Name.pipe(z.string().max(80)) });
export type RollCallAnswer =
  | { ok: true; rollCall: RollCallView }
  | { ok: false; error: 'not_open' | 'no_such_sitting' };
export type CloseRollCallsAnswer = { ok: true } | { ok: false; error: 'no_such_sitting' };
export interface RollCallView {
  id: string;
  title: string;
  openedAt: number;
  closedAt: number | null;
  /** People confirmed in it; of a cancelled one, nobody. */
  confirmed: number;
  cancelled: { at: number; by: string; reason: string } | null;
}

/** What closing the running roll call would record: these people left early. */
export type RollCallPreviewAnswer =
  | {
      ok: true;
      rollCall: { id: string; title: string };
      /** People in the hall by the list who were not confirmed. */
      count: number;
      /** The first `ROLL_CALL_NAMES_SHOWN` of them in the order of the list. */
      people: PersonCard[];
    }
  | { ok: false; error: 'none_running' | 'no_such_sitting' };
export const ROLL_CALL_NAMES_SHOWN = 200;

/** A cancelled roll call counts for nothing: nobody left early because of it. */
export const CancelRollCallInput = z.strictObject({ ...InSitting, rollCallId: z.uuid(), reason: Reason });
export type CancelRollCallAnswer =
  | { ok: true; rollCall: RollCallView }
  | { ok: false; error: 'no_such_roll_call' | 'already_cancelled' | 'not_open' | 'no_such_sitting' };

export const HeadCountInput = z.strictObject({
  ...InSitting,
  counted: z.int().min(0).max(100_000),
  reason: Reason.optional(),
});
export type HeadCountAnswer =
  | { ok: true; headCount: HeadCountView }
  | { ok: false; error: 'not_open' | 'no_such_sitting' }
  | { ok: false; error: 'reason_needed'; inHall: number };
export interface HeadCountView {
  counted: number;
  reason: string | null;
  by: string;
  /** People in the hall by the list now; the count may have been right when it was made. */
  inHall: number;
}

/** Who came, of every kind, in steps of the same length; `from`: beginning of the first, epoch ms. `later`: after the last step. */
export interface ArrivalSteps {
  from: number;
  stepMs: number;
  counts: number[];
  later: number;
}

/** The people of one sitting as the console shows them. */
export interface HallView {
  sittingId: string;
  totals: Totals;
  units: UnitTotals[];
  arrivals: ArrivalSteps;
  rollCalls: RollCallView[];
  headCount: HeadCountView | null;
  /** Assigned supervisors the package names, and who of them is here. */
  supervisors: { name: string; position: string | null; unit: string | null; personId: string | null }[];
}
