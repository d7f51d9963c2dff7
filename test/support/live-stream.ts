import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createEgress } from '../../electron/core/network/egress.ts';
import type { WatchState } from '../../electron/core/broadcast/watch-state.ts';
import { Watcher } from '../../electron/core/broadcast/watcher.ts';
import { systemClock } from '../../electron/core/store/clock.ts';

/** How a stream is served. The default is all that the centre must provide. */
export interface StreamShape {
  /** EXT-X-TARGETDURATION, seconds. */
  targetS: number;
  /** EXTINF, seconds. */
  segmentS: number;
  /** Length of the window, segments. */
  window: number;
  /** Nothing leaves the list. */
  event: boolean;
  dates: 'all' | 'some' | 'none';
  /** The master playlist; null: a bare media playlist. */
  master: string | null;
  gzip: boolean;
  /** Cache-Control of playlists and of segments. */
  listCache: string | null;
  segmentCache: string | null;
  /** Access-Control-Allow-Origin of good answers and of errors. */
  cors: string | null;
  errorCors: string | null;
  date: boolean;
  /** Status of segments. */
  segment: number;
  /** The server knows HEAD. */
  head: boolean;
  /** Status of the list, by the number of the list asked for, from 1. */
  list: (count: number) => number;
  /** What is added to the sequence numbers of a list, by its number. */
  shift: (count: number) => number;
  /** How long a list takes, ms. */
  delayMs: number;
  ended: boolean;
}

const VARIANT = '#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS="avc1.42e01e,mp4a.40.2"';
export const MASTERS = {
  twoHosts: `#EXTM3U\n${VARIANT}\nlist.m3u8\n${VARIANT}\nhttp://backup.invalid/list.m3u8\n`,
  oneHost: `#EXTM3U\n${VARIANT}\nlist.m3u8\n${VARIANT}\nagain/list.m3u8\n`,
  single: `#EXTM3U\n${VARIANT}\nlist.m3u8\n`,
};

const GOOD: StreamShape = {
  targetS: 2,
  segmentS: 2,
  window: 150,
  event: false,
  dates: 'all',
  master: MASTERS.twoHosts,
  gzip: true,
  listCache: 'max-age=1',
  segmentCache: 'max-age=3600, immutable',
  cors: '*',
  errorCors: '*',
  date: true,
  segment: 200,
  head: true,
  list: () => 200,
  shift: () => 0,
  delayMs: 0,
  ended: false,
};

export interface LiveStream {
  url: string;
  /** May be changed while it is served. */
  shape: StreamShape;
  /** Requests for lists and for segments, `METHOD path range`, oldest first. */
  asked: { lists: string[]; segments: string[] };
  stop(): Promise<void>;
}

/** The stream's first segment begins here, epoch ms. */
const BEGAN_AT = 1_800_000_000_000;
const FIRST = 1_000;

/** A live stream on loopback that moves by one segment with each list that is asked for. */
export async function serveStream(change: Partial<StreamShape> = {}): Promise<LiveStream> {
  const shape = { ...GOOD, ...change };
  const asked: LiveStream['asked'] = { lists: [], segments: [] };

  const list = (count: number): string => {
    const { window, event, dates } = shape;
    const first = FIRST + shape.shift(count) + (event ? 0 : count);
    const lines = [
      '#EXTM3U',
      `#EXT-X-TARGETDURATION:${shape.targetS}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      ...(event ? ['#EXT-X-PLAYLIST-TYPE:EVENT'] : []),
    ];
    for (let i = 0; i < (event ? window + count : window); i += 1) {
      const at = new Date(BEGAN_AT + ((event ? 0 : count) + i) * shape.segmentS * 1000).toISOString();
      if (dates === 'all' || (dates === 'some' && i % 2 === 0)) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${at}`);
      lines.push(`#EXTINF:${shape.segmentS.toFixed(3)},`, `s${first + i}.ts`);
    }
    return [...lines, ...(shape.ended ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
  };

  const server = http.createServer((request, response) => {
    const path = request.url ?? '/';
    const isList = path.endsWith('.m3u8');
    const line = `${request.method} ${path} ${request.headers.range ?? ''}`.trim();
    const send = (status: number, cache: string | null, body: string): void => {
      response.sendDate = shape.date;
      const cors = status < 400 ? shape.cors : shape.errorCors;
      if (cors !== null) response.setHeader('access-control-allow-origin', cors);
      if (cache !== null) response.setHeader('cache-control', cache);
      if (shape.gzip && isList) response.setHeader('content-encoding', 'gzip');
      response.writeHead(status).end(shape.gzip && isList ? gzipSync(body) : body);
    };
    if (!isList) {
      asked.segments.push(line);
      if (request.method === 'HEAD' && !shape.head) return send(405, null, '');
      return send(shape.segment, shape.segmentCache, 'segment');
    }
    if (path.endsWith('/master.m3u8') && shape.master !== null) return send(200, shape.listCache, shape.master);
    asked.lists.push(line);
    const count = asked.lists.length;
    setTimeout(() => send(shape.list(count), shape.listCache, list(count)), shape.delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live/master.m3u8`,
    shape,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Lists are looked at so many times more often than usual. */
const PACE = 10;

/** Watches streams as a sitting does; `hurry` makes the monotonic clock, which paces the checks, run so many times faster. */
export function watchStreams(
  urls: readonly string[],
  hurry = 1,
): { watcher: Watcher; state: () => WatchState; told: Set<string>; stop(): Promise<void> } {
  const clock = systemClock();
  const egress = createEgress();
  const told = new Set<string>();
  const watcher = new Watcher({
    sources: urls.map((url, i) => ({ id: `s${i}`, url })),
    egress,
    clock: {
      now: () => clock.now(),
      stamp: () => {
        const stamp = clock.stamp();
        return { ...stamp, monoMs: stamp.monoMs * hurry };
      },
    },
    random: () => 0,
    pace: PACE,
    onError: (cause) => {
      throw cause;
    },
    onChange: (state) => {
      for (const lack of state.missing) told.add(lack);
    },
  });
  watcher.start();
  return {
    watcher,
    state: () => watcher.state,
    told,
    stop: async () => {
      await watcher.stop();
      await egress.stop();
    },
  };
}
