import type Database from 'better-sqlite3';
import { z } from 'zod';
import { EndedBy, SittingState, type SittingRecord } from '../../contract/sitting.ts';

const Row = z.object({
  id: z.string(),
  package_id: z.string(),
  plan_id: z.string(),
  title: z.string(),
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
});

/** Changes that accompany a step of a sitting's life. Moments are epoch milliseconds. */
export interface SittingPatch {
  openedAt?: number;
  liveAt?: number;
  endingAt?: number | null;
  endedAt?: number | null;
  endedBy?: EndedBy | null;
}

const COLUMN: Record<keyof SittingPatch, string> = {
  openedAt: 'opened_at',
  liveAt: 'live_at',
  endingAt: 'ending_at',
  endedAt: 'ended_at',
  endedBy: 'ended_by',
};

/** The id of a sitting in the store: two packages may both have a sitting `sang`. */
export function sittingIdOf(packageId: string, planId: string): string {
  return `${packageId}/${planId}`;
}

/** Sittings and the steps of their life. Which step is legal is decided in core/sitting; the store makes it atomic. */
export class SittingStore {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  listSittings(packageId: string): SittingRecord[] {
    return this.#db
      .prepare('SELECT * FROM sitting WHERE package_id = ? ORDER BY ordinal')
      .all(packageId)
      .map((raw) => toRecord(Row.parse(raw)));
  }

  getSitting(id: string): SittingRecord | null {
    const raw = this.#db.prepare('SELECT * FROM sitting WHERE id = ?').get(id);
    return raw ? toRecord(Row.parse(raw)) : null;
  }

  getSittingOfReport(reportId: string): SittingRecord | null {
    const raw = this.#db.prepare('SELECT * FROM sitting WHERE report_id = ?').get(reportId);
    return raw ? toRecord(Row.parse(raw)) : null;
  }

  /** Moves a sitting from a state it must be in; false when it was no longer there (someone else moved it first). */
  recordStep(id: string, from: SittingState, to: SittingState, patch: SittingPatch = {}): boolean {
    const sets = ['state = @to', ...Object.keys(patch).map((key) => `${COLUMN[key as keyof SittingPatch]} = @${key}`)];
    return this.#db
      .transaction(() => {
        const done = this.#db
          .prepare(`UPDATE sitting SET ${sets.join(', ')} WHERE id = @id AND state = @from`)
          .run({ id, from, to, ...patch });
        // A sitting that runs has the roster of now, not the one kept when it was over before.
        if (done.changes === 1 && (to === 'open' || to === 'live')) this.#giveUpKeptPeople(id);
        return done.changes === 1;
      })
      .immediate();
  }

  #giveUpKeptPeople(id: string): void {
    const given = this.#db.prepare('UPDATE sitting SET people_kept = 0 WHERE id = ? AND people_kept = 1').run(id);
    if (given.changes === 1) this.#db.prepare('DELETE FROM sitting_person WHERE sitting_id = ?').run(id);
  }
}

function toRecord(row: z.infer<typeof Row>): SittingRecord {
  return {
    id: row.id,
    packageId: row.package_id,
    planId: row.plan_id,
    title: row.title,
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
  };
}
