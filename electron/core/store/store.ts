import type Database from 'better-sqlite3';
import type { KeyObject } from 'node:crypto';
import path from 'node:path';
import { AttendanceStore, type ChainCheck } from './attendance-store.ts';
import { CheckStore } from './check-store.ts';
import { systemClock, type Clock } from './clock.ts';
import { Signal } from '../../shared/signal.ts';
import type { ClosedDigest } from './closed-digest.ts';
import { copySession } from './copy-session.ts';
import { Damages, type Damage } from './damages.ts';
import { describeRecords, type RecordsFacts } from './describe-records.ts';
import { journalOf, openDatabase, setRecordsAside, type OpenOutcome } from './database.ts';
import { EventClocks } from './event-clocks.ts';
import { FreeTexts } from './free-texts.ts';
import { coverFailedCommit } from './failed-commit.ts';
import { OutboxStore } from './outbox-store.ts';
import { PlaybackStore } from './playback-store.ts';
import { ProvinceReturns } from './province-returns.ts';
import { ReportStore } from './report-store.ts';
import { Restored } from './restored.ts';
import { SpaceReserve } from './reserve.ts';
import { PeopleStore } from './people-store.ts';
import { PersonTokens } from './person-tokens.ts';
import { RetentionStore } from './retention-store.ts';
import { RecordTrust } from './record-trust.ts';
import { RosterList } from './roster-list.ts';
import { RosterLog } from './roster-log.ts';
import { RosterSteps } from './roster-steps.ts';
import { RosterStore } from './roster-store.ts';
import { SessionCiphers } from './session-ciphers.ts';
import { SessionStore } from './session-store.ts';
import { SettingsStore } from './settings-store.ts';
import { SignedHeads } from './signed-heads.ts';
import { SittingStore } from './sitting-store.ts';
import { codeOf, diskFaultOf, isFull, type DiskFault } from './sqlite-errors.ts';
import { StoredReceipts } from './stored-receipts.ts';
import { takeOver } from './take-over.ts';
import { Timetable } from './timetable.ts';

/** Keys of this device: one wraps data keys and keys the chain, one keys the blind index of identity numbers. 32 bytes each. */
export interface StoreKeys {
  kek: Buffer;
  index: Buffer;
  /** Signs heads of the log, Ed25519; without it none are signed. */
  device?: KeyObject;
}

interface StoreParts {
  clock: Clock;
  keys: StoreKeys;
  reserve: SpaceReserve;
  trust: RecordTrust;
}

export type StoreOutcome =
  | { ok: true; store: Store; quarantinedTo: string | null }
  | { ok: false; error: 'newer_database'; found: number; known: number }
  | { ok: false; error: 'in_use' }
  | { ok: false; error: 'cannot_open'; detail: string };

/** The attendance database: the only place with SQL, one room per topic, methods named as the field's verbs. */
export class Store {
  readonly sessions: SessionStore;
  readonly people: PeopleStore;
  readonly tokens: PersonTokens;
  readonly sittings: SittingStore;
  readonly attendance: AttendanceStore;
  readonly eventClocks: EventClocks;
  readonly playback: PlaybackStore;
  readonly reports: ReportStore;
  readonly outbox: OutboxStore;
  readonly receipts: StoredReceipts;
  readonly settings: SettingsStore;
  /** What was made right from the second copy, until it was reported. */
  readonly restored: Restored;
  readonly rosters: RosterStore;
  readonly retention: RetentionStore;
  readonly checks: CheckStore;
  readonly clock: Clock;
  /** The chain over all rows that matter, and its second copy. */
  readonly trust: RecordTrust;
  readonly heads: SignedHeads;
  /** The space kept back is used up or cannot be kept (true), or is there again (false). */
  readonly reserveShort = new Signal<boolean>();
  /** A write worked, looked at once a minute. */
  readonly writable = new Signal();
  readonly #db: Database.Database;
  readonly #reserve: SpaceReserve;
  readonly #digest: ClosedDigest;
  readonly #damages: Damages;
  /** Asked once: what comes later this process wrote. */
  #brokenHead: { seq: number | null } | null = null;
  readonly #rosterLog: RosterLog;

  private constructor(opened: Extract<OpenOutcome, { ok: true }>, options: StoreParts) {
    const { db } = opened;
    const { clock, keys, reserve, trust } = options;
    this.trust = trust;
    trust.watch(db);
    const damages = new Damages([...opened.damages, ...trust.findings.unproven]);
    this.#db = db;
    this.#digest = opened.digest;
    this.#damages = damages;
    this.#reserve = reserve;
    this.clock = clock;
    const ciphers = new SessionCiphers(db, keys.kek);
    const cipherOf = (sittingId: string) => ciphers.ofSitting(sittingId);
    const texts = new FreeTexts(ciphers, damages);
    this.tokens = new PersonTokens(db, keys.index, ciphers);
    const steps = new RosterSteps(db, ciphers, this.tokens);
    const rosterLog = new RosterLog({ db, clock, ciphers, damages, steps });
    const list = new RosterList(db);
    this.people = new PeopleStore({ db, ciphers, tokens: this.tokens, damages, rosterLog, list });
    this.sessions = new SessionStore({
      db,
      clock,
      ciphers,
      people: this.people,
      timetable: new Timetable(db, clock, texts),
      damages,
    });
    this.heads = new SignedHeads({ db, clock, key: keys.device ?? null, head: () => this.attendance.getLogHead() });
    this.sittings = new SittingStore(db, this.heads, texts);
    this.attendance = new AttendanceStore({
      db,
      clock,
      cipherOf,
      texts,
      people: this.people,
      makeRoom: (cause) => this.makeRoom(cause),
      heads: this.heads,
      damages,
    });
    this.eventClocks = new EventClocks(db);
    this.playback = new PlaybackStore(db, damages);
    this.reports = new ReportStore(db, clock, cipherOf, damages);
    this.outbox = new OutboxStore(db, new ProvinceReturns(db, texts, ciphers));
    this.receipts = new StoredReceipts(db);
    this.settings = new SettingsStore(db, damages, texts);
    this.restored = new Restored(this.settings);
    this.rosters = new RosterStore({
      db,
      people: this.people,
      log: rosterLog,
      steps,
      list,
      inBulk: (work) => trust.inBulk(work),
    });
    this.checks = new CheckStore(db, damages, ciphers);
    this.#rosterLog = rosterLog;
    this.retention = new RetentionStore({
      db,
      ciphers,
      settings: this.settings,
      writeDocument: (packageId, document) => this.sessions.writeDocument(packageId, document),
      rewriteJournal: () => trust.rewrite(),
    });
    this.restored.keep(trust.findings);
    takeOver({ db, ciphers, sessions: this.sessions, tokens: this.tokens, rosterLog, list });
    if (trust.findings.keyedFrom > 0 && !this.heads.hasMigration()) this.heads.sign(null, 'migration');
    reserve.onState((isShort) => {
      this.reserveShort.emit(isShort);
      // What the journal could not take.
      trust.flush();
      if (this.#canWrite()) this.writable.emit();
    });
  }

  /**
   * Opens or creates the database file. A damaged file is moved aside and named in `quarantinedTo`. `copies`: files from other disks that may
   * be copies of its journal.
   */
  static open(options: { file: string; keys: StoreKeys; clock?: Clock; copies?: readonly string[] }): StoreOutcome {
    const reserve = new SpaceReserve(path.join(path.dirname(options.file), 'reserve.bin'));
    const clock = options.clock ?? systemClock();
    const { keys, copies = [] } = options;
    let movedTo: string | null = null;
    for (;;) {
      const trust = new RecordTrust({
        journalFile: journalOf(options.file),
        kek: keys.kek,
        now: () => clock.now(),
        copies,
      });
      const opened = openDatabase(options.file, reserve, trust);
      if (!opened.ok) return opened;
      try {
        const store = new Store(opened, { clock, keys, reserve, trust });
        reserve.start();
        return { ok: true, store, quarantinedTo: opened.quarantinedTo ?? movedTo };
      } catch (cause) {
        trust.close();
        opened.db.close();
        // A table or a column is not there: its name was damaged.
        if (movedTo !== null || codeOf(cause) !== 'SQLITE_ERROR') throw cause;
        movedTo = setRecordsAside(options.file);
      }
    }
  }

  /**
   * Reads all that is stored once, and names what cannot be trusted. Nothing of it is written over or deleted; lists leave
   * it out or say that it cannot be read.
   */
  findDamages(): Damage[] {
    this.#rosterLog.check();
    for (const { packageId } of this.sessions.listSessions()) {
      this.#rosterLog.checkList(packageId);
      this.people.listPeople(packageId);
      for (const { id, reportId } of this.sittings.listSittings(packageId)) {
        this.people.listPeopleOfSitting(id);
        this.attendance.listEvents(id);
        this.attendance.listRollCalls(id);
        this.settings.getHeadCount(id);
        this.playback.listSessions(id);
        this.playback.listEvents(id);
        this.reports.getNotes(id);
        this.reports.checkReports(reportId);
      }
    }
    return this.#damages.list();
  }

  /** Copies a session without sittings and sign-ins from other records with the same keys; nothing there changes. */
  copySession(from: Store, packageId: string): void {
    this.trust.inBulk(() => this.#db.transaction(() => copySession(from.#db, this.#db, packageId)).immediate());
  }

  /** Whether the log is as it was written: by its own chain, by the chain over all rows, and by the heads that were signed. */
  verifyLog(): ChainCheck {
    const chain = this.attendance.verifyNewEvents();
    if (!chain.ok) return chain;
    const seq = this.trust.findUnprovenEvent() ?? (this.#brokenHead ??= { seq: this.heads.findBroken() }).seq;
    return seq === null ? chain : { ok: false, error: 'broken_chain', seq };
  }

  /** The records by their numbers, for whoever looks for a fault. */
  describeRecords(): RecordsFacts {
    return describeRecords(this.#db);
  }

  /** What is known to be damaged by now; nothing is read for it. */
  listDamages(): Damage[] {
    return this.#damages.list();
  }

  /** After a failed write: gives up the reserve when the disk was full, and covers what a failed commit left. True: try again. */
  makeRoom(cause: unknown): boolean {
    const isRoomMade = isFull(cause) && this.#reserve.giveUp();
    if (isRoomMade) this.#digest.roomMade();
    return coverFailedCommit(this.#db, cause) || isRoomMade;
  }

  /** What a failed write says of the disk; null when the fault is none of the disk's. */
  diskFaultOf(cause: unknown): DiskFault | null {
    return diskFaultOf(cause);
  }

  #canWrite(): boolean {
    try {
      this.settings.setSetting('last_write', this.clock.now());
      return true;
    } catch {
      return false;
    }
  }

  /** Folds the journal back and closes; nothing may be called after. */
  close(): void {
    this.#reserve.stop();
    this.trust.close();
    try {
      this.#digest.close();
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (cause) {
      // Nothing is lost: the next open reads the journal.
      if (diskFaultOf(cause) === null) throw cause;
    } finally {
      this.#db.close();
    }
  }
}
