import type { AttendanceEvent } from '../../contract/attendance.ts';
import { momentOf } from '../../shared/moment.ts';

/** Events of one person that were not undone, in the order given. */
export function liveEvents(events: readonly AttendanceEvent[]): AttendanceEvent[] {
  const undone = new Set(events.map((event) => (event.type === 'voided' ? event.targetSeq : null)));
  return events.filter((event) => event.type !== 'voided' && !undone.has(event.seq));
}

/** Somebody added on the spot is named and arrives in one commit: undoing the arrival undoes both. */
export function lastWithItsNaming(live: readonly AttendanceEvent[]): AttendanceEvent[] {
  const last = live.at(-1);
  if (!last) return [];
  const naming = live.at(-2);
  const isNaming = naming?.type === 'walk_in_added' || naming?.type === 'substitute_named';
  return last.type === 'arrived' && naming && isNaming ? [naming, last] : [last];
}

/** True when the newest of these events says that the person left. */
export function hasLeft(live: readonly AttendanceEvent[]): boolean {
  return live.findLast((event) => event.type !== 'absence_excused')?.type === 'left';
}

/** True when the person was not seen in a finished roll call, nor after it began. */
export function hasMissedRollCall(
  live: readonly AttendanceEvent[],
  rollCalls: readonly { id: string; openedAt: number; closedAt: number | null }[],
): boolean {
  const seen = live.filter((event) => event.type !== 'absence_excused' && event.type !== 'left');
  const openedAt = new Map(rollCalls.map((call) => [call.id, call.openedAt]));
  const lastSeenAt = Math.max(...seen.map((event) => openedAt.get(event.rollCallId ?? '') ?? momentOf(event)));
  return rollCalls.some(
    (call) =>
      call.closedAt !== null && call.openedAt > lastSeenAt && !seen.some((event) => event.rollCallId === call.id),
  );
}
