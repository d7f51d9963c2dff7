import type Database from 'better-sqlite3';
import { z } from 'zod';
import {
  AttendeeKind,
  type AttendanceEvent,
  type EventBody,
  type Method,
  type Person,
} from '../../contract/attendance.ts';
import { SittingState } from '../../contract/sitting.ts';
import { AttendanceLog, type ChainCheck, type LogHead } from './attendance-log.ts';
import { hasLeft, hasMissedRollCall, lastWithItsNaming, liveEvents } from './live-events.ts';
import type { Clock } from './clock.ts';
import type { FieldCipher } from './field-cipher.ts';
import { PresenceKeys } from './presence-keys.ts';
import { RollCallStore, type RollCall } from './roll-call-store.ts';

export type { ChainCheck } from './attendance-log.ts';
export type { RollCall } from './roll-call-store.ts';

/** The roll call everyone takes part in by arriving. */
export const ARRIVAL = 'arrival';

/** Who did it, where, and how the person was recognised. */
export interface Doing {
  station: string;
  actor: string;
  method: Method | null;
  /** Milliseconds into the broadcast, when known. */
  broadcastMs: number | null;
}

/** `at` was given and lies outside the sitting, or is missing in an amendment. Epoch milliseconds. */
export type WrongTime = { ok: false; error: 'wrong_time'; from: number; to: number };

export type ArrivalOutcome =
  | { ok: true; event: AttendanceEvent }
  | { ok: false; error: 'already_signed_in'; firstAt: number }
  | { ok: false; error: 'not_open' }
  | WrongTime;

/** `confirmed`: seen in the roll call that runs. `returned`: had left, and is back. */
export type PresenceOutcome =
  | { ok: true; outcome: 'arrived'; event: AttendanceEvent }
  | { ok: true; outcome: 'returned'; event: AttendanceEvent }
  | { ok: true; outcome: 'confirmed'; event: AttendanceEvent; rollCall: RollCall }
  | { ok: false; error: 'already_signed_in'; firstAt: number }
  | { ok: false; error: 'not_open' }
  | WrongTime;

export type EventOutcome =
  | { ok: true; event: AttendanceEvent }
  | {
      ok: false;
      error: 'not_open' | 'no_such_event' | 'already_voided' | 'not_signed_in' | 'already_left' | 'already_confirmed';
    }
  | WrongTime;

export type EventsOutcome =
  | { ok: true; events: AttendanceEvent[] }
  | { ok: false; error: 'not_open' | 'nothing_to_undo' };

const SittingRow = z.object({
  state: SittingState,
  opens_at: z.number(),
  opened_at: z.number().nullable(),
  ended_at: z.number().nullable(),
});
const BLANK = { rollCallId: null, targetSeq: null, body: {} } as const;

/**
 * The append-only attendance log. Every verb checks its rule and writes in one synchronous transaction; when it
 * returns, the commit has been synced to disk.
 *
 * Attendees sign in while the sitting is open or live. What the secretary enters (`method: 'secretary'`) is taken in an
 * amendment too, with the moment it happened. Excuses and undo are taken until the report is sealed, and in an amendment.
 */
export class AttendanceStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #cipherOf: (sittingId: string) => FieldCipher;
  readonly #log: AttendanceLog;
  readonly #rollCalls: RollCallStore;
  readonly #sittingRow: Database.Statement;
  readonly #presence: PresenceKeys;
  readonly #makeRoom: (cause: unknown) => boolean;

  /** `makeRoom`: asked after a failed write whether a second try is worth it. */
  constructor(
    db: Database.Database,
    clock: Clock,
    cipherOf: (sittingId: string) => FieldCipher,
    makeRoom: (cause: unknown) => boolean,
  ) {
    this.#db = db;
    this.#makeRoom = makeRoom;
    this.#clock = clock;
    this.#cipherOf = cipherOf;
    this.#log = new AttendanceLog(db, clock, cipherOf);
    this.#rollCalls = new RollCallStore(db, clock);
    this.#sittingRow = db.prepare('SELECT state, opens_at, opened_at, ended_at FROM sitting WHERE id = ?');
    this.#presence = new PresenceKeys(db);
  }

  /** A first sign-in. The unique key of `presence` decides a race between two stations. */
  recordArrival(sittingId: string, personId: string, doing: Doing, at?: number): ArrivalOutcome {
    return this.#transact((): ArrivalOutcome => {
      const refused = this.#refuse(sittingId, doing, at);
      if (refused) return refused;
      const before = this.#presence.get(sittingId, ARRIVAL, personId);
      if (before) return { ok: false, error: 'already_signed_in', firstAt: before.at };
      return { ok: true, event: this.#arrive(sittingId, personId, doing, at) };
    });
  }

  /**
   * Somebody is here: the first time an arrival, while a later roll call runs a confirmation, after having left, or not
   * having been seen in a roll call that is over, a return.
   * Asked twice it writes once and says when the first was.
   */
  recordPresence(sittingId: string, personId: string, doing: Doing, at?: number): PresenceOutcome {
    return this.#transact((): PresenceOutcome => {
      const refused = this.#refuse(sittingId, doing, at);
      if (refused) return refused;
      const before = this.#presence.get(sittingId, ARRIVAL, personId);
      if (!before) return { ok: true, outcome: 'arrived', event: this.#arrive(sittingId, personId, doing, at) };
      const rollCall = this.#rollCalls.getRunning(sittingId);
      if (rollCall && before.at < rollCall.openedAt) {
        const seen = this.#presence.get(sittingId, rollCall.id, personId);
        if (!seen) {
          const event = this.#confirm(sittingId, personId, rollCall.id, doing, at);
          return { ok: true, outcome: 'confirmed', event, rollCall };
        }
        if (!this.#isAway(sittingId, personId)) return { ok: false, error: 'already_signed_in', firstAt: seen.at };
      } else if (!this.#isAway(sittingId, personId)) {
        return { ok: false, error: 'already_signed_in', firstAt: before.at };
      }
      const body = at === undefined ? {} : { at };
      const event = this.#log.append({ ...BLANK, sittingId, type: 'confirmed', personId, ...doing, body });
      return { ok: true, outcome: 'returned', event };
    });
  }

  /** Presence confirmed in a given roll call of the same sitting, for one that was held on paper. */
  recordConfirmed(sittingId: string, personId: string, rollCallId: string, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      if (!this.#takesSignIns(sittingId, doing)) return { ok: false, error: 'not_open' };
      if (this.#presence.get(sittingId, rollCallId, personId)) return { ok: false, error: 'already_confirmed' };
      return { ok: true, event: this.#confirm(sittingId, personId, rollCallId, doing) };
    });
  }

  /** Someone left before the end. */
  recordLeft(sittingId: string, personId: string, body: EventBody, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      const refused = this.#refuse(sittingId, doing, body.at);
      if (refused) return refused;
      if (!this.#presence.get(sittingId, ARRIVAL, personId)) return { ok: false, error: 'not_signed_in' };
      if (this.#hasLeft(sittingId, personId)) return { ok: false, error: 'already_left' };
      return {
        ok: true,
        event: this.#log.append({ ...BLANK, sittingId, type: 'left', personId, ...doing, body }),
      };
    });
  }

  /** An absence with its reason; refused once the report is sealed, until it is amended. */
  recordExcused(sittingId: string, personId: string, reason: string, doing: Doing): EventOutcome {
    const done = this.recordExcusedMany(sittingId, [personId], reason, doing);
    if (!done.ok) return { ok: false, error: 'not_open' };
    const event = done.events[0];
    return event ? { ok: true, event } : { ok: false, error: 'no_such_event' };
  }

  /** One reason for many absences, all or none. */
  recordExcusedMany(sittingId: string, personIds: readonly string[], reason: string, doing: Doing): EventsOutcome {
    return this.#transact((): EventsOutcome => {
      if (!this.#takesCorrections(sittingId, true)) return { ok: false, error: 'not_open' };
      const body = { reason };
      const events = personIds.map((personId) =>
        this.#log.append({ ...BLANK, sittingId, type: 'absence_excused', personId, ...doing, body }),
      );
      return { ok: true, events };
    });
  }

  /**
   * Adds a person who is not on the roster and signs them in, in one commit. A substitute takes the place of a
   * summoned person (`person.substituteFor`). Events: the naming, then the arrival.
   */
  recordAddedPerson(
    sittingId: string,
    packageId: string,
    person: Person,
    doing: Doing,
    at?: number,
  ): EventsOutcome | Extract<ArrivalOutcome, { ok: false }> {
    return this.#transact(() => {
      const refused = this.#refuse(sittingId, doing, at);
      if (refused) return refused;
      const body = this.#cipherOf(sittingId).seal(`person:${person.id}`, person);
      this.#db
        .prepare('INSERT INTO person (package_id, id, kind, body) VALUES (?, ?, ?, ?)')
        .run(packageId, person.id, AttendeeKind.parse(person.kind), body);
      const type = person.kind === 'substitute' ? 'substitute_named' : 'walk_in_added';
      const about = {
        ...(person.substituteFor ? { substituteFor: person.substituteFor } : {}),
        ...(at === undefined ? {} : { at }),
      };
      const named = this.#log.append({ ...BLANK, sittingId, type, personId: person.id, ...doing, body: about });
      return { ok: true as const, events: [named, this.#arrive(sittingId, person.id, doing, at)] };
    });
  }

  /** Undo: the event stays in the log, a `voided` row with its reason follows, and totals forget it. */
  recordVoided(sittingId: string, targetSeq: number, reason: string, doing: Doing): EventOutcome {
    return this.#transact((): EventOutcome => {
      if (!this.#takesCorrections(sittingId)) return { ok: false, error: 'not_open' };
      const events = this.#log.listEvents(sittingId);
      const target = events.find((event) => event.seq === targetSeq);
      if (!target || target.type === 'voided') return { ok: false, error: 'no_such_event' };
      if (events.some((event) => event.type === 'voided' && event.targetSeq === targetSeq))
        return { ok: false, error: 'already_voided' };
      return { ok: true, event: this.#void(target, reason, doing) };
    });
  }

  /**
   * Undoes what was entered about one person in this sitting. `last`: the newest entry, together with the naming of
   * somebody added on the spot. `arrival`: everything that says the person was here.
   */
  recordUndone(
    sittingId: string,
    personId: string,
    what: 'last' | 'arrival',
    reason: string,
    doing: Doing,
  ): EventsOutcome {
    return this.#transact((): EventsOutcome => {
      if (!this.#takesCorrections(sittingId)) return { ok: false, error: 'not_open' };
      const live = liveEvents(this.#log.listEventsOf(sittingId, personId));
      const targets =
        what === 'arrival' ? live.filter((event) => event.type !== 'absence_excused') : lastWithItsNaming(live);
      if (targets.length === 0) return { ok: false, error: 'nothing_to_undo' };
      return { ok: true, events: targets.toReversed().map((event) => this.#void(event, reason, doing)) };
    });
  }

  /** Opens a later roll call and closes the one before. Null when the sitting is not running. */
  openRollCall(sittingId: string, title: string): RollCall | null {
    return this.#transact(() => {
      const { state } = this.#sitting(sittingId);
      return state === 'open' || state === 'live' ? this.#rollCalls.open(sittingId, title) : null;
    });
  }

  /** Closes what is open as of `at`, epoch ms; answers how many. */
  closeRollCalls(sittingId: string, at: number = this.#clock.now()): number {
    return this.#rollCalls.closeAll(sittingId, at);
  }

  listRollCalls(sittingId: string): RollCall[] {
    return this.#rollCalls.list(sittingId);
  }

  /** All events of a sitting in order of writing; never re-ordered by wall time. */
  listEvents(sittingId: string): AttendanceEvent[] {
    return this.#log.listEvents(sittingId);
  }

  listEventsOf(sittingId: string, personId: string): AttendanceEvent[] {
    return this.#log.listEventsOf(sittingId, personId);
  }

  /** People outside the roster whose adding was undone: they stay in the log and appear on no list. */
  listWithdrawn(packageId: string): Set<string> {
    const ids = this.#db
      .prepare(
        `SELECT id FROM person WHERE package_id = ? AND kind <> 'summoned' AND id NOT IN (
           SELECT person_id FROM attendance_event WHERE type IN ('walk_in_added','substitute_named')
             AND seq NOT IN (SELECT target_seq FROM attendance_event WHERE type = 'voided'))`,
      )
      .pluck()
      .all(packageId);
    return new Set(z.array(z.string()).parse(ids));
  }

  /** Head of the whole chain: number of events and the last hash. */
  getLogHead(): LogHead {
    return this.#log.getHead();
  }

  /** `seq` of a sitting's last event, 0 without one. */
  getLastSeq(sittingId: string): number {
    return Number(
      this.#db
        .prepare('SELECT coalesce(max(seq), 0) FROM attendance_event WHERE sitting_id = ?')
        .pluck()
        .get(sittingId),
    );
  }

  /** Walks the chain from the first event; finds an edit, a removal in the middle, or a re-ordering. */
  verifyChain(): ChainCheck {
    return this.#log.verifyChain();
  }

  #transact<T>(body: () => T): T {
    try {
      return this.#tryTransact(body);
    } catch (cause) {
      if (!this.#makeRoom(cause)) throw cause;
      return this.#tryTransact(body);
    }
  }

  #tryTransact<T>(body: () => T): T {
    try {
      return this.#db.transaction(body).immediate();
    } catch (cause) {
      this.#log.forgetHead();
      throw cause;
    }
  }

  #sitting(sittingId: string): z.infer<typeof SittingRow> {
    return SittingRow.parse(this.#sittingRow.get(sittingId));
  }

  #takesSignIns(sittingId: string, doing: Doing): boolean {
    const { state } = this.#sitting(sittingId);
    return state === 'open' || state === 'live' || (state === 'amended' && doing.method === 'secretary');
  }

  #takesCorrections(sittingId: string, beforeOpening = false): boolean {
    const { state } = this.#sitting(sittingId);
    return state !== 'sealed' && state !== 'delivered' && (beforeOpening || state !== 'prepared');
  }

  #refuse(
    sittingId: string,
    doing: Doing,
    at: number | undefined,
  ): { ok: false; error: 'not_open' } | WrongTime | null {
    if (!this.#takesSignIns(sittingId, doing)) return { ok: false, error: 'not_open' };
    const sitting = this.#sitting(sittingId);
    const isAmendment = sitting.state === 'amended';
    if (at === undefined && !isAmendment) return null;
    const from = Math.min(sitting.opens_at, sitting.opened_at ?? sitting.opens_at);
    const to = isAmendment ? (sitting.ended_at ?? this.#clock.now()) : this.#clock.now();
    return at !== undefined && at >= from && at <= to ? null : { ok: false, error: 'wrong_time', from, to };
  }

  #arrive(sittingId: string, personId: string, doing: Doing, at: number | undefined): AttendanceEvent {
    const body = at === undefined ? {} : { at };
    const event = this.#log.append({ ...BLANK, sittingId, type: 'arrived', personId, ...doing, body });
    this.#presence.set(event, ARRIVAL, personId);
    return event;
  }

  #confirm(sittingId: string, personId: string, rollCallId: string, doing: Doing, at?: number): AttendanceEvent {
    const body = at === undefined ? {} : { at };
    const event = this.#log.append({ ...BLANK, sittingId, type: 'confirmed', personId, ...doing, rollCallId, body });
    this.#presence.set(event, rollCallId, personId);
    return event;
  }

  #void(target: AttendanceEvent, reason: string, doing: Doing): AttendanceEvent {
    this.#presence.free(target.seq);
    const { sittingId, personId, seq: targetSeq } = target;
    return this.#log.append({ ...BLANK, sittingId, type: 'voided', personId, ...doing, targetSeq, body: { reason } });
  }

  #hasLeft(sittingId: string, personId: string): boolean {
    return hasLeft(liveEvents(this.#log.listEventsOf(sittingId, personId)));
  }

  #isAway(sittingId: string, personId: string): boolean {
    const live = liveEvents(this.#log.listEventsOf(sittingId, personId));
    return hasLeft(live) || hasMissedRollCall(live, this.#rollCalls.list(sittingId));
  }
}
