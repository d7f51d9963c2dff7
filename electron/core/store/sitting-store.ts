import type Database from 'better-sqlite3';
import { z } from 'zod';
import { Signal } from '../../shared/signal.ts';
import { TEXT_OF, UNREADABLE, type FreeTexts } from './free-texts.ts';
import type { SignedHeads } from './signed-heads.ts';
import { EndedBy, ReopenedBy, SittingState, type SittingLife, type SittingRecord } from '../../contract/sitting.ts';
import { prepared, preparedValue } from './statements.ts';

const Row = z.object({
  id: z.string(),
  package_id: z.string(),
  plan_id: z.string(),
  title: z.string(),
  title_body: z.instanceof(Buffer).nullable(),
  ordinal: z.number(),
  state: SittingState,
  opens_at: z.number(),
  starts_at: z.number(),
  ends_at: z.number(),
  grace_ms: z.number(),
  opened_at: z.number().nullable(),
  live_at: z.number().nullable(),
  ending_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  ended_by: EndedBy.nullable(),
  sealed_at: z.number().nullable(),
  delivered_at: z.number().nullable(),
  report_id: z.string(),
  broadcast_seen_at: z.number().nullable(),
});

const LifeRow = z.object({
  starts: z.number(),
  last_sign_of_life_at: z.number().nullable(),
  end_recorded_at: z.number().nullable(),
  end_is: z.enum(['decided', 'last_sign_of_life']).nullable(),
});
const ReopeningRow = z.object({
  seq: z.number(),
  at: z.number(),
  by: ReopenedBy,
  reason: z.string().nullable(),
  reason_body: z.instanceof(Buffer).nullable(),
});
const JumpRow = z.object({ at: z.number(), by_ms: z.number() });
const CountdownRow = z.object({ boot_id: z.string(), used_ms: z.number() });

/** More steps of the clock than this say nothing new of a sitting, and must not fill the disk. */
const MOST_JUMPS = 500;

/** Time used so far by a countdown or a question; counts in the boot it names only. */
export interface StoredCountdown {
  bootId: string;
  usedMs: number;
}

/** Changes that accompany a step of a sitting's life. Moments are epoch milliseconds. */
export interface SittingPatch {
  openedAt?: number;
  liveAt?: number;
  endingAt?: number | null;
  endedAt?: number | null;
  endedBy?: EndedBy | null;
  /** When the end was written down, and what `endedAt` is; see `SittingLife`. */
  endRecordedAt?: number | null;
  endIs?: SittingLife['endIs'];
  /** When the broadcast was first seen open after the start of the sitting. */
  broadcastSeenAt?: number;
}

const COLUMN: Record<keyof SittingPatch, string> = {
  openedAt: 'opened_at',
  liveAt: 'live_at',
  endingAt: 'ending_at',
  endedAt: 'ended_at',
  endedBy: 'ended_by',
  endRecordedAt: 'end_recorded_at',
  endIs: 'end_is',
  broadcastSeenAt: 'broadcast_seen_at',
};

/** The id of a sitting in the store: two packages may both have a sitting `sang`. */
export function sittingIdOf(packageId: string, planId: string): string {
  return `${packageId}/${planId}`;
}

/** Sittings and the steps of their life. Which step is legal is decided in core/sitting; the store makes it atomic. */
export class SittingStore {
  /** The clock was set while a sitting ran. */
  readonly clockJumped = new Signal();
  readonly #db: Database.Database;
  readonly #heads: Pick<SignedHeads, 'sign'>;
  readonly #texts: FreeTexts;
  /** Read twice a second. */
  readonly #list: Database.Statement;

  constructor(db: Database.Database, heads: Pick<SignedHeads, 'sign'>, texts: FreeTexts) {
    this.#db = db;
    this.#texts = texts;
    this.#heads = heads;
    this.#list = db.prepare('SELECT * FROM sitting WHERE package_id = ? ORDER BY ordinal');
  }

  listSittings(packageId: string): SittingRecord[] {
    return this.#list.all(packageId).map((raw) => this.#toRecord(Row.parse(raw)));
  }

  getSitting(id: string): SittingRecord | null {
    const raw = prepared(this.#db, 'SELECT * FROM sitting WHERE id = ?').get(id);
    return raw ? this.#toRecord(Row.parse(raw)) : null;
  }

  getSittingOfReport(reportId: string): SittingRecord | null {
    const raw = prepared(this.#db, 'SELECT * FROM sitting WHERE report_id = ?').get(reportId);
    return raw ? this.#toRecord(Row.parse(raw)) : null;
  }

  /** Moves a sitting from a state it must be in; false when it was no longer there (someone else moved it first). */
  recordStep(id: string, from: SittingState, to: SittingState, patch: SittingPatch = {}): boolean {
    const sets = ['state = @to', ...Object.keys(patch).map((key) => `${COLUMN[key as keyof SittingPatch]} = @${key}`)];
    return this.#db
      .transaction(() => {
        const done = prepared(this.#db, `UPDATE sitting SET ${sets.join(', ')} WHERE id = @id AND state = @from`).run({
          id,
          from,
          to,
          ...patch,
        });
        // A sitting that runs has the roster of now, not the one kept when it was over before.
        if (done.changes === 1 && (to === 'open' || to === 'live')) this.#giveUpKeptPeople(id);
        if (done.changes === 1 && to === 'ended') this.#heads.sign(id, 'end');
        return done.changes === 1;
      })
      .immediate();
  }

  #giveUpKeptPeople(id: string): void {
    const given = prepared(this.#db, 'UPDATE sitting SET people_kept = 0 WHERE id = ? AND people_kept = 1').run(id);
    if (given.changes === 1) prepared(this.#db, 'DELETE FROM sitting_person WHERE sitting_id = ?').run(id);
  }

  /** What happened to a sitting besides its steps; throws for a sitting that is not stored. */
  getLife(id: string): SittingLife {
    const row = LifeRow.parse(prepared(this.#db, 'SELECT * FROM sitting WHERE id = ?').get(id));
    const listOf = (sql: string) => prepared(this.#db, sql).all(id);
    return {
      starts: row.starts,
      // After the end amendments are written into the log: they are no life of the sitting.
      lastSignOfLifeAt: row.end_recorded_at === null ? this.getLastSignOfLife(id) : row.last_sign_of_life_at,
      endRecordedAt: row.end_recorded_at,
      endIs: row.end_is,
      reopenings: listOf('SELECT * FROM sitting_reopening WHERE sitting_id = ? ORDER BY seq').map((raw) =>
        this.#toReopening(id, ReopeningRow.parse(raw)),
      ),
      clockJumps: listOf('SELECT at, by_ms FROM sitting_clock_jump WHERE sitting_id = ? ORDER BY seq').map((raw) => {
        const jump = JumpRow.parse(raw);
        return { at: jump.at, byMs: jump.by_ms };
      }),
    };
  }

  /** The core started (or a sitting opened in this start of it) while the sitting runs. */
  recordStart(id: string): void {
    prepared(this.#db, 'UPDATE sitting SET starts = starts + 1 WHERE id = ?').run(id);
  }

  /**
   * The kiosk runs in this sitting; `at` is epoch milliseconds. The newest word counts, also when the clock was set back. What was
   * entered until then is signed.
   */
  recordSignOfLife(id: string, at: number): void {
    this.#db
      .transaction(() => {
        prepared(this.#db, 'UPDATE sitting SET last_sign_of_life_at = ? WHERE id = ?').run(Math.round(at), id);
        this.#heads.sign(id, 'minute');
      })
      .immediate();
  }

  /**
   * The last moment the kiosk was seen to run in a sitting: the newest of its sign of life, its last event, its last
   * playback sample and its opening, epoch milliseconds by the clock of then. Null: never opened.
   */
  getLastSignOfLife(id: string): number | null {
    const newest = preparedValue(
      this.#db,
      `SELECT max(at) FROM (
           SELECT last_sign_of_life_at AS at FROM sitting WHERE id = @id
           UNION ALL SELECT opened_at FROM sitting WHERE id = @id
           UNION ALL SELECT max(updated_at) FROM playback_session WHERE sitting_id = @id
           UNION ALL SELECT wall_ms FROM attendance_event
             WHERE seq = (SELECT max(seq) FROM attendance_event WHERE sitting_id = @id))`,
    ).get({ id });
    return z.number().nullable().parse(newest);
  }

  /** An end was taken back. */
  recordReopening(id: string, { at, by, reason }: SittingLife['reopenings'][number]): void {
    const sealed = this.#texts.seal({ sittingId: id }, TEXT_OF.reopeningReason(id, at), reason);
    prepared(this.#db, 'INSERT INTO sitting_reopening (sitting_id, at, by, reason_body) VALUES (?, ?, ?, ?)').run(
      id,
      at,
      by,
      sealed,
    );
  }

  /** The PC's clock was set while the sitting ran. The first 500 are kept. */
  recordClockJump(id: string, jump: SittingLife['clockJumps'][number]): void {
    prepared(
      this.#db,
      `INSERT INTO sitting_clock_jump (sitting_id, at, by_ms)
         SELECT @id, @at, @byMs WHERE (SELECT count(*) FROM sitting_clock_jump WHERE sitting_id = @id) < ${MOST_JUMPS}`,
    ).run({ id, at: Math.round(jump.at), byMs: Math.round(jump.byMs) });
    this.clockJumped.emit();
  }

  getCountdown(id: string, name: string): StoredCountdown | null {
    const raw = prepared(
      this.#db,
      'SELECT boot_id, used_ms FROM sitting_countdown WHERE sitting_id = ? AND name = ?',
    ).get(id, name);
    if (!raw) return null;
    const row = CountdownRow.parse(raw);
    return { bootId: row.boot_id, usedMs: row.used_ms };
  }

  /** Keeps the time that a countdown has used; null forgets it. */
  setCountdown(id: string, name: string, countdown: StoredCountdown | null): void {
    if (!countdown) {
      prepared(this.#db, 'DELETE FROM sitting_countdown WHERE sitting_id = ? AND name = ?').run(id, name);
      return;
    }
    prepared(
      this.#db,
      `INSERT INTO sitting_countdown (sitting_id, name, boot_id, used_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (sitting_id, name) DO UPDATE SET boot_id = excluded.boot_id, used_ms = excluded.used_ms`,
    ).run(id, name, countdown.bootId, Math.round(countdown.usedMs));
  }

  #toReopening(id: string, row: z.infer<typeof ReopeningRow>): SittingLife['reopenings'][number] {
    const { seq, at, by, reason, reason_body: sealed } = row;
    if (sealed === null) return { at, by, reason };
    const instead = `${UNREADABLE} lý do`;
    const found = { table: 'sitting_reopening', key: String(seq), sealed };
    const context = TEXT_OF.reopeningReason(id, at);
    return { at, by, reason: this.#texts.open(found, { sittingId: id }, context, { schema: z.string(), instead }) };
  }

  #titleOf({ id, package_id: packageId, title, title_body: sealed }: z.infer<typeof Row>): string {
    if (sealed === null) return title;
    const row = { table: 'sitting', key: id, sealed };
    const instead = `${UNREADABLE} tên buổi`;
    return this.#texts.open(row, { packageId }, TEXT_OF.sittingTitle(id), { schema: z.string(), instead });
  }

  #toRecord(row: z.infer<typeof Row>): SittingRecord {
    return {
      id: row.id,
      packageId: row.package_id,
      planId: row.plan_id,
      title: this.#titleOf(row),
      ordinal: row.ordinal,
      state: row.state,
      opensAt: row.opens_at,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      graceMs: row.grace_ms,
      openedAt: row.opened_at,
      liveAt: row.live_at,
      endingAt: row.ending_at,
      endedAt: row.ended_at,
      endedBy: row.ended_by,
      sealedAt: row.sealed_at,
      deliveredAt: row.delivered_at,
      reportId: row.report_id,
      broadcastSeenAt: row.broadcast_seen_at,
    };
  }
}
