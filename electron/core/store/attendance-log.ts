import type Database from 'better-sqlite3';
import { z } from 'zod';
import {
  AttendanceEventType,
  AttendeeKind,
  Method,
  type AttendanceEvent,
  type EventBody,
} from '../../contract/attendance.ts';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import { GENESIS_HASH, hashEvent, type HashedFields } from './event-hash.ts';
import type { FieldCipher } from './field-cipher.ts';

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
/** A row that is read although a part of it may be damaged. */
const RowAsFound = EventRow.extend({ method: Method.nullable().catch(null), body: z.unknown() });
const Sealed = z.instanceof(Buffer);

const Body = z.object({ reason: z.string(), substituteFor: z.string(), kind: AttendeeKind, at: z.number() }).partial();
/** The personal data of the others was destroyed (`retention-store.ts`); their place in the chain stays. */
const NOT_DESTROYED = 'length(body) > 0';
const HeadRow = z.object({ seq: z.number(), hash: z.string() });

export interface LogHead {
  /** Events in the log: the `seq` of the last. */
  events: number;
  /** Hash of the last event, hex. */
  head: string;
}

const NOTHING_VERIFIED: LogHead = { events: 0, head: GENESIS_HASH };

export type ChainCheck = { ok: true; events: number; head: string } | { ok: false; error: 'broken_chain'; seq: number };

/** An event about to be written. */
export type NewEvent = Omit<HashedFields, 'seq' | 'wallMs' | 'monoMs' | 'bootId'> & {
  type: AttendanceEventType;
  method: Method | null;
  body: EventBody;
};

/** The hash-chained rows of the attendance log. Here is how a row is written and read. */
export class AttendanceLog {
  readonly #clock: Clock;
  readonly #cipherOf: (sittingId: string) => FieldCipher;
  readonly #damages: Damages;
  readonly #insert: Database.Statement;
  readonly #last: Database.Statement;
  readonly #ofSitting: Database.Statement;
  readonly #ofPerson: Database.Statement;
  readonly #at: Database.Statement;
  readonly #after: Database.Statement;
  /** Nobody else writes: one connection owns the file. Forgotten when a transaction was rolled back. */
  #head: LogHead | null = null;
  /** As far as the chain was walked without a fault. */
  #verified: LogHead = NOTHING_VERIFIED;

  constructor(db: Database.Database, clock: Clock, cipherOf: (sittingId: string) => FieldCipher, damages: Damages) {
    this.#clock = clock;
    this.#cipherOf = cipherOf;
    this.#damages = damages;
    this.#insert = db.prepare(
      `INSERT INTO attendance_event (seq, sitting_id, type, person_id, roll_call_id, target_seq, wall_ms, mono_ms, boot_id,
         broadcast_ms, station, actor, method, body, prev_hash, hash)
       VALUES (@seq, @sittingId, @type, @personId, @rollCallId, @targetSeq, @wallMs, @monoMs, @bootId,
         @broadcastMs, @station, @actor, @method, @body, @prevHash, @hash)`,
    );
    this.#last = db.prepare('SELECT seq, hash FROM attendance_event ORDER BY seq DESC LIMIT 1');
    this.#ofSitting = db.prepare(
      `SELECT * FROM attendance_event WHERE sitting_id = ? AND ${NOT_DESTROYED} ORDER BY seq`,
    );
    this.#ofPerson = db.prepare(
      `SELECT * FROM attendance_event WHERE sitting_id = ? AND person_id = ? AND ${NOT_DESTROYED} ORDER BY seq`,
    );
    this.#at = db.prepare('SELECT seq, hash FROM attendance_event WHERE seq = ?');
    this.#after = db.prepare('SELECT * FROM attendance_event WHERE seq > ? ORDER BY seq');
  }

  /** Writes one event; must run inside a transaction of the caller. */
  append(input: NewEvent): AttendanceEvent {
    const before = this.getHead();
    const { body, ...rest } = input;
    const seq = before.events + 1;
    const fields: HashedFields = { ...rest, seq, ...this.#clock.stamp() };
    const sealed = this.#cipherOf(input.sittingId).seal(`event:${seq}`, body);
    const hash = hashEvent(before.head, fields, sealed);
    this.#insert.run({ ...fields, body: sealed, prevHash: before.head, hash });
    this.#head = { events: seq, head: hash };
    const { wallMs, monoMs, bootId } = fields;
    return { ...rest, seq, wallMs, monoMs, bootId, body, hash };
  }

  /** To be called when a transaction that may have appended was rolled back. */
  forgetHead(): void {
    this.#head = null;
  }

  getHead(): LogHead {
    if (this.#head) return this.#head;
    const row = HeadRow.optional().parse(this.#last.get());
    this.#head = row ? { events: row.seq, head: row.hash } : NOTHING_VERIFIED;
    return this.#head;
  }

  /** All events of a sitting in order of writing; never re-ordered by wall time. */
  listEvents(sittingId: string): AttendanceEvent[] {
    return this.#toEvents(this.#ofSitting.all(sittingId));
  }

  /** The events about one person in order of writing. */
  listEventsOf(sittingId: string, personId: string): AttendanceEvent[] {
    return this.#toEvents(this.#ofPerson.all(sittingId, personId));
  }

  /** Walks the chain from the first event; finds an edit, a removal in the middle, or a re-ordering. */
  verifyChain(): ChainCheck {
    this.#verified = NOTHING_VERIFIED;
    return this.verifyNewEvents();
  }

  /**
   * Walks on from where the last walk of this program ended; from the first event when there was none or it found a fault.
   * Nobody else can write to the file in between. A log that is cut behind that place is found too.
   */
  verifyNewEvents(): ChainCheck {
    const { events: from, head: fromHead } = this.#verified;
    this.#verified = NOTHING_VERIFIED;
    if (from > 0 && HeadRow.optional().parse(this.#at.get(from))?.hash !== fromHead)
      return { ok: false, error: 'broken_chain', seq: from };
    let prev = fromHead;
    let events = from;
    for (const raw of this.#after.iterate(from)) {
      events += 1;
      const parsed = EventRow.safeParse(raw);
      if (!parsed.success) return { ok: false, error: 'broken_chain', seq: events };
      const row = parsed.data;
      const isAsWritten = row.body.length === 0 || hashEvent(prev, fieldsOf(row), row.body) === row.hash;
      if (row.seq !== events || row.prev_hash !== prev || !isAsWritten) {
        return { ok: false, error: 'broken_chain', seq: row.seq };
      }
      prev = row.hash;
    }
    this.#verified = { events, head: prev };
    return { ok: true, ...this.#verified };
  }

  /** An event whose columns cannot be read is left out; one whose body cannot be opened says what its columns say. */
  #toEvents(rows: readonly unknown[]): AttendanceEvent[] {
    return this.#damages.readEach('attendance_event', 'seq', rows, (raw) => this.#toEvent(RowAsFound.parse(raw)));
  }

  #toEvent(row: Omit<EventRow, 'body'> & { body?: unknown }): AttendanceEvent {
    const open = (): EventBody => {
      const sealed = Sealed.parse(row.body);
      return Body.parse(this.#cipherOf(row.sitting_id).open(`event:${row.seq}`, sealed)) as EventBody;
    };
    return {
      ...fieldsOf(row),
      type: row.type,
      method: row.method,
      body: this.#damages.attempt<EventBody>('attendance_event', String(row.seq), open, () => ({})),
      hash: row.hash,
    };
  }
}

function fieldsOf(row: Omit<EventRow, 'body'>): HashedFields {
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
