import type { HistoryEntry } from '../../contract/api-attendance.ts';
import type { AttendanceEvent, AttendeeKind } from '../../contract/attendance.ts';
import type { ClockCorrections } from '../../contract/clock.ts';
import { momentOf } from '../../shared/moment.ts';
import { isAdding } from './history.ts';

/** The log of one person as the list of changes shows it. `kind`: as what the person is on the list. */
export function toHistory(
  events: readonly AttendanceEvent[],
  kind: AttendeeKind,
  rollCalls: readonly { id: string; title: string }[],
  corrections?: ClockCorrections,
): HistoryEntry[] {
  const titles = new Map(rollCalls.map((call) => [call.id, call.title]));
  const undoneBy = new Map(events.flatMap((e) => (e.type === 'voided' ? [[e.targetSeq, e.seq] as const] : [])));
  return events.map((event) => ({
    seq: event.seq,
    type: event.type,
    // Rows of the first version do not say it; whoever was added on the spot never becomes something else.
    kind: isAdding(event) ? (event.body.kind ?? kind) : null,
    writtenAt: momentOf({ ...event, body: {} }, corrections),
    at: momentOf(event, corrections),
    station: event.station,
    actor: event.actor,
    method: event.method,
    reason: event.body.reason ?? null,
    rollCall: event.rollCallId === null ? null : (titles.get(event.rollCallId) ?? null),
    undoneBy: undoneBy.get(event.seq) ?? null,
    undoes: event.targetSeq,
  }));
}
