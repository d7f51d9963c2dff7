import { rmSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DestructionCertificate, RetentionView } from '../../contract/retention.ts';
import { Signal } from '../../shared/signal.ts';
import { shortDigest, signCertificate } from '../report/destruction-certificate.ts';
import type { SealingKey } from '../report/sign-compact.ts';
import { packageWithoutNames, withoutNames } from '../report/without-names.ts';
import type { Destroyed } from '../store/retention-store.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { HallLog } from './hall-log.ts';
import { KeptTime, type ClockDoubt } from './kept-time.ts';

const DAY_MS = 24 * 3_600_000;
export const RETENTION_POLICY = {
  /** The console says it so long before, ms; also when the PC was off while the time ran out. */
  noticeMs: 7 * DAY_MS,
  /** How often it is looked at, ms. */
  everyMs: 10 * 60_000,
  /** After a start hosts get so long to say what time it is before anything is destroyed, ms. */
  askMs: 60_000,
} as const;
/** Where a damaged database was moved to (`store/database.ts`), and a journal of other records (`store/record-trust.ts`). */
const ASIDE = /^(?:damaged-|kiosk\.journal\.)(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2}\.\d+Z)$/u;

export interface RetentionOptions {
  store: Store;
  /** Folder of the database. */
  records: string;
  deviceKey: SealingKey;
  app: string;
  clock: () => ClockDoubt;
  /** Has a host asked for something, so that its answer brings the time. */
  askTime: () => void;
  log: HallLog;
}

/**
 * Destroys names and numbers when the time that their package set is over: counted from the last receipt (`kept-time.ts`), never
 * while a report is owed, returned or amended, nor before the province can no longer return it. It is announced first.
 */
export class Retention {
  /** Something was announced or destroyed. */
  readonly changed = new Signal();
  /** The personal data of this session is gone: lists that stand in memory are not true any more. */
  readonly destroyed = new Signal<string>();
  readonly #options: RetentionOptions;
  readonly #kept: KeptTime;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#kept = new KeptTime(options.store);
  }

  /** Finishes what a power cut left half done and announces at once; destroys only after hosts were asked for the time. */
  start(): void {
    this.look({ mayDestroy: false });
    this.changed.emit();
    this.#lookIn(RETENTION_POLICY.askMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Looks at every session once. A fault of the disk is logged, and it is tried again at the next look. */
  look({ mayDestroy } = { mayDestroy: true }): void {
    const { store, log } = this.#options;
    for (const session of store.sessions.listSessions()) {
      try {
        if (!store.retention.isDestroyed(session.packageId)) this.#judge(session, mayDestroy);
        else if (store.retention.getState(session.packageId)?.swept === false) this.#sweep(session.packageId);
      } catch (cause) {
        log.error('retention_failed', cause);
      }
    }
  }

  /** Sessions whose data was destroyed, or when it will be. */
  list(): RetentionView[] {
    const { store } = this.#options;
    return store.sessions.listSessions().map(({ packageId, document }): RetentionView => {
      const state = store.retention.getState(packageId);
      const { destroyedAt = null, certificate = null } = state ?? {};
      return {
        packageId,
        conference: document.conference.title,
        state: destroyedAt !== null ? 'destroyed' : state ? 'warned' : 'kept',
        destroyAt:
          destroyedAt === null ? (state?.destroyAt ?? this.#dueAt(packageId, document.privacy.retentionDays)) : null,
        destroyedAt,
        certificate: certificate && shortDigest(certificate),
      };
    });
  }

  /** The signed certificate of a session, or null. */
  certificateOf(packageId: string): string | null {
    return this.#options.store.retention.getState(packageId)?.certificate ?? null;
  }

  /** When its time began, epoch ms by its own records; null while anything of it may still change. */
  #endedAt(packageId: string): number | null {
    const ends = this.#options.store.retention.listEnds(packageId);
    if (ends.length === 0 || ends.some(({ isDone }) => !isDone)) return null;
    return Math.max(...ends.map(({ receiptAt, endsAt }) => receiptAt ?? endsAt));
  }

  /** When its time is over if our clock is right, epoch ms; null while anything of it may still change. */
  #dueAt(packageId: string, days: number): number | null {
    const endedAt = this.#endedAt(packageId);
    return endedAt === null ? null : endedAt + days * DAY_MS;
  }

  #judge(session: SessionRecord, mayDestroy: boolean): void {
    const { store, askTime, clock } = this.#options;
    const { packageId, document } = session;
    const endedAt = this.#endedAt(packageId);
    const state = store.retention.getState(packageId);
    if (endedAt === null) {
      this.#kept.forget(packageId);
      if (state) this.#warn(packageId, null);
      return;
    }
    const doubt = clock();
    const keptMs = this.#kept.count(packageId, endedAt, doubt);
    if (doubt.isWrong) return;
    const now = store.clock.now() + (doubt.offsetMs ?? 0);
    const wantedMs = document.privacy.retentionDays * DAY_MS;
    // A clock alone says that it is time: then somebody is asked.
    if (!doubt.isVouched && now >= endedAt + wantedMs - RETENTION_POLICY.noticeMs) askTime();
    if (keptMs < wantedMs - RETENTION_POLICY.noticeMs) {
      // Announced by a clock that was ahead, or the time that it is kept became longer.
      if (state) this.#warn(packageId, null);
      return;
    }
    const destroyAfterMs = Math.max(wantedMs, (state?.keptMs ?? keptMs) + RETENTION_POLICY.noticeMs);
    const destroyAt = now + destroyAfterMs - keptMs;
    if (!state || state.keptMs === null || Math.abs(state.destroyAt - destroyAt) > DAY_MS)
      this.#warn(packageId, { warnedAt: state?.warnedAt ?? now, destroyAt, keptMs: state?.keptMs ?? keptMs });
    if (state && state.keptMs !== null && keptMs >= destroyAfterMs && mayDestroy)
      this.#destroy(session, now, state.warnedAt);
  }

  #lookIn(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.look();
      this.#lookIn(RETENTION_POLICY.everyMs);
    }, delayMs);
    this.#timer.unref();
  }

  #warn(packageId: string, warning: { warnedAt: number; destroyAt: number; keptMs: number } | null): void {
    const { store, log } = this.#options;
    store.retention.setWarning(packageId, warning);
    log.info('retention_warned', { packageId, destroyAt: warning?.destroyAt ?? null });
    this.changed.emit();
  }

  #destroy(session: SessionRecord, now: number, warnedAt: number): void {
    const { store, log } = this.#options;
    const { packageId, document } = session;
    const aside = this.#listAside(packageId);
    store.retention.destroy({
      packageId,
      now,
      document: packageWithoutNames(document),
      redact: withoutNames,
      certify: (destroyed) => this.#certify(session, { now, warnedAt, destroyed, aside }),
    });
    this.#sweep(packageId);
    log.info('retention_destroyed', { packageId });
    this.destroyed.emit(packageId);
    this.changed.emit();
  }

  #certify(
    { packageId, document, digest }: SessionRecord,
    what: { now: number; warnedAt: number; destroyed: Destroyed; aside: { free: string[]; shared: string[] } },
  ): string {
    const { store, deviceKey, app } = this.#options;
    const receipts = store.retention
      .listEnds(packageId)
      .flatMap(({ receiptAt }) => (receiptAt === null ? [] : [receiptAt]));
    const facts: DestructionCertificate = {
      format: 'destruction-certificate/1',
      packageId,
      packageDigest: digest,
      conference: document.conference.title,
      venue: { id: document.venue.id, name: document.venue.name },
      retentionDays: document.privacy.retentionDays,
      lastReceiptAt: receipts.length === 0 ? null : new Date(Math.max(...receipts)).toISOString(),
      warnedAt: new Date(what.warnedAt).toISOString(),
      destroyedAt: new Date(what.now).toISOString(),
      destroyed: { ...what.destroyed, files: what.aside.free.length },
      copiesLeft: what.aside.shared.length,
      kept: store.sittings.listSittings(packageId).flatMap(({ reportId }) =>
        store.reports.listRevisions(reportId).map(({ revision, sha256 }) => ({
          reportId,
          revision,
          sha256,
          receiptSerial: store.outbox.getStatus({ reportId, revision })?.receiptSerial ?? null,
        })),
      ),
      device: { keyId: deviceKey.kid, app },
    };
    return signCertificate(facts, deviceKey);
  }

  /** What is not in rows: free pages, the log of SQLite, databases and journals that were moved aside. */
  #sweep(packageId: string): void {
    const { store, records } = this.#options;
    for (const name of this.#listAside(packageId).free)
      rmSync(path.join(records, name), { recursive: true, force: true });
    store.retention.sweep(packageId);
  }

  /**
   * Databases that were moved aside as damaged: this PC's keys may open them. One from after the issue of another session that is
   * not destroyed yet may hold that one's only records and stays until then.
   */
  #listAside(packageId: string): { free: string[]; shared: string[] } {
    const { store, records } = this.#options;
    const others = store.sessions
      .listSessions()
      .filter((session) => session.packageId !== packageId && !store.retention.isDestroyed(session.packageId));
    const found = readdirSync(records, { withFileTypes: true }).flatMap((entry) => {
      const match = ASIDE.exec(entry.name);
      return match ? [{ name: entry.name, at: Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}`) }] : [];
    });
    const isShared = ({ at }: { at: number }): boolean => others.some((session) => session.issuedAt <= at);
    return {
      free: found.filter((aside) => !isShared(aside)).map(({ name }) => name),
      shared: found.filter(isShared).map(({ name }) => name),
    };
  }
}
