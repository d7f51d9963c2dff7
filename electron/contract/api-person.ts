import type { AttendanceStatus, AttendeeKind } from './attendance.ts';

/** A person on a choice card: what tells two same-named people apart, and nothing more. */
export interface PersonCard {
  personId: string;
  name: string;
  birthYear: number | null;
  unit: string | null;
  position: string | null;
  kind: AttendeeKind;
  /** Epoch milliseconds of the core's clock. */
  signedInAt: number | null;
  /**
   * Others on the list have this name, marks aside. `name`: year or unit tells them apart; `all`: somebody has the same
   * name, year and unit, so only the position does. Absent: nobody else has it.
   */
  alike?: 'name' | 'all';
}

/** A person with the status the console shows. */
export interface ConsolePerson extends PersonCard {
  status: AttendanceStatus;
  reason: string | null;
}
