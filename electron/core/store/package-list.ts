import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RosterEvent } from './roster-log.ts';

/** What the package's own list would do to the list as it is now; ids of people. */
export interface PackageListPlan {
  /** Not on the list now. */
  back: string[];
  /** On the list, but not as the package has them; walk-ins that a file made summoned people are walk-ins again. */
  changed: string[];
  /** Brought by files. */
  off: string[];
  /** Brought by files, but in the attendance log: they stay. */
  stay: string[];
  /** How each of `back` and `changed` was, for `RosterStep.as`. */
  as: Map<string, { eventId: string; side: 'before' | 'after' }>;
}

const IN_LOG = `SELECT person_id FROM attendance_event JOIN sitting ON sitting.id = sitting_id
  WHERE package_id = @packageId AND person_id IS NOT NULL`;
const Ids = z.array(z.string());
const PlanRow = z.object({ person_id: z.string(), event_id: z.string(), side: z.enum(['before', 'after']) });

/** Compares the list of a session with the one its package brought; null when it brought nobody. `events`: all of the log. */
export function planPackageList(
  db: Database.Database,
  events: readonly RosterEvent[],
  packageId: string,
): PackageListPlan | null {
  const origin = events.findLast(({ type }) => type === 'package');
  if (!origin) return null;
  const ofPackage = new Set(
    Ids.parse(
      db
        .prepare('SELECT person_id FROM roster_step WHERE event_id = ? AND after_body IS NOT NULL')
        .pluck()
        .all(origin.id),
    ),
  );
  if (ofPackage.size === 0) return null;
  const later = JSON.stringify(events.filter(({ seq }) => seq > origin.seq).map(({ id }) => id));
  const differing = db
    .prepare(
      `WITH own AS (
         SELECT person_id, event_id, 'after' AS side, after_body AS body, 0 AS seq FROM roster_step
           WHERE event_id = @originId AND after_body IS NOT NULL
         UNION ALL
         SELECT s.person_id, s.event_id, 'before', s.before_body, min(e.seq) FROM roster_step s
           JOIN roster_event e ON e.id = s.event_id
           WHERE s.event_id IN (SELECT value FROM json_each(@later)) AND s.before_body IS NOT NULL
             AND s.before_kind <> 'summoned' AND s.person_id NOT IN
               (SELECT person_id FROM roster_step WHERE event_id = @originId AND after_body IS NOT NULL)
           GROUP BY s.person_id)
       SELECT own.person_id, own.event_id, own.side FROM own LEFT JOIN person p
         ON p.package_id = @packageId AND p.id = own.person_id WHERE p.body IS NOT own.body`,
    )
    .all({ originId: origin.id, later, packageId })
    .map((raw) => PlanRow.parse(raw));
  const listed = idsOf(db, `SELECT id FROM person WHERE package_id = @packageId`, packageId);
  const as = new Map(differing.map((row) => [row.person_id, { eventId: row.event_id, side: row.side }]));
  const surplus = idsOf(db, `SELECT id FROM person WHERE package_id = @packageId AND kind = 'summoned'`, packageId);
  const inLog = idsOf(db, IN_LOG, packageId);
  const others = [...surplus].filter((id) => !ofPackage.has(id) && !as.has(id));
  return {
    back: [...as.keys()].filter((id) => !listed.has(id)),
    changed: [...as.keys()].filter((id) => listed.has(id)),
    off: others.filter((id) => !inLog.has(id)),
    stay: others.filter((id) => inLog.has(id)),
    as,
  };
}

function idsOf(db: Database.Database, sql: string, packageId: string): Set<string> {
  return new Set(Ids.parse(db.prepare(sql).pluck().all({ packageId })));
}
