import { fetchFresh, fetchOnce, type HttpFailure, type HttpReply, type RequestSpec } from './http-request.ts';

/** Second requests under way in this window. A browser keeps six connections to a host, and the window needs some for itself. */
let hedges = 0;
const MAX_HEDGES = 1;
/** A second request that failed at once is not sent again before this. */
const EAGER_PAUSE_MS = 1000;

/**
 * Fetches once, patiently, and a second time in parallel when the first hangs: a connection that hung since before the
 * service returned would otherwise cost its whole time-out. The first good answer wins. Never rejects.
 */
export function fetchHedged(spec: RequestSpec, signal: AbortSignal): Promise<HttpReply | HttpFailure> {
  return new Promise((resolve) => {
    const { hedgeAfterMs } = spec.limits;
    let done = false;
    let patientMiss: HttpFailure | null = null;
    const inner = new AbortController();
    let eager: AbortController | null = null;
    let eagerMovedAt = 0;
    let hangReportedAt = 0;
    const finish = (answer: HttpReply | HttpFailure) => {
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
    const onAbort = () => finish({ ok: false, cause: 'no_answer', status: 0, text: 'aborted' });
    const movement = { at: performance.now(), bytes: 0 };
    void fetchOnce(spec, inner.signal, (loaded, total) => {
      if (loaded - movement.bytes >= spec.limits.floorBytes || loaded === total) {
        movement.at = performance.now();
        movement.bytes = loaded;
      }
      spec.onProgress?.(loaded, total);
    }).then((answer) => {
      // A bad answer is an answer: only silence is worth waiting for the other request.
      if (answer.ok || !eager || answer.cause !== 'no_answer') finish(answer);
      else patientMiss = answer;
    });
    const startEager = () => {
      if (performance.now() - hangReportedAt > hedgeAfterMs) {
        hangReportedAt = performance.now();
        spec.onHang?.();
      }
      if (eager) eager.abort();
      else if (hedges < MAX_HEDGES) hedges++;
      else return;
      const mine = new AbortController();
      eager = mine;
      eagerMovedAt = performance.now();
      let bytes = 0;
      void fetchFresh(spec, mine.signal, (loaded) => {
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
