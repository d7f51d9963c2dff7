import { createHash } from 'node:crypto';
import type { PublicJwk } from '../../contract/common.ts';
import type { DeliveryFailure } from '../../contract/delivery.ts';
import type { Receipt, ReportReturn } from '../../contract/report.ts';
import type { SittingStatement } from '../../contract/sitting.ts';
import { causeOfStatus, type Cause } from '../../shared/causes.ts';
import { verifyReceipt, verifyReturn, verifySittingStatement } from './receipts.ts';
import type { StatementSubject } from './receipts.ts';
import { parseRetryAfter } from './schedule.ts';
import type { Transport, TransportAnswer } from './transport.ts';

/** One sealed revision on its way. */
export interface SendRequest {
  /** Base address from the session package. */
  endpoint: string;
  reportId: string;
  revision: number;
  bytes: Uint8Array;
  /** SHA-256 of `bytes`, hex. */
  sha256: string;
}

export interface ClientDeps {
  transport: Transport;
  /** The pinned current and next keys of the province. */
  receiptKeys: readonly PublicJwk[];
  /** Epoch ms; for `Retry-After` dates. */
  now(): number;
  signal?: AbortSignal;
}

/** What can go wrong on the way to the province and there. */
export type NetworkFailure = Exclude<DeliveryFailure, 'damaged'>;

export interface TryFailed {
  ok: false;
  failure: NetworkFailure;
  /** Why, by the table of causes; null where the failure says it all. */
  cause: Cause | null;
  /** Null when no answer came. */
  httpStatus: number | null;
  /** Milliseconds the province asked us to wait, or null. */
  retryAfterMs: number | null;
  /** For the log; never shown in the hall. */
  detail: string;
}

export type TryOutcome =
  | { ok: true; httpStatus: 200 | 201; receipt: Receipt; receiptJws: string }
  | TryFailed
  | { ok: false; stopped: true };

export type ReturnCheck =
  | { ok: true; returned: { notice: ReportReturn; noticeJws: string } | null }
  | TryFailed
  | { ok: false; stopped: true };

/** `statement` is null when the province has no such address. `retryAfterMs` as in `TryFailed`: a good answer may carry it too. */
export type SittingAnswer =
  | { ok: true; statement: SittingStatement | null; retryAfterMs: number | null }
  | TryFailed
  | { ok: false; stopped: true };

/**
 * One try to hand a sealed revision to the province. It succeeds only on 200 or 201 with a receipt that verifies
 * against a pinned key and repeats our report, revision and digest: a captive portal says 200 too.
 */
export async function sendOnce(request: SendRequest, deps: ClientDeps): Promise<TryOutcome> {
  const answer = await deps.transport.exchange({
    method: 'PUT',
    url: `${reportUrl(request.endpoint, request.reportId)}/revisions/${request.revision}`,
    headers: {
      'content-type': 'application/jose',
      'content-digest': contentDigest(request.bytes),
      accept: 'application/jose, application/problem+json',
    },
    body: request.bytes,
    ...(deps.signal ? { signal: deps.signal } : {}),
  });
  if (!answer.ok) return lost(answer);
  if (answer.status !== 200 && answer.status !== 201) return refused(answer, deps.now());
  const jws = compactText(answer);
  if (jws === null) return failed('no_receipt', answer, deps.now(), 'the answer holds no receipt');
  const verified = await verifyReceipt(jws, request, deps.receiptKeys);
  if (!verified.ok) return failed('bad_receipt', answer, deps.now(), `${verified.error}: ${verified.detail}`);
  return { ok: true, httpStatus: answer.status, receipt: verified.value, receiptJws: jws };
}

/** Asks whether the province sent a delivered report back. Only a signed notice counts. */
export async function checkReturn(
  request: { endpoint: string; reportId: string },
  deps: ClientDeps,
): Promise<ReturnCheck> {
  const answer = await deps.transport.exchange({
    method: 'GET',
    url: `${reportUrl(request.endpoint, request.reportId)}/status`,
    headers: { accept: 'application/jose, application/problem+json' },
    ...(deps.signal ? { signal: deps.signal } : {}),
  });
  if (!answer.ok) return lost(answer);
  if (answer.status === 204) return { ok: true, returned: null };
  if (answer.status !== 200) return refused(answer, deps.now());
  const jws = compactText(answer);
  if (jws === null) return failed('no_receipt', answer, deps.now(), 'the answer holds no notice');
  const verified = await verifyReturn(jws, request.reportId, deps.receiptKeys);
  if (!verified.ok) return failed('bad_receipt', answer, deps.now(), `${verified.error}: ${verified.detail}`);
  return { ok: true, returned: { notice: verified.value, noticeJws: jws } };
}

/** Asks what the province says of a sitting. Only a signed statement about this very sitting counts. */
export async function askSitting(
  request: { endpoint: string } & StatementSubject,
  deps: ClientDeps,
): Promise<SittingAnswer> {
  const { conferenceId, sittingId } = request;
  const answer = await deps.transport.exchange({
    method: 'GET',
    url: `${baseOf(request.endpoint)}/v1/conferences/${encodeURIComponent(conferenceId)}/sittings/${encodeURIComponent(sittingId)}`,
    headers: { accept: 'application/jose, application/problem+json' },
    ...(deps.signal ? { signal: deps.signal } : {}),
  });
  if (!answer.ok) return lost(answer);
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'), deps.now());
  if (answer.status === 404) return { ok: true, statement: null, retryAfterMs };
  if (answer.status !== 200) return refused(answer, deps.now());
  const jws = compactText(answer);
  if (jws === null) return failed('no_receipt', answer, deps.now(), 'the answer holds no statement');
  const verified = await verifySittingStatement(jws, request, deps.receiptKeys);
  if (!verified.ok) return failed('bad_receipt', answer, deps.now(), `${verified.error}: ${verified.detail}`);
  return { ok: true, statement: verified.value, retryAfterMs };
}

/** `Content-Digest` (RFC 9530) with SHA-256. */
export function contentDigest(bytes: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
}

function reportUrl(endpoint: string, reportId: string): string {
  return `${baseOf(endpoint)}/v1/reports/${encodeURIComponent(reportId)}`;
}

function baseOf(endpoint: string): string {
  return endpoint.replace(/\/+$/, '');
}

/** The answer as a compact JWS, or null when it cannot be one. The media type is not asked: proxies rewrite it. */
function compactText(answer: TransportAnswer & { ok: true }): string | null {
  if (answer.truncated) return null;
  const text = Buffer.from(answer.body).toString('latin1').trim();
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(text) ? text : null;
}

function lost(answer: TransportAnswer & { ok: false }): TryFailed | { ok: false; stopped: true } {
  if (answer.error === 'stopped') return { ok: false, stopped: true };
  const { error: failure, cause } = answer;
  return { ok: false, failure, cause, httpStatus: null, retryAfterMs: null, detail: answer.detail };
}

function refused(answer: TransportAnswer & { ok: true }, now: number): TryFailed {
  const failure = failureOf(answer.status);
  return failed(failure, answer, now, Buffer.from(answer.body).toString('utf8').slice(0, 300));
}

function failed(
  failure: NetworkFailure,
  answer: TransportAnswer & { ok: true },
  now: number,
  detail: string,
): TryFailed {
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'), now);
  return { ok: false, failure, cause: causeOnTheWay(answer.status), httpStatus: answer.status, retryAfterMs, detail };
}

/** What the status says of the way to the province. Of what the province itself says of a report, the failure is the word. */
function causeOnTheWay(status: number): Cause | null {
  const cause = causeOfStatus(status);
  return cause !== null && ON_THE_WAY.has(cause) ? cause : null;
}

const ON_THE_WAY: ReadonlySet<Cause> = new Set<Cause>([
  'redirect_loop',
  'proxy_login',
  'portal',
  'busy',
  'no_answer',
  'server_error',
]);

function failureOf(status: number): NetworkFailure {
  if (status === 409) return 'conflict';
  if (status === 429 || status === 503) return 'busy';
  if (status === 408) return 'timeout';
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'refused';
  if (status >= 300) return 'redirected';
  return 'no_receipt';
}
