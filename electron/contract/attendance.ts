import { z } from 'zod';

/**
 * What an event of the append-only attendance log says. `walk_in_added` stands for everybody added on the spot except
 * substitutes; as what, says the event's body (`kind`), or in rows of the first version the person's own kind.
 */
export const AttendanceEventType = z.enum([
  'arrived',
  'confirmed',
  'left',
  'walk_in_added',
  'substitute_named',
  'absence_excused',
  'voided',
]);
export type AttendanceEventType = z.infer<typeof AttendanceEventType>;

/** How a person was recognised. `secretary`: on the console · `paper`: typed in from the sheet that was filled in by hand. */
export const Method = z.enum(['search', 'list', 'citizen_card', 'party_card', 'badge', 'number', 'secretary', 'paper']);
export type Method = z.infer<typeof Method>;

/** summoned: on the roster · walk_in: added on the spot · guest: invited, outside the roster · substitute: sits for a summoned person · supervisor: assigned from above. Only summoned people are in the denominator. */
export const AttendeeKind = z.enum(['summoned', 'walk_in', 'guest', 'substitute', 'supervisor']);
export type AttendeeKind = z.infer<typeof AttendeeKind>;

/** A person as the core holds it in memory; what windows see is narrower. */
export interface Person {
  id: string;
  name: string;
  givenName: string;
  birthYear: number | null;
  birthDate: string | null;
  sex: 'male' | 'female' | null;
  position: string | null;
  unitId: string | null;
  unitName: string | null;
  kind: AttendeeKind;
  /** The summoned person a substitute sits for. */
  substituteFor: string | null;
  /** Last 4 digits of the citizen number. */
  numberTail: string | null;
  note: string | null;
  /** This entry of the list was merged into another one by hand: it is that person. */
  merged?: MergedInto;
}

/** `into`: id of the entry that stays. `events`: its own entries in the log count for that person, or for nobody. */
export interface MergedInto {
  into: string;
  events: 'count' | 'ignore';
}

/** One row of the log, opened. Moments are epoch milliseconds. */
export interface AttendanceEvent {
  seq: number;
  sittingId: string;
  type: AttendanceEventType;
  personId: string | null;
  rollCallId: string | null;
  /** For `voided`: the seq of the event undone. */
  targetSeq: number | null;
  wallMs: number;
  monoMs: number;
  bootId: string;
  /** Milliseconds into the broadcast (programme date-time shown minus scheduled start), when the stage is playing. */
  broadcastMs: number | null;
  station: string;
  actor: string;
  method: Method | null;
  body: EventBody;
  hash: string;
}

/** Free part of an event; encrypted at rest. */
export interface EventBody {
  reason?: string;
  substituteFor?: string;
  /** Of an event that adds somebody: as what. Missing in rows of the first version. */
  kind?: AttendeeKind;
  /** When it happened, for something written down later (from paper, or in an amendment); epoch milliseconds. */
  at?: number;
}

/**
 * Where a person stands in a sitting. `substituted`: did not come, and somebody who sits for them did. `awaited`: not
 * here, and the sitting is still running, so there is no verdict yet.
 */
export const AttendanceStatus = z.enum([
  'present',
  'late',
  'left_early',
  'substituted',
  'absent_excused',
  'absent_unexcused',
  'awaited',
]);
export type AttendanceStatus = z.infer<typeof AttendanceStatus>;

export interface PersonStatus {
  personId: string;
  status: AttendanceStatus;
  arrivedAt: number | null;
  lateMinutes: number;
  leftAt: number | null;
  method: Method | null;
  /** Of leaving, or of the absence; an excuse that was entered for somebody substituted is kept. */
  reason: string | null;
  /** For `substituted`: the id of whoever sits for the person. */
  substitutedBy: string | null;
  /** Roll calls of the sitting in which the person was confirmed; cancelled ones are not among them. */
  confirmed: string[];
}

/**
 * Totals of one sitting. `present` counts summoned people who came (late and left early included);
 * `summoned = present + substituted + absentExcused + absentUnexcused + awaited`.
 */
export interface Totals {
  summoned: number;
  present: number;
  onTime: number;
  late: number;
  leftEarly: number;
  /** Summoned people who did not come and for whom somebody else did. */
  substituted: number;
  absentExcused: number;
  absentUnexcused: number;
  awaited: number;
  walkIns: number;
  guests: number;
  substitutes: number;
  supervisors: number;
  /** Everyone who came, of every kind, gone again or not: present + walk-ins + guests + substitutes + supervisors. */
  came: number;
  /** Everyone in the hall now, of every kind: came and has not left early. What a head-count is compared with. */
  inHall: number;
}

export interface UnitTotals extends Totals {
  unitId: string | null;
  unitName: string | null;
}
