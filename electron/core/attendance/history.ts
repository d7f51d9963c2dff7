import type { AttendanceEvent } from '../../contract/attendance.ts';
import type { Histories } from '../store/attendance-transaction.ts';

/** The events about entries of the list that are one person, oldest first. */
export function joinHistories(histories: Histories, ids: readonly string[]): readonly AttendanceEvent[] {
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return histories.get(id) ?? [];
  return ids.flatMap((each) => histories.get(each) ?? []).sort((a, b) => a.seq - b.seq);
}

/** An event counts unless an undo of it counts; so an undo can itself be undone. */
export function liveEvents(events: readonly AttendanceEvent[]): AttendanceEvent[] {
  const undoneBy = Map.groupBy(
    events.filter((event) => event.type === 'voided' && event.targetSeq !== null),
    (event) => event.targetSeq,
  );
  const isLive = (event: AttendanceEvent): boolean =>
    !undoneBy.get(event.seq)?.some((undo) => undo.seq > event.seq && isLive(undo));
  return events.filter((event) => event.type !== 'voided' && isLive(event));
}

/** True for the event that adds somebody outside the roster; their arrival is written together with it. */
export function isAdding(event: AttendanceEvent | undefined): boolean {
  return event?.type === 'walk_in_added' || event?.type === 'substitute_named';
}

/** The newest entry about a person as one undo takes it back: somebody added on the spot is undone with the arrival. */
export function lastEntry(live: readonly AttendanceEvent[]): AttendanceEvent[] {
  const last = live.at(-1);
  if (!last) return [];
  const before = live.at(-2);
  return last.type === 'arrived' && before && isAdding(before) ? [before, last] : [last];
}
