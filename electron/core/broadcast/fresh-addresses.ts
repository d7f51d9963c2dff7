import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { HttpUrl } from '../../contract/common.ts';
import type { StreamSource } from '../../contract/session-package.ts';
import { readText } from '../network/body.ts';
import type { Egress } from '../network/egress.ts';

/** How fresh addresses are asked for, milliseconds. */
export const FRESH_POLICY = {
  /** A source's address is not asked for more often than this, whoever wants it. */
  everyMs: 5_000,
  /** Tokens of all venues run out in the same second: each asks a random part of this later. */
  spreadMs: 2_000,
  timeoutMs: 8_000,
  longestAnswer: 16_384,
} as const;

/** What `refreshUrl` answers. */
const FreshAddress = z.object({ url: HttpUrl });

/**
 * Present addresses of a sitting's sources. An address with a token that ran out is replaced by the one that the source's
 * `refreshUrl` gives; stage and watcher share it, so that one request serves both.
 */
export class FreshAddresses {
  readonly #sources: readonly StreamSource[];
  readonly #egress: Egress;
  readonly #random: () => number;
  readonly #abort = new AbortController();
  readonly #fresh = new Map<string, string>();
  readonly #asked = new Map<string, { at: number; answer: Promise<string | null> }>();

  constructor(options: { sources: readonly StreamSource[]; egress: Egress; random?: () => number }) {
    this.#sources = options.sources;
    this.#egress = options.egress;
    this.#random = options.random ?? Math.random;
  }

  /** The address to use now. */
  of(source: StreamSource): string {
    return this.#fresh.get(source.id) ?? source.url;
  }

  /** Asks for a fresh address; null when the source has no `refreshUrl` or there is no good answer. Never rejects. */
  renew(sourceId: string): Promise<string | null> {
    const refreshUrl = this.#sources.find((s) => s.id === sourceId)?.refreshUrl;
    if (!refreshUrl) return Promise.resolve(null);
    const asked = this.#asked.get(sourceId);
    if (asked && performance.now() - asked.at < FRESH_POLICY.everyMs) return asked.answer;
    const answer = this.#ask(sourceId, refreshUrl);
    this.#asked.set(sourceId, { at: performance.now(), answer });
    return answer;
  }

  stop(): void {
    this.#abort.abort();
  }

  async #ask(sourceId: string, refreshUrl: string): Promise<string | null> {
    try {
      await sleep(this.#random() * FRESH_POLICY.spreadMs, undefined, { signal: this.#abort.signal });
      const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(FRESH_POLICY.timeoutMs)]);
      const outcome = await this.#egress.fetch(refreshUrl, { signal, headers: { accept: 'application/json' } });
      if (!outcome.ok) return null;
      if (!outcome.response.ok) return null;
      const text = await readText(outcome.response, FRESH_POLICY.longestAnswer);
      const parsed = FreshAddress.safeParse(JSON.parse(text));
      if (!parsed.success) return null;
      this.#fresh.set(sourceId, parsed.data.url);
      return parsed.data.url;
    } catch {
      return null;
    }
  }
}
