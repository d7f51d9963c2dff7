import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { SessionPackage } from '../../contract/session-package.ts';
import type { Clock } from './clock.ts';
import { TEXT_OF, type FreeTexts } from './free-texts.ts';
import { sittingIdOf } from './sitting-store.ts';
import { makeUuidV7 } from './uuid.ts';

/** Where the package does not say when sign-in opens. */
const SIGN_IN_OPENS_BEFORE_MS = 60 * 60_000;

/** The sittings of a package as rows: written at import, and again for every newer issue. */
export class Timetable {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #texts: FreeTexts;

  constructor(db: Database.Database, clock: Clock, texts: FreeTexts) {
    this.#db = db;
    this.#clock = clock;
    this.#texts = texts;
  }

  /** The newer issue with the plans of sittings that began and that it no longer lists: they keep plan and picture. */
  keepBegun(document: SessionPackage, before: SessionPackage): SessionPackage {
    const begun = this.#listPlanIds(document.packageId, `state <> 'prepared'`);
    const listed = new Set(document.sittings.map((plan) => plan.id));
    const missing = before.sittings.filter((plan) => begun.includes(plan.id) && !listed.has(plan.id));
    return { ...document, sittings: [...missing, ...document.sittings] };
  }

  /** Makes the rows equal to the package, whose session is stored; sittings that began keep the times that have passed. */
  write(document: SessionPackage): void {
    const { packageId } = document;
    const kept = new Set(document.sittings.map((plan) => plan.id));
    const drop = this.#db.prepare('DELETE FROM sitting WHERE package_id = ? AND plan_id = ?');
    for (const planId of this.#listPlanIds(packageId, `state = 'prepared'`))
      if (!kept.has(planId)) drop.run(packageId, planId);
    const put = this.#db.prepare(
      `INSERT INTO sitting (id, package_id, plan_id, ordinal, title, title_body, state, opens_at, starts_at, ends_at, grace_ms, report_id)
       VALUES (@id, @packageId, @planId, @ordinal, '', @title, 'prepared', @opensAt, @startsAt, @endsAt, @graceMs, @reportId)
       ON CONFLICT (package_id, plan_id) DO UPDATE SET ordinal = excluded.ordinal, title = '',
         title_body = excluded.title_body,
         opens_at = CASE WHEN state = 'prepared' THEN excluded.opens_at ELSE opens_at END,
         starts_at = CASE WHEN state IN ('prepared', 'open') THEN excluded.starts_at ELSE starts_at END,
         grace_ms = CASE WHEN state IN ('prepared', 'open') THEN excluded.grace_ms ELSE grace_ms END,
         ends_at = CASE WHEN state IN ('prepared', 'open', 'live') THEN excluded.ends_at ELSE ends_at END`,
    );
    document.sittings.forEach((plan, ordinal) => {
      const startsAt = Date.parse(plan.startsAt);
      const id = sittingIdOf(packageId, plan.id);
      put.run({
        id,
        packageId,
        planId: plan.id,
        ordinal,
        title: this.#texts.seal({ packageId }, TEXT_OF.sittingTitle(id), plan.title),
        opensAt: plan.opensAt ? Date.parse(plan.opensAt) : startsAt - SIGN_IN_OPENS_BEFORE_MS,
        startsAt,
        endsAt: Date.parse(plan.endsAt),
        graceMs: plan.graceMinutes * 60_000,
        reportId: makeUuidV7(this.#clock.now()),
      });
    });
  }

  #listPlanIds(packageId: string, condition: `state ${string}`): string[] {
    const ids = this.#db.prepare(`SELECT plan_id FROM sitting WHERE package_id = ? AND ${condition}`).pluck();
    return z.array(z.string()).parse(ids.all(packageId));
  }
}
