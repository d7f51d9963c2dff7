import type { AttendanceEvent } from '../contract/attendance.ts';

/** The moment an event is about: the one entered with it, else when it was written. Epoch milliseconds. */
export function momentOf(event: Pick<AttendanceEvent, 'wallMs' | 'body'>): number {
  return event.body.at ?? event.wallMs;
}
