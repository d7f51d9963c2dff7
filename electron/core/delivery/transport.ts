import { request, type Dispatcher } from 'undici';
import type { Cause } from '../../shared/causes.ts';
import { createDispatcher } from '../network/dispatcher.ts';
import { causeOfError, readError } from '../network/error-cause.ts';
import { inspectCertificate, refineCertificateCause } from '../network/inspect-certificate.ts';

/** How long each part of a try may take, and how long an answer may be. */
export interface TransportLimits {
  connectMs: number;
  /** From the request's last byte to the answer's first. */
  headersMs: number;
  /** Between two pieces of the answer. */
  bodyMs: number;
  /** The whole try; a venue's upload line may carry 200 kbit/s. */
  totalMs: number;
  /** A longer answer is cut off there and counts as too long. */
  answerBytes: number;
}

/** A certificate that was refused is looked at once more at most so often, ms. */
const INSPECT_EVERY_MS = 60_000;
/** Connections are not kept for long: reports are rare. */
const IDLE_MS = 4_000;

const DEFAULT_LIMITS: TransportLimits = {
  connectMs: 15_000,
  headersMs: 60_000,
  bodyMs: 30_000,
  totalMs: 300_000,
  answerBytes: 64 * 1024,
};

export interface TransportRequest {
  method: 'PUT' | 'GET';
  url: string;
  headers: Record<string, string>;
  body?: Uint8Array;
  signal?: AbortSignal;
}

export type TransportAnswer =
  | { ok: true; status: number; header(name: string): string | null; body: Uint8Array; truncated: boolean }
  /** `cause` is the name in the table of causes; null when the kiosk itself stopped. */
  | { ok: false; error: 'timeout' | 'unreachable' | 'stopped'; cause: Cause | null; detail: string };

/** One HTTP exchange. Never follows a redirect, never retries, never throws for what a network can do. */
export interface Transport {
  exchange(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}

/**
 * HTTP by undici. `certificateAuthority` is the PEM of a province's own authority, trusted in addition to the usual ones;
 * certificate checks are never switched off. `proxy` is an http(s) address, with credentials if it needs them.
 */
export function createTransport(
  options: {
    proxy?: string | undefined;
    certificateAuthority?: string | undefined;
    limits?: Partial<TransportLimits>;
    /** Wall clock, epoch ms. */
    now?: () => number;
  } = {},
): Transport {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const dispatcher = createDispatcher(options, { ...limits, idleMs: IDLE_MS });
  const viaProxy = options.proxy !== undefined;
  const refine = createRefiner(options.now ?? Date.now);
  return {
    exchange: async (wanted) => {
      const answer = await exchange(wanted, { dispatcher, limits, viaProxy });
      if (answer.ok || viaProxy || !answer.cause?.startsWith('certificate_')) return answer;
      return { ...answer, cause: await refine(new URL(wanted.url).origin, answer.cause) };
    },
    close: () => dispatcher.close(),
  };
}

/** Tells a wrong certificate from a wrong clock of this PC and from an antivirus that signs again, as the egress does. */
function createRefiner(now: () => number): (origin: string, cause: Cause) => Promise<Cause> {
  const known = new Map<string, { atMs: number; cause: Promise<Cause> }>();
  return (origin, cause) => {
    const key = `${origin} ${cause}`;
    const last = known.get(key);
    const atMs = performance.now();
    if (last && atMs - last.atMs < INSPECT_EVERY_MS) return last.cause;
    const refined = inspectCertificate(origin).then((shown) => refineCertificateCause(cause, shown, now()));
    known.set(key, { atMs, cause: refined });
    return refined;
  };
}

async function exchange(
  wanted: TransportRequest,
  { dispatcher, limits, viaProxy }: { dispatcher: Dispatcher; limits: TransportLimits; viaProxy: boolean },
): Promise<TransportAnswer> {
  const deadline = AbortSignal.timeout(limits.totalMs);
  const signal = wanted.signal ? AbortSignal.any([deadline, wanted.signal]) : deadline;
  try {
    const answer = await request(wanted.url, {
      method: wanted.method,
      headers: wanted.headers,
      body: wanted.body ?? null,
      dispatcher,
      signal,
    });
    const { body, truncated } = await readBody(answer.body, limits.answerBytes);
    return {
      ok: true,
      status: answer.statusCode,
      header: (name) => firstOf(answer.headers[name.toLowerCase()]),
      body,
      truncated,
    };
  } catch (cause) {
    if (wanted.signal?.aborted) return { ok: false, error: 'stopped', cause: null, detail: 'stopped by the kiosk' };
    const detail = describe(cause);
    const timedOut = deadline.aborted || /_TIMEOUT|ETIMEDOUT/.test(detail);
    const named = deadline.aborted ? 'no_answer' : causeOfError(readError(cause), viaProxy);
    return { ok: false, error: timedOut ? 'timeout' : 'unreachable', cause: named, detail };
  }
}

async function readBody(
  stream: AsyncIterable<Buffer>,
  limit: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop destroys the stream, and with it the rest of an endless answer.
  for await (const part of stream) {
    length += part.length;
    if (length > limit) return { body: new Uint8Array(), truncated: true };
    parts.push(part);
  }
  return { body: Buffer.concat(parts), truncated: false };
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code} ` : '';
  const inner = cause.cause instanceof Error ? ` (${describe(cause.cause)})` : '';
  return `${code}${cause.message}${inner}`;
}
