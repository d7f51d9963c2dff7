import type { FaultCause } from '../../../electron/contract/broadcast.ts';
import { BACKOFF, type Backoff } from './policy.ts';

/** Why a request brought nothing usable. */
export type FailureKind =
  | 'offline'
  | 'network'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'dns'
  | 'tls'
  | 'relay'
  | 'denied'
  | 'missing'
  | 'client'
  | 'server'
  | 'portal'
  | 'empty'
  | 'truncated'
  | 'corrupt'
  | 'old_answer'
  | 'poison';

export interface Failure {
  kind: FailureKind;
  /** HTTP status, 0 where none came. */
  status: number;
  text: string;
}

/** Whose fault each kind is, how long to wait, and whether asking on can help at all. */
export const FAILURES: Record<
  FailureKind,
  { cause: FaultCause; backoff: Backoff; class: 'network' | 'missing' | 'bad_body' }
> = {
  offline: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  network: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  refused: { cause: 'centre', backoff: BACKOFF.network, class: 'network' },
  reset: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  timeout: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  dns: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  tls: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  relay: { cause: 'this_pc', backoff: BACKOFF.network, class: 'network' },
  denied: { cause: 'centre', backoff: BACKOFF.denied, class: 'network' },
  missing: { cause: 'centre', backoff: BACKOFF.missing, class: 'missing' },
  client: { cause: 'centre', backoff: BACKOFF.network, class: 'network' },
  server: { cause: 'centre', backoff: BACKOFF.network, class: 'network' },
  portal: { cause: 'line', backoff: BACKOFF.network, class: 'network' },
  empty: { cause: 'centre', backoff: BACKOFF.bad_body, class: 'network' },
  truncated: { cause: 'centre', backoff: BACKOFF.bad_body, class: 'bad_body' },
  corrupt: { cause: 'centre', backoff: BACKOFF.bad_body, class: 'bad_body' },
  old_answer: { cause: 'centre', backoff: BACKOFF.bad_body, class: 'network' },
  poison: { cause: 'centre', backoff: BACKOFF.bad_body, class: 'bad_body' },
};

const RELAY_KINDS: Record<string, FailureKind> = {
  refused: 'refused',
  reset: 'reset',
  timeout: 'timeout',
  dns: 'dns',
  tls: 'tls',
};

/** Sorts an HTTP status. `relayFailure` is the header `x-relay-failure` of the kiosk's own relay: the status is then the relay's, not the origin's. */
export function classifyStatus(status: number, relayFailure: string | null): FailureKind {
  if (relayFailure) return RELAY_KINDS[relayFailure] ?? 'network';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404 || status === 410) return 'missing';
  if (status >= 500) return 'server';
  return 'client';
}

/** Remembers the latest failures so that an interruption can be given a cause. */
export class FailureHistory {
  #last: { kind: FailureKind; at: number } | null = null;
  #staleSince: number | null = null;

  recordFailure(kind: FailureKind, at: number): void {
    this.#last = { kind, at };
  }

  /** A good answer: the failure before it explains nothing that happens from now on. */
  recordSuccess(at: number): void {
    if (this.#last && at - this.#last.at > 1000) this.#last = null;
  }

  /** A playlist is known to stand still. */
  get stale(): boolean {
    return this.#staleSince !== null;
  }

  recordStale(since: number | null): void {
    this.#staleSince = since;
  }

  /** The most likely cause of a picture that stopped at `at`; without any network failure it is this PC. */
  cause(at: number, withinMs = 30_000): FaultCause {
    // Outside a browser there is no such thing as `onLine`.
    if ((navigator as { onLine?: boolean }).onLine === false) return 'line';
    if (this.#last && at - this.#last.at <= withinMs) return FAILURES[this.#last.kind].cause;
    if (this.#staleSince !== null) return 'centre';
    return 'this_pc';
  }

  lastKind(at: number, withinMs = 30_000): FailureKind | null {
    return this.#last && at - this.#last.at <= withinMs ? this.#last.kind : null;
  }
}
