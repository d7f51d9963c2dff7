import { classifyStatus, type Failure } from './failure.ts';
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

export interface Reply {
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
  xhr: XMLHttpRequest;
}
export type Miss = { ok: false } & Failure;

const EMPTY = new ArrayBuffer(0);

/** Second requests under way in this window. A browser keeps six connections to a host, and the window needs some for itself. */
let hedges = 0;
const MAX_HEDGES = 1;
/** A second request that failed at once is not sent again before this. */
const EAGER_PAUSE_MS = 1000;

/**
 * Fetches once, patiently, and beside it a second time when the first hangs: a connection that hung since before the
 * service returned would otherwise cost its whole time-out. The first good answer wins. Never rejects.
 */
export function fetchHedged(spec: RequestSpec, signal: AbortSignal): Promise<Reply | Miss> {
  return new Promise((resolve) => {
    const { hedgeAfterMs } = spec.limits;
    let done = false;
    let patientMiss: Miss | null = null;
    const inner = new AbortController();
    let eager: AbortController | null = null;
    let eagerMovedAt = 0;
    let hangToldAt = 0;
    const finish = (answer: Reply | Miss) => {
      if (done) return;
      done = true;
      clearInterval(timer);
      signal.removeEventListener('abort', onAbort);
      if (eager) hedges--;
      eager?.abort();
      eager = null;
      inner.abort();
      resolve(answer);
    };
    const onAbort = () => finish({ ok: false, kind: 'network', status: 0, text: 'aborted' });
    const movement = { at: performance.now(), bytes: 0 };
    void fetchOnce(spec, inner.signal, (loaded, total) => {
      if (loaded - movement.bytes >= spec.limits.floorBytes || loaded === total) {
        movement.at = performance.now();
        movement.bytes = loaded;
      }
      spec.onProgress?.(loaded, total);
    }).then((answer) => {
      // A bad answer is an answer: only silence is worth waiting for the other request.
      if (answer.ok || !eager || answer.kind !== 'timeout') finish(answer);
      else patientMiss = answer;
    });
    const startEager = () => {
      if (performance.now() - hangToldAt > hedgeAfterMs) {
        hangToldAt = performance.now();
        spec.onHang?.();
      }
      if (eager) eager.abort();
      else if (hedges < MAX_HEDGES) hedges++;
      else return;
      const mine = new AbortController();
      eager = mine;
      eagerMovedAt = performance.now();
      let bytes = 0;
      void fetchOnce(spec, mine.signal, (loaded) => {
        if (loaded - bytes < spec.limits.floorBytes) return;
        bytes = loaded;
        eagerMovedAt = performance.now();
      }).then((answer) => {
        if (eager !== mine) return;
        if (answer.ok) finish(answer);
        else {
          eager = null;
          hedges--;
          if (patientMiss) finish(patientMiss);
        }
      });
    };
    const timer = setInterval(() => {
      const now = performance.now();
      if (now - movement.at < hedgeAfterMs) return;
      if (now - eagerMovedAt > (eager ? hedgeAfterMs : EAGER_PAUSE_MS)) startEager();
    }, 250);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

/** One XMLHttpRequest with three time limits: first byte, stalled body, whole. Never rejects. */
export function fetchOnce(
  spec: RequestSpec,
  signal: AbortSignal,
  onProgress: (loaded: number, total: number) => void,
): Promise<Reply | Miss> {
  return new Promise((resolve) => {
    const { limits } = spec;
    const startedAt = performance.now();
    const xhr = new XMLHttpRequest();
    let firstByteAt = 0;
    let settled = false;
    const finish = (answer: Reply | Miss) => {
      if (settled) return;
      settled = true;
      clearTimeout(firstByteTimer);
      clearTimeout(totalTimer);
      signal.removeEventListener('abort', onAbort);
      if (xhr.readyState !== 4) xhr.abort();
      resolve(answer);
    };
    const miss = (kind: Failure['kind'], text: string) => finish({ ok: false, kind, status: xhr.status, text });
    const onAbort = () => miss('network', 'aborted');
    const firstByteTimer = setTimeout(() => miss('timeout', 'no first byte'), limits.firstByteMs);
    const totalTimer = setTimeout(() => miss('timeout', 'took too long'), limits.totalMs);
    xhr.addEventListener('readystatechange', () => {
      if (settled || xhr.readyState < 2 || firstByteAt) return;
      firstByteAt = performance.now();
      clearTimeout(firstByteTimer);
      onProgress(1, 0);
    });
    xhr.addEventListener('progress', (event) => {
      if (!settled) onProgress(event.loaded, event.lengthComputable ? event.total : 0);
    });
    xhr.addEventListener('error', () => miss(navigator.onLine ? 'network' : 'offline', 'request failed'));
    xhr.addEventListener('load', () => {
      if (settled) return;
      const { status } = xhr;
      if (status < 200 || status >= 300) {
        miss(classifyStatus(status, readHeader(xhr, 'x-relay-failure')), `HTTP ${status}`);
        return;
      }
      const text = spec.kind === 'text' ? xhr.responseText : '';
      let bytes = spec.kind === 'bytes' ? ((xhr.response as ArrayBuffer | null) ?? EMPTY) : EMPTY;
      // A server that ignores Range sends the whole file: the wanted part is cut out here.
      if (spec.range && status === 200 && bytes.byteLength > spec.range.end - spec.range.start)
        bytes = bytes.slice(spec.range.start, spec.range.end);
      const url = readHeader(xhr, 'x-final-url') ?? (spec.transportUrl === spec.url ? xhr.responseURL : '');
      const endedAt = performance.now();
      const size = spec.kind === 'text' ? text.length : bytes.byteLength;
      finish({
        ok: true,
        status,
        url: url || spec.url,
        text,
        bytes,
        startedAt,
        firstByteAt: firstByteAt || endedAt,
        endedAt,
        size,
        xhr,
      });
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) {
      onAbort();
      return;
    }
    xhr.open('GET', spec.transportUrl, true);
    xhr.responseType = spec.kind === 'text' ? 'text' : 'arraybuffer';
    for (const [name, value] of Object.entries(spec.headers)) xhr.setRequestHeader(name, value);
    if (spec.range) xhr.setRequestHeader('Range', `bytes=${spec.range.start}-${spec.range.end - 1}`);
    xhr.send();
  });
}

/** Reads a header without the console noise that a forbidden one makes across origins. */
function readHeader(xhr: XMLHttpRequest, name: string): string | null {
  return new RegExp(`^${name}:`, 'im').test(xhr.getAllResponseHeaders()) ? xhr.getResponseHeader(name) : null;
}
