import { causeOfStatus, type Cause } from '../../shared/causes.ts';
import { createEgress } from '../network/egress.ts';

/** The proxy let us through: what was refused is the server's certificate. */
const BEHIND = /^(?:certificate_|clock_)/u;
/** Somebody waits for it. */
const TRY_MS = 8_000;

/**
 * Why nothing comes by a proxy, tried with one request to `server`; null where an answer came. A web server that is no proxy just
 * closes the connection, so also what might lie behind the proxy is said: whoever knows better saves it all the same.
 */
export async function tryProxy(options: {
  proxy: string;
  certificateAuthority?: string | undefined;
  server: string;
}): Promise<Cause | null> {
  const { server, ...network } = options;
  const egress = createEgress(network);
  try {
    const outcome = await egress.fetch(server, { method: 'HEAD', signal: AbortSignal.timeout(TRY_MS) });
    if (!outcome.ok) {
      if (outcome.aborted) return 'proxy_unreachable';
      return BEHIND.test(outcome.cause) ? null : outcome.cause;
    }
    await outcome.response.body?.cancel().catch(() => undefined);
    const cause = causeOfStatus(outcome.response.status);
    return cause === 'proxy_login' ? cause : null;
  } finally {
    await egress.stop();
  }
}
