import { fetch as undiciFetch, type Dispatcher, type Response } from 'undici';
import { blame, causeOfStatus, type Cause, type Whose } from '../../shared/causes.ts';
import { CookieJar } from './cookies.ts';
import { createDispatcher, type NetworkOptions } from './dispatcher.ts';
import { causeOfError, readError } from './error-cause.ts';
import { inspectCertificate, refineCertificateCause } from './inspect-certificate.ts';
import { LineCheck } from './line-check.ts';
import { MovedAddresses, type MoveMemory } from './moved-addresses.ts';

/** Time limits of one request towards the centre, milliseconds. */
export const FETCH_LIMITS = { connectMs: 5_000, headersMs: 6_000, bodyMs: 10_000 } as const;

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);
/** A certificate that was refused is inspected at most so often for each server, ms. */
const INSPECT_EVERY_MS = 60_000;

/** Why no HTTP answer came. `aborted`: the caller gave up, or its time ran out. */
export interface FetchFailure {
  ok: false;
  cause: Cause;
  whose: Whose;
  aborted: boolean;
}

/** `url` is the address that answered, after redirects. */
export type FetchOutcome = { ok: true; response: Response; url: string } | FetchFailure;

export interface FetchInit {
  method?: 'GET' | 'HEAD';
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** How requests for the broadcast leave the PC. */
export interface Egress {
  /** Follows redirects and remembers the permanent ones; keeps cookies. Never rejects. */
  fetch(url: string, init: FetchInit): Promise<FetchOutcome>;
  stop(): Promise<void>;
}

export interface EgressOptions extends NetworkOptions {
  /** Addresses of other servers that the kiosk knows: whether they answer tells whose fault a failure is. */
  others?: readonly string[];
  /** Keeps moved addresses across a restart; without it they are forgotten. */
  moves?: MoveMemory;
  /** Wall clock, epoch ms. */
  now?: () => number;
}

export function createEgress(options: EgressOptions = {}): Egress {
  return new Client(options);
}

class Client implements Egress {
  readonly #dispatcher: Dispatcher;
  readonly #viaProxy: boolean;
  readonly #now: () => number;
  readonly #cookies = new CookieJar();
  readonly #moved: MovedAddresses;
  readonly #line: LineCheck;
  readonly #inspected = new Map<string, { atMs: number; cause: Promise<Cause> }>();

  constructor(options: EgressOptions) {
    this.#dispatcher = createDispatcher(options, FETCH_LIMITS);
    this.#viaProxy = options.proxy !== undefined;
    this.#now = options.now ?? Date.now;
    this.#moved = new MovedAddresses(options.moves);
    // Behind a proxy no other server can be asked for a bare connection.
    this.#line = new LineCheck(this.#viaProxy ? [] : (options.others ?? []));
  }

  async fetch(url: string, init: FetchInit): Promise<FetchOutcome> {
    const target = this.#moved.targetOf(url);
    const first = await this.#follow(target ?? url, init);
    if (isGood(first) || isAborted(first)) return first;
    if (target !== null) {
      const again = await this.#follow(url, init);
      if (isGood(again)) {
        this.#moved.forget(url);
        return this.#instead(first, again);
      }
      await discard(again);
    }
    if (first.ok) return first;
    const moved = this.#moved.sameOnNewServer(url);
    if (moved === null || moved === target) return first;
    const there = await this.#follow(moved, init);
    if (!isGood(there)) {
      await discard(there);
      return first;
    }
    this.#moved.note(url, moved);
    return there;
  }

  stop(): Promise<void> {
    return this.#dispatcher.destroy();
  }

  async #instead(first: FetchOutcome, better: FetchOutcome): Promise<FetchOutcome> {
    await discard(first);
    return better;
  }

  async #follow(asked: string, init: FetchInit): Promise<FetchOutcome> {
    let url = asked;
    /** The address behind the permanent redirects so far; later ones may be temporary. */
    let settled = asked;
    let permanent = true;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      let response: Response;
      try {
        response = await this.#ask(url, init);
      } catch (error) {
        return this.#failure(url, error, init.signal);
      }
      this.#cookies.note(url, response.headers, this.#now());
      this.#line.noteAnswer(url);
      const next = REDIRECTS.has(response.status) ? addressOf(response.headers.get('location'), url) : null;
      if (next === null) {
        if (response.ok && settled !== asked) this.#moved.note(asked, settled);
        return { ok: true, response, url };
      }
      await response.body?.cancel().catch(() => undefined);
      permanent &&= PERMANENT.has(response.status);
      url = next;
      if (permanent) settled = next;
    }
    return { ok: false, cause: 'redirect_loop', whose: 'server', aborted: false };
  }

  #ask(url: string, init: FetchInit): Promise<Response> {
    const cookie = this.#cookies.headerFor(url, this.#now());
    const headers = { ...init.headers, ...(cookie === null ? {} : { cookie }) };
    return undiciFetch(url, { ...init, headers, dispatcher: this.#dispatcher, redirect: 'manual' });
  }

  async #failure(url: string, error: unknown, signal: AbortSignal | undefined): Promise<FetchFailure> {
    if (signal?.aborted) return { ok: false, cause: 'no_answer', whose: 'unknown', aborted: true };
    let cause = causeOfError(readError(error), this.#viaProxy);
    if (cause.startsWith('certificate_') && !this.#viaProxy) cause = await this.#refine(new URL(url).origin, cause);
    return { ok: false, cause, whose: await this.#blame(cause, url), aborted: false };
  }

  async #blame(cause: Cause, url: string): Promise<Whose> {
    const whose = blame(cause, null);
    return whose === 'unknown' ? blame(cause, await this.#line.othersAnswer(url)) : whose;
  }

  #refine(origin: string, cause: Cause): Promise<Cause> {
    const key = `${origin} ${cause}`;
    const known = this.#inspected.get(key);
    const atMs = performance.now();
    if (known && atMs - known.atMs < INSPECT_EVERY_MS) return known.cause;
    const refined = inspectCertificate(origin).then((shown) => refineCertificateCause(cause, shown, this.#now()));
    this.#inspected.set(key, { atMs, cause: refined });
    return refined;
  }
}

function isGood(outcome: FetchOutcome): boolean {
  return outcome.ok && causeOfStatus(outcome.response.status) === null;
}

function isAborted(outcome: FetchOutcome): boolean {
  return !outcome.ok && outcome.aborted;
}

async function discard(outcome: FetchOutcome): Promise<void> {
  if (outcome.ok) await outcome.response.body?.cancel().catch(() => undefined);
}

function addressOf(location: string | null, base: string): string | null {
  if (location === null || !URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
