import type { Egress } from '../network/egress.ts';
import { ASKING_ORIGIN, type AnswerHeaders } from './stream-advice.ts';

/** Thousands of venues ask: each at most so often, ms, and up to twice as seldom by chance, so that they do not ask in step. */
const EVERY_MS = 60_000;
const LIMIT_MS = 10_000;
/** HEAD is not served here; a GET for one byte is. */
const REFUSED = [405, 501];

/** Headers of an answer that the advice reads. */
export function readHeaders(response: {
  status: number;
  headers: { get(name: string): string | null };
}): AnswerHeaders {
  return {
    status: response.status,
    cors: response.headers.get('access-control-allow-origin'),
    encoding: response.headers.get('content-encoding'),
    cacheControl: response.headers.get('cache-control'),
    date: response.headers.get('date'),
  };
}

/** Asks now and then whether a listed segment can be fetched already, without fetching it. */
export class SegmentCheck {
  readonly #egress: Egress;
  readonly #random: () => number;
  /** Moment of the next check on the monotonic clock, ms; null before the first list. */
  #dueAtMs: number | null = null;
  /** Servers that refuse HEAD. */
  readonly #headless = new Set<string>();

  constructor(egress: Egress, random: () => number) {
    this.#egress = egress;
    this.#random = random;
  }

  /** Takes the turn when a check is due at `nowMs` of the monotonic clock. */
  takeTurn(nowMs: number): boolean {
    this.#dueAtMs ??= nowMs + this.#random() * EVERY_MS;
    if (nowMs < this.#dueAtMs) return false;
    this.#dueAtMs = nowMs + EVERY_MS * (1 + this.#random());
    return true;
  }

  /** What the server says of the segment; null when no answer came. */
  async ask(url: string, signal: AbortSignal): Promise<AnswerHeaders | null> {
    const { host } = new URL(url);
    if (!this.#headless.has(host)) {
      const answer = await this.#request(url, 'HEAD', signal);
      if (!answer || !REFUSED.includes(answer.status)) return answer;
      this.#headless.add(host);
    }
    return this.#request(url, 'GET', signal);
  }

  async #request(url: string, method: 'HEAD' | 'GET', signal: AbortSignal): Promise<AnswerHeaders | null> {
    const outcome = await this.#egress.fetch(url, {
      method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      headers: { origin: ASKING_ORIGIN, ...(method === 'GET' ? { range: 'bytes=0-0' } : {}) },
    });
    if (!outcome.ok) return null;
    // A server that knows no ranges sends the whole segment; it is not wanted.
    await outcome.response.body?.cancel().catch(() => undefined);
    return readHeaders(outcome.response);
  }
}
