import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  AttendanceEventType,
  AttendeeKind,
  Method,
  type AttendanceEvent,
  type EventBody,
  type Person,
} from '../../contract/attendance.ts';
import { assert } from '../../contract/result.ts';
import type { Clock } from './clock.ts';
import { GENESIS_HASH, hashEvent, type HashedFields } from './event-hash.ts';
import type { FieldCipher } from './field-cipher.ts';

/** The roll call everyone takes part in by arriving. */
export const ARRIVAL = 'arrival';

const EventRow = z.object({
  seq: z.number(),
  sitting_id: z.string(),
  type: AttendanceEventType,
  person_id: z.string().nullable(),
  roll_call_id: z.string().nullable(),
  target_seq: z.number().nullable(),
  wall_ms: z.number(),
  mono_ms: z.number(),
  boot_id: z.string(),
  broadcast_ms: z.number().nullable(),
  station: z.string(),
  actor: z.string(),
  method: Method.nullable(),
  body: z.instanceof(Buffer),
  prev_hash: z.string(),
  hash: z.string(),
});
type EventRow = z.infer<typeof EventRow>;

const Body = z.object({ reason: z.string(), name: z.string(), substituteFor: z.string() }).partial();
const PresenceRow = z.object({ seq: z.number(), wall_ms: z.number() });

/** Who did it, where, and how the person was recognised. */
export interface Doing {
  station: string;
  actor: string;
  method: Method | null;
  /** Milliseconds into the broadcast, when known. */
  broadcastMs: number | null;
}

export type ArrivalOutcome =
  | { ok: true; event: AttendanceEvent }
  | { ok: false; error: 'already_signed_in'; firstAt: number }
  | { ok: false; error: 'not_open' };

export type EventOutcome =
  | { ok: true; event: AttendanceEvent }
  | { ok: false; error: 'not_open' | 'no_such_event' | 'already_voided' | 'not_signed_in' | 'already_confirmed' };

export interface RollCall {
  id: string;
  sittingId: string;
  ordinal: number;
  title: string;
  openedAt: number;
  closedAt: number | null;
}
const RollCallRow = z.object({
  id: z.string(),
  sitting_id: z.string(),
  ordinal: z.number(),
  title: z.string(),
  opened_at: z.number(),
  closed_at: z.number().nullable(),
});

export type ChainCheck = { ok: true; events: number; head: string } | { ok: false; error: 'broken_chain'; seq: number };

/**
 * The append-only attendance log. Every verb checks its rule and writes in one synchronous transaction; when it
 * returns, the commit has been synced to disk.
 */
export class AttendanceStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #cipherOf: (sittingId: string) => FieldCipher;

  constructor(db: Database.Database, clock: Clock, cipherOf: (sittingId: string) => FieldCipher) {
    this.#db = db;
    this.#clock = clock;
    this.#cipherOf = cipherOf;
  }

  /** A first sign-in. The unique key of `presence` decides a race between two stations. */
  recordArrival(sittingId: string, personId: string, doing: Doing): ArrivalOutcome {
    return this.#transact((): ArrivalOutcome => {
      if (!this.#takesSignIns(sittingId)) return { ok: false, error: 'not_open' };
      const before = this.#presence(sittingId, ARRIVAL, personId);
      if (before) return { ok: false, error: 'already_signed_in', firstAt: before.wall_ms };
      const event = this.#append({
        sittingId,
        type: 'arrived',
        personId,
        rollCallId: null,
        targetSeq: null,
        body: {},
        ...doing,
      });
      this.#setPresence(event, ARRIVAL, personId);
      return { ok: true, event };
    });
  }

  /** Presence confirmed in a later roll call of the same sitting. */
  recordConfirmed(sittingId: string, personId: string, rollCallId: string, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      if (!this.#takesSignIns(sittingId)) return { ok: false, error: 'not_open' };
      if (this.#presence(sittingId, rollCallId, personId)) return { ok: false, error: 'already_confirmed' };
      const event = this.#append({
        sittingId,
        type: 'confirmed',
        personId,
        rollCallId,
        targetSeq: null,
        body: {},
        ...doing,
      });
      this.#setPresence(event, rollCallId, personId);
      return { ok: true, event };
    });
  }

  /** Someone left before the end. */
  recordLeft(sittingId: string, personId: string, body: EventBody, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      if (!this.#takesSignIns(sittingId)) return { ok: false, error: 'not_open' };
      if (!this.#presence(sittingId, ARRIVAL, personId)) return { ok: false, error: 'not_signed_in' };
      return {
        ok: true,
        event: this.#append({ sittingId, type: 'left', personId, rollCallId: null, targetSeq: null, body, ...doing }),
      };
    });
  }

  /** An absence with its reason; allowed until the sitting is sealed, and for an amendment after it. */
  recordExcused(sittingId: string, personId: string, reason: string, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => ({
      ok: true,
      event: this.#append({
        sittingId,
        type: 'absence_excused',
        personId,
        rollCallId: null,
        targetSeq: null,
        body: { reason },
        ...doing,
      }),
    }));
  }

  /**
   * Adds a person who is not on the roster and signs them in, in one commit. A substitute takes the place of a
   * summoned person (`body.substituteFor`).
   */
  recordAddedPerson(sittingId: string, packageId: string, person: Person, doing: Doing): ArrivalOutcome {
    return this.#transact((): ArrivalOutcome => {
      if (!this.#takesSignIns(sittingId)) return { ok: false, error: 'not_open' };
      const body = this.#cipherOf(sittingId).seal(`person:${person.id}`, person);
      this.#db
        .prepare('INSERT INTO person (package_id, id, kind, body) VALUES (?, ?, ?, ?)')
        .run(packageId, person.id, AttendeeKind.parse(person.kind), body);
      const type = person.kind === 'substitute' ? 'substitute_named' : 'walk_in_added';
      const about = person.substituteFor ? { substituteFor: person.substituteFor } : {};
      this.#append({ sittingId, type, personId: person.id, rollCallId: null, targetSeq: null, body: about, ...doing });
      const event = this.#append({
        sittingId,
        type: 'arrived',
        personId: person.id,
        rollCallId: null,
        targetSeq: null,
        body: {},
        ...doing,
      });
      this.#setPresence(event, ARRIVAL, person.id);
      return { ok: true, event };
    });
  }

  /** Undo: the event stays in the log, a `voided` row with its reason follows, and totals forget it. */
  recordVoided(sittingId: string, targetSeq: number, reason: string, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      const target = this.#db
        .prepare('SELECT * FROM attendance_event WHERE seq = ? AND sitting_id = ?')
        .get(targetSeq, sittingId);
      if (!target) return { ok: false, error: 'no_such_event' };
      const undone = EventRow.parse(target);
      if (undone.type === 'voided') return { ok: false, error: 'no_such_event' };
      const again = this.#db
        .prepare(`SELECT 1 FROM attendance_event WHERE type = 'voided' AND target_seq = ?`)
        .get(targetSeq);
      if (again) return { ok: false, error: 'already_voided' };
      this.#db.prepare('DELETE FROM presence WHERE seq = ?').run(targetSeq);
      const event = this.#append({
        sittingId,
        type: 'voided',
        personId: undone.person_id,
        rollCallId: null,
        targetSeq,
        body: { reason },
        ...doing,
      });
      return { ok: true, event };
    });
  }

  openRollCall(sittingId: string, title: string): RollCall {
    return this.#transact(() => {
      this.closeRollCalls(sittingId);
      const ordinal = this.listRollCalls(sittingId).length + 1;
      const row: RollCall = {
        id: randomUUID(),
        sittingId,
        ordinal,
        title,
        openedAt: this.#clock.now(),
        closedAt: null,
      };
      this.#db
        .prepare('INSERT INTO roll_call (id, sitting_id, ordinal, title, opened_at) VALUES (?, ?, ?, ?, ?)')
        .run(row.id, sittingId, ordinal, title, row.openedAt);
      return row;
    });
  }

  closeRollCalls(sittingId: string): void {
    this.#db
      .prepare('UPDATE roll_call SET closed_at = ? WHERE sitting_id = ? AND closed_at IS NULL')
      .run(this.#clock.now(), sittingId);
  }

  listRollCalls(sittingId: string): RollCall[] {
    return this.#db
      .prepare('SELECT * FROM roll_call WHERE sitting_id = ? ORDER BY ordinal')
      .all(sittingId)
      .map((raw) => {
        const row = RollCallRow.parse(raw);
        return {
          id: row.id,
          sittingId: row.sitting_id,
          ordinal: row.ordinal,
          title: row.title,
          openedAt: row.opened_at,
          closedAt: row.closed_at,
        };
      });
  }

  /** All events of a sitting in order of writing; never re-ordered by wall time. */
  listEvents(sittingId: string): AttendanceEvent[] {
    return this.#db
      .prepare('SELECT * FROM attendance_event WHERE sitting_id = ? ORDER BY seq')
      .all(sittingId)
      .map((raw) => this.#toEvent(EventRow.parse(raw)));
  }

  /** Head of the whole chain: number of events and the last hash. */
  getLogHead(): { events: number; head: string } {
    const row = z
      .object({ seq: z.number(), hash: z.string() })
      .optional()
      .parse(this.#db.prepare('SELECT seq, hash FROM attendance_event ORDER BY seq DESC LIMIT 1').get());
    return row ? { events: row.seq, head: row.hash } : { events: 0, head: GENESIS_HASH };
  }

  /** Walks the chain from the first event; finds an edit, a removal in the middle, or a re-ordering. */
  verifyChain(): ChainCheck {
    let prev = GENESIS_HASH;
    let events = 0;
    for (const raw of this.#db.prepare('SELECT * FROM attendance_event ORDER BY seq').all()) {
      const row = EventRow.parse(raw);
      events += 1;
      if (row.seq !== events || row.prev_hash !== prev || hashEvent(prev, fieldsOf(row), row.body) !== row.hash) {
        return { ok: false, error: 'broken_chain', seq: row.seq };
      }
      prev = row.hash;
    }
    return { ok: true, events, head: prev };
  }

  #transact<T>(body: () => T): T {
    return this.#db.transaction(body).immediate();
  }

  #takesSignIns(sittingId: string): boolean {
    const state = this.#db.prepare('SELECT state FROM sitting WHERE id = ?').pluck().get(sittingId);
    return state === 'open' || state === 'live';
  }

  #presence(sittingId: string, rollCall: string, personId: string): { seq: number; wall_ms: number } | undefined {
    return PresenceRow.optional().parse(
      this.#db
        .prepare('SELECT seq, wall_ms FROM presence WHERE sitting_id = ? AND roll_call = ? AND person_id = ?')
        .get(sittingId, rollCall, personId),
    );
  }

  #setPresence(event: AttendanceEvent, rollCall: string, personId: string): void {
    this.#db
      .prepare('INSERT INTO presence (sitting_id, roll_call, person_id, seq, wall_ms) VALUES (?, ?, ?, ?, ?)')
      .run(event.sittingId, rollCall, personId, event.seq, event.wallMs);
  }

  #append(
    input: Omit<HashedFields, 'seq' | 'wallMs' | 'monoMs' | 'bootId'> & {
      type: AttendanceEventType;
      method: Method | null;
      body: EventBody;
    },
  ): AttendanceEvent {
    const head = this.getLogHead();
    const { body, ...rest } = input;
    const seq = head.events + 1;
    const fields: HashedFields = { ...rest, seq, ...this.#clock.stamp() };
    const sealed = this.#cipherOf(input.sittingId).seal(`event:${seq}`, body);
    const hash = hashEvent(head.head, fields, sealed);
    this.#db
      .prepare(
        `INSERT INTO attendance_event (seq, sitting_id, type, person_id, roll_call_id, target_seq, wall_ms, mono_ms, boot_id,
           broadcast_ms, station, actor, method, body, prev_hash, hash)
         VALUES (@seq, @sittingId, @type, @personId, @rollCallId, @targetSeq, @wallMs, @monoMs, @bootId,
           @broadcastMs, @station, @actor, @method, @body, @prevHash, @hash)`,
      )
      .run({ ...fields, body: sealed, prevHash: head.head, hash });
    const { seq: writtenSeq, wallMs, monoMs, bootId } = fields;
    assert(writtenSeq === seq, 'events are numbered without gaps');
    return { ...rest, seq, wallMs, monoMs, bootId, body, hash };
  }

  #toEvent(row: EventRow): AttendanceEvent {
    return {
      seq: row.seq,
      sittingId: row.sitting_id,
      type: row.type,
      personId: row.person_id,
      rollCallId: row.roll_call_id,
      targetSeq: row.target_seq,
      wallMs: row.wall_ms,
      monoMs: row.mono_ms,
      bootId: row.boot_id,
      broadcastMs: row.broadcast_ms,
      station: row.station,
      actor: row.actor,
      method: row.method,
      body: Body.parse(this.#cipherOf(row.sitting_id).open(`event:${row.seq}`, row.body)) as EventBody,
      hash: row.hash,
    };
  }
}

function fieldsOf(row: EventRow): HashedFields {
  return {
    seq: row.seq,
    sittingId: row.sitting_id,
    type: row.type,
    personId: row.person_id,
    rollCallId: row.roll_call_id,
    targetSeq: row.target_seq,
    wallMs: row.wall_ms,
    monoMs: row.mono_ms,
    bootId: row.boot_id,
    broadcastMs: row.broadcast_ms,
    station: row.station,
    actor: row.actor,
    method: row.method,
  };
}
