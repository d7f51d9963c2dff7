import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from './clock.ts';

/** A roll call after the first of a sitting. Moments are epoch milliseconds; `closedAt` is null while it runs. */
export interface RollCall {
  id: string;
  sittingId: string;
  ordinal: number;
  title: string;
  openedAt: number;
  closedAt: number | null;
}

const Row = z.object({
  id: z.string(),
  sitting_id: z.string(),
  ordinal: z.number(),
  title: z.string(),
  opened_at: z.number(),
  closed_at: z.number().nullable(),
});

/** The later roll calls of a sitting; at most one runs at a time. */
export class RollCallStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #insert: Database.Statement;
  readonly #close: Database.Statement;
  readonly #list: Database.Statement;
  readonly #running: Database.Statement;

  constructor(db: Database.Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#insert = db.prepare(
      'INSERT INTO roll_call (id, sitting_id, ordinal, title, opened_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#close = db.prepare(
      'UPDATE roll_call SET closed_at = max(opened_at, ?) WHERE sitting_id = ? AND closed_at IS NULL',
    );
    this.#list = db.prepare('SELECT * FROM roll_call WHERE sitting_id = ? ORDER BY ordinal');
    this.#running = db.prepare('SELECT * FROM roll_call WHERE sitting_id = ? AND closed_at IS NULL');
  }

  /** Opens a roll call and closes the one before it. */
  open(sittingId: string, title: string): RollCall {
    return this.#db
      .transaction(() => {
        this.closeAll(sittingId, this.#clock.now());
        const ordinal = this.list(sittingId).length + 1;
        const call = { id: randomUUID(), sittingId, ordinal, title, openedAt: this.#clock.now(), closedAt: null };
        this.#insert.run(call.id, sittingId, ordinal, title, call.openedAt);
        return call;
      })
      .immediate();
  }

  /** Closes what is open as of `at`, epoch ms, or of its opening when that was later; answers how many. */
  closeAll(sittingId: string, at: number): number {
    return this.#close.run(at, sittingId).changes;
  }

  list(sittingId: string): RollCall[] {
    return this.#list.all(sittingId).map((raw) => toRollCall(Row.parse(raw)));
  }

  getRunning(sittingId: string): RollCall | null {
    const raw = this.#running.get(sittingId);
    return raw ? toRollCall(Row.parse(raw)) : null;
  }
}

function toRollCall(row: z.infer<typeof Row>): RollCall {
  return {
    id: row.id,
    sittingId: row.sitting_id,
    ordinal: row.ordinal,
    title: row.title,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
