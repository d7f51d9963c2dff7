import type { PublicJwk } from '../../contract/common.ts';
import { assert } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import { createTransport, type Transport } from './transport.ts';

/** Where the reports of one session go. */
export interface Destination {
  endpoint: string;
  receiptKeys: readonly PublicJwk[];
  transport: Transport;
  viaProxy: boolean;
}

export interface DestinationsOptions {
  /** How requests to the province of a package leave the PC; as that package says when absent. */
  networkOf?(this: void, delivery: SessionPackage['delivery']): Parameters<typeof createTransport>[0];
  /** A province answered with this date, epoch ms. */
  onDate?(this: void, host: string, dateMs: number): void;
}

/**
 * Each report goes to the province of its own session package, with that package's keys and authority: a report of
 * the last conference may still be owed when the next one is on.
 */
export class Destinations {
  readonly #store: Store;
  readonly #known = new Map<string, Destination>();
  readonly #networkOf: NonNullable<DestinationsOptions['networkOf']>;
  readonly #onDate: NonNullable<DestinationsOptions['onDate']>;
  /** What was forgotten, until its last answer has come. */
  readonly #closing = new Set<Promise<void>>();

  constructor(store: Store, options: DestinationsOptions = {}) {
    this.#store = store;
    this.#networkOf = options.networkOf ?? (({ proxy, certificateAuthority }) => ({ proxy, certificateAuthority }));
    this.#onDate = options.onDate ?? (() => undefined);
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
    const { delivery } = session.document;
    const { endpoint } = delivery;
    assert(endpoint !== undefined, `session ${packageId} has a receiver`);
    const network = this.#networkOf(delivery);
    const destination: Destination = {
      endpoint,
      receiptKeys: session.document.keys.receipts,
      transport: this.#noteDates(createTransport(network)),
      viaProxy: network?.proxy !== undefined,
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

  /** The way out of the PC is another one now. What is under way ends by the old one. */
  forget(): void {
    for (const { transport } of this.#known.values()) {
      const closing = transport.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
    this.#known.clear();
  }

  async stop(): Promise<void> {
    this.forget();
    await Promise.all(this.#closing);
  }
}
