import { fetchOnce, type HttpFailure, type HttpReply } from './http-request.ts';
import { programmeAtEdge, readPlaylist, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import type { ToTransportUrl } from './player.ts';
import { REQUEST_LIMITS } from './policy.ts';

/** Checks whether a source is alive, with requests of its own, apart from the player. */
export class SourceProbe {
  readonly #toTransportUrl: ToTransportUrl;
  readonly #last = new Map<string, string>();
  #abort = new AbortController();

  constructor(toTransportUrl: ToTransportUrl) {
    this.#toTransportUrl = toTransportUrl;
  }

  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** The newest media playlist behind `url`, of the first rendition that goes on, else of one that has ended; null when there is none to be had. */
  async read(url: string): Promise<MediaPlaylist | null> {
    return (await this.find(url))?.list ?? null;
  }

  /** The same, with the address of the list. */
  async find(url: string): Promise<{ url: string; list: MediaPlaylist } | null> {
    const reply = await this.#get(url);
    if (!reply.ok) return null;
    const read = readPlaylist(reply.text, { url: reply.url });
    if (!read.ok) return null;
    if (read.playlist.kind === 'media') return { url, list: read.playlist };
    const { variants, variables } = read.playlist;
    let ended: { url: string; list: MediaPlaylist } | null = null;
    for (const variant of variants) {
      const media = await this.#get(variant.url, url);
      if (!media.ok) continue;
      const result = readPlaylist(media.text, { url: media.url, masterVariables: variables });
      if (!result.ok || result.playlist.kind !== 'media') continue;
      const found = { url: variant.url, list: result.playlist };
      if (!found.list.ended) return found;
      ended ??= found;
    }
    return ended;
  }

  /** True when the source is live and has advanced since it was asked before. */
  async advanced(id: string, url: string): Promise<boolean> {
    const view = await this.read(url);
    if (!view || view.ended) {
      this.#last.delete(id);
      return false;
    }
    const mark = `${view.endSn} ${programmeAtEdge(view) ?? ''}`;
    const before = this.#last.get(id);
    this.#last.set(id, mark);
    return before !== undefined && before !== mark;
  }

  #get(url: string, master?: string): Promise<HttpReply | HttpFailure> {
    return fetchOnce(
      {
        url,
        transportUrl: this.#toTransportUrl(url, master === undefined ? undefined : { master, near: null }),
        kind: 'text',
        headers: {},
        range: null,
        limits: { ...REQUEST_LIMITS.playlist, firstByteMs: 4000, totalMs: 6000 },
      },
      this.#abort.signal,
      () => undefined,
    );
  }
}
