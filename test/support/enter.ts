import type { AttendanceEvent, Person } from '../../electron/contract/attendance.ts';
import { decide, type Command, type Decided, type Refused } from '../../electron/core/attendance/decide.ts';
import type { EntrySource, Outcome } from '../../electron/core/store/attendance-transaction.ts';
import type { Store } from '../../electron/core/store/store.ts';

export const AT_DESK: EntrySource = { station: 'desk-1', actor: 'attendee', method: 'search', broadcastMs: null };
export const ON_CONSOLE: EntrySource = {
  station: 'console',
  actor: 'technician',
  method: 'secretary',
  broadcastMs: null,
};

/** A summoned person as the rules see one. */
export const summoned = (id: string): Pick<Person, 'id' | 'kind'> => ({ id, kind: 'summoned' });

/** Gives one command to the rules and writes what they decide, as the rooms of a running core do. */
export function enter(
  store: Pick<Store, 'attendance'>,
  sittingId: string,
  command: Command,
  source: EntrySource = ON_CONSOLE,
): Outcome<Decided | Refused> {
  const { id } = command.type === 'add' ? command.person : command.who;
  return store.attendance.transact(sittingId, [id], source, (facts, histories) =>
    decide(facts, histories.get(id) ?? [], command),
  );
}

/** Signs a summoned person in at the desk. */
export function signIn(store: Pick<Store, 'attendance'>, sittingId: string, id: string): AttendanceEvent[] {
  const command: Command = { type: 'sign_in', who: summoned(id), bySecretary: false };
  const outcome = enter(store, sittingId, command, AT_DESK);
  if (!outcome.ok) throw new Error(`${id} was not signed in: ${outcome.error}`);
  return outcome.written;
}
