import { fetchOnce, type HttpFailure, type HttpReply } from './http-request.ts';
import { parsePlaylist, programmeAtEdge, type MediaView } from './playlist-view.ts';
import { REQUEST_LIMITS } from './policy.ts';

/** Checks whether a source is alive, with requests of its own, apart from the player. */
export class SourceProbe {
  readonly #toTransportUrl: (url: string) => string;
  readonly #last = new Map<string, string>();
  #abort = new AbortController();

  constructor(toTransportUrl: (url: string) => string) {
    this.#toTransportUrl = toTransportUrl;
  }

  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** The newest media playlist behind `url`, first rendition; null when there is none to be had. */
  async read(url: string): Promise<MediaView | null> {
    const reply = await this.#get(url);
    if (!reply.ok) return null;
    const parsed = parsePlaylist(reply.text);
    if (!parsed.ok) return null;
    if (parsed.view.type === 'media') return parsed.view;
    const [uri] = parsed.view.uris;
    if (!uri) return null;
    const media = await this.#get(new URL(uri, reply.url).href);
    if (!media.ok) return null;
    const view = parsePlaylist(media.text);
    return view.ok && view.view.type === 'media' ? view.view : null;
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

  #get(url: string): Promise<HttpReply | HttpFailure> {
    return fetchOnce(
      {
        url,
        transportUrl: this.#toTransportUrl(url),
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
