import { lookup } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';

/** After this long without a connection the next address is tried as well, ms (RFC 8305, 5). */
const STAGGER_MS = 250;

export interface Address {
  address: string;
  family: number;
}

export interface Destination {
  hostname: string;
  port: number;
  timeoutMs: number;
  /** The system's resolver when absent. */
  resolveName?: (name: string, done: (error: Error | null, addresses: Address[]) => void) => void;
}

/**
 * Connects to the first address of `hostname` that answers, all of them in parallel and each a little later than the one
 * before (RFC 8305): an address that is dead costs a quarter of a second, and a slow one is still waited for. `done` is
 * called once.
 */
export function connectFirst(to: Destination, done: (error: Error | null, socket: Socket | null) => void): void {
  const hostname = to.hostname.replace(/^\[|\]$/gu, '');
  const family = isIP(hostname);
  if (family !== 0) {
    race([{ address: hostname, family }], to, done);
    return;
  }
  const resolveName = to.resolveName ?? ((name, answer) => lookup(name, { all: true }, answer));
  resolveName(hostname, (error, addresses) => {
    if (error) done(error, null);
    else race(alternate(addresses), to, done);
  });
}

/** In the order of the system, families in turn. */
function alternate(addresses: readonly Address[]): Address[] {
  const first = addresses.filter((a) => a.family === addresses[0]?.family);
  const second = addresses.filter((a) => a.family !== addresses[0]?.family);
  return first.flatMap((address, i) => [address, ...second.slice(i, i + 1)]).concat(second.slice(first.length));
}

function race(
  addresses: Address[],
  { hostname, port, timeoutMs }: Destination,
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  const waiting = [...addresses];
  const sockets = new Set<Socket>();
  let failure: Error | null = null;
  let stagger: NodeJS.Timeout | null = null;
  let finished = false;

  const finish = (error: Error | null, socket: Socket | null): void => {
    if (finished) return;
    finished = true;
    clearTimeout(limit);
    if (stagger) clearTimeout(stagger);
    for (const other of sockets) if (other !== socket) other.destroy();
    done(error, socket);
  };
  const limit = setTimeout(() => {
    const error = Object.assign(new Error(`no connection to ${hostname}:${port} in ${timeoutMs} ms`), {
      code: 'UND_ERR_CONNECT_TIMEOUT',
    });
    finish(error, null);
  }, timeoutMs);

  const tryNext = (): void => {
    if (stagger) clearTimeout(stagger);
    const next = waiting.shift();
    if (finished || !next) return;
    const socket = connect({ host: next.address, port });
    sockets.add(socket);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      finish(null, socket);
    });
    socket.on('error', (error) => {
      sockets.delete(socket);
      failure ??= error;
      if (finished) return;
      if (waiting.length > 0) tryNext();
      else if (sockets.size === 0) finish(failure, null);
    });
    if (waiting.length > 0) stagger = setTimeout(tryNext, STAGGER_MS);
  };
  if (waiting.length === 0) finish(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }), null);
  else tryNext();
}
