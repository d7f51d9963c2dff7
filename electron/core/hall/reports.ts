import type { TimelineEntry } from '../../contract/api-timeline.ts';
import type { ReportListItem } from '../../contract/api-report.ts';
import type { DeliveryStatus } from '../../contract/delivery.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { Signal } from '../../shared/signal.ts';
import { createCourier, systemCourierClock, type Courier } from '../delivery/courier.ts';
import { amendedAttemptAt, defaultPolicy, firstAttemptAt } from '../delivery/schedule.ts';
import { Amendments } from '../report/amendments.ts';
import type { Exports, ExportsOptions } from '../report/exports.ts';
import { getPlace } from '../report/places.ts';
import { loadDocumentFonts, type DocumentFonts } from '../report/documents/fonts.ts';
import { PrintOut } from '../report/printing/print-out.ts';
import { saveVerified } from '../report/save-verified.ts';
import type { SealingKey } from '../report/sign-compact.ts';
import type { Amendment } from '../report/reopenings.ts';
import { sealAgain } from '../report/seal-again.ts';
import { buildTimeline } from '../report/timeline.ts';
import { SealQueue, sealTimer } from '../report/seal-queue.ts';
import { draftReport, sealSitting, type Sealed, type SealerOptions, type SittingFacts } from '../report/sealer.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { checkReceipts } from './check-receipts.ts';
import { createExports, type DocumentOptions } from './documents.ts';
import type { HallLog } from './hall-log.ts';
import { sealLeftovers } from './leftovers.ts';
import type { Province } from './province.ts';

export interface ReportsOptions {
  store: Store;
  session: SessionRecord;
  province: Province;
  deviceKey: SealingKey;
  /** Name and version of the program, as reports carry it. */
  app: string;
  factsOf(sitting: SittingRecord): SittingFacts;
  documents: DocumentOptions;
  print: ExportsOptions['print'];
  random: () => number;
  log: HallLog;
  /** The session is only tried out: nothing is sealed or sent. */
  isTrial?: boolean;
}

/**
 * What becomes of a sitting after its end: sealed by itself, carried to the province, amended, saved as documents. Also seals what
 * sittings of earlier sessions left behind.
 */
export class Reports {
  /** A revision was sealed: of this session, or left over from an earlier one. */
  readonly sealed = new Signal<Sealed>();
  readonly sealFailed = new Signal<unknown>();
  /** Stored receipts were found to be none; those revisions are sent again. */
  readonly receiptsRefused = new Signal();
  /** The store moved a sitting or its delivery. */
  readonly moved = new Signal();
  /** Saving documents went on. */
  readonly progressed = new Signal();
  readonly province: Province;
  readonly courier: Courier;
  readonly amendments: Amendments;
  readonly exports: Exports;
  readonly printOut: PrintOut;
  readonly #options: ReportsOptions;
  readonly #sealer: SealerOptions;
  readonly #queue: SealQueue;
  #leftovers: ReturnType<typeof sealLeftovers> | null = null;
  #checking: Promise<void> | null = null;

  constructor(options: ReportsOptions) {
    const { store, session, province, random, log } = options;
    const { clock } = store;
    const policy = defaultPolicy(session.document.delivery.windowSeconds * 1000);
    this.#options = options;
    this.province = province;
    this.#sealer = {
      store,
      session,
      deviceKey: options.deviceKey,
      app: options.app,
      facts: (sitting) => options.factsOf(sitting),
      firstAttemptAt: (endedAt, revision) =>
        revision === 1 ? firstAttemptAt(endedAt, policy, random) : amendedAttemptAt(clock.now(), policy, random),
    };
    this.#queue = new SealQueue({
      seal: async (sittingId) => void (await this.#seal(sittingId, 'ended')),
      onFailed: (_, cause) => this.#noteFailed(cause),
      after: sealTimer,
    });
    this.courier = createCourier({
      outbox: store.outbox,
      send: (request, signal) => province.send(request, signal),
      sealAgain: (id) => sealAgain(store, options.deviceKey, id),
      checkReturn: ({ reportId }, signal) => province.checkReturn(reportId, signal),
      clock: { ...systemCourierClock, now: () => clock.now() },
      random,
      policy,
      onChange: (status) => this.#statusChanged(status),
      onTryFailed: ({ reportId, failure, httpStatus }) =>
        log.info('delivery_try_failed', { report: reportId, failure, http: httpStatus }),
      onError: (cause) => log.error('delivery_fault', cause),
    });
    this.exports = createExports({
      ...options,
      draft: (sitting) => this.draft(sitting),
      timeline: (sitting) => this.timeline(sitting),
      onProgress: () => this.progressed.emit(),
    });
    this.printOut = new PrintOut(this.exports, options.documents.printers, ({ error, detail }) =>
      log.info('not_printed', { error, detail }),
    );
    this.amendments = new Amendments({
      store,
      draft: (sitting) => this.draft(sitting),
      seal: (sitting, amendment) => this.#queue.inTurn(() => this.#seal(sitting.id, 'amended', amendment)),
      onStep: () => this.moved.emit(),
    });
  }

  /** The sittings of the session and how far their reports have come. */
  list(): ReportListItem[] {
    const { store, session } = this.#options;
    return store.sittings.listSittings(session.packageId).map(({ id, reportId, title, state }) => {
      const lastRevision = store.reports.getLastRevision(reportId);
      const returnReason = store.outbox.getStatus({ reportId, revision: lastRevision })?.returnReason ?? null;
      const signedOffAt = store.reports.getNotes(id).signOff?.at ?? null;
      return { sittingId: id, reportId, title, state, lastRevision, returnReason, signedOffAt };
    });
  }

  /** Where each sealed revision of the session stands. */
  listStatuses(): DeliveryStatus[] {
    return this.#options.store.outbox.listStatuses(this.#options.session.packageId);
  }

  /** The report of a sitting as it would be sealed now. */
  draft(sitting: SittingRecord): SessionReport {
    return draftReport(this.#sealer, sitting);
  }

  /** Everything that happened in a sitting, oldest first. */
  timeline(sitting: SittingRecord): TimelineEntry[] {
    const { store } = this.#options;
    const { reportId } = sitting;
    const newest = store.reports.getReport(reportId, store.reports.getLastRevision(reportId)) ?? this.draft(sitting);
    return buildTimeline(store, sitting, newest.playback.interruptions);
  }

  /** Seals a sitting if it has ended and is not sealed yet. */
  sealSoon(sitting: SittingRecord): void {
    if (sitting.state === 'ended' && !this.#options.isTrial) this.#queue.add(sitting.id);
  }

  /** Asks the province whether it sent the report of this sitting back. */
  async askReturn(sitting: SittingRecord): ReturnType<Province['askReturn']> {
    if (this.#options.store.retention.isDestroyed(sitting.packageId)) return { ok: false, error: 'data_destroyed' };
    const answer = await this.province.askReturn(sitting.reportId);
    if (answer.ok && answer.returned) this.moved.emit();
    return answer;
  }

  /** Takes up what is stored: ended sittings, the outbox, and what earlier sessions left behind. */
  start(): void {
    const { store, session, isTrial } = this.#options;
    if (isTrial) return;
    for (const sitting of store.sittings.listSittings(session.packageId)) this.sealSoon(sitting);
    this.courier.start();
    this.#checking = this.#checkReceipts();
    this.#leftovers = sealLeftovers({
      store,
      currentPackageId: session.packageId,
      sealer: {
        deviceKey: this.#options.deviceKey,
        app: this.#options.app,
        // Its province has waited already: as soon as a revision of today.
        firstAttemptAt: () => this.#sealer.firstAttemptAt(store.clock.now(), 2),
      },
      onSealed: (sealed) => this.#noteSealed(sealed),
      onFailed: (cause) => this.#noteFailed(cause),
    });
  }

  /** Saves bytes in a place that the console chose, and reads them back. */
  async saveFile(
    placeId: string,
    name: string,
    bytes: Uint8Array,
  ): Promise<{ ok: true; file: string } | { ok: false; error: 'no_such_place' | 'not_saved' }> {
    const place = await getPlace(this.#options.documents.places, placeId);
    if (!place) return { ok: false, error: 'no_such_place' };
    const saved = await saveVerified(place.dir, name, bytes);
    return saved.ok ? { ok: true, file: saved.value.file } : { ok: false, error: 'not_saved' };
  }

  /** Prints a page to PDF, as documents are, and saves it; `render` is given the name of the venue and the fonts. */
  async savePage(
    placeId: string,
    name: string,
    render: (venue: string, fonts: DocumentFonts) => string,
  ): Promise<{ ok: true; file: string } | { ok: false; error: 'no_such_place' | 'not_saved' | 'not_printed' }> {
    const { documents, print, session } = this.#options;
    const printed = await print(render(session.document.venue.name, await loadDocumentFonts(documents.fontsDir)));
    return printed.ok ? this.saveFile(placeId, name, printed.value) : { ok: false, error: 'not_printed' };
  }

  /** Resolves when nothing of this session is being sealed. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }

  async stop(): Promise<void> {
    await Promise.all([this.courier.stop(), this.#queue.stop(), this.#leftovers?.stop(), this.#checking]);
  }

  /** Seals the next revision; null when the sitting has left the state `from` by its turn. */
  async #seal(sittingId: string, from: SittingRecord['state'], amendment?: Amendment): Promise<Sealed | null> {
    const sitting = this.#options.store.sittings.getSitting(sittingId);
    if (sitting?.state !== from) return null;
    const sealed = await sealSitting(this.#sealer, sitting, amendment);
    this.#noteSealed(sealed);
    return sealed;
  }

  async #checkReceipts(): Promise<void> {
    try {
      if ((await checkReceipts(this.#options.store)) === 0) return;
      this.receiptsRefused.emit();
      this.courier.wake();
      this.moved.emit();
    } catch (cause) {
      this.#options.log.error('delivery_fault', cause);
    }
  }

  #noteFailed(cause: unknown): void {
    this.#options.log.error('seal_failed', cause);
    this.sealFailed.emit(cause);
  }

  #noteSealed(sealed: Sealed): void {
    const { reportId, revision, tookMs } = sealed;
    this.#options.log.info('report_sealed', { report: reportId, revision, tookMs: Math.round(tookMs * 10) / 10 });
    this.courier.wake();
    this.sealed.emit(sealed);
    this.moved.emit();
  }

  #statusChanged({ reportId, revision, state, attempts }: DeliveryStatus): void {
    this.#options.log.info('delivery_status', { report: reportId, revision, state, attempts });
    this.moved.emit();
  }
}
