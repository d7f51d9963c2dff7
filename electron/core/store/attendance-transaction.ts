import type { AttendanceEvent, AttendanceEventType, EventBody, Method, Person } from '../../contract/attendance.ts';
import type { SittingState } from '../../contract/sitting.ts';
import type { RollCall } from './roll-call-store.ts';

/** The key of `presence` that a first sign-in holds; a confirmation holds the id of its roll call. */
export const ARRIVAL = 'arrival';

/** Who enters something, where, and how the person was recognised. */
export interface EntrySource {
  /** `desk-1`, or `console`. */
  station: string;
  /** `attendee`, or the role on the console. */
  actor: string;
  method: Method | null;
  /** Milliseconds into the broadcast, when known. */
  broadcastMs: number | null;
}

/** What is stored about a sitting that the rules of attendance depend on. Moments are epoch milliseconds. */
export interface SittingFacts {
  state: SittingState;
  opensAt: number;
  openedAt: number | null;
  startsAt: number;
  graceMs: number;
  endedAt: number | null;
  /** All of them in the order they were held; `closedAt` is null for the one that runs. */
  rollCalls: readonly RollCall[];
  /** The moment of this transaction by the PC's clock. */
  now: number;
}

/** Events by person, oldest first, of one sitting. Undone events and the undoing ones are among them. */
export type Histories = ReadonlyMap<string, readonly AttendanceEvent[]>;

/** One event to be written. */
export interface EventToWrite {
  type: AttendanceEventType;
  personId: string;
  rollCallId: string | null;
  targetSeq: number | null;
  body: EventBody;
  /** The key of `presence` this event sets for its person; null for none. */
  setsKey: string | null;
}

/** What a rule answers when it agrees: all of it is written in one commit, or nothing. */
export interface Decision {
  ok: true;
  /** Somebody outside the roster to be stored first. */
  person?: Person;
  events: readonly EventToWrite[];
  /** Events whose keys of `presence` become free. They are freed before any key is set. */
  freesKeysOf: readonly number[];
}

/** What a rule answers about the roll calls of a sitting. */
export interface RollCallDecision {
  ok: true;
  closesRunning: boolean;
  opens: { title: string } | null;
  cancels: { rollCallId: string; reason: string; by: string } | null;
}

export interface Refusal {
  ok: false;
  error: string;
}

/** What came of asking a rule: its refusal as it is, or its decision with the events as they were written. */
export type Outcome<A extends Decision | Refusal> = A extends Decision
  ? Omit<A, 'events'> & { written: AttendanceEvent[] }
  : A;

/** The refusal of a rule about roll calls as it is, or the roll calls as they are afterwards. */
export type RollCallOutcome<A extends RollCallDecision | Refusal> = A extends RollCallDecision
  ? { ok: true; rollCalls: RollCall[] }
  : A;
