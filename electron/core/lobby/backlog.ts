import { Signal } from '../../shared/signal.ts';
import { createCourier, systemCourierClock, type Courier } from '../delivery/courier.ts';
import { amendedAttemptAt, defaultPolicy } from '../delivery/schedule.ts';
import type { HallLog } from '../hall/hall-log.ts';
import { sealLeftovers } from '../hall/leftovers.ts';
import type { PcSettings } from '../hall/pc-settings.ts';
import { Province } from '../hall/province.ts';
import { sealAgain } from '../report/seal-again.ts';
import type { SealingKey } from '../report/sign-compact.ts';
import type { Store } from '../store/store.ts';

/** What the province gets spread over where no package of today says so, ms. */
const WINDOW_MS = 600_000;

export interface BacklogOptions {
  store: Store;
  settings: PcSettings;
  deviceKey: SealingKey;
  /** Name and version of the program, as reports carry it. */
  app: string;
  random: () => number;
  log: HallLog;
}

/** What earlier sessions left behind goes on without a session: sittings left open are sealed, reports carried to their provinces. */
export class Backlog {
  /** A report was sealed, or its delivery went on. */
  readonly moved = new Signal();
  readonly courier: Courier;
  /** The province of an earlier session answered with this date, epoch ms. */
  readonly dateSeen: Province['dateSeen'];
  readonly #options: BacklogOptions;
  readonly #province: Province;
  #leftovers: ReturnType<typeof sealLeftovers> | null = null;

  constructor(options: BacklogOptions) {
    const { store, deviceKey, random, log } = options;
    this.#options = options;
    this.#province = new Province(store, null, options.settings);
    this.dateSeen = this.#province.dateSeen;
    this.courier = createCourier({
      outbox: store.outbox,
      send: (request, signal) => this.#province.send(request, signal),
      sealAgain: (id) => sealAgain(store, deviceKey, id),
      checkReturn: ({ reportId }, signal) => this.#province.checkReturn(reportId, signal),
      clock: { ...systemCourierClock, now: () => store.clock.now() },
      random,
      policy: defaultPolicy(WINDOW_MS),
      onChange: ({ reportId, revision, state, attempts }) => {
        log.info('delivery_status', { report: reportId, revision, state, attempts });
        this.moved.emit();
      },
      onTryFailed: ({ reportId, failure, httpStatus }) =>
        log.info('delivery_try_failed', { report: reportId, failure, http: httpStatus }),
      onError: (cause) => log.error('delivery_fault', cause),
    });
  }

  start(): void {
    const { store, deviceKey, app, random, log } = this.#options;
    this.courier.start();
    this.#leftovers = sealLeftovers({
      store,
      currentPackageId: null,
      sealer: {
        deviceKey,
        app,
        firstAttemptAt: () => amendedAttemptAt(store.clock.now(), defaultPolicy(WINDOW_MS), random),
      },
      onSealed: ({ reportId, revision, tookMs }) => {
        log.info('report_sealed', { report: reportId, revision, tookMs: Math.round(tookMs * 10) / 10 });
        this.courier.wake();
        this.moved.emit();
      },
      onFailed: (cause) => log.error('seal_failed', cause),
    });
  }

  /** Has a province of an earlier session answer, so that its date comes. */
  askTime(): Promise<{ cause: string | null }> {
    return this.#province.askTime();
  }

  async stop(): Promise<void> {
    await Promise.all([this.courier.stop(), this.#leftovers?.stop()]);
    await this.#province.stop();
  }
}
