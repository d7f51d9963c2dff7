import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { PlaylistReader } from '../../electron/core/broadcast/playlist-reader.ts';
import { answerFromCache, relay } from '../../electron/core/broadcast/relay.ts';
import { CACHE_POLICY } from '../../electron/core/broadcast/cache/cache-policy.ts';
import { DelayCache } from '../../electron/core/broadcast/cache/delay-cache.ts';
import { CACHE_ORIGIN } from '../../electron/core/broadcast/cache/late-lists.ts';
import { FreshAddresses } from '../../electron/core/broadcast/fresh-addresses.ts';
import type { StreamSource } from '../../electron/contract/session-package.ts';
import { createEgress, type Egress } from '../../electron/core/network/egress.ts';

/** A delay that goes through the disk, as the core does it. */
export interface CacheSpec {
  root: string;
  sources: StreamSource[];
  delayS: number;
}

function createCache(spec: CacheSpec, egress: Egress, reader: PlaylistReader): DelayCache {
  const { root, sources, delayS } = spec;
  return new DelayCache({
    ready: Promise.resolve(),
    root,
    sittingId: 'bench',
    sources,
    chosen: () => null,
    rendition: null,
    addresses: new FreshAddresses({ sources, egress }),
    reader,
    language: 'vi',
    delayS,
    holdUntilMs: 0,
    policy: { ...CACHE_POLICY, freeBytes: 0 },
    clock: { wallMs: () => Date.now(), monoMs: () => performance.now() },
    random: Math.random,
    afterOutage: () => 'complete',
    onStepAside: (why) => console.error(`the cache stepped aside: ${why}`),
    onError: (cause) => console.error(cause),
  });
}

/** The core's own relay on a port of its own, open to the bench's page. An upstream 502 is passed on as "names are not resolved". */
export async function startRelay(options: { cache?: CacheSpec; port?: number } = {}): Promise<{
  base: string;
  egress: Egress;
  reader: PlaylistReader;
  port: number;
  stop: () => Promise<void>;
  /** As a core that ends: the cache stays on disk. */
  kill: () => Promise<void>;
}> {
  const egress = createEgress();
  const reader = new PlaylistReader(egress);
  const cache = options.cache ? createCache(options.cache, egress, reader) : null;
  cache?.start();
  const server = http.createServer((request, response) => {
    void (async () => {
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const asked = new Request(`http://relay${request.url ?? '/'}`, {
        headers: request.headers.range ? { range: request.headers.range } : {},
        signal: gone.signal,
      });
      const target = new URL(asked.url).searchParams.get('url') ?? '';
      const answer =
        cache && target.startsWith(CACHE_ORIGIN)
          ? answerFromCache(await cache.answer(new URL(target).pathname.slice(1), gone.signal))
          : await relay(reader, asked, () => response.destroy());
      const failed = answer.status === 502 && !answer.headers.has('x-relay-failure');
      response.writeHead(answer.status, {
        ...Object.fromEntries(answer.headers),
        ...(failed ? { 'x-relay-failure': 'dns_unavailable' } : {}),
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
      });
      if (!answer.body) response.end();
      else
        Readable.fromWeb(answer.body as ReadableStream)
          .on('error', () => response.destroy())
          .pipe(response);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
    void egress.stop();
  };
  return {
    port,
    kill: async () => {
      stop();
      await cache?.stop();
    },
    base: `http://127.0.0.1:${port}/stage/api/stream`,
    egress,
    reader,
    stop: async () => {
      stop();
      await cache?.stop({ purge: true });
    },
  };
}
