import type { Check, CheckContext, Found } from '../check.ts';
import { listServers, type NeededServer } from '../servers.ts';
import { lookAtTls } from '../../network/look-at-tls.ts';

const DAY_MS = 86_400_000;
/** Long enough to have it renewed. */
const SOON_DAYS = 14;

/** Worst first: what is found for the worst server is what is said. */
const ORDER = ['fails', 'inspected_refused', 'inspected', 'expires_soon'] as const;

/** Certificates of every server of the session; whoever signs them again on the way is named. */
export const certificates: Check<'certificates'> = {
  id: 'certificates',
  limitMs: 30_000,
  async run(context) {
    const servers = listServers(context).filter(({ protocol }) => protocol === 'https:');
    if (servers.length === 0) return { word: 'none_needed' };
    const found = await Promise.all(servers.map((server) => look(context, server)));
    const worst = ORDER.map((word) => found.find((each) => each.word === word)).find(Boolean);
    return worst ?? { word: 'trusted', facts: { count: servers.length } };
  },
};

async function look(context: CheckContext, { url, host }: NeededServer): Promise<Found<'certificates'>> {
  const { network, signal, now } = context;
  if (network.proxy) {
    // Through a proxy only the request itself shows whether the certificate is taken.
    const outcome = await network.egress.fetch(url, { method: 'HEAD', signal });
    if (outcome.ok) await outcome.response.body?.cancel().catch(() => undefined);
    if (outcome.ok || !isOfTls(outcome.cause)) return { word: 'trusted' };
    return { word: 'fails', facts: { host, cause: outcome.cause } };
  }
  const seen = await lookAtTls(new URL(url).origin, network.certificateAuthority, now());
  if (!seen.ok) {
    if (seen.cause === 'certificate_inspected')
      return { word: 'inspected_refused', facts: { host, who: seen.signedBy ?? host } };
    // No connection is another check's matter.
    return isOfTls(seen.cause) ? { word: 'fails', facts: { host, cause: seen.cause } } : { word: 'trusted' };
  }
  if (seen.inspector !== null) return { word: 'inspected', facts: { host, who: seen.inspector } };
  const days = Math.floor((seen.validTo - now()) / DAY_MS);
  return days < SOON_DAYS ? { word: 'expires_soon', facts: { host, days } } : { word: 'trusted' };
}

function isOfTls(cause: string): boolean {
  return cause.startsWith('certificate_') || cause === 'tls_handshake' || cause === 'clock_wrong';
}
