import type { FaultCause } from '../../../electron/contract/broadcast.ts';
import { CAUSES, causeOfStatus, isCause, type Cause, type Whose } from '../../../electron/shared/causes.ts';
import { BACKOFF, type Backoff } from './policy.ts';

export interface Failure {
  cause: Cause;
  /** Where the core knows more than the cause says; see `blame` in the table of causes. */
  whose?: Whose | undefined;
  /** HTTP status, 0 where none came. */
  status: number;
  text: string;
}

/** What a failure means for the loader: asking again helps; the thing is not there; what came is no good. */
export type FailureClass = 'network' | 'missing' | 'bad_body';

const BAD_BODIES: ReadonlySet<Cause> = new Set(['truncated', 'corrupt', 'too_large', 'bad_encoding', 'codec']);
/** What came is no good, and may be good a moment later. */
const BRIEF: ReadonlySet<Cause> = new Set(['empty', 'old_answer', 'not_playlist']);
const DENIED: ReadonlySet<Cause> = new Set(['denied', 'login_needed', 'cookies']);

export function classOf(cause: Cause): FailureClass {
  if (cause === 'missing') return 'missing';
  return BAD_BODIES.has(cause) ? 'bad_body' : 'network';
}

/** How long to wait before asking again. */
export function backoffFor(cause: Cause): Backoff {
  if (cause === 'missing') return BACKOFF.missing;
  if (isDenied(cause)) return BACKOFF.denied;
  return BAD_BODIES.has(cause) || BRIEF.has(cause) ? BACKOFF.bad_body : BACKOFF.network;
}

/** The server wants a token or a login that is not there (any more). */
export function isDenied(cause: Cause): boolean {
  return DENIED.has(cause);
}

/**
 * Names an answer that is an error by the words of the kiosk's relay: `x-relay-failure` where no answer came (the status is
 * then the relay's own), `x-relay-cause` for the server's answer, `x-relay-whose` for whose fault it is.
 */
export function readFailure(status: number, header: (name: string) => string | null): Pick<Failure, 'cause' | 'whose'> {
  const failure = header('x-relay-failure');
  if (failure) return { cause: isCause(failure) ? failure : 'no_connection', whose: whoseOf(header('x-relay-whose')) };
  const cause = header('x-relay-cause');
  return { cause: cause && isCause(cause) ? cause : (causeOfStatus(status) ?? 'bad_answer') };
}

function whoseOf(word: string | null): Whose | undefined {
  return word === 'server' || word === 'line' || word === 'this_pc' ? word : undefined;
}

const FAULTS: Record<Whose, FaultCause> = { server: 'centre', line: 'line', this_pc: 'this_pc', unknown: 'unknown' };

/** Remembers the latest failures so that an interruption can be given a cause. */
export class FailureHistory {
  #last: { cause: Cause; whose: Whose; at: number } | null = null;
  #staleSince: number | null = null;

  recordFailure(cause: Cause, at: number, whose: Whose = CAUSES[cause]): void {
    // A request that hangs says less than one that failed with a name a moment ago.
    const vague = whose === 'unknown' && this.#last !== null && at - this.#last.at < 15_000;
    if (vague && this.#last!.whose !== 'unknown') this.#last = { ...this.#last!, at };
    else this.#last = { cause, whose, at };
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

  /** The most likely cause of a picture that stopped at `at`, in the table's word and as the fault of somebody; without any failure it is this PC. */
  explain(at: number, withinMs = 30_000): { word: Cause | null; fault: FaultCause } {
    // Outside a browser there is no such thing as `onLine`.
    if ((navigator as { onLine?: boolean }).onLine === false) return { word: 'offline', fault: 'line' };
    if (this.#last && at - this.#last.at <= withinMs)
      return { word: this.#last.cause, fault: FAULTS[this.#last.whose] };
    if (this.#staleSince !== null) return { word: 'stale', fault: 'centre' };
    return { word: null, fault: 'this_pc' };
  }
}
