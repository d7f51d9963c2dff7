import type Database from 'better-sqlite3';
import { z } from 'zod';

const JumpRow = z.object({ at: z.number(), byMs: z.number() });

/** What the clocks on the rows of the attendance log say; the encrypted bodies stay closed. */
export class EventClocks {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Jumps of the wall clock against the monotonic one by more than `thresholdMs` between neighbouring events of one boot.
   * Found in SQL: opening thousands of event bodies for it would be most of the time of sealing.
   */
  listJumps(sittingId: string, thresholdMs: number): { at: number; byMs: number }[] {
    const apart = this.#db
      .prepare(
        `SELECT max(wall_ms - mono_ms) - min(wall_ms - mono_ms) FROM attendance_event WHERE sitting_id = ? GROUP BY boot_id`,
      )
      .pluck()
      .all(sittingId);
    // Comparing neighbours costs many times as much, and nearly no sitting has a jump.
    if (!apart.some((ms) => Number(ms) > thresholdMs)) return [];
    return this.#db
      .prepare(
        `SELECT wall_ms AS at, apart AS byMs FROM (
           SELECT seq, wall_ms, (wall_ms - lag(wall_ms) OVER w) - (mono_ms - lag(mono_ms) OVER w) AS apart,
             boot_id IS lag(boot_id) OVER w AS same
           FROM attendance_event WHERE sitting_id = ? WINDOW w AS (ORDER BY seq))
         WHERE same AND abs(apart) > ? ORDER BY seq`,
      )
      .all(sittingId, thresholdMs)
      .map((raw) => JumpRow.parse(raw));
  }

  /**
   * People of whom an event that was not undone carries a wrong wall clock: before `setSince`, or more than `toleranceMs`
   * from what `boots` say. `aheadMs` is the true wall clock less the monotonic one, the same through a whole boot. Found in
   * SQL, as the jumps are. Moments and spans in milliseconds.
   */
  listStampedWrong(
    sittingId: string,
    by: { setSince: number; toleranceMs: number; boots: readonly { bootId: string; aheadMs: number }[] },
  ): Set<string> {
    const ids = this.#db
      .prepare(
        `WITH boot AS MATERIALIZED (SELECT value ->> 'bootId' AS id, value ->> 'aheadMs' AS ahead FROM json_each(@boots)),
           undone AS MATERIALIZED (SELECT target_seq FROM attendance_event
             WHERE sitting_id = @sittingId AND target_seq IS NOT NULL AND type = 'voided')
         SELECT DISTINCT person_id FROM attendance_event LEFT JOIN boot ON boot.id = boot_id
         WHERE sitting_id = @sittingId AND person_id IS NOT NULL AND type <> 'voided' AND seq NOT IN undone
           AND (wall_ms < @setSince OR abs(wall_ms - mono_ms - ahead) > @toleranceMs)`,
      )
      .pluck()
      .all({ sittingId, setSince: by.setSince, toleranceMs: by.toleranceMs, boots: JSON.stringify(by.boots) });
    return new Set(z.array(z.string()).parse(ids));
  }
}
