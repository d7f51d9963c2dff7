import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { assert } from '../../shared/result.ts';
import { getRehearsalMedia } from './hls-media.ts';
import type { Rendition } from './hls-media.ts';
import { buildMasterPlaylist, buildMediaPlaylist, getWindow } from './hls-playlist.ts';
import type { Timeline } from './hls-playlist.ts';
import { HlsTimestamps } from './hls-timestamps.ts';

export interface CentralOptions {
  /** Folder of media.json and its files (electron/core/rehearsal/media). */
  mediaDir: string;
  /** Epoch ms at which the first segment begins; in the past for a stream that has run for a while. */
  streamStartsAtMs: number;
  /** Epoch ms from which playlists carry ENDLIST. */
  endsAtMs: number;
  /** Length of the sliding window, 300 s when absent. */
  windowSeconds?: number;
  /** Preferred port; any other when it is taken, 0 for any. */
  port?: number;
  /** Epoch ms now. */
  clock?: () => number;
}

export interface Central {
  /** Listens on 127.0.0.1. Rejects when no port at all can be had. */
  start(): Promise<{ port: number; masterUrl: string }>;
  /** Closes the port and every connection; safe to call twice. */
  stop(): Promise<void>;
  /** Answers given with status 200 since start. */
  served(): { segments: number; playlists: number };
}

interface Answer {
  status: number;
  type: string;
  /** Cache-Control: playlists change with every segment, segments never. */
  cache: string;
  body: string | Buffer;
}

/** Segments stay this long after they leave the playlist, for players that hold an old one (RFC 8216, 6.2.2). */
const GRACE_SEGMENTS = 30;

/** Any page may read the stream, errors included; CMCD headers make the browser ask first. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'Date, Content-Length',
  'access-control-max-age': '600',
};

const missing = (sentence: string): Answer => ({
  status: 404,
  type: 'text/plain; charset=utf-8',
  cache: 'no-store',
  body: `${sentence}\n`,
});

/**
 * The rehearsal's stand-in for the central broadcast: a live HLS stream with a sliding window, made of a short loop and the clock
 * alone. `/live/master.m3u8`; 404 before the first segment is complete.
 */
export function createCentral(options: CentralOptions): Central {
  const { index, renditions } = getRehearsalMedia(options.mediaDir);
  const clock = options.clock ?? Date.now;
  const timeline: Timeline = {
    startsAt: options.streamStartsAtMs,
    endsAt: options.endsAtMs,
    segmentMs: index.segmentMs,
    windowMs: (options.windowSeconds ?? 300) * 1000,
  };
  const streams = new Map(
    renditions.map((r) => [r.name, { rendition: r, loop: new HlsTimestamps(r.segments, index.loopMs) }]),
  );
  const count = { segments: 0, playlists: 0 };
  let server: http.Server | null = null;

  function playlist(rendition: Rendition | 'master'): Answer {
    const window = getWindow(timeline, clock());
    if (!window) return missing('the stream has not begun');
    count.playlists += 1;
    const body =
      rendition === 'master'
        ? buildMasterPlaylist(index.renditions, index.frameRate)
        : buildMediaPlaylist(timeline, window);
    return { status: 200, type: 'application/vnd.apple.mpegurl', cache: 'max-age=1', body };
  }

  function segment(loop: HlsTimestamps, sequence: number): Answer {
    const window = getWindow(timeline, clock());
    if (!window || sequence > window.last || sequence < window.first - GRACE_SEGMENTS)
      return missing('no such segment now');
    count.segments += 1;
    return { status: 200, type: 'video/mp2t', cache: 'max-age=3600, immutable', body: loop.segment(sequence) };
  }

  function answer(path: string): Answer {
    if (path === '/live/master.m3u8') return playlist('master');
    const [, name = '', file = ''] = /^\/live\/(\w+)\/([\w.]+)$/.exec(path) ?? [];
    const stream = streams.get(name);
    if (!stream) return missing('no such path');
    if (file === 'index.m3u8') return playlist(stream.rendition);
    const number = /^(0|[1-9]\d{0,9})\.ts$/.exec(file)?.[1];
    return number === undefined ? missing('no such path') : segment(stream.loop, Number(number));
  }

  function handle(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...CORS, allow: 'GET, HEAD, OPTIONS' }).end();
      return;
    }
    const { status, type, cache, body } = answer((request.url ?? '/').split('?')[0]!);
    // Playlists are text that comes every two seconds; segments cannot be made smaller.
    const packed = typeof body === 'string' && /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    const sent = packed ? gzipSync(body) : body;
    const headers = {
      ...CORS,
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
      vary: 'accept-encoding',
      'content-type': type,
      'cache-control': cache,
      'content-length': Buffer.byteLength(sent),
    };
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : sent);
  }

  return {
    async start() {
      assert(!server, 'central is started once');
      server = http.createServer(handle);
      const port = await listen(server, options.port ?? 0);
      return { port, masterUrl: `http://127.0.0.1:${port}/live/master.m3u8` };
    },
    async stop() {
      const closing = server;
      server = null;
      if (!closing) return;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      closing.closeAllConnections();
      await closed;
    },
    served: () => ({ ...count }),
  };
}

/** Listens on `port`, or on any when that one is taken or not allowed. Answers with the port. */
async function listen(server: http.Server, port: number): Promise<number> {
  const attempt = (wanted: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: wanted }, () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  try {
    return await attempt(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    return attempt(0);
  }
}
