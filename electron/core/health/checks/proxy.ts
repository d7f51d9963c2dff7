import type { Check } from '../check.ts';
import { causeOfStatus } from '../../../shared/causes.ts';

/** Environment variables in which systems name their proxy. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** The hall's proxy: the one that the package names, or one of this PC that it does not. */
export const proxy: Check<'proxy'> = {
  id: 'proxy',
  async run({ network, session, sources, signal, machine }) {
    if (!network.proxy) {
      // Whoever set it knows of the system's own.
      if (network.isChosen) return { word: 'none' };
      const ofThisPc = VARIABLES.map((name) => machine.env[name]).find((value) => value);
      return ofThisPc ? { word: 'not_used', facts: { proxy: withoutLogin(ofThisPc) } } : { word: 'none' };
    }
    const facts = { proxy: withoutLogin(network.proxy) };
    const behind = session.document.delivery.endpoint ?? sources[0]?.url;
    // Nothing of this session goes through it.
    if (behind === undefined) return { word: 'none' };
    const outcome = await network.egress.fetch(behind, { method: 'HEAD', signal });
    if (outcome.ok) {
      await outcome.response.body?.cancel().catch(() => undefined);
      const cause = causeOfStatus(outcome.response.status);
      return cause === 'proxy_login' || cause === 'portal'
        ? { word: 'fails', facts: { ...facts, cause } }
        : { word: 'works', facts };
    }
    const { cause } = outcome;
    // Whatever else fails lies behind the proxy; the other checks name it.
    return cause.startsWith('proxy_') ? { word: 'fails', facts: { ...facts, cause } } : { word: 'works', facts };
  },
};

/** Host and port. Read by hand: with a password that was not encoded the address is no URL, or one of another host. */
function withoutLogin(address: string): string {
  const place = address.replace(/^[a-z][a-z\d+.-]*:\/\//iu, '').replace(/^.*@/su, '');
  return place.replace(/[/?#].*$/su, '');
}
