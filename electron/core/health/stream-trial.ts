import { causeOfStatus, type Cause } from '../../shared/causes.ts';
import type { MediaPlaylist, Segment } from '../../shared/hls/read-playlist.ts';
import { causeOfBody, PlaylistReader } from '../broadcast/playlist-reader.ts';
import type { Egress } from '../network/egress.ts';

/** Enough to measure a line of 50 Mbit/s, and not more than a hall would fetch in a few seconds of playing. */
const ENOUGH_BYTES = 6 * 1024 * 1024;
const ENOUGH_MS = 8_000;
const MOST_SEGMENTS = 4;

/** What became of one source. `cause` null: it could be fetched; then the numbers are measured, bits a second. */
export interface TriedSource {
  id: string;
  host: string;
  cause: Cause | null;
  bitsPerSecond: number;
  /** Of the best and the least rendition, as announced; of a bare media playlist, as measured. */
  topBits: number;
  leastBits: number;
}

interface Measured {
  bytes: number;
  ms: number;
  /** Of what was fetched, seconds. */
  mediaS: number;
}

/** Fetches a piece of a source's top rendition as the stage would, and measures the line. */
export class StreamTrial {
  readonly #reader: PlaylistReader;

  constructor(egress: Egress) {
    this.#reader = new PlaylistReader(egress);
  }

  /** Never rejects. */
  async run(source: { id: string; url: string }, signal: AbortSignal): Promise<TriedSource> {
    const failed = (cause: Cause): TriedSource => ({
      id: source.id,
      host: new URL(source.url).host,
      cause,
      bitsPerSecond: 0,
      topBits: 1,
      leastBits: 1,
    });
    const master = await this.#reader.read(source.url, { signal });
    if (!master.ok) return failed(master.cause);
    let list: MediaPlaylist;
    let announced: number[] = [];
    if (master.playlist.kind === 'media') list = master.playlist;
    else {
      const variants = master.playlist.variants
        .map(({ url, attributes }) => ({ url, bits: Number(attributes['BANDWIDTH']) || 0 }))
        .toSorted((a, b) => b.bits - a.bits);
      announced = variants.map(({ bits }) => bits).filter((bits) => bits > 0);
      const media = await this.#reader.read(variants[0]?.url ?? source.url, { signal });
      if (!media.ok) return failed(media.cause);
      if (media.playlist.kind !== 'media') return failed('not_playlist');
      list = media.playlist;
    }
    const measured = await this.#measure(list.segments, signal);
    if ('cause' in measured) return failed(measured.cause);
    // Where only a piece came, the line is slower than the picture.
    const own = measured.mediaS > 0 ? (measured.bytes * 8) / measured.mediaS : Infinity;
    return {
      ...failed('empty'),
      cause: null,
      bitsPerSecond: (measured.bytes * 8000) / Math.max(1, measured.ms),
      topBits: announced[0] ?? own,
      leastBits: announced.at(-1) ?? own,
    };
  }

  /** The newest segments, as they would be played next. */
  async #measure(segments: readonly Segment[], signal: AbortSignal): Promise<Measured | { cause: Cause }> {
    const total: Measured = { bytes: 0, ms: 0, mediaS: 0 };
    const wanted = segments.filter(({ gap }) => !gap).slice(-MOST_SEGMENTS);
    if (wanted.length === 0) return { cause: 'empty' };
    for (const segment of wanted) {
      const part = await this.#fetch(segment, signal, ENOUGH_MS - total.ms);
      if ('cause' in part) return part;
      total.bytes += part.bytes;
      total.ms += part.ms;
      total.mediaS += part.mediaS;
      if (total.bytes >= ENOUGH_BYTES || total.ms >= ENOUGH_MS) break;
    }
    return total.bytes === 0 ? { cause: 'empty' } : total;
  }

  /** One segment, or as much of it as comes in `limitMs`: a line that slow is measured as well by a piece. */
  async #fetch(segment: Segment, signal: AbortSignal, limitMs: number): Promise<Measured | { cause: Cause }> {
    const { range, url, durationS } = segment;
    const headers = range ? { range: `bytes=${range.start}-${range.end - 1}` } : {};
    const began = performance.now();
    const outcome = await this.#reader.fetch(url, { signal, headers });
    if (!outcome.ok) return { cause: outcome.cause };
    const { response } = outcome;
    const cause = causeOfStatus(response.status);
    if (cause !== null) {
      await response.body?.cancel().catch(() => undefined);
      return { cause };
    }
    let bytes = 0;
    let isWhole = true;
    try {
      if (response.body)
        for await (const part of response.body) {
          bytes += (part as Uint8Array).byteLength;
          if (performance.now() - began > limitMs || bytes > ENOUGH_BYTES * 2) {
            isWhole = false;
            break;
          }
        }
    } catch (error) {
      return { cause: causeOfBody(error) };
    }
    // Of a piece it is not known how long it plays.
    return { bytes, ms: performance.now() - began, mediaS: isWhole ? durationS : 0 };
  }
}
