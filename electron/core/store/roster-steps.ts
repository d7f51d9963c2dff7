import type Database from 'better-sqlite3';
import { createHash, randomUUID, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { Person } from '../../contract/attendance.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import { assert } from '../../shared/result.ts';
import type { PersonTokens } from './person-tokens.ts';
import type { SessionCiphers } from './session-ciphers.ts';

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
  /** As the person was before or after an earlier event, numbers and badge too; then `after` and `entry` are null. */
  as?: { eventId: string; side: 'before' | 'after' };
}

export const StepRow = z.object({
  person_id: z.string(),
  before_kind: z.string().nullable(),
  before_body: z.instanceof(Buffer).nullable(),
  after_kind: z.string().nullable(),
  after_body: z.instanceof(Buffer).nullable(),
});
const TokenRow = z.object({
  side: z.string(),
  kind: z.string(),
  token: z.instanceof(Buffer),
  body: z.instanceof(Buffer).nullable(),
});
const Ids = z.array(z.string());
/** The steps of one event; a condition or an order can follow. */
export const OF_STEP =
  'SELECT person_id, before_kind, before_body, after_kind, after_body FROM roster_step WHERE event_id = ?';
const TOKENS_OF = `SELECT side, kind, token, body FROM roster_step_token
  WHERE event_id = ? AND person_id = ? ORDER BY side, kind, token`;

/** Steps of changes: who is touched, as before and as after. They are laid down in portions before their event is written. */
export class RosterSteps {
  readonly #db: Database.Database;
  readonly #ciphers: SessionCiphers;
  readonly #tokens: PersonTokens;
  /** Steps laid down whose event is not written yet: their hash so far. */
  readonly #drafts = new Map<string, { packageId: string; hash: Hash; count: number }>();

  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database, ciphers: SessionCiphers, tokens: PersonTokens) {
    this.#db = db;
    this.#ciphers = ciphers;
    this.#tokens = tokens;
  }

  /** Begins a draft and answers its id. What an earlier run of the program left unfinished is dropped. */
  begin(packageId: string): string {
    this.#dropAllBut([...this.#drafts.keys()]);
    const id = randomUUID();
    this.#drafts.set(id, { packageId, hash: createHash('sha256'), count: 0 });
    return id;
  }

  /** Lays down steps; nothing of the list changes yet. */
  lay(draftId: string, steps: readonly RosterStep[]): void {
    const draft = this.#draft(draftId);
    const { packageId } = draft;
    const cipher = this.#ciphers.ofSession(packageId);
    const put = this.#prepare(
      `INSERT INTO roster_step (event_id, person_id, n, before_kind, before_body, after_kind, after_body)
       SELECT @draftId, @personId, @n, p.kind, p.body, CASE WHEN @isSame THEN p.kind ELSE @kind END,
         CASE WHEN @isSame THEN p.body ELSE @body END FROM (SELECT 1) LEFT JOIN person p
       ON p.package_id = @packageId AND p.id = @personId`,
    );
    const putAs = this.#prepare(
      `INSERT INTO roster_step (event_id, person_id, n, before_kind, before_body, after_kind, after_body)
       SELECT @draftId, @personId, @n, p.kind, p.body, iif(@side = 'before', s.before_kind, s.after_kind),
         iif(@side = 'before', s.before_body, s.after_body) FROM roster_step s LEFT JOIN person p
       ON p.package_id = @packageId AND p.id = @personId WHERE s.event_id = @eventId AND s.person_id = @personId`,
    );
    const run = (): void => {
      for (const step of steps) {
        const { personId, after, isSame, as } = step;
        const place = { draftId, packageId, personId, n: draft.count };
        if (as) assert(putAs.run({ ...place, ...as }).changes === 1, 'the event to go back to has this person');
        else {
          const body = after && isSame !== true ? cipher.seal(`person:${personId}`, after) : null;
          put.run({ ...place, kind: after?.kind ?? null, body, isSame: isSame === true ? 1 : 0 });
        }
        this.#layTokens(draftId, packageId, step);
        this.#addToHash(draft.hash, draftId, personId);
        draft.count += 1;
      }
    };
    if (this.#db.inTransaction) run();
    else this.#db.transaction(run).immediate();
  }

  /** Everybody of a session as they are now, on one side of a draft. */
  layEverybody(draftId: string, packageId: string, side: 'before' | 'after'): void {
    this.#run(
      `INSERT INTO roster_step (event_id, person_id, n, ${side}_kind, ${side}_body)
       SELECT @draftId, id, 0, kind, body FROM person WHERE package_id = @packageId
       ON CONFLICT (event_id, person_id) DO UPDATE SET ${side}_kind = excluded.${side}_kind, ${side}_body = excluded.${side}_body`,
      { draftId, packageId },
    );
    this.#run(
      `INSERT INTO roster_step_token (event_id, person_id, side, kind, token, body)
       SELECT @draftId, person_id, '${side}', kind, token, body FROM person_token WHERE package_id = @packageId`,
      { draftId, packageId },
    );
  }

  /** Leaves out of a draft whom it does not touch, except these people. */
  dropUntouched(draftId: string, exceptIds: readonly string[]): void {
    this.#run(
      `DELETE FROM roster_step WHERE event_id = @draftId AND before_body IS after_body AND before_kind IS after_kind
         AND person_id NOT IN (SELECT value FROM json_each(@ids))`,
      { draftId, ids: JSON.stringify(exceptIds) },
    );
    this.#run(
      `DELETE FROM roster_step_token WHERE event_id = @draftId
         AND person_id NOT IN (SELECT person_id FROM roster_step WHERE event_id = @draftId)`,
      { draftId },
    );
  }

  /** Gives a draft up. */
  drop(draftId: string): void {
    this.#drafts.delete(draftId);
    this.#dropAllBut([...this.#drafts.keys()]);
  }

  /** Ends a draft: the hash of its steps, hex. Steps that were laid down by other means than `lay` are read for it. */
  seal(draftId: string): string {
    const draft = this.#drafts.get(draftId);
    this.#drafts.delete(draftId);
    return draft && draft.count > 0 ? draft.hash.digest('hex') : this.hashOf(draftId);
  }

  /** The hash of the steps of an event as they are stored, hex. */
  hashOf(eventId: string): string {
    const hash = createHash('sha256');
    const ids = this.#prepare('SELECT person_id FROM roster_step WHERE event_id = ? ORDER BY n, person_id');
    for (const personId of Ids.parse(ids.pluck().all(eventId))) this.#addToHash(hash, eventId, personId);
    return hash.digest('hex');
  }

  #draft(id: string): { packageId: string; hash: Hash; count: number } {
    const draft = this.#drafts.get(id);
    assert(draft, 'the draft was begun in this run');
    return draft;
  }

  #dropAllBut(kept: readonly string[]): void {
    for (const table of ['roster_step', 'roster_step_token'])
      this.#run(
        `DELETE FROM ${table} WHERE event_id NOT IN (SELECT id FROM roster_event)
           AND event_id NOT IN (SELECT value FROM json_each(@kept))`,
        { kept: JSON.stringify(kept) },
      );
  }

  #layTokens(draftId: string, packageId: string, step: RosterStep): void {
    const { personId, after, entry, tokensFrom, as } = step;
    this.#run(
      `INSERT INTO roster_step_token (event_id, person_id, side, kind, token, body)
       SELECT @draftId, person_id, 'before', kind, token, body
       FROM person_token WHERE package_id = @packageId AND person_id = @personId`,
      { draftId, packageId, personId },
    );
    if (as) return this.#layTokensAs(draftId, packageId, personId, as);
    // Who goes, or is merged into another entry, has no numbers of their own any more.
    if (!after || after.merged) return;
    const tokens = entry ? this.#tokens.listKeys(packageId, entry) : [];
    const put = this.#prepare(
      `INSERT OR IGNORE INTO roster_step_token (event_id, person_id, side, kind, token, body)
       VALUES (?, ?, 'after', ?, ?, ?)`,
    );
    for (const { kind, key, body } of tokens) put.run(draftId, personId, kind, key, body);
    this.#keepTokens(
      draftId,
      personId,
      tokens.map(({ kind }) => kind),
    );
    if (tokensFrom === undefined) return;
    for (const raw of this.#prepare(TOKENS_OF).all(draftId, tokensFrom)) {
      const { side, kind, token, body: sealed } = TokenRow.parse(raw);
      if (side !== 'before') continue;
      const own = sealed && this.#tokens.sealFor(packageId, { from: tokensFrom, to: personId }, sealed);
      put.run(draftId, personId, kind, token, own);
    }
  }

  /** Numbers and badge as an earlier event had them; a badge printed since stays, for it hangs round somebody's neck. */
  #layTokensAs(
    draftId: string,
    packageId: string,
    personId: string,
    as: { eventId: string; side: 'before' | 'after' },
  ): void {
    this.#run(
      `INSERT OR IGNORE INTO roster_step_token (event_id, person_id, side, kind, token, body)
       SELECT @draftId, person_id, 'after', kind, token, body FROM roster_step_token
       WHERE event_id = @eventId AND person_id = @personId AND side = @side`,
      { draftId, personId, ...as },
    );
    // The oldest badge known of this person that was nobody else's before.
    this.#run(
      `INSERT OR IGNORE INTO roster_step_token (event_id, person_id, side, kind, token, body)
       SELECT @draftId, t.person_id, 'after', 'badge', t.token, t.body
       FROM roster_event e CROSS JOIN roster_step_token t ON t.event_id = e.id
       WHERE e.package_id = @packageId AND t.person_id = @personId AND t.kind = 'badge' AND t.side = 'before'
         AND NOT EXISTS (SELECT 1 FROM roster_step_token WHERE event_id = @draftId AND person_id = @personId
           AND side = 'after' AND kind = 'badge')
         AND NOT EXISTS (SELECT 1 FROM roster_step_token o CROSS JOIN roster_event f ON f.id = o.event_id
           WHERE f.package_id = @packageId AND f.seq <= e.seq AND o.kind = 'badge' AND o.token = t.token
             AND o.side = 'before' AND o.person_id <> t.person_id)
       ORDER BY e.seq LIMIT 1`,
      { draftId, packageId, personId },
    );
    const kinds = this.#prepare(
      `SELECT DISTINCT kind FROM roster_step_token WHERE event_id = ? AND person_id = ? AND side = 'after' AND kind = 'badge'`,
    )
      .pluck()
      .all(draftId, personId);
    this.#keepTokens(draftId, personId, ['citizen', 'party', ...Ids.parse(kinds)]);
  }

  /** What a person has now stays, except of these kinds. */
  #keepTokens(draftId: string, personId: string, except: readonly string[]): void {
    this.#run(
      `INSERT OR IGNORE INTO roster_step_token (event_id, person_id, side, kind, token, body)
       SELECT event_id, person_id, 'after', kind, token, body FROM roster_step_token
       WHERE event_id = @draftId AND side = 'before' AND person_id = @personId
         AND kind NOT IN (SELECT value FROM json_each(@except))`,
      { draftId, personId, except: JSON.stringify(except) },
    );
  }

  /** Thousands of steps need the same few statements. */
  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }

  #run(sql: string, values: Record<string, string>): void {
    this.#prepare(sql).run(values);
  }

  #addToHash(hash: Hash, eventId: string, personId: string): void {
    const step = StepRow.parse(this.#prepare(`${OF_STEP} AND person_id = ?`).get(eventId, personId));
    const tokens = this.#prepare(TOKENS_OF).all(eventId, personId);
    const parts = [
      step.person_id,
      step.before_kind,
      step.before_body,
      step.after_kind,
      step.after_body,
      ...tokens.flatMap((raw) => {
        const { side, kind, token, body } = TokenRow.parse(raw);
        return [side, kind, token, body];
      }),
    ];
    for (const part of parts) {
      hash.update(part === null ? '-' : `${part.length}:`);
      if (part !== null) hash.update(part);
    }
    hash.update('\n');
  }
}
