import {
  LoadStats,
  type HlsConfig,
  type Loader,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from 'hls.js';
import type { LoadRequest, LoadResult } from './load-request.ts';
import type { StreamLoader } from './stream-loader.ts';
import type { HttpReply } from './http-request.ts';

type LoaderClass = HlsConfig['loader'];

interface FragmentLike {
  sn: number | 'initSegment';
  duration: number;
  type: string;
  decryptdata?: { method?: string } | null;
  levelkeys?: Record<string, { method?: string } | undefined>;
}

/** The loader that hls.js gets: playlists, segments, keys and steering manifests all go through `loader`. */
export function createLoaderClass(loader: StreamLoader): LoaderClass {
  return class HlsLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats = new LoadStats();
    #callbacks: LoaderCallbacks<LoaderContext> | null = null;
    #abort = new AbortController();
    #reply: HttpReply | null = null;

    load(context: LoaderContext, _config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>): void {
      this.context = context;
      this.#callbacks = callbacks;
      this.stats.loading.start = performance.now();
      void this.#run(context).then((result) => this.#finish(context, result));
    }

    abort(): void {
      if (this.#abort.signal.aborted) return;
      const callbacks = this.#callbacks;
      this.stats.aborted = true;
      this.#abort.abort();
      if (this.context) callbacks?.onAbort?.(this.stats, this.context, this.#reply?.details ?? null);
    }

    destroy(): void {
      this.#callbacks = null;
      this.#abort.abort();
    }

    getCacheAge(): number | null {
      const age = this.getResponseHeader('age');
      return age === null ? null : Number.parseFloat(age);
    }

    getResponseHeader(name: string): string | null {
      return this.#reply?.header(name) ?? null;
    }

    #run(context: LoaderContext): Promise<LoadResult> {
      const range = context.rangeEnd ? { start: context.rangeStart ?? 0, end: context.rangeEnd } : null;
      const request: LoadRequest = { url: context.url, headers: context.headers ?? {}, range };
      const { signal } = this.#abort;
      const type: string = context.type;
      if (type === 'media-fragment') {
        const frag = (context as LoaderContext & { frag: FragmentLike }).frag;
        return loader.loadSegment(
          {
            ...request,
            track: frag.type,
            sn: frag.sn === 'initSegment' ? null : frag.sn,
            durationS: frag.duration,
            encrypted: isEncrypted(frag),
          },
          (loaded, total) => this.#progressed(loaded, total),
          signal,
        );
      }
      if (type === 'key')
        return loader.loadKey(
          request,
          isEncrypted((context as LoaderContext & { frag: FragmentLike }).frag) ? 16 : null,
          signal,
        );
      if (type === 'steering-manifest') return loader.loadSteering(request, signal);
      return loader.loadPlaylist(request, type !== 'audioTrack' && type !== 'subtitleTrack', signal);
    }

    #progressed(loaded: number, total: number): void {
      if (this.stats.loading.first === 0) this.stats.loading.first = performance.now();
      this.stats.loaded = loaded;
      if (total > 0) this.stats.total = total;
    }

    #finish(context: LoaderContext, result: LoadResult): void {
      const callbacks = this.#callbacks;
      if (this.#abort.signal.aborted || !callbacks) return;
      if (!result.ok) {
        const { status, text, cause } = result.failure;
        callbacks.onError(
          { code: status, text: `${cause}: ${text}` },
          context,
          this.#reply?.details ?? null,
          this.stats,
        );
        return;
      }
      const { reply } = result;
      this.#reply = reply;
      fillStats(this.stats, reply);
      const data = context.responseType === 'arraybuffer' ? reply.bytes : reply.text;
      callbacks.onProgress?.(this.stats, context, data, reply.details);
      callbacks.onSuccess(
        { url: reply.url, data: parsed(context, data), code: reply.status },
        this.stats,
        context,
        reply.details,
      );
    }
  };
}

/** A steering manifest is wanted as an object, all else as it came. */
function parsed(context: LoaderContext, data: string | ArrayBuffer): string | ArrayBuffer | object {
  return context.responseType === 'json' && typeof data === 'string' ? (JSON.parse(data) as object) : data;
}

/** Times of the request that won, not of the outage before it: hls.js estimates bandwidth from them. */
function fillStats(stats: LoadStats, reply: HttpReply): void {
  stats.loading.start = reply.startedAt;
  stats.loading.first = Math.max(reply.firstByteAt, reply.startedAt);
  stats.loading.end = Math.max(reply.endedAt, stats.loading.first);
  stats.loaded = stats.total = reply.size;
  stats.bwEstimate = (reply.size * 8000) / Math.max(1, stats.loading.end - stats.loading.first);
}

/** Whole-segment encryption only: SAMPLE-AES leaves the container readable. */
function isEncrypted(frag: FragmentLike | undefined): boolean {
  if (!frag || frag.sn === 'initSegment') return frag?.decryptdata?.method === 'AES-128';
  if (frag.decryptdata?.method) return frag.decryptdata.method.startsWith('AES-');
  return Object.values(frag.levelkeys ?? {}).some((key) => key?.method?.startsWith('AES-') === true);
}
