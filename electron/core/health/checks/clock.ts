import { causeOfStatus } from '../../../shared/causes.ts';
import { CLOCK_WRONG_MS } from '../../../shared/moment.ts';
import type { Check, CheckContext } from '../check.ts';
import { listServers } from '../servers.ts';

/** A Date header counts in seconds and travels for a while, ms. */
const RIGHT_MS = 5_000;
/** Two servers agree when they are no further apart, ms. */
const AGREE_MS = 30_000;
/** A clock that shows an earlier time was never set. */
const SET_SINCE = Date.UTC(2025, 0, 1);

interface Seen {
  host: string;
  /** True time less ours, ms. */
  offMs: number;
}

/** The PC's clock against the clocks of centre and province. */
export const clock: Check<'clock'> = {
  id: 'clock',
  async run(context) {
    if (context.now() < SET_SINCE) return { word: 'unset' };
    const asked = await Promise.all(listServers(context).map(({ url, host }) => askDate(context, url, host)));
    const seen = asked.filter((each) => each !== null);
    const [first] = seen;
    if (!first) return { word: 'nobody_says', facts: { nowAt: context.now() } };
    const agree = seen.filter(({ offMs }) => Math.abs(offMs - first.offMs) <= AGREE_MS);
    if (agree.length < seen.length) return { word: 'hosts_differ', facts: { nowAt: context.now() } };
    const off = Math.abs(first.offMs);
    const facts = { seconds: off / 1000, minutes: off / 60_000, hosts: seen.length, host: first.host };
    if (off > CLOCK_WRONG_MS) return { word: 'wrong', facts };
    return { word: off > RIGHT_MS ? 'slightly_off' : 'right', facts };
  },
};

async function askDate({ network, signal, now }: CheckContext, url: string, host: string): Promise<Seen | null> {
  const began = now();
  const outcome = await network.egress.fetch(url, { method: 'HEAD', signal });
  if (!outcome.ok) return null;
  const { headers, status, body } = outcome.response;
  await body?.cancel().catch(() => undefined);
  const dateMs = Date.parse(headers.get('date') ?? '');
  // A proxy or a portal on the way states its own time, and a cache says an old date with its age.
  const cause = causeOfStatus(status);
  if (!Number.isFinite(dateMs) || cause === 'proxy_login' || cause === 'portal') return null;
  const ageMs = (Number(headers.get('age')) || 0) * 1000;
  const middle = (began + now()) / 2;
  return { host, offMs: dateMs + ageMs + 500 - middle };
}
