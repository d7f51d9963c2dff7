import type { SegmentRequest } from './load-request.ts';
import { fetchOnce } from './http-request.ts';
import { parsePlaylist, type MediaView, type SegmentView } from './playlist-view.ts';
import { GIVE_UP, REQUEST_LIMITS } from './policy.ts';
import { inspectSegment } from './segment-gate.ts';

/**
 * Tries another address before a failure is believed: with the whole line down every address fails, and giving up one segment
 * after another would throw away the programme; with one address at fault, patience would.
 */
export class AlternativeCheck {
  readonly #toTransportUrl: (url: string) => string;
  #alternatives: string[] = [];
  #view: MediaView | null = null;
  #base = '';

  constructor(toTransportUrl: (url: string) => string) {
    this.#toTransportUrl = toTransportUrl;
  }

  /** SourceAddresses of all variants, where some are the same content twice. */
  recordAlternatives(urls: string[]): void {
    this.#alternatives = urls;
  }

  recordMain(view: MediaView, base: string): void {
    this.#view = view;
    this.#base = base;
  }

  /** The same content can be had from another host right now. */
  async alternativeAnswers(url: string, signal: AbortSignal): Promise<boolean> {
    const { host } = new URL(url);
    const there = this.#alternatives.find((uri) => new URL(uri).host !== host);
    if (!there) return false;
    const text = await this.#get(there, 'text', signal);
    return text !== null && parsePlaylist(text.text).ok;
  }

  /** A segment fails for long and the one after it is there: then the segment is at fault. */
  async nextSegmentAnswers(
    request: SegmentRequest,
    tries: number,
    elapsedMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const view = this.#view;
    if (!view || request.sn === null || elapsedMs < GIVE_UP.askNextAfterMs || tries % 4 !== 0) return false;
    const next = view.segments[request.sn + 1 - view.startSn];
    if (!next) return false;
    const { range } = next;
    const reply = await this.#get(new URL(next.uri, this.#base).href, 'bytes', signal, range);
    const rangeLength = range && range.end - range.start;
    return reply !== null && inspectSegment(reply.bytes, { encrypted: request.encrypted, rangeLength }) === null;
  }

  async #get(url: string, kind: 'text' | 'bytes', signal: AbortSignal, range: SegmentView['range'] = null) {
    const limits = { ...REQUEST_LIMITS.segment, firstByteMs: 3000, totalMs: 8000 };
    const spec = { url, transportUrl: this.#toTransportUrl(url), kind, headers: {}, range, limits };
    const reply = await fetchOnce(spec, signal, () => undefined);
    return reply.ok && reply.size > 0 ? reply : null;
  }
}
