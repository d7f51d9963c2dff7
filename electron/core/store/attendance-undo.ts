import type { AttendanceEvent } from '../../contract/attendance.ts';

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
