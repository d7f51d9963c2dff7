import { causeOfStatus } from '../../../shared/causes.ts';
import type { Segment } from '../../../shared/hls/read-playlist.ts';
import { readBytes } from '../../network/body.ts';
import type { PlaylistReader } from '../playlist-reader.ts';
import { FOLLOW } from './cache-policy.ts';
import { nameOf } from './followed-source.ts';

const KEY_BYTES = 16;
const MOST = 500;

/** Keys of encrypted segments (EXT-X-KEY). In memory alone: on disk is only the name that a segment calls its key by. */
export class SegmentKeys {
  readonly #reader: PlaylistReader;
  readonly #bytes = new Map<string, Buffer>();

  constructor(reader: PlaylistReader) {
    this.#reader = reader;
  }

  /** The key's bytes; null when it was not fetched since the core started. */
  get(name: string): Buffer | null {
    return this.#bytes.get(name) ?? null;
  }

  /** Fetches the keys of what a source lists, as far as they can be had: after a restart what is on disk needs them again. */
  async fetchAll(source: string, segments: readonly Segment[], signal: AbortSignal): Promise<void> {
    const urls = new Set(segments.flatMap(({ key }) => (key ? [key.url] : [])));
    for (const url of urls) if (!(await this.fetch(nameOf(source, url), url, signal))) return;
  }

  /** Fetches a key once; false when it could not be had. Never rejects. */
  async fetch(name: string, url: string, signal: AbortSignal): Promise<boolean> {
    if (this.#bytes.has(name)) return true;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(FOLLOW.listMs)]);
    const outcome = await this.#reader.fetch(url, { signal: limit });
    if (!outcome.ok) return false;
    try {
      const bytes = await readBytes(outcome.response, 1024);
      if (causeOfStatus(outcome.response.status) !== null || bytes.byteLength !== KEY_BYTES) return false;
      this.#bytes.set(name, Buffer.from(bytes));
      if (this.#bytes.size > MOST) this.#bytes.delete(this.#bytes.keys().next().value!);
      return true;
    } catch {
      return false;
    }
  }
}
