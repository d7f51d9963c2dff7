import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import { TEXT_OF, UNREADABLE, type FreeTexts } from './free-texts.ts';

/** A roll call after the first of a sitting. Moments are epoch milliseconds; `closedAt` is null while it runs. */
export interface RollCall {
  id: string;
  sittingId: string;
  ordinal: number;
  title: string;
  openedAt: number;
  /** Events in the log when it was opened; null where the first version wrote it. */
  openedSeq: number | null;
  closedAt: number | null;
  /** When, by which role and why it was cancelled; it is closed then too. */
  cancelled: { at: number; by: string; reason: string } | null;
}

const Row = z.object({
  id: z.string(),
  sitting_id: z.string(),
  ordinal: z.number(),
  title: z.string(),
  title_body: z.instanceof(Buffer).nullable(),
  opened_at: z.number(),
  opened_seq: z.number().nullable(),
  closed_at: z.number().nullable(),
  cancelled_at: z.number().nullable(),
  cancelled_by: z.string().nullable(),
  cancel_reason: z.instanceof(Buffer).nullable(),
});

/** The later roll calls of a sitting; at most one runs at a time. Titles and reasons are encrypted: they may name people. */
export class RollCallStore {
  readonly #clock: Clock;
  readonly #texts: FreeTexts;
  readonly #damages: Damages;
  readonly #insert: Database.Statement;
  readonly #close: Database.Statement;
  readonly #cancel: Database.Statement;
  readonly #list: Database.Statement;

  constructor(db: Database.Database, clock: Clock, texts: FreeTexts, damages: Damages) {
    this.#clock = clock;
    this.#texts = texts;
    this.#damages = damages;
    this.#insert = db.prepare(
      `INSERT INTO roll_call (id, sitting_id, ordinal, title, title_body, opened_at, opened_seq)
       VALUES (?, ?, ?, '', ?, ?, ?)`,
    );
    this.#close = db.prepare(
      'UPDATE roll_call SET closed_at = max(opened_at, ?) WHERE sitting_id = ? AND closed_at IS NULL',
    );
    this.#cancel = db.prepare(
      `UPDATE roll_call SET closed_at = coalesce(closed_at, @at), cancelled_at = @at, cancelled_by = @by,
         cancel_reason = @reason WHERE id = @id AND sitting_id = @sittingId AND cancelled_at IS NULL`,
    );
    this.#list = db.prepare('SELECT * FROM roll_call WHERE sitting_id = ? ORDER BY ordinal');
  }

  /** Writes a roll call that runs from now on; must run inside a transaction of the caller. `seq`: of the last event. */
  open(sittingId: string, title: string, seq: number): void {
    const ordinal = this.list(sittingId).length + 1;
    const id = randomUUID();
    const sealed = this.#texts.seal({ sittingId }, TEXT_OF.rollCallTitle(id), title);
    this.#insert.run(id, sittingId, ordinal, sealed, this.#clock.now(), seq);
  }

  /** Closes what is open as of `at`, epoch ms, or of its opening when that was later; answers how many. */
  closeAll(sittingId: string, at: number): number {
    return this.#close.run(at, sittingId).changes;
  }

  cancel(sittingId: string, id: string, by: string, reason: string): void {
    const sealed = this.#texts.seal({ sittingId }, TEXT_OF.cancelReason(id), reason);
    this.#cancel.run({ id, sittingId, at: this.#clock.now(), by, reason: sealed });
  }

  /** In the order they were held, cancelled ones too. */
  list(sittingId: string): RollCall[] {
    return this.#damages.readEach('roll_call', 'id', this.#list.all(sittingId), (raw) =>
      this.#toRollCall(Row.parse(raw)),
    );
  }

  #toRollCall(row: z.infer<typeof Row>): RollCall {
    const { id, sitting_id: sittingId, cancelled_at: at, cancelled_by: by, cancel_reason: sealed } = row;
    return {
      id,
      sittingId,
      ordinal: row.ordinal,
      title: row.title_body === null ? row.title : this.#openTitle(sittingId, id, row.title_body),
      openedAt: row.opened_at,
      openedSeq: row.opened_seq,
      closedAt: row.closed_at,
      cancelled:
        at === null || by === null || sealed === null
          ? null
          : { at, by, reason: this.#openReason(sittingId, id, sealed) },
    };
  }

  #openTitle(sittingId: string, id: string, sealed: Buffer): string {
    const row = { table: 'roll_call', key: id, sealed };
    return this.#texts.open(row, { sittingId }, TEXT_OF.rollCallTitle(id), { schema: z.string(), instead: UNREADABLE });
  }

  /** It stays cancelled, whatever became of the reason. */
  #openReason(sittingId: string, id: string, sealed: Buffer): string {
    const row = { table: 'roll_call', key: id, sealed };
    const instead = `${UNREADABLE} lý do`;
    return this.#texts.open(row, { sittingId }, TEXT_OF.cancelReason(id), { schema: z.string(), instead });
  }
}
