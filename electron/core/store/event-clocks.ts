import type Database from 'better-sqlite3';
import { z } from 'zod';
import { prepared, preparedValue } from './statements.ts';

const GroupRow = z.object({ bootId: z.string(), aheadMs: z.number(), firstMs: z.number() });
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
    const apart = preparedValue(
      this.#db,
      `SELECT max(wall_ms - mono_ms) - min(wall_ms - mono_ms) FROM attendance_event WHERE sitting_id = ? GROUP BY boot_id`,
    ).all(sittingId);
    // Comparing neighbours costs many times as much, and nearly no sitting has a jump.
    if (!apart.some((ms) => Number(ms) > thresholdMs)) return [];
    return prepared(
      this.#db,
      `SELECT wall_ms AS at, apart AS byMs FROM (
           SELECT seq, wall_ms, (wall_ms - lag(wall_ms) OVER w) - (mono_ms - lag(mono_ms) OVER w) AS apart,
             boot_id IS lag(boot_id) OVER w AS same
           FROM attendance_event WHERE sitting_id = ? WINDOW w AS (ORDER BY seq))
         WHERE same AND abs(apart) > ? ORDER BY seq`,
    )
      .all(sittingId, thresholdMs)
      .map((raw) => JumpRow.parse(raw));
  }

  /** How the clocks of the rows stood, a second apart at most within one group: `aheadMs` is the wall clock less the monotonic one. */
  listStampGroups(sittingId: string): { bootId: string; aheadMs: number; firstMs: number }[] {
    return prepared(
      this.#db,
      `SELECT boot_id AS bootId, (wall_ms - mono_ms) / 1000 * 1000 AS aheadMs, min(wall_ms) AS firstMs
         FROM attendance_event WHERE sitting_id = ? GROUP BY 1, 2`,
    )
      .all(sittingId)
      .map((raw) => GroupRow.parse(raw));
  }

  /** People of whom an event that was not undone is in one of these groups. Found in SQL, as the jumps are. */
  listStampedIn(sittingId: string, groups: readonly { bootId: string; aheadMs: number }[]): Set<string> {
    const ids = preparedValue(
      this.#db,
      `WITH wrong AS MATERIALIZED (SELECT value ->> 'bootId' AS id, value ->> 'aheadMs' AS ahead FROM json_each(@groups)),
           undone AS MATERIALIZED (SELECT target_seq FROM attendance_event
             WHERE sitting_id = @sittingId AND target_seq IS NOT NULL AND type = 'voided')
         SELECT DISTINCT person_id FROM attendance_event JOIN wrong
           ON wrong.id = boot_id AND wrong.ahead = (wall_ms - mono_ms) / 1000 * 1000
         WHERE sitting_id = @sittingId AND person_id IS NOT NULL AND type <> 'voided' AND seq NOT IN undone`,
    ).all({ sittingId, groups: JSON.stringify(groups) });
    return new Set(z.array(z.string()).parse(ids));
  }
}
