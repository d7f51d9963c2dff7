import type Database from 'better-sqlite3';
import type { AttendanceEvent } from '../../contract/attendance.ts';
import { momentOf } from '../../shared/moment.ts';

/**
 * One row for each person and roll call of a sitting: what the log amounts to where uniqueness must hold. Written only
 * together with the event that it follows from, so it can be made again from the log at any time.
 */
export class PresenceKeys {
  readonly #insert: Database.Statement;
  readonly #delete: Database.Statement;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(
      'INSERT INTO presence (sitting_id, roll_call, person_id, seq, wall_ms) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = db.prepare('DELETE FROM presence WHERE seq = ?');
  }

  /** Throws when the key is taken: then the rule that let the event through is wrong. */
  set(event: AttendanceEvent, key: string): void {
    this.#insert.run(event.sittingId, key, event.personId, event.seq, momentOf(event));
  }

  /** Frees the key that an event holds, if it holds one. */
  free(seq: number): void {
    this.#delete.run(seq);
  }
}
