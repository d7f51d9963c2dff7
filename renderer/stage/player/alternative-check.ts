import type { SegmentRequest } from './load-request.ts';
import { fetchOnce } from './http-request.ts';
import { readPlaylist, type MediaPlaylist, type Segment } from '../../../electron/shared/hls/read-playlist.ts';
import { GIVE_UP, REQUEST_LIMITS } from './policy.ts';
import { inspectSegment } from '../../../electron/shared/hls/segment-gate.ts';

/**
 * Tries another address before a failure is believed: with the whole line down every address fails, and giving up one segment
 * after another would throw away the programme; with one address at fault, patience would.
 */
export class AlternativeCheck {
  readonly #toTransportUrl: (url: string) => string;
  #alternatives: string[] = [];
  #view: MediaPlaylist | null = null;

  constructor(toTransportUrl: (url: string) => string) {
    this.#toTransportUrl = toTransportUrl;
  }

  /** SourceAddresses of all variants, where some are the same content twice. */
  recordAlternatives(urls: string[]): void {
    this.#alternatives = urls;
  }

  recordMain(view: MediaPlaylist): void {
    this.#view = view;
  }

  /** The same content can be had from another host right now. */
  async alternativeAnswers(url: string, signal: AbortSignal): Promise<boolean> {
    const { host } = new URL(url);
    const there = this.#alternatives.find((uri) => new URL(uri).host !== host);
    if (!there) return false;
    const reply = await this.#get(there, 'text', signal);
    if (reply === null) return false;
    const read = readPlaylist(reply.text, { url: reply.url });
    // Variables of its master cannot be known here; that it imports them shows that it lives.
    return read.ok || read.error === 'master_needed';
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
    const reply = await this.#get(next.url, 'bytes', signal, range);
    const rangeLength = range && range.end - range.start;
    return reply !== null && inspectSegment(reply.bytes, { encrypted: request.encrypted, rangeLength }) === null;
  }

  async #get(url: string, kind: 'text' | 'bytes', signal: AbortSignal, range: Segment['range'] = null) {
    const limits = { ...REQUEST_LIMITS.segment, firstByteMs: 3000, totalMs: 8000 };
    const spec = { url, transportUrl: this.#toTransportUrl(url), kind, headers: {}, range, limits };
    const reply = await fetchOnce(spec, signal, () => undefined);
    return reply.ok && reply.size > 0 ? reply : null;
  }
}
