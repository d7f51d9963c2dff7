import { getCACertificates, rootCertificates } from 'node:tls';
import { Agent, fetch as undiciFetch, ProxyAgent, type Dispatcher, type Response } from 'undici';

/** Time limits of one request towards the centre, milliseconds. */
export const FETCH_LIMITS = { connectMs: 5_000, headersMs: 6_000, bodyIdleMs: 10_000 } as const;

/** Why a request failed before an HTTP answer came. */
export type FetchFailure = 'refused' | 'reset' | 'timeout' | 'dns' | 'tls' | 'unreachable' | 'aborted';

export type FetchOutcome = { ok: true; response: Response } | { ok: false; failure: FetchFailure };

/** How requests leave the PC: proxy and private certificate authority come from the session package. */
export interface Egress {
  fetch(
    url: string,
    init: { method?: 'GET' | 'HEAD'; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<FetchOutcome>;
  stop(): Promise<void>;
}

export function createEgress(options: { proxy?: string; certificateAuthority?: string } = {}): Egress {
  // Added to the usual authorities, not in place of them: the centre has a public certificate.
  const tls = options.certificateAuthority
    ? { ca: [...rootCertificates, ...getCACertificates('system'), options.certificateAuthority] }
    : {};
  const limits = { headersTimeout: FETCH_LIMITS.headersMs, bodyTimeout: FETCH_LIMITS.bodyIdleMs };
  const dispatcher: Dispatcher = options.proxy
    ? new ProxyAgent({ uri: options.proxy, requestTls: tls, proxyTls: tls, ...limits })
    : new Agent({ connect: { ...tls, timeout: FETCH_LIMITS.connectMs }, ...limits });
  return {
    async fetch(url, init) {
      try {
        const response = await undiciFetch(url, { dispatcher, redirect: 'follow', ...init });
        return { ok: true, response };
      } catch (cause) {
        return { ok: false, failure: failureOf(cause) };
      }
    },
    stop: () => dispatcher.destroy(),
  };
}

/** Names a network error by its system code; undici hides it one or two causes deep. */
export function failureOf(cause: unknown): FetchFailure {
  for (let at: unknown = cause, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if (at.name === 'AbortError') return 'aborted';
    const code = 'code' in at ? String(at.code) : '';
    if (code === 'ECONNREFUSED') return 'refused';
    if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return 'reset';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
    if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH' || code === 'ENETDOWN') return 'unreachable';
    if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'timeout';
    if (
      code.startsWith('ERR_TLS') ||
      code.startsWith('ERR_SSL') ||
      code.includes('CERT') ||
      code.includes('SELF_SIGNED')
    )
      return 'tls';
  }
  return 'unreachable';
}
