import type Database from 'better-sqlite3';
import path from 'node:path';
import { AttendanceStore } from './attendance-store.ts';
import { systemClock, type Clock } from './clock.ts';
import { isFull, openDatabase } from './database.ts';
import { OutboxStore } from './outbox-store.ts';
import { PlaybackStore } from './playback-store.ts';
import { ReportStore } from './report-store.ts';
import { SpaceReserve } from './reserve.ts';
import { RosterStore } from './roster-store.ts';
import { SessionStore, type StoreKeys } from './session-store.ts';
import { SettingsStore } from './settings-store.ts';
import { SittingStore } from './sitting-store.ts';

export type StoreOutcome =
  | { ok: true; store: Store; quarantinedTo: string | null }
  | { ok: false; error: 'newer_database'; found: number; known: number }
  | { ok: false; error: 'in_use' }
  | { ok: false; error: 'cannot_open'; detail: string };

/** The attendance database: the only place with SQL, one room per topic, methods named as the field's verbs. */
export class Store {
  readonly sessions: SessionStore;
  readonly sittings: SittingStore;
  readonly attendance: AttendanceStore;
  readonly playback: PlaybackStore;
  readonly reports: ReportStore;
  readonly outbox: OutboxStore;
  readonly settings: SettingsStore;
  readonly rosters: RosterStore;
  readonly clock: Clock;
  readonly #db: Database.Database;
  readonly #reserve: SpaceReserve;

  private constructor(db: Database.Database, clock: Clock, keys: StoreKeys, reserve: SpaceReserve) {
    this.#db = db;
    this.#reserve = reserve;
    this.clock = clock;
    this.sessions = new SessionStore(db, clock, keys);
    const cipherOf = (sittingId: string) => this.sessions.getCipherOfSitting(sittingId);
    this.sittings = new SittingStore(db);
    this.attendance = new AttendanceStore(db, clock, cipherOf, (cause) => this.makeRoom(cause));
    this.playback = new PlaybackStore(db);
    this.reports = new ReportStore(db, clock, cipherOf);
    this.outbox = new OutboxStore(db);
    this.settings = new SettingsStore(db);
    this.rosters = new RosterStore(db, clock, keys.index, (packageId) => this.sessions.getCipher(packageId));
  }

  /** Opens or creates the database file. A damaged file is moved aside and named in `quarantinedTo`. */
  static open(options: { file: string; keys: StoreKeys; clock?: Clock }): StoreOutcome {
    const reserve = new SpaceReserve(path.join(path.dirname(options.file), 'reserve.bin'));
    const opened = openDatabase(options.file, reserve);
    if (!opened.ok) return opened;
    reserve.start();
    return {
      ok: true,
      store: new Store(opened.db, options.clock ?? systemClock(), options.keys, reserve),
      quarantinedTo: opened.quarantinedTo,
    };
  }

  /** After a failed write: when the disk was full, gives up the space kept for this hour. True: worth a second try. */
  makeRoom(cause: unknown): boolean {
    return isFull(cause) && this.#reserve.giveUp();
  }

  /** Folds the journal back and closes; nothing may be called after. */
  close(): void {
    this.#reserve.stop();
    try {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (cause) {
      // Nothing is lost: the next open reads the journal.
      if (!isFull(cause)) throw cause;
    }
    this.#db.close();
  }
}
