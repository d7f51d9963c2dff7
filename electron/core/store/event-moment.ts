import type { AttendanceEvent } from '../../contract/attendance.ts';

/** When what an event says happened: the moment entered with it, else when it was written. Epoch milliseconds. */
export function momentOf(event: Pick<AttendanceEvent, 'wallMs' | 'body'>): number {
  return event.body.at ?? event.wallMs;
}
