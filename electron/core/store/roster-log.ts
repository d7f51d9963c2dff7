import type Database from 'better-sqlite3';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RosterPerson } from '../../contract/session-package.ts';
import { assert } from '../../shared/result.ts';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import { GENESIS_HASH } from './event-hash.ts';
import { OF_STEP, StepRow, type RosterSteps } from './roster-steps.ts';
import type { SessionCiphers } from './session-ciphers.ts';

const RosterEventType = z.enum(['package', 'file', 'merge', 'restore', 'undo']);
export type RosterEventType = z.infer<typeof RosterEventType>;

const EventRow = z.object({
  seq: z.number(),
  id: z.string(),
  package_id: z.string(),
  type: RosterEventType,
  target_id: z.string().nullable(),
  by: z.string(),
  at: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  passed_over: z.string(),
  label: z.instanceof(Buffer),
  steps_hash: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
});
type EventRow = z.infer<typeof EventRow>;
const Ids = z.array(z.string());
/** An event of the log, with its label opened. `passedOver`: people among its steps whom it left as they were. */
export interface RosterEvent {
  seq: number;
  id: string;
  type: RosterEventType;
  targetId: string | null;
  label: string;
  by: string;
  /** Epoch milliseconds. */
  at: number;
  added: number;
  changed: number;
  removed: number;
  passedOver: readonly string[];
}

export type NewRosterEvent = Omit<RosterEvent, 'seq' | 'at'> & { packageId: string; at?: number };

/**
 * The log of the list: what session packages brought, files, merges, restorations, and what was taken back. It stands apart
 * from the attendance log on purpose. An event there is about one person in one sitting and every sitting folds its own; the
 * list belongs to all sittings of a session, one change may touch thousands, and a sitting that is sealed must go on seeing
 * the list it had. So sign-ins are never rewritten: a merge says which entry goes. One that events of the attendance log name
 * stays on the list as part of the other (`Person.merged`), and whoever folds the log counts its events there. Undoing a merge
 * gives the entry back, with its numbers, and moves no sign-in.
 *
 * Triggers refuse to change or delete an event and its steps; each event carries the hash of the one before and of its steps.
 */
export class RosterLog {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #ciphers: SessionCiphers;
  readonly #damages: Damages;
  readonly #steps: RosterSteps;

  constructor(options: {
    db: Database.Database;
    clock: Clock;
    ciphers: SessionCiphers;
    damages: Damages;
    steps: RosterSteps;
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#ciphers = options.ciphers;
    this.#damages = options.damages;
    this.#steps = options.steps;
  }

  /** What a session package brought is noted as one event; `change` writes it and answers what it came to. */
  notePackage<T extends { added: number; changed: number; removed: number }>(
    packageId: string,
    roster: readonly RosterPerson[],
    change: () => T,
  ): T {
    const id = this.#steps.begin(packageId);
    this.#steps.layEverybody(id, packageId, 'before');
    const done = change();
    this.#steps.layEverybody(id, packageId, 'after');
    // Who is not of the package and was not touched is no part of the event.
    this.#steps.dropUntouched(
      id,
      roster.map((entry) => entry.id),
    );
    const { added, changed, removed } = done;
    const event = { id, packageId, targetId: null, label: '', added, changed, removed, passedOver: [] };
    this.append({ ...event, type: 'package', by: 'package' });
    return done;
  }

  /** Writes the event of a draft; an undo has no steps of its own. Must run inside the transaction that changes the list. */
  append(event: NewRosterEvent): void {
    const { id, packageId, type, targetId, by, added, changed, removed } = event;
    const fields = {
      id,
      package_id: packageId,
      type,
      target_id: targetId,
      by,
      at: event.at ?? this.#clock.now(),
      added,
      changed,
      removed,
      passed_over: JSON.stringify(event.passedOver),
      label: this.#ciphers.ofSession(packageId).seal(`roster-event:${id}`, event.label),
      steps_hash: this.#steps.seal(id),
      prev_hash: this.#lastHash(),
    };
    this.#db
      .prepare(
        `INSERT INTO roster_event (id, package_id, type, target_id, by, at, added, changed, removed, passed_over, label,
           steps_hash, prev_hash, hash)
         VALUES (@id, @package_id, @type, @target_id, @by, @at, @added, @changed, @removed, @passed_over, @label,
           @steps_hash, @prev_hash, @hash)`,
      )
      .run({ ...fields, hash: hashOf(fields) });
  }

  /** Events of a session in order of writing. */
  list(packageId: string): RosterEvent[] {
    const rows = this.#db
      .prepare('SELECT * FROM roster_event WHERE package_id = ? AND length(label) > 0 ORDER BY seq')
      .all(packageId);
    return this.#damages.readEach('roster_event', 'id', rows, (raw) => {
      const row = EventRow.parse(raw);
      return {
        seq: row.seq,
        id: row.id,
        type: row.type,
        targetId: row.target_id,
        label: this.#openLabel(row),
        by: row.by,
        at: row.at,
        added: row.added,
        changed: row.changed,
        removed: row.removed,
        passedOver: Ids.parse(JSON.parse(row.passed_over)),
      };
    });
  }

  /** The list the events amount to: bodies by person, null for who was taken off; who no event touches is not in it. */
  fold(packageId: string): Map<string, Buffer | null> {
    const list = new Map<string, Buffer | null>();
    const events = this.list(packageId);
    const passedBy = new Map(events.map(({ id, passedOver }) => [id, passedOver]));
    for (const { id, targetId, passedOver } of events) {
      // An undo passes over whom its target passed over: nothing of theirs was changed.
      const passed = new Set([...passedOver, ...(targetId === null ? [] : (passedBy.get(targetId) ?? []))]);
      for (const raw of this.#db.prepare(`${OF_STEP} ORDER BY n, person_id`).iterate(targetId ?? id)) {
        const step = StepRow.parse(raw);
        if (!passed.has(step.person_id))
          list.set(step.person_id, targetId === null ? step.after_body : step.before_body);
      }
    }
    return list;
  }

  /** Notes people who are not on the list as the events of their session have them. */
  checkList(packageId: string): void {
    const listed = this.#db.prepare('SELECT body FROM person WHERE package_id = ? AND id = ?').pluck();
    for (const [id, body] of this.fold(packageId)) {
      const found: unknown = listed.get(packageId, id);
      const isSame = body === null ? found === undefined : found instanceof Buffer && found.equals(body);
      if (!isSame) this.#damages.note('person', id, 'differs');
    }
  }

  /** Notes events that are not as they were written, or whose steps are not. */
  check(): void {
    let prev = GENESIS_HASH;
    for (const raw of this.#db.prepare('SELECT * FROM roster_event ORDER BY seq').all()) {
      const parsed = EventRow.safeParse(raw);
      // Destroyed with the personal data of its session: its place in the chain stays.
      const isEmptied = parsed.data?.label.length === 0;
      if (
        !parsed.success ||
        parsed.data.prev_hash !== prev ||
        !(isEmptied || hashOf(parsed.data) === parsed.data.hash)
      ) {
        this.#damages.note('roster_event', parsed.data?.id ?? '', 'differs');
        prev = parsed.data?.hash ?? prev;
        continue;
      }
      const event = parsed.data;
      prev = event.hash;
      if (!isEmptied && this.#steps.hashOf(event.id) !== event.steps_hash)
        this.#damages.note('roster_step', event.id, 'differs');
    }
  }

  #lastHash(): string {
    const last: unknown = this.#db.prepare('SELECT hash FROM roster_event ORDER BY seq DESC LIMIT 1').pluck().get();
    return z.string().parse(last ?? GENESIS_HASH);
  }

  #openLabel(row: EventRow): string {
    return this.#damages.attempt(
      'roster_event',
      row.id,
      () => z.string().parse(this.#ciphers.ofSession(row.package_id).open(`roster-event:${row.id}`, row.label)),
      () => '',
    );
  }
}

/** SHA-256 over a purpose prefix, the hash before, and the event in canonical JSON. Hex. The label enters as its own hash. */
function hashOf({
  prev_hash,
  label,
  ...fields
}: Omit<EventRow, 'seq' | 'hash'> & { seq?: number; hash?: string }): string {
  const { seq: _seq, hash: _hash, ...rest } = fields;
  const text = canonicalize({ ...rest, label: createHash('sha256').update(label).digest('hex') });
  assert(text !== undefined, 'an event is plain JSON');
  return createHash('sha256').update(`kiosk-roster-event-v1\n${prev_hash}\n${text}`).digest('hex');
}
