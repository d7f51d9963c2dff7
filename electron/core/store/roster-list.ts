import type Database from 'better-sqlite3';
import { z } from 'zod';

/** Which steps the list is brought to. `passedOver`: ids of people who stay as they are, JSON. */
export interface RosterTarget {
  stepsOf: string;
  side: 'before' | 'after';
  passedOver: string;
}

const Ids = z.array(z.string());
const Pending = z.object({
  steps_of: z.string(),
  side: z.enum(['before', 'after']),
  passed_over: z.string(),
  done_to: z.string(),
});

/**
 * The list as the log of the list has it (`person`, `person_token`), brought to each new event in portions. Registers
 * drop who goes as soon as the event is written, so that nobody signs in who is off the list. A portion that was not reached before
 * a power cut is done when the database is opened.
 */
export class RosterList {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Notes that the list is to be brought to an event; must run inside the transaction that writes the event. */
  begin(packageId: string, { stepsOf, side, passedOver }: RosterTarget): void {
    this.finish(packageId);
    this.#db
      .prepare(
        `INSERT INTO roster_pending (package_id, steps_of, side, passed_over, done_to)
         VALUES (@packageId, @stepsOf, @side, @passedOver, '')`,
      )
      .run({ packageId, stepsOf, side, passedOver });
  }

  /** Ids of people whom the change that is under way takes off the list. */
  listLeaving(packageId: string): string[] {
    const raw = this.#db.prepare('SELECT * FROM roster_pending WHERE package_id = ?').get(packageId);
    if (raw === undefined) return [];
    const { steps_of: stepsOf, side, passed_over: passed } = Pending.parse(raw);
    return Ids.parse(
      this.#db
        .prepare(
          `SELECT person_id FROM roster_step WHERE event_id = ? AND ${side}_body IS NULL
             AND person_id NOT IN (SELECT value FROM json_each(?))`,
        )
        .pluck()
        .all(stepsOf, passed),
    );
  }

  /** Does the next portion; false when nothing is left to do. */
  proceed(packageId: string, limit: number): boolean {
    return this.#db.transaction(() => this.#doPortion(packageId, limit)).immediate();
  }

  /** Does all that is left; must run inside a transaction. */
  finish(packageId: string): void {
    while (this.#doPortion(packageId, 1_000)) continue;
  }

  #doPortion(packageId: string, limit: number): boolean {
    const raw = this.#db.prepare('SELECT * FROM roster_pending WHERE package_id = ?').get(packageId);
    if (raw === undefined) return false;
    const pending = Pending.parse(raw);
    const ids = Ids.parse(
      this.#db
        .prepare(
          `SELECT person_id FROM roster_step WHERE event_id = ? AND person_id > ?
             AND person_id NOT IN (SELECT value FROM json_each(?)) ORDER BY person_id LIMIT ?`,
        )
        .pluck()
        .all(pending.steps_of, pending.done_to, pending.passed_over, limit),
    );
    const last = ids.at(-1);
    if (last === undefined) {
      this.#db.prepare('DELETE FROM roster_pending WHERE package_id = ?').run(packageId);
      return false;
    }
    this.#write(packageId, pending, JSON.stringify(ids));
    this.#db.prepare('UPDATE roster_pending SET done_to = ? WHERE package_id = ?').run(last, packageId);
    return true;
  }

  /** Puts people (ids, JSON) as they are on one side of a change. */
  #write(
    packageId: string,
    { steps_of: stepsOf, side, passed_over: passed }: z.infer<typeof Pending>,
    ids: string,
  ): void {
    const other = side === 'before' ? 'after' : 'before';
    const people = 'SELECT value FROM json_each(@ids)';
    const values = { packageId, stepsOf, ids, passed };
    const run = (sql: string): void => void this.#db.prepare(sql).run(values);
    // A badge that was printed since stays, unless the other side brought it.
    run(
      `DELETE FROM person_token WHERE package_id = @packageId AND person_id IN (${people}) AND
         (kind <> 'badge' OR EXISTS (SELECT 1 FROM roster_step_token s WHERE s.event_id = @stepsOf AND s.side = '${other}'
           AND s.person_id = person_token.person_id AND s.kind = person_token.kind AND s.token = person_token.token))`,
    );
    // What passes from one person to another is taken from the one whose turn comes later.
    run(
      `DELETE FROM person_token WHERE package_id = @packageId AND person_id NOT IN (${people})
         AND person_id NOT IN (SELECT value FROM json_each(@passed))
         AND (kind, token) IN (SELECT kind, token FROM roster_step_token
           WHERE event_id = @stepsOf AND side = '${side}' AND person_id IN (${people}))
         AND EXISTS (SELECT 1 FROM roster_step s WHERE s.event_id = @stepsOf AND s.person_id = person_token.person_id)
         AND NOT EXISTS (SELECT 1 FROM roster_step_token s WHERE s.event_id = @stepsOf AND s.side = '${side}'
           AND s.person_id = person_token.person_id AND s.kind = person_token.kind AND s.token = person_token.token)`,
    );
    run(
      `DELETE FROM person WHERE package_id = @packageId AND id IN (
         SELECT person_id FROM roster_step WHERE event_id = @stepsOf AND person_id IN (${people}) AND ${side}_body IS NULL)`,
    );
    run(
      `INSERT INTO person (package_id, id, kind, body)
       SELECT @packageId, person_id, ${side}_kind, ${side}_body FROM roster_step
       WHERE event_id = @stepsOf AND person_id IN (${people}) AND ${side}_body IS NOT NULL AND before_body IS NOT after_body
       ON CONFLICT (package_id, id) DO UPDATE SET kind = excluded.kind, body = excluded.body`,
    );
    run(
      `INSERT OR IGNORE INTO person_token (package_id, kind, token, person_id, body)
       SELECT @packageId, kind, token, person_id, body FROM roster_step_token
       WHERE event_id = @stepsOf AND side = '${side}' AND person_id IN (
         SELECT person_id FROM roster_step WHERE event_id = @stepsOf AND person_id IN (${people}) AND ${side}_body IS NOT NULL)`,
    );
  }
}
