import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { AttendanceEvent } from '../../contract/attendance.ts';
import { momentOf } from '../../shared/moment.ts';

const Row = z.object({ seq: z.number(), wall_ms: z.number() });

/** What the log amounts to where uniqueness must hold: one row for each person and roll call of a sitting. */
export class PresenceKeys {
  readonly #get: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #delete: Database.Statement;

  constructor(db: Database.Database) {
    this.#get = db.prepare(
      'SELECT seq, wall_ms FROM presence WHERE sitting_id = ? AND roll_call = ? AND person_id = ?',
    );
    this.#insert = db.prepare(
      'INSERT INTO presence (sitting_id, roll_call, person_id, seq, wall_ms) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = db.prepare('DELETE FROM presence WHERE seq = ?');
  }

  /** The event that holds the place, and the moment it speaks for. */
  get(sittingId: string, rollCall: string, personId: string): { seq: number; at: number } | null {
    const row = Row.optional().parse(this.#get.get(sittingId, rollCall, personId));
    return row ? { seq: row.seq, at: row.wall_ms } : null;
  }

  /** Throws when the place is taken: the rule must have been checked in the same transaction. */
  set(event: AttendanceEvent, rollCall: string, personId: string): void {
    this.#insert.run(event.sittingId, rollCall, personId, event.seq, momentOf(event));
  }

  /** Frees the place an event holds, if it holds one. */
  free(seq: number): void {
    this.#delete.run(seq);
  }
}
