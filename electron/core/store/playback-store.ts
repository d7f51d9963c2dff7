import type Database from 'better-sqlite3';
import { z } from 'zod';
import { FaultCause, PlaybackEvent, PlaybackSample } from '../../contract/broadcast.ts';
import type { Damages } from './damages.ts';
import { prepared, preparedValue } from './statements.ts';

const SessionRow = z.object({
  id: z.string(),
  started_at: z.number(),
  updated_at: z.number(),
  sample: z.string(),
  delay_sum: z.number(),
  delay_count: z.number(),
  delay_max: z.number().nullable(),
});
const EventRow = z.object({
  at: z.number(),
  type: PlaybackEvent.shape.type,
  cause: FaultCause.nullable(),
  detail: z.string().nullable(),
  session_id: z.string(),
});
const HeightRow = z.object({ height_px: z.number(), ms: z.number() });

/** One page life of the stage: its counters grow from zero, so a sitting is a sum over these. */
export interface PlaybackSession {
  id: string;
  startedAt: number;
  updatedAt: number;
  sample: PlaybackSample;
  delaySum: number;
  delayCount: number;
  delayMax: number | null;
}
export interface StoredPlaybackEvent {
  at: number;
  type: PlaybackEvent['type'];
  cause: FaultCause | null;
  detail: string | null;
  sessionId: string;
}

/** Playback evidence as it happens. */
export class PlaybackStore {
  readonly #db: Database.Database;
  readonly #damages: Damages;

  constructor(db: Database.Database, damages: Damages) {
    this.#db = db;
    this.#damages = damages;
  }

  /** Keeps the newest sample of a page life; called every few seconds, so a power cut loses no more than that. */
  recordSample(sittingId: string, sample: PlaybackSample, at: number, elapsedMs: number): void {
    this.#db
      .transaction(() => {
        const delay = sample.delayS;
        prepared(
          this.#db,
          `INSERT INTO playback_session (id, sitting_id, started_at, updated_at, sample, delay_sum, delay_count, delay_max)
             VALUES (@id, @sittingId, @at, @at, @sample, @delaySum, @delayCount, @delay)
             ON CONFLICT (id) DO UPDATE SET updated_at = @at, sample = @sample, delay_sum = delay_sum + @delaySum,
               delay_count = delay_count + @delayCount,
               delay_max = CASE WHEN @delay IS NULL THEN delay_max ELSE max(coalesce(delay_max, @delay), @delay) END`,
        ).run({
          id: sample.playerSessionId,
          sittingId,
          at,
          sample: JSON.stringify(sample),
          delaySum: delay ?? 0,
          delayCount: delay === null ? 0 : 1,
          delay,
        });
        if (sample.state === 'playing' && sample.heightPx !== null) {
          prepared(
            this.#db,
            `INSERT INTO playback_height (session_id, height_px, ms) VALUES (?, ?, ?)
               ON CONFLICT (session_id, height_px) DO UPDATE SET ms = ms + excluded.ms`,
          ).run(sample.playerSessionId, sample.heightPx, Math.round(elapsedMs));
        }
      })
      .immediate();
  }

  recordEvent(sittingId: string, event: PlaybackEvent, at: number): void {
    prepared(
      this.#db,
      'INSERT INTO playback_event (sitting_id, at, type, cause, detail, session_id) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(sittingId, at, event.type, event.cause ?? null, event.detail ?? null, event.playerSessionId);
  }

  /** The sitting in which a player session was first written down; null for one that is not known. */
  getSittingOfSession(sessionId: string): string | null {
    const found = preparedValue(
      this.#db,
      `SELECT sitting_id FROM playback_session WHERE id = @sessionId
         UNION ALL SELECT sitting_id FROM playback_event WHERE session_id = @sessionId LIMIT 1`,
    ).get({ sessionId });
    return z.string().optional().parse(found) ?? null;
  }

  listSessions(sittingId: string): PlaybackSession[] {
    const rows = prepared(this.#db, 'SELECT * FROM playback_session WHERE sitting_id = ? ORDER BY started_at');
    return this.#damages.readEach('playback_session', 'id', rows.all(sittingId), (raw) => {
      const row = SessionRow.parse(raw);
      return {
        id: row.id,
        startedAt: row.started_at,
        updatedAt: row.updated_at,
        sample: PlaybackSample.parse(JSON.parse(row.sample)),
        delaySum: row.delay_sum,
        delayCount: row.delay_count,
        delayMax: row.delay_max,
      };
    });
  }

  listEvents(sittingId: string): StoredPlaybackEvent[] {
    const rows = prepared(this.#db, 'SELECT * FROM playback_event WHERE sitting_id = ? ORDER BY seq');
    return this.#damages.readEach('playback_event', 'seq', rows.all(sittingId), (raw) => {
      const row = EventRow.parse(raw);
      return { at: row.at, type: row.type, cause: row.cause, detail: row.detail, sessionId: row.session_id };
    });
  }

  listHeights(sittingId: string): { heightPx: number; ms: number }[] {
    return prepared(
      this.#db,
      `SELECT height_px, sum(ms) AS ms FROM playback_height JOIN playback_session ON playback_session.id = session_id
         WHERE sitting_id = ? GROUP BY height_px ORDER BY height_px`,
    )
      .all(sittingId)
      .map((raw) => {
        const row = HeightRow.parse(raw);
        return { heightPx: row.height_px, ms: row.ms };
      });
  }
}
