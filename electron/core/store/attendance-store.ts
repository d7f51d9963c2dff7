import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { AttendanceEvent } from '../../contract/attendance.ts';
import { assert } from '../../shared/result.ts';
import { SittingState } from '../../contract/sitting.ts';
import { AttendanceLog, type ChainCheck, type LogHead } from './attendance-log.ts';
import type {
  Decision,
  EntrySource,
  Histories,
  Outcome,
  Refusal,
  RollCallDecision,
  RollCallOutcome,
  SittingFacts,
} from './attendance-transaction.ts';
import type { Clock } from './clock.ts';
import type { Damages } from './damages.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { FreeTexts } from './free-texts.ts';
import type { PeopleStore } from './people-store.ts';
import { PresenceKeys } from './presence-keys.ts';
import type { SignedHeads } from './signed-heads.ts';
import { RollCallStore, type RollCall } from './roll-call-store.ts';

export type { ChainCheck } from './attendance-log.ts';
export type { RollCall } from './roll-call-store.ts';
import { preparedValue } from './statements.ts';

const SittingRow = z.object({
  state: SittingState,
  opens_at: z.number(),
  opened_at: z.number().nullable(),
  starts_at: z.number(),
  grace_ms: z.number(),
  ended_at: z.number().nullable(),
});

/** What the store needs of its neighbours to write attendance. */
export interface AttendanceStoreOptions {
  db: Database.Database;
  clock: Clock;
  cipherOf: (sittingId: string) => FieldCipher;
  texts: FreeTexts;
  people: Pick<PeopleStore, 'addPerson'>;
  /** Asked after a failed write whether a second try is worth it. */
  makeRoom: (cause: unknown) => boolean;
  damages: Damages;
  heads: Pick<SignedHeads, 'sign'>;
}

/**
 * The append-only attendance log, its keys and the roll calls. There is no rule of attendance here: a verb that writes
 * reads what is stored, asks the rule it is given, and writes the answer, all in one IMMEDIATE transaction. When it
 * returns, the commit has been synced to disk.
 */
export class AttendanceStore {
  readonly #db: Database.Database;
  readonly #clock: Clock;
  readonly #log: AttendanceLog;
  readonly #people: Pick<PeopleStore, 'addPerson'>;
  readonly #rollCalls: RollCallStore;
  readonly #presence: PresenceKeys;
  readonly #heads: Pick<SignedHeads, 'sign'>;
  readonly #makeRoom: (cause: unknown) => boolean;
  readonly #sittingRow: Database.Statement;

  constructor({ db, clock, cipherOf, texts, people, makeRoom, damages, heads }: AttendanceStoreOptions) {
    this.#db = db;
    this.#clock = clock;
    this.#people = people;
    this.#makeRoom = makeRoom;
    this.#heads = heads;
    this.#log = new AttendanceLog(db, clock, cipherOf, damages);
    this.#rollCalls = new RollCallStore(db, clock, texts, damages);
    this.#presence = new PresenceKeys(db);
    this.#sittingRow = db.prepare(
      'SELECT state, opens_at, opened_at, starts_at, grace_ms, ended_at FROM sitting WHERE id = ?',
    );
  }

  /**
   * One change of the log. `decide` is a pure function of what is stored about the sitting and about the people named,
   * and is asked inside the transaction; it may be asked twice when the disk was full at the first try. Returns its
   * refusal as it is, or its decision with the events as written. A key that is taken throws and leaves no trace: it
   * means that `decide` is wrong. Nothing is written for a decision without events.
   */
  transact<A extends Decision | Refusal>(
    sittingId: string,
    personIds: readonly string[],
    source: EntrySource,
    decide: (facts: SittingFacts, histories: Histories) => A,
  ): Outcome<A> {
    return this.#inTransaction(() => {
      const histories = new Map(personIds.map((id) => [id, this.#log.listEventsOf(sittingId, id)]));
      const decided: Decision | Refusal = decide(this.#factsOf(sittingId), histories);
      if (!decided.ok) return decided as Outcome<A>;
      const { events, ...rest } = decided;
      if (rest.person) this.#people.addPerson(sittingId, rest.person);
      for (const seq of rest.freesKeysOf) this.#presence.free(seq);
      const written = events.map(({ setsKey, ...event }) => {
        const stored = this.#log.append({ ...event, sittingId, ...source });
        if (setsKey !== null) this.#presence.set(stored, setsKey);
        return stored;
      });
      return { ...rest, written } as Outcome<A>;
    });
  }

  /** One change of a sitting's roll calls; `decide` as in `transact`. Returns them as they are afterwards. */
  changeRollCalls<A extends RollCallDecision | Refusal>(
    sittingId: string,
    decide: (facts: SittingFacts) => A,
  ): RollCallOutcome<A> {
    return this.#inTransaction(() => {
      const decided: RollCallDecision | Refusal = decide(this.#factsOf(sittingId));
      if (!decided.ok) return decided as RollCallOutcome<A>;
      const { closesRunning, opens, cancels } = decided;
      if (closesRunning) this.#rollCalls.closeAll(sittingId, this.#clock.now());
      if (cancels) this.#rollCalls.cancel(sittingId, cancels.rollCallId, cancels.by, cancels.reason);
      if (opens) this.#rollCalls.open(sittingId, opens.title, this.#log.getHead().events);
      if (closesRunning || cancels || opens) this.#heads.sign(sittingId, 'roll_call');
      return { ok: true as const, rollCalls: this.#rollCalls.list(sittingId) } as RollCallOutcome<A>;
    });
  }

  /** Closes the roll call that runs as of `at`, epoch ms, at the end of a sitting too. Number of roll calls closed. */
  closeRollCalls(sittingId: string, at: number = this.#clock.now()): number {
    return this.#rollCalls.closeAll(sittingId, at);
  }

  /** In the order they were held, cancelled ones too. */
  listRollCalls(sittingId: string): RollCall[] {
    return this.#rollCalls.list(sittingId);
  }

  /** All events of a sitting in order of writing; never re-ordered by wall time. */
  listEvents(sittingId: string): AttendanceEvent[] {
    return this.#log.listEvents(sittingId);
  }

  /** The events about one person in order of writing. */
  listEventsOf(sittingId: string, personId: string): AttendanceEvent[] {
    return this.#log.listEventsOf(sittingId, personId);
  }

  /**
   * People outside the roster about whom nothing counts any more, in no sitting of the session: their adding was undone.
   * They stay in the log and appear on no list.
   */
  listWithdrawn(packageId: string): Set<string> {
    const ids = preparedValue(
      this.#db,
      `SELECT id FROM person WHERE package_id = @packageId AND kind <> 'summoned' AND id NOT IN (
           SELECT person_id FROM attendance_event JOIN sitting ON sitting.id = sitting_id
           WHERE sitting.package_id = @packageId AND type <> 'voided' AND person_id IS NOT NULL
             AND seq NOT IN (SELECT target_seq FROM attendance_event WHERE type = 'voided'))`,
    ).all({ packageId });
    return new Set(z.array(z.string()).parse(ids));
  }

  /** Head of the whole chain: number of events and the last hash. */
  getLogHead(): LogHead {
    return this.#log.getHead();
  }

  /** `seq` of a sitting's last event, 0 without one. */
  getLastSeq(sittingId: string): number {
    return Number(
      preparedValue(this.#db, 'SELECT coalesce(max(seq), 0) FROM attendance_event WHERE sitting_id = ?').get(sittingId),
    );
  }

  /** Walks the chain from the first event; finds an edit, a removal in the middle, or a re-ordering. */
  verifyChain(): ChainCheck {
    return this.#log.verifyChain();
  }

  /** As `verifyChain`, but only what was written since this program last walked the chain. For each sealing. */
  verifyNewEvents(): ChainCheck {
    return this.#log.verifyNewEvents();
  }

  #factsOf(sittingId: string): SittingFacts {
    const row = SittingRow.optional().parse(this.#sittingRow.get(sittingId));
    assert(row, `sitting ${sittingId} is stored`);
    return {
      state: row.state,
      opensAt: row.opens_at,
      openedAt: row.opened_at,
      startsAt: row.starts_at,
      graceMs: row.grace_ms,
      endedAt: row.ended_at,
      rollCalls: this.#rollCalls.list(sittingId),
      now: this.#clock.now(),
    };
  }

  #inTransaction<T>(body: () => T): T {
    try {
      return this.#tryTransaction(body);
    } catch (cause) {
      if (!this.#makeRoom(cause)) throw cause;
      return this.#tryTransaction(body);
    }
  }

  #tryTransaction<T>(body: () => T): T {
    try {
      return this.#db.transaction(body).immediate();
    } catch (cause) {
      this.#log.forgetHead();
      throw cause;
    }
  }
}
