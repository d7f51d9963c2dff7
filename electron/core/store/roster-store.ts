import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Person } from '../../contract/attendance.ts';
import { cutText } from '../../shared/names.ts';
import { assert } from '../../shared/result.ts';
import type { PeopleStore } from './people-store.ts';
import type { RosterList } from './roster-list.ts';
import type { RosterEvent, RosterLog } from './roster-log.ts';
import type { RosterStep, RosterSteps } from './roster-steps.ts';
import { planPackageList, type PackageListPlan } from './package-list.ts';

/** One change of the list made by hand, and whether it was taken back. */
export interface RosterChange {
  id: string;
  kind: 'file' | 'merge' | 'restore';
  state: 'applied' | 'undone';
  /** Name of the file, or of the person kept by a merge. */
  file: string;
  by: string;
  /** Epoch milliseconds. */
  at: number;
  added: number;
  changed: number;
  removed: number;
}

export type ApplyOutcome =
  | { ok: true; added: number; changed: number; removed: number; kept: number }
  /** Somebody of the plan was changed since it was made. */
  | { ok: false; error: 'list_changed' };

export type UndoOutcome =
  | { ok: true; restored: number; takenOff: number; stayed: number }
  | { ok: false; error: 'nothing_to_undo' };

/** Of the log of the same session; other sessions may have the same ids. */
const IN_LOG = `SELECT person_id FROM attendance_event JOIN sitting ON sitting.id = sitting_id
  WHERE package_id = @packageId AND person_id IS NOT NULL`;
const SHOWN = 100;
const Ids = z.array(z.string());
const StepCounts = z.object({
  all: z.number(),
  stale: z.number(),
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
});

/** What the store of roster changes needs of its neighbours. */
export interface RosterStoreOptions {
  db: Database.Database;
  people: Pick<PeopleStore, 'keepLists' | 'openPeople'>;
  log: RosterLog;
  steps: RosterSteps;
  list: RosterList;
  /** Runs what writes very many rows. */
  inBulk: <T>(work: () => T) => T;
}

/**
 * Changes of the list as events that can be taken back. The steps of a change are laid down in small portions, then one short
 * transaction makes it an event, and the list follows in small portions: a sign-in never waits for a long list.
 */
export class RosterStore {
  readonly #db: Database.Database;
  readonly #people: RosterStoreOptions['people'];
  readonly #log: RosterLog;
  readonly #steps: RosterSteps;
  readonly #list: RosterList;
  readonly #inBulk: RosterStoreOptions['inBulk'];

  constructor({ db, people, log, steps, list, inBulk }: RosterStoreOptions) {
    this.#inBulk = inBulk;
    this.#db = db;
    this.#people = people;
    this.#log = log;
    this.#steps = steps;
    this.#list = list;
  }

  /** Begins a change and answers its id. */
  begin(packageId: string): string {
    return this.#steps.begin(packageId);
  }

  /** Adds steps to a change that was begun; nothing of the list changes yet. */
  stage(changeId: string, steps: readonly RosterStep[]): void {
    this.#inOneCommit(() => this.#steps.lay(changeId, steps));
  }

  /** Gives a change up that was begun and not made. */
  drop(changeId: string): void {
    this.#inOneCommit(() => this.#steps.drop(changeId));
  }

  /**
   * Makes a staged change, all of it or nothing: from now on it is an event. Somebody who has an event in the attendance log is
   * never taken off. The list follows by `proceed`.
   */
  apply(
    changeId: string,
    packageId: string,
    { kind, label, by }: { kind: RosterChange['kind']; label: string; by: string },
  ): ApplyOutcome {
    return this.#db
      .transaction((): ApplyOutcome => {
        const passedOver = this.#listSteps(`s.after_body IS NULL AND s.person_id IN (${IN_LOG})`, changeId, packageId);
        const passed = JSON.stringify(passedOver);
        const { stale, added, changed, removed } = this.#countSteps(changeId, packageId, passed);
        if (stale > 0) return { ok: false, error: 'list_changed' };
        this.#inBulk(() => this.#people.keepLists(packageId));
        this.#list.begin(packageId, { stepsOf: changeId, side: 'after', passedOver: passed });
        const counts = { added, changed, removed };
        this.#log.append({
          id: changeId,
          packageId,
          type: kind,
          targetId: null,
          label: cutText(label, 300),
          by,
          ...counts,
          passedOver,
        });
        return { ok: true, ...counts, kept: passedOver.length };
      })
      .immediate();
  }

  /**
   * Takes the newest change back by an event of its own: the list is as it was before, except for people added by it who have
   * signed in meanwhile, and people changed again since by something else. Sign-ins stay with their people. The list follows by `proceed`.
   */
  undo(packageId: string, by: string): UndoOutcome {
    return this.#db
      .transaction((): UndoOutcome => {
        const last = this.#findLast(packageId);
        if (!last) return { ok: false, error: 'nothing_to_undo' };
        const before = JSON.stringify(last.passedOver);
        const stayed = this.#listSteps(
          `((s.before_body IS NULL AND s.person_id IN (${IN_LOG})) OR s.after_body IS NOT p.body)`,
          last.id,
          packageId,
          before,
        );
        const passed = JSON.stringify([...last.passedOver, ...stayed]);
        // Backwards: whom the change took off comes back.
        const counts = this.#countSteps(last.id, packageId, passed);
        const restored = counts.all - counts.added;
        this.#inBulk(() => this.#people.keepLists(packageId));
        this.#list.begin(packageId, { stepsOf: last.id, side: 'before', passedOver: passed });
        this.#log.append({
          id: randomUUID(),
          packageId,
          type: 'undo',
          targetId: last.id,
          label: last.label,
          by,
          added: counts.removed,
          changed: restored - counts.removed,
          removed: counts.added,
          passedOver: stayed,
        });
        return { ok: true, restored, takenOff: counts.added, stayed: stayed.length };
      })
      .immediate();
  }

  /** Brings the next portion of the list to the newest change, at most `limit` people; false when nothing is left to do. */
  proceed(packageId: string, limit: number): boolean {
    return this.#inOneCommit(() => this.#list.proceed(packageId, limit));
  }

  /** A portion and the word that it is coming: the disk is waited for once, for the desk waits behind it. */
  #inOneCommit<T>(work: () => T): T {
    return this.#db.transaction(() => this.#inBulk(work)).immediate();
  }

  /** Ids of people whom the change that is under way takes off the list: registers drop them before it proceeds. */
  listLeaving(packageId: string): string[] {
    return this.#list.listLeaving(packageId);
  }

  /** What bringing the package's own list back would do. Null when the package brought nobody. */
  planPackageList(packageId: string): PackageListPlan | null {
    return planPackageList(this.#db, this.#log.list(packageId), packageId);
  }

  /** The newest change by hand that is not taken back; null without one. A newer session package is the end of undoing. */
  getLast(packageId: string): RosterChange | null {
    const last = this.#findLast(packageId);
    return last ? toChange(last, new Set()) : null;
  }

  /** Changes by hand, newest first. */
  list(packageId: string): RosterChange[] {
    const events = this.#log.list(packageId);
    const undone = new Set(events.map(({ targetId }) => targetId));
    return events
      .flatMap((event) => toChange(event, undone) ?? [])
      .toReversed()
      .slice(0, SHOWN);
  }

  /** Sittings of the package that still take their people from the list: neither sealed nor delivered. */
  countOpenSittings(packageId: string): number {
    const count = this.#db
      .prepare(`SELECT count(*) FROM sitting WHERE package_id = ? AND state NOT IN ('sealed','delivered')`)
      .pluck()
      .get(packageId);
    assert(typeof count === 'number', 'a count is a number');
    return count;
  }

  /** People as they were after an event, for those of these ids whom one of the events has. */
  listPeopleOf(packageId: string, eventIds: ReadonlySet<string>, personIds: readonly string[]): Person[] {
    const rows = this.#db
      .prepare(
        `SELECT person_id AS id, after_kind AS kind, after_body AS body FROM roster_step
         WHERE event_id IN (SELECT value FROM json_each(?)) AND person_id IN (SELECT value FROM json_each(?))
           AND after_body IS NOT NULL ORDER BY person_id`,
      )
      .all(JSON.stringify([...eventIds]), JSON.stringify(personIds));
    return this.#people.openPeople(packageId, rows);
  }

  /** Ids of the people a change touched, those it passed over too. */
  listTouched(changeId: string): string[] {
    return Ids.parse(
      this.#db.prepare('SELECT person_id FROM roster_step WHERE event_id = ? ORDER BY n').pluck().all(changeId),
    );
  }

  #findLast(packageId: string): RosterEvent | null {
    const events = this.#log.list(packageId);
    const undone = new Set(events.map(({ targetId }) => targetId));
    const last = events.findLast(({ id, type }) => type === 'package' || (type !== 'undo' && !undone.has(id)));
    return last && last.type !== 'package' ? last : null;
  }

  /** `where` speaks of the step `s` and the person `p` as on the list now. */
  #listSteps(where: string, changeId: string, packageId: string, passed = '[]'): string[] {
    return Ids.parse(
      this.#db
        .prepare(
          `SELECT s.person_id FROM roster_step s LEFT JOIN person p ON p.package_id = @packageId AND p.id = s.person_id
           WHERE s.event_id = @changeId AND ${where}
             AND s.person_id NOT IN (SELECT value FROM json_each(@passed)) ORDER BY s.n`,
        )
        .pluck()
        .all({ changeId, packageId, passed }),
    );
  }

  /** What a change does to people it does not pass over. `stale`: who is not as the change found them. */
  #countSteps(changeId: string, packageId: string, passed: string): z.infer<typeof StepCounts> {
    return StepCounts.parse(
      this.#db
        .prepare(
          `SELECT count(*) AS "all", total(p.body IS NOT s.before_body) AS stale,
             total(s.before_body IS NULL AND s.after_body IS NOT NULL) AS added, total(s.after_body IS NULL) AS removed,
             total(s.before_body IS NOT NULL AND s.after_body IS NOT NULL AND s.before_body IS NOT s.after_body) AS changed
           FROM roster_step s LEFT JOIN person p ON p.package_id = @packageId AND p.id = s.person_id
           WHERE s.event_id = @changeId AND s.person_id NOT IN (SELECT value FROM json_each(@passed))`,
        )
        .get({ changeId, packageId, passed }),
    );
  }
}

function toChange(event: RosterEvent, undone: ReadonlySet<string | null>): RosterChange | null {
  const { id, type, label, by, at, added, changed, removed } = event;
  if (type === 'package' || type === 'undo') return null;
  const state = undone.has(id) ? 'undone' : 'applied';
  return { id, kind: type, state, file: label, by, at, added, changed, removed };
}
