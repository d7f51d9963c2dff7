import type { Socket } from 'node:net';
import { Agent, buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import { connectFirst } from './happy-eyeballs.ts';
import { createTrust } from './trust.ts';

export interface NetworkOptions {
  /** An http(s) address, with credentials if it needs them. */
  proxy?: string | undefined;
  /** PEM of an authority that is trusted as well. Certificate checks are never switched off. */
  certificateAuthority?: string | undefined;
}

/** Time limits of one request, milliseconds. */
export interface NetworkLimits {
  connectMs: number;
  /** From the request's last byte to the answer's first. */
  headersMs: number;
  /** Between two pieces of the answer. */
  bodyMs: number;
  /** How long an idle connection is kept; undici's own value when absent. */
  idleMs?: number;
}

/** Behind a proxy each of its addresses is tried for so long, ms; Node's 250 are too short for a slow line. */
const PROXY_ADDRESS_MS = 2_500;

/** How all requests of the kiosk leave the PC: to the centre and to the province alike. */
export function createDispatcher(options: NetworkOptions, limits: NetworkLimits): Dispatcher {
  const secureContext = createTrust(options.certificateAuthority);
  const common = {
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    ...(limits.idleMs === undefined ? {} : { keepAliveTimeout: limits.idleMs }),
  };
  if (!options.proxy) return new Agent({ ...common, connect: createConnector(secureContext, limits.connectMs) });
  // The tunnel's own client and the one for plain HTTP need the limits as well: a proxy may accept and never answer.
  const createPool = (origin: string | URL, given: object): Dispatcher => new Pool(origin, { ...given, ...common });
  return new ProxyAgent({
    ...common,
    uri: options.proxy,
    connectTimeout: limits.connectMs,
    requestTls: { secureContext },
    proxyTls: { secureContext, autoSelectFamilyAttemptTimeout: PROXY_ADDRESS_MS },
    clientFactory: createPool,
    factory: createPool,
  });
}

function createConnector(secureContext: object, timeoutMs: number): buildConnector.connector {
  const upgrade = buildConnector({ secureContext, timeout: timeoutMs } as buildConnector.BuildOptions);
  return (options, callback) => {
    const { hostname, protocol } = options;
    const port = Number(options.port) || (protocol === 'https:' ? 443 : 80);
    connectFirst({ hostname, port, timeoutMs }, (error, socket) => {
      if (error || !socket) callback(error ?? new Error('no socket'), null);
      else if (protocol === 'https:') upgrade({ ...options, httpSocket: tuned(socket) }, callback);
      else callback(null, tuned(socket));
    });
  };
}

function tuned(socket: Socket): Socket {
  return socket.setNoDelay(true).setKeepAlive(true, 60_000);
}
