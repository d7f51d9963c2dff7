import { isIP } from 'node:net';
import { causeOfError, readError } from '../../network/error-cause.ts';
import type { Check } from '../check.ts';
import { listServers } from '../servers.ts';

/** Each new connection of the player would wait for it, ms. */
const SLOW_MS = 1_500;

/** Names of servers, asked of the resolver of the system. Behind a proxy only its own name is looked up here. */
export const names: Check<'names'> = {
  id: 'names',
  limitMs: 20_000,
  async run(context) {
    const { network } = context;
    const hosts = network.proxy ? [new URL(network.proxy).hostname] : listServers(context).map((s) => s.hostname);
    const wanted = [...new Set(hosts)].filter((name) => isIP(name) === 0);
    if (wanted.length === 0) return { word: 'none_needed' };
    const asked = await Promise.all(
      wanted.map(async (host) => {
        const began = performance.now();
        try {
          await network.resolveName(host);
          return { host, ms: performance.now() - began, cause: null };
        } catch (error) {
          const cause = causeOfError(readError(error), false);
          return { host, ms: performance.now() - began, cause: cause === 'no_connection' ? 'dns_unavailable' : cause };
        }
      }),
    );
    const failed = asked.find(({ cause }) => cause !== null);
    if (failed) return { word: 'fails', facts: { host: failed.host, cause: failed.cause ?? '' } };
    const slowest = asked.reduce((a, b) => (b.ms > a.ms ? b : a));
    const facts = { count: asked.length, ms: Math.round(slowest.ms), host: slowest.host, seconds: slowest.ms / 1000 };
    return { word: slowest.ms > SLOW_MS ? 'slow' : 'found', facts };
  },
};
