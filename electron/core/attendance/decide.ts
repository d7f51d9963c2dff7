import type { AttendanceEvent, EventBody, Person, PersonStatus } from '../../contract/attendance.ts';
import { TAKE_BACK_MS } from '../../contract/limits.ts';
import { unreachable } from '../../shared/result.ts';
import { ARRIVAL, type Decision, type EventToWrite, type SittingFacts } from '../store/attendance-transaction.ts';
import type { RollCall } from '../store/roll-call-store.ts';
import { momentOf } from '../../shared/moment.ts';
import { foldPerson, isSeenSince, isSighting } from './fold-person.ts';
import { lastEntry, liveEvents } from './history.ts';
import { refuseCorrection, refuseEntry, rulesOf, type NotOpen, type WrongTime } from './sitting-rules.ts';

type Who = Pick<Person, 'id' | 'kind'>;

/** What somebody wants to enter about one person. `at`: when it happened, for an entry made later; epoch milliseconds. */
export type Command =
  /** The person is here: by themselves at the desk, or (`bySecretary`) entered on the console. */
  | { type: 'sign_in'; who: Who; at?: number | undefined; bySecretary: boolean }
  /** Somebody outside the roster is stored and signed in. A substitute: `inPlaceOf` is the summoned person. */
  | { type: 'add'; person: Person; at?: number | undefined; inPlaceOf: InPlaceOf | null }
  | { type: 'leave'; who: Who; reason?: string | undefined; at?: number | undefined }
  | { type: 'excuse'; who: Who; reason: string }
  /** `last`: the newest entry about the person. `arrival`: everything that says the person was here. */
  | { type: 'undo'; who: Who; what: 'last' | 'arrival'; reason: string }
  /** Whoever tapped a wrong name at the desk. `seq`: the entry that this desk made last. `moment`: now. */
  | { type: 'take_back'; who: Who; seq: number; moment: Pick<AttendanceEvent, 'monoMs' | 'bootId'>; reason: string };

/** The summoned person, their events, and the events of everybody else who may sit for them. */
export interface InPlaceOf {
  who: Who;
  history: readonly AttendanceEvent[];
  others: readonly { who: Who; history: readonly AttendanceEvent[] }[];
}

/**
 * What a sign-in comes to. `arrived`: the first time. `confirmed`: seen in the roll call that runs. `returned`: had
 * left, or was not seen in a roll call that is over, and is back.
 */
export type SignInOutcome = { as: 'arrived' } | { as: 'returned' } | { as: 'confirmed'; rollCall: RollCall };

export interface Decided extends Decision {
  /** Of a sign-in; null for every other command. */
  outcome: SignInOutcome | null;
}

/** Why a command is refused. Moments are epoch milliseconds. */
export type Refused =
  | NotOpen
  | WrongTime
  | { ok: false; error: 'already_signed_in'; firstAt: number }
  | { ok: false; error: 'already_substituted'; byId: string }
  | {
      ok: false;
      error: 'too_late' | 'not_signed_in' | 'already_left' | 'not_summoned' | 'signed_in' | 'nothing_to_undo';
    };

/**
 * The only rule of who may sign in, leave, be confirmed, be excused, be undone or be added. Pure: `history` holds the
 * events about the person in this sitting, oldest first. Where somebody stands is judged by the same fold as on every
 * list, so what is refused here and what is shown there cannot differ.
 */
export function decide(facts: SittingFacts, history: readonly AttendanceEvent[], command: Command): Decided | Refused {
  switch (command.type) {
    case 'sign_in':
      return signIn(facts, history, command);
    case 'add':
      return add(facts, command);
    case 'leave':
      return leave(facts, history, command);
    case 'excuse':
      return excuse(facts, history, command);
    case 'undo':
      return undo(facts, history, command);
    case 'take_back':
      return takeBack(facts, history, command);
    default:
      return unreachable(command);
  }
}

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

function signIn(
  facts: SittingFacts,
  history: readonly AttendanceEvent[],
  { who, at, bySecretary }: CommandOf<'sign_in'>,
): Decided | Refused {
  const refused = refuseEntry(facts, at, bySecretary);
  if (refused) return refused;
  const live = liveEvents(history);
  // The first sighting, as in the fold: once a merge of two entries is taken back, one may have been confirmed without an arrival of its own.
  const arrival = live.find(isSighting);
  if (!arrival) return write({ as: 'arrived' }, [arrivalOf(who.id, at)]);
  const isAway = standing(who, live, facts)?.status === 'left_early';
  const rollCall = facts.rollCalls.find((call) => call.closedAt === null);
  let first = arrival;
  if (rollCall && !isSeenSince(arrival, rollCall)) {
    const seen = live.find((event) => event.type === 'confirmed' && event.rollCallId === rollCall.id);
    if (!seen) {
      const confirmation = eventOf('confirmed', who.id, bodyAt(at));
      return write({ as: 'confirmed', rollCall }, [{ ...confirmation, rollCallId: rollCall.id, setsKey: rollCall.id }]);
    }
    first = seen;
  }
  if (!isAway) return { ok: false, error: 'already_signed_in', firstAt: momentOf(first) };
  return write({ as: 'returned' }, [eventOf('confirmed', who.id, bodyAt(at))]);
}

function add(facts: SittingFacts, { person, at, inPlaceOf }: CommandOf<'add'>): Decided | Refused {
  const refused = refuseEntry(facts, at, true) ?? (inPlaceOf && refuseSubstitute(facts, inPlaceOf));
  if (refused) return refused;
  const { id, kind, substituteFor } = person;
  const body: EventBody = { kind, ...(substituteFor === null ? {} : { substituteFor }), ...bodyAt(at) };
  const naming = eventOf(kind === 'substitute' ? 'substitute_named' : 'walk_in_added', id, body);
  return { ...write(null, [naming, arrivalOf(id, at)]), person };
}

/** Nobody sits for somebody who is here, and one substitute is enough. */
function refuseSubstitute(facts: SittingFacts, { who, history, others }: InPlaceOf): Refused | null {
  if (who.kind !== 'summoned') return { ok: false, error: 'not_summoned' };
  const arrivedAt = standing(who, liveEvents(history), facts)?.arrivedAt ?? null;
  if (arrivedAt !== null) return { ok: false, error: 'already_signed_in', firstAt: arrivedAt };
  const other = others.find(
    (each) => (standing(each.who, liveEvents(each.history), facts)?.arrivedAt ?? null) !== null,
  );
  return other ? { ok: false, error: 'already_substituted', byId: other.who.id } : null;
}

function leave(
  facts: SittingFacts,
  history: readonly AttendanceEvent[],
  { who, reason, at }: CommandOf<'leave'>,
): Decided | Refused {
  const refused = refuseEntry(facts, at, true);
  if (refused) return refused;
  const status = standing(who, liveEvents(history), facts);
  const arrivedAt = status?.arrivedAt ?? null;
  if (!status || arrivedAt === null) return { ok: false, error: 'not_signed_in' };
  if (status.leftAt !== null) return { ok: false, error: 'already_left' };
  // Somebody missed in a roll call counts as gone already; this says when they went.
  if (at !== undefined && at < arrivedAt)
    return { ok: false, error: 'wrong_time', from: arrivedAt, to: facts.endedAt ?? facts.now };
  return write(null, [eventOf('left', who.id, { ...(reason === undefined ? {} : { reason }), ...bodyAt(at) })]);
}

function excuse(
  facts: SittingFacts,
  history: readonly AttendanceEvent[],
  { who, reason }: CommandOf<'excuse'>,
): Decided | Refused {
  const refused = refuseCorrection(facts);
  if (refused) return refused;
  if (who.kind !== 'summoned') return { ok: false, error: 'not_summoned' };
  if ((standing(who, liveEvents(history), facts)?.arrivedAt ?? null) !== null) return { ok: false, error: 'signed_in' };
  return write(null, [eventOf('absence_excused', who.id, { reason })]);
}

function undo(
  facts: SittingFacts,
  history: readonly AttendanceEvent[],
  { who, what, reason }: CommandOf<'undo'>,
): Decided | Refused {
  const refused = refuseCorrection(facts);
  if (refused) return refused;
  const live = liveEvents(history);
  const targets = what === 'arrival' ? live.filter((event) => event.type !== 'absence_excused') : lastEntry(live);
  if (targets.length === 0) return { ok: false, error: 'nothing_to_undo' };
  const newestFirst = targets.toReversed();
  return {
    ...write(
      null,
      newestFirst.map((target) => undoOf(target, who, reason)),
    ),
    freesKeysOf: newestFirst.map(({ seq }) => seq),
  };
}

/** On the clock that nobody can set: an entry of another boot is too long ago. */
function takeBack(
  facts: SittingFacts,
  history: readonly AttendanceEvent[],
  { who, seq, moment, reason }: CommandOf<'take_back'>,
): Decided | Refused {
  const refused = refuseCorrection(facts);
  if (refused) return refused;
  // Asked again because the answer was lost: it is done.
  const isDone = history.at(-1)?.type === 'voided' && history.at(-1)?.targetSeq === seq;
  if (isDone) return write(null, []);
  const entry = liveEvents(history).at(-1);
  if (entry?.seq !== seq || entry.actor !== 'attendee') return { ok: false, error: 'nothing_to_undo' };
  const sinceMs = moment.bootId === entry.bootId ? moment.monoMs - entry.monoMs : Number.POSITIVE_INFINITY;
  if (sinceMs > TAKE_BACK_MS) return { ok: false, error: 'too_late' };
  return {
    ...write(null, [undoOf(entry, who, reason)]),
    freesKeysOf: [seq],
  };
}

/** Where somebody stands by these events, as the sitting is now. */
function standing(who: Who, live: readonly AttendanceEvent[], facts: SittingFacts): PersonStatus | null {
  return foldPerson(who, live, rulesOf(facts));
}

function write(outcome: SignInOutcome | null, events: EventToWrite[]): Decided {
  return { ok: true, outcome, events, freesKeysOf: [] };
}

function eventOf(type: EventToWrite['type'], personId: string, body: EventBody): EventToWrite {
  return { type, personId, rollCallId: null, targetSeq: null, body, setsKey: null };
}

/** Stands with the entry it undoes: that may be of an entry of the list which was merged into this one. */
function undoOf({ seq, personId }: AttendanceEvent, who: Who, reason: string): EventToWrite {
  return { ...eventOf('voided', personId ?? who.id, { reason }), targetSeq: seq };
}

function arrivalOf(personId: string, at: number | undefined): EventToWrite {
  return { ...eventOf('arrived', personId, bodyAt(at)), setsKey: ARRIVAL };
}

function bodyAt(at: number | undefined): EventBody {
  return at === undefined ? {} : { at };
}
