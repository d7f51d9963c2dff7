import type { ProvinceCheck, ProvinceReach } from '../../contract/api-report.ts';
import type { NetworkFailure } from './province-client.ts';
import { causeOfStatus, type Cause } from '../../shared/causes.ts';
import type { Transport, TransportAnswer } from './transport.ts';

/** A report that cannot exist: asking for it costs the province nothing and changes nothing. */
const NO_REPORT = '00000000-0000-4000-8000-000000000000';

/** What answers so knows no PUT. */
const BLOCKED = [405, 501];

/**
 * Tries the way to the province as a report would take it: name, proxy, TLS, HTTP, and whether what answers there is the
 * province's interface (a signed answer or a problem document, RFC 9457) or something in between. Never throws.
 */
export async function checkProvince(options: {
  transport: Transport;
  /** Base address from the session package. */
  endpoint: string;
  viaProxy: boolean;
  /** Milliseconds of a clock that only goes forward. */
  elapsed?: () => number;
  signal?: AbortSignal;
}): Promise<ProvinceCheck> {
  const elapsed = options.elapsed ?? (() => performance.now());
  const began = elapsed();
  const endpoint = options.endpoint.replace(/\/+$/, '');
  const answer = await options.transport.exchange({
    method: 'GET',
    url: `${endpoint}/v1/reports/${NO_REPORT}/status`,
    headers: { accept: 'application/jose, application/problem+json' },
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const reach = answer.ok ? reachOfAnswer(answer) : reachOfFailure(answer);
  // The province's interface answers the question with an error of its own: the way is open.
  const cause = answer.ok ? causeOfStatus(answer.status) : answer.cause;
  return {
    reach,
    cause: reach === 'ok' || reach === 'not_the_province' ? null : cause,
    host: new URL(endpoint).host,
    viaProxy: options.viaProxy,
    httpStatus: answer.ok ? answer.status : null,
    tookMs: Math.round(elapsed() - began),
  };
}

/**
 * Whether something on the way takes questions and refuses the method that reports use: a PUT without a body for a report that
 * cannot exist. The province answers it with a problem and stores nothing. Never throws.
 */
export async function isSendingBlocked(options: {
  transport: Transport;
  endpoint: string;
  signal?: AbortSignal;
}): Promise<boolean> {
  const answer = await options.transport.exchange({
    method: 'PUT',
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/reports/${NO_REPORT}/revisions/1`,
    headers: { 'content-type': 'application/jose', accept: 'application/jose, application/problem+json' },
    body: new Uint8Array(),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  // That nothing comes back is no refusal: it is tried again as every report is.
  if (!answer.ok) return answer.cause === 'reset';
  return BLOCKED.includes(answer.status) || reachOfAnswer(answer) === 'not_the_province';
}

/** The same words for a look at one report that failed. */
export function reachOfTry(failure: NetworkFailure, httpStatus: number | null): ProvinceReach {
  if (httpStatus === 407) return 'proxy_login';
  switch (failure) {
    case 'unreachable':
    case 'timeout':
    case 'busy':
    case 'server_error':
    case 'redirected':
      return failure;
    case 'no_receipt':
    case 'bad_receipt':
    case 'refused':
    case 'conflict':
      return 'not_the_province';
  }
}

function reachOfAnswer(answer: TransportAnswer & { ok: true }): ProvinceReach {
  const { status } = answer;
  if (status === 407) return 'proxy_login';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 429 || status === 503) return 'busy';
  if (status >= 500) return 'server_error';
  const type = (answer.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/problem+json' && status >= 400 ? 'ok' : 'not_the_province';
}

const REACHES: Partial<Record<Cause, ProvinceReach>> = {
  proxy_login: 'proxy_login',
  proxy_unreachable: 'proxy_failed',
  proxy_refused: 'proxy_failed',
  name_not_found: 'name_not_found',
  dns_unavailable: 'name_not_found',
  refused: 'refused',
  no_answer: 'timeout',
};

/** What the table of causes means for the province's way. */
function reachOfFailure(answer: TransportAnswer & { ok: false }): ProvinceReach {
  const { cause } = answer;
  if (cause === null || answer.error === 'timeout') return cause === 'proxy_unreachable' ? 'proxy_failed' : 'timeout';
  if (cause.startsWith('certificate_') || cause === 'tls_handshake' || cause === 'clock_wrong') return 'certificate';
  return REACHES[cause] ?? 'unreachable';
}
