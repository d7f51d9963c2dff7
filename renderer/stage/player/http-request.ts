import { nameRequest } from '../../client/give-up.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import { readFailure, type Failure } from './failure.ts';
import type { RequestLimits } from './policy.ts';

export interface RequestSpec {
  /** Address in the stream's own space. */
  url: string;
  /** Where it is really fetched. */
  transportUrl: string;
  kind: 'text' | 'bytes';
  headers: Record<string, string>;
  range: { start: number; end: number } | null;
  limits: RequestLimits;
  onProgress?: (loaded: number, total: number) => void;
  /** The first request hangs and a second one is sent; again with each further one. */
  onHang?: () => void;
}

export interface HttpReply {
  ok: true;
  status: number;
  /** Address after redirects, in the stream's own space. */
  url: string;
  text: string;
  bytes: ArrayBuffer;
  startedAt: number;
  firstByteAt: number;
  endedAt: number;
  size: number;
  /** A response header, null when absent. */
  header: (name: string) => string | null;
  /** For hls.js's events. */
  details: XMLHttpRequest | Response;
}
export type HttpFailure = { ok: false } & Failure;

/** One XMLHttpRequest with three time limits: first byte, stalled body, whole. Never rejects. */
export function fetchOnce(
  spec: RequestSpec,
  signal: AbortSignal,
  onProgress: (loaded: number, total: number) => void,
): Promise<HttpReply | HttpFailure> {
  return new Promise((resolve) => {
    const { limits } = spec;
    const startedAt = performance.now();
    const xhr = new XMLHttpRequest();
    const request = nameRequest();
    let firstByteAt = 0;
    let settled = false;
    const finish = (answer: HttpReply | HttpFailure) => {
      if (settled) return;
      settled = true;
      clearTimeout(firstByteTimer);
      clearTimeout(totalTimer);
      signal.removeEventListener('abort', onAbort);
      if (xhr.readyState === 1) request.abandon();
      if (xhr.readyState !== 4) xhr.abort();
      resolve(answer);
    };
    const miss = (failure: Pick<Failure, 'cause' | 'whose'>, text: string) =>
      finish({ ok: false, ...failure, status: xhr.status, text });
    const onAbort = () => miss({ cause: 'no_answer' }, 'aborted');
    const firstByteTimer = setTimeout(() => miss({ cause: 'no_answer' }, 'no first byte'), limits.firstByteMs);
    const totalTimer = setTimeout(
      () => miss({ cause: firstByteAt ? 'slow_line' : 'no_answer' }, 'took too long'),
      limits.totalMs,
    );
    xhr.addEventListener('readystatechange', () => {
      if (settled || xhr.readyState < 2 || firstByteAt) return;
      firstByteAt = performance.now();
      clearTimeout(firstByteTimer);
      onProgress(1, 0);
    });
    xhr.addEventListener('progress', (event) => {
      if (!settled) onProgress(event.loaded, event.lengthComputable ? event.total : 0);
    });
    xhr.addEventListener('error', () => miss({ cause: silentFailure(spec) }, 'request failed'));
    xhr.addEventListener('load', () => {
      if (settled) return;
      const { status } = xhr;
      if (status < 200 || status >= 300) {
        const read = (name: string) => readHeader(xhr, name);
        miss(readFailure(status, read), `HTTP ${status}`);
        return;
      }
      const header = (name: string) => readHeader(xhr, name);
      const body =
        spec.kind === 'text' ? xhr.responseText : ((xhr.response as ArrayBuffer | null) ?? new ArrayBuffer(0));
      finish(buildReply(spec, { status, body, url: xhr.responseURL, startedAt, firstByteAt, header, details: xhr }));
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) {
      onAbort();
      return;
    }
    xhr.open('GET', spec.transportUrl, true);
    xhr.responseType = spec.kind === 'text' ? 'text' : 'arraybuffer';
    for (const [name, value] of Object.entries({ ...spec.headers, ...rangeHeader(spec), ...request.headers }))
      xhr.setRequestHeader(name, value);
    xhr.send();
  });
}

/**
 * The same by `fetch`, past the browser's cache: there a second request for an address waits for the first one, which
 * is the very one that hangs.
 */
export async function fetchFresh(
  spec: RequestSpec,
  signal: AbortSignal,
  onProgress: (loaded: number, total: number) => void,
): Promise<HttpReply | HttpFailure> {
  const startedAt = performance.now();
  const request = nameRequest();
  const headers = { ...spec.headers, ...rangeHeader(spec), ...request.headers };
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(spec.limits.totalMs)]);
    limit.addEventListener('abort', request.abandon, { once: true });
    const response = await fetch(spec.transportUrl, { cache: 'no-store', headers, signal: limit });
    limit.removeEventListener('abort', request.abandon);
    const firstByteAt = performance.now();
    const { status } = response;
    const header = (name: string) => response.headers.get(name);
    if (!response.ok) return { ok: false, ...readFailure(status, header), status, text: `HTTP ${status}` };
    onProgress(1, 0);
    const bytes = await readBody(response, onProgress);
    const body = spec.kind === 'text' ? new TextDecoder().decode(bytes) : bytes;
    return buildReply(spec, { status, body, url: response.url, startedAt, firstByteAt, header, details: response });
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return { ok: false, cause: timedOut ? 'no_answer' : silentFailure(spec), status: 0, text: 'request failed' };
  }
}

async function readBody(response: Response, onProgress: (loaded: number, total: number) => void): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    chunks.push(part.value);
    loaded += part.value.byteLength;
    onProgress(loaded, 0);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}

interface Answer {
  status: number;
  body: string | ArrayBuffer;
  url: string;
  startedAt: number;
  firstByteAt: number;
  header: (name: string) => string | null;
  details: XMLHttpRequest | Response;
}

function buildReply(spec: RequestSpec, answer: Answer): HttpReply {
  const { body, range } = { body: answer.body, range: spec.range };
  const text = typeof body === 'string' ? body : '';
  let bytes = typeof body === 'string' ? new ArrayBuffer(0) : body;
  // A server that ignores Range sends the whole file: the wanted part is cut out here.
  if (range && answer.status === 200 && bytes.byteLength > range.end - range.start)
    bytes = bytes.slice(range.start, range.end);
  const endedAt = performance.now();
  return {
    ok: true,
    status: answer.status,
    // Through a relay the browser knows only the relay's address; the relay says where it ended up.
    url: answer.header('x-final-url') ?? (spec.transportUrl === spec.url ? answer.url || spec.url : spec.url),
    text,
    bytes,
    startedAt: answer.startedAt,
    firstByteAt: answer.firstByteAt || endedAt,
    endedAt,
    size: typeof body === 'string' ? body.length : bytes.byteLength,
    header: answer.header,
    details: answer.details,
  };
}

function rangeHeader(spec: RequestSpec): Record<string, string> {
  return spec.range ? { Range: `bytes=${spec.range.start}-${spec.range.end - 1}` } : {};
}

/** No answer at all: through the relay on this PC that is the relay itself, else the network. */
function silentFailure(spec: RequestSpec): Cause {
  if (spec.transportUrl !== spec.url) return 'relay';
  return navigator.onLine ? 'no_connection' : 'offline';
}

/** Reads a header without the console noise that a forbidden one makes across origins. */
function readHeader(xhr: XMLHttpRequest, name: string): string | null {
  return new RegExp(`^${name}:`, 'im').test(xhr.getAllResponseHeaders()) ? xhr.getResponseHeader(name) : null;
}
