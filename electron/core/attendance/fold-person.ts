import type {
  AttendanceEvent,
  AttendanceStatus,
  AttendeeKind,
  Person,
  PersonStatus,
} from '../../contract/attendance.ts';
import type { ClockCorrections } from '../../contract/clock.ts';
import { momentOf } from '../../shared/moment.ts';

/** A roll call of the sitting as the fold needs it. Moments are epoch milliseconds; `closedAt` is null while it runs. */
export interface FoldRollCall {
  id: string;
  ordinal: number;
  openedAt: number;
  /** Events in the log when it was opened; null where the first version wrote it. */
  openedSeq: number | null;
  closedAt: number | null;
  cancelled: object | null;
}

/** What turns events into verdicts: the timetable, the roll calls, and whether the sitting is over. */
export interface FoldRules {
  /** Scheduled start, epoch milliseconds. */
  startsAt: number;
  /** An arrival up to and including `startsAt + graceMs` is on time. */
  graceMs: number;
  /** True once no more arrivals are taken: missing people get a verdict. */
  closed: boolean;
  /** Cancelled ones are passed over. */
  rollCalls: readonly FoldRollCall[];
  /** What hosts agreed on about the PC's clock; without it its moments count as they are. */
  corrections?: ClockCorrections;
}

/**
 * An event that says the person was seen in the hall. Adding a walk-in or naming a substitute is not one: the arrival is
 * written together with it, and undoing that arrival alone must empty the chair.
 */
export function isSighting(event: AttendanceEvent): boolean {
  return event.type === 'arrived' || event.type === 'confirmed';
}

function byOrdinal(a: FoldRollCall, b: FoldRollCall): number {
  return a.ordinal - b.ordinal || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Roll calls of the confirmations, each once, in the order they were held; ids the sitting does not know go last, and
 * cancelled ones are left out.
 */
function confirmedIn(sightings: readonly AttendanceEvent[], rules: FoldRules): string[] {
  const ids = new Set<string>();
  for (const event of sightings) if (event.type === 'confirmed' && event.rollCallId) ids.add(event.rollCallId);
  if (ids.size === 0) return [];
  const known = rules.rollCalls.filter((call) => ids.delete(call.id) && call.cancelled === null).sort(byOrdinal);
  return [...known.map((call) => call.id), ...[...ids].sort()];
}

/**
 * True when the person was seen after a roll call had opened. An entry without a moment of its own is compared by its
 * place in the log, because the PC's clock may have been put back in between.
 */
export function isSeenSince(event: AttendanceEvent, call: Pick<FoldRollCall, 'openedAt' | 'openedSeq'>): boolean {
  if (event.body.at !== undefined || call.openedSeq === null) return momentOf(event) >= call.openedAt;
  return event.seq > call.openedSeq;
}

/**
 * True when a sighting answers a roll call. A confirmation counts for its own roll call and for those before it, also
 * when it was entered late from paper; that of a cancelled roll call only says when the person was seen.
 */
function answers(sighting: AttendanceEvent, call: FoldRollCall, rules: FoldRules): boolean {
  const own = sighting.type === 'confirmed' ? rules.rollCalls.find((c) => c.id === sighting.rollCallId) : undefined;
  return own && own.cancelled === null ? own.ordinal >= call.ordinal : isSeenSince(sighting, call);
}

/** True when a finished roll call is answered by none of the sightings. */
function missedRollCall(sightings: readonly AttendanceEvent[], rules: FoldRules): boolean {
  return rules.rollCalls.some(
    (call) =>
      call.cancelled === null &&
      (call.closedAt !== null || rules.closed) &&
      !sightings.some((sighting) => answers(sighting, call, rules)),
  );
}

/**
 * Who can be late. The hour binds delegates: those summoned, whoever sits for one of them, and walk-ins, who take part
 * like delegates (without a roster everybody is one). Guests and assigned supervisors come when they come.
 */
function canBeLate(kind: AttendeeKind): boolean {
  return kind === 'summoned' || kind === 'substitute' || kind === 'walk_in';
}

/**
 * Where one person stands, from the live (not undone) events of that person in the order of `seq`.
 * Returns null for somebody outside the roster who never came: no trace of them is counted.
 *
 * - First sighting by `seq` is the arrival. Late: after `startsAt + graceMs`; `lateMinutes` are whole minutes since
 *   `startsAt`, at least 1. Guests and supervisors are never late.
 * - Left early: a `left` event with no later sighting, or a finished roll call opened after the last sighting and not
 *   confirmed. Somebody missed at one roll call and confirmed at the next has not left. A cancelled roll call counts
 *   for nothing.
 * - An excuse is a verdict at once; a substitute who came (`substitutedBy`, their id) outweighs it and keeps its
 *   reason; an arrival of the person outweighs both.
 */
export function foldPerson(
  person: Pick<Person, 'id' | 'kind'>,
  events: readonly AttendanceEvent[],
  rules: FoldRules,
  substitutedBy: string | null = null,
): PersonStatus | null {
  const sightings = events.filter(isSighting);
  const arrival = sightings[0];
  if (!arrival) return foldMissing(person, events, rules, substitutedBy);

  const confirmed = confirmedIn(sightings, rules);
  const left = events.findLast((event) => event.type === 'left' || isSighting(event));
  const leftEvent = left?.type === 'left' ? left : null;
  const gone = leftEvent !== null || missedRollCall(sightings, rules);
  const arrivedAt = momentOf(arrival, rules.corrections);
  const isLate = canBeLate(person.kind) && arrivedAt > rules.startsAt + rules.graceMs;
  const lateMinutes = isLate ? Math.max(1, Math.floor((arrivedAt - rules.startsAt) / 60_000)) : 0;
  const status: AttendanceStatus = gone ? 'left_early' : isLate ? 'late' : 'present';
  return {
    personId: person.id,
    status,
    arrivedAt,
    lateMinutes,
    leftAt: leftEvent ? momentOf(leftEvent, rules.corrections) : null,
    method: arrival.method,
    reason: leftEvent?.body.reason ?? null,
    substitutedBy: null,
    confirmed,
  };
}

function foldMissing(
  person: Pick<Person, 'id' | 'kind'>,
  events: readonly AttendanceEvent[],
  rules: FoldRules,
  substitutedBy: string | null,
): PersonStatus | null {
  if (person.kind !== 'summoned') return null;
  const excuse = events.findLast((event) => event.type === 'absence_excused');
  const verdict: AttendanceStatus = excuse ? 'absent_excused' : rules.closed ? 'absent_unexcused' : 'awaited';
  return {
    personId: person.id,
    status: substitutedBy === null ? verdict : 'substituted',
    arrivedAt: null,
    lateMinutes: 0,
    leftAt: null,
    method: null,
    reason: excuse?.body.reason ?? null,
    substitutedBy,
    confirmed: [],
  };
}
