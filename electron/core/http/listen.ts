import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isOwnUser } from './peer-user.ts';

/** What a program on this PC may take of the core. Three windows, a printer and the supervisor need about 25 sockets; what is silent is closed soon. */
export const LIMITS = {
  sockets: 256,
  /** A request's headers must be there by then, and the whole request, milliseconds. */
  headersMs: 10_000,
  requestMs: 30_000,
  headerBytes: 16 * 1024,
  /** Requests a second over a longer time, and at once. The busiest window asks ten a second. */
  perSecond: 400,
  burst: 1_200,
} as const;

/** The port that the core had before is somebody else's now. What its windows sent there in the meantime is known to him. */
export class PortTaken extends Error {}

/** Any answer to one request of the Hono app. */
type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** Listens on 127.0.0.1. Port 0 takes any; another port is taken or refused with `PortTaken`. */
export async function listen(fetch: Fetch, port: number): Promise<{ server: ServerType; port: number }> {
  const bucket = createBucket();
  const limited: Fetch = (request, env) => {
    if (bucket.take()) return fetch(request, env);
    return new Response(JSON.stringify({ ok: false, error: 'busy' }), {
      status: 503,
      headers: { 'content-type': 'application/json', 'retry-after': '1' },
    });
  };
  const server = createAdaptorServer({
    fetch: limited,
    serverOptions: {
      headersTimeout: LIMITS.headersMs,
      requestTimeout: LIMITS.requestMs,
      maxHeaderSize: LIMITS.headerBytes,
      connectionsCheckingInterval: 2_000,
    },
  }) as Server;
  server.maxConnections = LIMITS.sockets;
  const silents = new WeakMap<Socket, NodeJS.Timeout>();
  server.on('connection', (socket) => {
    if (!isOwnUser(socket)) return void socket.destroy();
    // The server's own time-out begins with the first byte.
    const silent = setTimeout(() => socket.destroy(), LIMITS.headersMs);
    silents.set(socket, silent);
    socket.once('close', () => clearTimeout(silent));
    return undefined;
  });
  server.on('request', ({ socket }) => clearTimeout(silents.get(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(port === 0 ? cause : new PortTaken(String(port), { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Fills with time, is emptied by requests. `now`: milliseconds of a clock that only goes forward. */
export function createBucket(now = () => performance.now()): { take(): boolean } {
  let tokens: number = LIMITS.burst;
  let at = now();
  return {
    take() {
      const before = at;
      at = now();
      tokens = Math.min(LIMITS.burst, tokens + ((at - before) / 1000) * LIMITS.perSecond);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
