import type { PublicJwk } from '../../contract/common.ts';
import { assert } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { createTransport, type Transport } from './transport.ts';

/** Where the reports of one session go. */
export interface Destination {
  endpoint: string;
  receiptKeys: readonly PublicJwk[];
  transport: Transport;
  viaProxy: boolean;
}

/**
 * Each report goes to the province of its own session package, with that package's keys, proxy and authority: a report of
 * the last conference may still be owed when the next one is on.
 */
export class Destinations {
  readonly #store: Store;
  readonly #known = new Map<string, Destination>();

  readonly #onDate: (host: string, dateMs: number) => void;

  /** `onDate`: a province answered with this date, epoch ms. */
  constructor(store: Store, onDate: (host: string, dateMs: number) => void = () => undefined) {
    this.#store = store;
    this.#onDate = onDate;
  }

  /** Throws when the report or its session is not stored: a fault of ours. */
  ofReport(reportId: string): Destination {
    const sitting = this.#store.sittings.getSittingOfReport(reportId);
    assert(sitting, `report ${reportId} belongs to a sitting`);
    return this.ofSession(sitting.packageId);
  }

  ofSession(packageId: string): Destination {
    const known = this.#known.get(packageId);
    if (known) return known;
    const session = this.#store.sessions.getSession(packageId);
    assert(session, `session ${packageId} is stored`);
    const { endpoint, proxy, certificateAuthority } = session.document.delivery;
    assert(endpoint !== undefined, `session ${packageId} has a receiver`);
    const destination: Destination = {
      endpoint,
      receiptKeys: session.document.keys.receipts,
      transport: this.#noteDates(createTransport({ proxy, certificateAuthority })),
      viaProxy: proxy !== undefined,
    };
    this.#known.set(packageId, destination);
    return destination;
  }

  #noteDates(transport: Transport): Transport {
    return {
      exchange: async (request) => {
        const answer = await transport.exchange(request);
        const dateMs = answer.ok ? Date.parse(answer.header('date') ?? '') : NaN;
        if (Number.isFinite(dateMs)) this.#onDate(new URL(request.url).host, dateMs);
        return answer;
      },
      close: () => transport.close(),
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#known.values()].map((d) => d.transport.close()));
    this.#known.clear();
  }
}
