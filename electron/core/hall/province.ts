import type { AskProvinceAnswer, ProvinceCheck } from '../../contract/api-report.ts';
import { assert } from '../../shared/result.ts';
import { Signal } from '../../shared/signal.ts';
import { checkProvince, isSendingBlocked, reachOfTry } from '../delivery/check-province.ts';
import { Destinations } from '../delivery/destinations.ts';
import type { RevisionId } from '../delivery/outbox.ts';
import {
  askSitting,
  checkReturn,
  sendOnce,
  type ReturnCheck,
  type SittingAnswer,
  type TryOutcome,
} from '../delivery/province-client.ts';
import type { StatementSubject } from '../delivery/receipts.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { PcSettings } from './pc-settings.ts';

/** Longest wait of somebody who asked from the console, milliseconds; the courier itself waits longer. */
const ASK_MS = 20_000;

/** Everything that is said to the province and asked of it. Each report goes to the province of its own session. */
export class Province {
  /** It answered with this date, epoch ms. */
  readonly dateSeen = new Signal<{ host: string; dateMs: number }>();
  readonly #store: Store;
  readonly #session: SessionRecord | null;
  readonly #destinations: Destinations;
  readonly #stopListening: () => void;

  /** Without a session only reports of earlier ones are sent and asked about. `settings`: by which proxy. */
  constructor(store: Store, session: SessionRecord | null, settings: PcSettings) {
    this.#store = store;
    this.#session = session;
    this.#destinations = new Destinations(store, {
      networkOf: (delivery) => settings.networkOf(delivery, delivery.endpoint === undefined ? [] : [delivery.endpoint]),
      onDate: (host, dateMs) => this.dateSeen.emit({ host, dateMs }),
    });
    this.#stopListening = settings.changed.on((name) => name === 'proxy' && this.#destinations.forget());
  }

  /** One try to deliver a sealed revision. */
  send(request: RevisionId & { bytes: Uint8Array; sha256: string }, signal: AbortSignal): Promise<TryOutcome> {
    const { endpoint, transport, receiptKeys } = this.#destinations.ofReport(request.reportId);
    return sendOnce({ ...request, endpoint }, { transport, receiptKeys, now: this.#now, signal });
  }

  /** One question whether this report was sent back. */
  checkReturn(reportId: string, signal: AbortSignal): Promise<ReturnCheck> {
    const { endpoint, transport, receiptKeys } = this.#destinations.ofReport(reportId);
    return checkReturn({ endpoint, reportId }, { transport, receiptKeys, now: this.#now, signal });
  }

  /** One question whether a sitting is over. */
  askSitting(subject: StatementSubject, signal: AbortSignal): Promise<SittingAnswer> {
    const { endpoint, transport, receiptKeys } = this.#destinations.ofSession(this.#packageId);
    return askSitting({ endpoint, ...subject }, { transport, receiptKeys, now: this.#now, signal });
  }

  /** How far a request to the province of this session gets; of a stored one, where there is none. */
  check(packageId = this.#packageId): Promise<ProvinceCheck> {
    const { endpoint, transport, viaProxy } = this.#destinations.ofSession(packageId);
    return checkProvince({ transport, endpoint, viaProxy, signal: AbortSignal.timeout(ASK_MS) });
  }

  /**
   * Has a province answer, so that its date comes: the one of this session; without a session the one of the newest session that has
   * any. Nobody is asked where there is none. Why it failed is a word of the table of causes.
   */
  async askTime(): Promise<{ cause: string | null }> {
    const sessions = this.#session ? [this.#session] : this.#store.sessions.listSessions();
    const asked = sessions.findLast(({ document }) => document.delivery.endpoint !== undefined);
    return asked ? this.check(asked.packageId) : { cause: null };
  }

  /** As `check`, and whether the method that reports use gets through; `signal` gives it up. */
  async checkSending(signal: AbortSignal): Promise<ProvinceCheck & { methodBlocked: boolean }> {
    const { endpoint, transport, viaProxy } = this.#destinations.ofSession(this.#packageId);
    const check = await checkProvince({ transport, endpoint, viaProxy, signal });
    const methodBlocked = check.reach === 'ok' && (await isSendingBlocked({ transport, endpoint, signal }));
    return { ...check, methodBlocked };
  }

  /** Whether it sent the newest revision of this report back, asked from the console; a return found is stored. */
  async askReturn(reportId: string): Promise<AskProvinceAnswer> {
    const { reports, outbox } = this.#store;
    const revision = reports.getLastRevision(reportId);
    const status = outbox.getStatus({ reportId, revision });
    if (status?.state === 'returned') return { ok: true, returned: { revision, reason: status.returnReason ?? '' } };
    if (status?.state !== 'delivered') return { ok: false, error: 'not_delivered' };
    const answer = await this.checkReturn(reportId, AbortSignal.timeout(ASK_MS));
    if (!answer.ok) {
      if ('stopped' in answer) return { ok: false, error: 'timeout' };
      return { ok: false, error: reachOfTry(answer.failure, answer.httpStatus) };
    }
    const notice = answer.returned?.notice;
    if (!answer.returned || notice?.revision !== revision) return { ok: true, returned: null };
    const { noticeJws } = answer.returned;
    outbox.recordReturn({ reportId, revision, at: Date.parse(notice.at), reason: notice.reason, noticeJws });
    return { ok: true, returned: { revision, reason: notice.reason } };
  }

  get #packageId(): string {
    assert(this.#session, 'there is a session to ask about');
    return this.#session.packageId;
  }

  async stop(): Promise<void> {
    this.#stopListening();
    await this.#destinations.stop();
  }

  readonly #now = (): number => this.#store.clock.now();
}
