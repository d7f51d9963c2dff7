import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Person } from '../../contract/attendance.ts';
import { assert } from '../../shared/result.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import type { Clock } from './clock.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { PeopleStore } from './people-store.ts';
import type { PersonTokens } from './person-tokens.ts';

/** One change of the list that was made from outside the log: a file brought in, or two entries joined. */
export interface RosterImportRecord {
  id: string;
  kind: 'file' | 'merge';
  state: 'applied' | 'undone';
  file: string;
  by: string;
  /** Epoch milliseconds. */
  at: number;
  added: number;
  changed: number;
  removed: number;
}

/** What becomes of one person. `after` null: taken off the list. */
export interface RosterStep {
  personId: string;
  after: Person | null;
  /** Nothing of the person changes, only numbers may. */
  isSame?: boolean;
  /** Numbers and badge of the file; those it leaves out stay as they are. */
  entry: RosterPerson | null;
  /** Somebody else's numbers go to this person; that one's step must come first. */
  tokensFrom?: string;
}

export type ApplyOutcome =
  | { ok: true; added: number; changed: number; removed: number; kept: number }
  /** Somebody of the plan was changed since it was made. */
  | { ok: false; error: 'list_changed' };

export type UndoOutcome =
  | { ok: true; restored: number; takenOff: number; stayed: number }
  | { ok: false; error: 'nothing_to_undo' };

const Row = z.object({
  id: z.string(),
  kind: z.enum(['file', 'merge']),
  state: z.enum(['applied', 'undone']),
  file: z.string(),
  by: z.string(),
  at: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
});
const TokenRow = z.object({
  kind: z.string(),
  token: z.instanceof(Buffer),
  body: z.instanceof(Buffer).nullable(),
});
const COLUMNS = 'id, kind, state, file, by, at, added, changed, removed';
/** Of the log of the same session; other sessions may have the same ids. */
const IN_LOG = `SELECT person_id FROM attendance_event JOIN sitting ON sitting.id = sitting_id
  WHERE package_id = @packageId AND person_id IS NOT NULL`;

/** What the store of roster changes needs of its neighbours. */
export interface RosterStoreOptions {
  db: Database.Database;
  clock: Clock;
  people: Pick<PeopleStore, 'keepLists'>;
  tokens: Pick<PersonTokens, 'listKeys' | 'sealFor'>;
  cipherOf: (packageId: string) => FieldCipher;
  /** Runs what writes thousands of rows, inside a transaction. */
  inBulk: <T>(work: () => T) => T;
}

/**
 * Changes of the list as records that can be undone. A change is staged in small portions, each a short transaction, and
 * then applied by one transaction of a few statements, so that a sign-in never waits for a long list.
 */
export class RosterStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #people: RosterStoreOptions['people'];
  readonly #tokens: RosterStoreOptions['tokens'];
  readonly #inBulk: RosterStoreOptions['inBulk'];
  readonly #cipherOf: (packageId: string) => FieldCipher;

  constructor({ db, clock, people, tokens, cipherOf, inBulk }: RosterStoreOptions) {
    this.#inBulk = inBulk;
    this.#db = db;
    this.#clock = clock;
    this.#people = people;
    this.#tokens = tokens;
    this.#cipherOf = cipherOf;
  }

  /** Begins a change; what an earlier one left staged is dropped. */
  begin(packageId: string, kind: 'file' | 'merge', file: string, by: string): string {
    const id = randomUUID();
    this.#db
      .transaction(() => {
        this.#db.prepare(`DELETE FROM roster_import WHERE package_id = ? AND state = 'staged'`).run(packageId);
        this.#db
          .prepare(
            `INSERT INTO roster_import (id, package_id, kind, state, file, by, at) VALUES (?, ?, ?, 'staged', ?, ?, ?)`,
          )
          .run(id, packageId, kind, file.slice(0, 300), by, this.#clock.now());
      })
      .immediate();
    return id;
  }

  /** Adds steps to a change that was begun; nothing of the list changes yet. */
  stage(importId: string, packageId: string, steps: readonly RosterStep[]): void {
    const cipher = this.#cipherOf(packageId);
    const put = this.#db.prepare(
      `INSERT OR REPLACE INTO roster_import_person (import_id, person_id, before_kind, before_body, after_kind, after_body)
       SELECT @importId, @personId, p.kind, p.body, CASE WHEN @isSame THEN p.kind ELSE @kind END,
         CASE WHEN @isSame THEN p.body ELSE @body END FROM (SELECT 1) LEFT JOIN person p
       ON p.package_id = @packageId AND p.id = @personId`,
    );
    const before = this.#db.prepare(
      `INSERT OR IGNORE INTO roster_import_token (import_id, side, kind, token, person_id, body)
       SELECT ?, 'before', kind, token, person_id, body FROM person_token WHERE package_id = ? AND person_id = ?`,
    );
    const after = this.#db.prepare(
      `INSERT OR IGNORE INTO roster_import_token (import_id, side, kind, token, person_id, body)
       VALUES (?, 'after', ?, ?, ?, ?)`,
    );
    const keepBefore = this.#db.prepare(
      `INSERT OR IGNORE INTO roster_import_token (import_id, side, kind, token, person_id, body)
       SELECT import_id, 'after', kind, token, person_id, body FROM roster_import_token
       WHERE import_id = ? AND side = 'before' AND person_id = ? AND kind NOT IN (SELECT value FROM json_each(?))`,
    );
    const listBefore = this.#db.prepare(
      `SELECT kind, token, body FROM roster_import_token WHERE import_id = ? AND side = 'before' AND person_id = ?`,
    );
    this.#db
      .transaction(() => {
        for (const { personId, after: person, isSame, entry, tokensFrom } of steps) {
          const body = person && isSame !== true ? cipher.seal(`person:${personId}`, person) : null;
          const kind = person ? person.kind : null;
          put.run({ importId, packageId, personId, kind, body, isSame: isSame === true ? 1 : 0 });
          before.run(importId, packageId, personId);
          if (!person) continue;
          const tokens = entry ? this.#tokens.listKeys(packageId, entry) : [];
          keepBefore.run(importId, personId, JSON.stringify(tokens.map(({ kind }) => kind)));
          for (const { kind, key, body: sealed } of tokens) after.run(importId, kind, key, personId, sealed);
          if (tokensFrom === undefined) continue;
          for (const raw of listBefore.all(importId, tokensFrom)) {
            const { kind, token, body: sealed } = TokenRow.parse(raw);
            const own = sealed && this.#tokens.sealFor(packageId, { from: tokensFrom, to: personId }, sealed);
            after.run(importId, kind, token, personId, own);
          }
        }
      })
      .immediate();
  }

  /** Makes a staged change, all of it or nothing. Somebody who has an event in the log is never taken off. */
  apply(importId: string, packageId: string): ApplyOutcome {
    return this.#db
      .transaction((): ApplyOutcome => {
        const kept = this.#db
          .prepare(
            `DELETE FROM roster_import_person
             WHERE import_id = @importId AND after_body IS NULL AND person_id IN (${IN_LOG})`,
          )
          .run({ importId, packageId }).changes;
        const stale = this.#db
          .prepare(
            `SELECT count(*) FROM roster_import_person i LEFT JOIN person p ON p.package_id = ? AND p.id = i.person_id
             WHERE i.import_id = ? AND p.body IS NOT i.before_body`,
          )
          .pluck()
          .get(packageId, importId);
        if (Number(stale) > 0) return { ok: false, error: 'list_changed' };
        const count = (where: string): number =>
          Number(
            this.#db
              .prepare(`SELECT count(*) FROM roster_import_person WHERE import_id = ? AND ${where}`)
              .pluck()
              .get(importId),
          );
        const added = count('before_body IS NULL');
        const removed = count('after_body IS NULL');
        const changed = count('before_body IS NOT NULL AND after_body IS NOT NULL AND before_body IS NOT after_body');
        this.#inBulk(() => {
          this.#people.keepLists(packageId);
          this.#write(importId, packageId, 'after');
        });
        this.#db
          .prepare(`UPDATE roster_import SET state = 'applied', added = ?, changed = ?, removed = ? WHERE id = ?`)
          .run(added, changed, removed, importId);
        return { ok: true, added, changed, removed, kept };
      })
      .immediate();
  }

  /**
   * Takes the newest change back: the list is as it was before, except for people added by it who have signed in meanwhile,
   * and people changed again since by something else. Sign-ins stay with their people.
   */
  undo(packageId: string, by: string): UndoOutcome {
    return this.#db
      .transaction((): UndoOutcome => {
        const last = this.getLast(packageId);
        if (!last) return { ok: false, error: 'nothing_to_undo' };
        const drop = this.#db.prepare(
          `DELETE FROM roster_import_person WHERE import_id = @id AND (
             (before_body IS NULL AND person_id IN (${IN_LOG})) OR
             after_body IS NOT (SELECT body FROM person WHERE package_id = @packageId AND id = person_id))`,
        );
        const stayed = drop.run({ id: last.id, packageId }).changes;
        const count = (where: string): number =>
          Number(
            this.#db
              .prepare(`SELECT count(*) FROM roster_import_person WHERE import_id = ? AND ${where}`)
              .pluck()
              .get(last.id),
          );
        const restored = count('before_body IS NOT NULL');
        const takenOff = count('before_body IS NULL');
        this.#inBulk(() => {
          this.#people.keepLists(packageId);
          this.#write(last.id, packageId, 'before');
        });
        this.#db
          .prepare(`UPDATE roster_import SET state = 'undone', undone_at = ?, undone_by = ? WHERE id = ?`)
          .run(this.#clock.now(), by, last.id);
        return { ok: true, restored, takenOff, stayed };
      })
      .immediate();
  }

  /** Puts everybody of a change as they are on one side of it. */
  #write(importId: string, packageId: string, side: 'before' | 'after'): void {
    const other = side === 'before' ? 'after' : 'before';
    const people = 'SELECT person_id FROM roster_import_person WHERE import_id = @importId';
    // A badge that was printed since stays, unless the other side brought it.
    this.#db
      .prepare(
        `DELETE FROM person_token WHERE package_id = @packageId AND person_id IN (${people}) AND
           (kind <> 'badge' OR (kind, token, person_id) IN
             (SELECT kind, token, person_id FROM roster_import_token WHERE import_id = @importId AND side = '${other}'))`,
      )
      .run({ importId, packageId });
    this.#db
      .prepare(`DELETE FROM person WHERE package_id = @packageId AND id IN (${people} AND ${side}_body IS NULL)`)
      .run({ importId, packageId });
    this.#db
      .prepare(
        `INSERT INTO person (package_id, id, kind, body)
         SELECT @packageId, person_id, ${side}_kind, ${side}_body FROM roster_import_person
         WHERE import_id = @importId AND ${side}_body IS NOT NULL
         ON CONFLICT (package_id, id) DO UPDATE SET kind = excluded.kind, body = excluded.body`,
      )
      .run({ importId, packageId });
    this.#db
      .prepare(
        `INSERT OR IGNORE INTO person_token (package_id, kind, token, person_id, body)
         SELECT @packageId, kind, token, person_id, body FROM roster_import_token
         WHERE import_id = @importId AND side = '${side}' AND person_id IN (${people} AND ${side}_body IS NOT NULL)`,
      )
      .run({ importId, packageId });
  }

  /** The newest change that is not undone; null without one. */
  getLast(packageId: string): RosterImportRecord | null {
    const raw = this.#db
      .prepare(
        `SELECT ${COLUMNS} FROM roster_import WHERE package_id = ? AND state = 'applied' ORDER BY seq DESC LIMIT 1`,
      )
      .get(packageId);
    return raw === undefined ? null : Row.parse(raw);
  }

  /** Changes made and undone, newest first. */
  list(packageId: string): RosterImportRecord[] {
    const rows = this.#db
      .prepare(
        `SELECT ${COLUMNS} FROM roster_import WHERE package_id = ? AND state <> 'staged' ORDER BY seq DESC LIMIT 100`,
      )
      .all(packageId);
    return rows.map((raw) => Row.parse(raw));
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
}
