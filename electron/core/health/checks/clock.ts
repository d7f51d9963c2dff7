import { causeOfStatus } from '../../../shared/causes.ts';
import { CLOCK_SET_SINCE, CLOCK_WRONG_MS, HOSTS_AGREE_MS } from '../../../shared/moment.ts';
import type { Check, CheckContext, Found } from '../check.ts';
import { listServers } from '../servers.ts';

/** A Date header counts in seconds and travels for a while, ms. */
const RIGHT_MS = 5_000;
/** A clock may be so much behind the date of issue of a package and still be right, ms. */
const ISSUE_AHEAD_MS = 24 * 3_600_000;
/** A certificate that is refused only for its dates. */
const OUT_OF_DATES: readonly string[] = ['certificate_not_yet_valid', 'certificate_expired'];

interface Seen {
  host: string;
  /** True time less ours, ms; null when the server did not say. */
  offMs: number | null;
  /** Why no answer came; null when one did. */
  cause: string | null;
}

/** The PC's clock against the clocks of centre and province. */
export const clock: Check<'clock'> = {
  id: 'clock',
  async run(context) {
    if (context.now() < CLOCK_SET_SINCE) return { word: 'unset' };
    const asked = await Promise.all(listServers(context).map(({ url, host }) => askDate(context, url, host)));
    const seen = asked.flatMap(({ host, offMs }) => (offMs === null ? [] : [{ host, offMs }]));
    const [first] = seen;
    if (!first) return sayWhyNobody(context, asked);
    const agree = seen.filter(({ offMs }) => Math.abs(offMs - first.offMs) <= HOSTS_AGREE_MS);
    if (agree.length < seen.length) return { word: 'hosts_differ', facts: { nowAt: context.now() } };
    const off = Math.abs(first.offMs);
    const facts = { seconds: off / 1000, minutes: off / 60_000, hosts: seen.length, host: first.host };
    if (off > CLOCK_WRONG_MS) return { word: 'wrong', facts };
    return { word: off > RIGHT_MS ? 'slightly_off' : 'right', facts };
  },
};

/** A wrong clock keeps every secure server from saying the time; so what they were refused for says something of the clock. */
function sayWhyNobody(context: CheckContext, asked: readonly Seen[]): Found<'clock'> {
  const nowAt = context.now();
  // The server's own date is within the dates of its certificate, and ours is not.
  const sure = asked.find(({ cause }) => cause === 'clock_wrong');
  if (sure) return { word: 'refuses_certificates', facts: { nowAt, host: sure.host } };
  const dated = asked.find(({ cause }) => cause !== null && OUT_OF_DATES.includes(cause));
  if (dated && isUnlikePackage(context)) return { word: 'likely_wrong', facts: { nowAt, host: dated.host } };
  return { word: 'nobody_says', facts: { nowAt } };
}

/** Before the package was issued, or after all its sittings are over. */
function isUnlikePackage({ now, session }: CheckContext): boolean {
  const lastEnd = Math.max(...session.document.sittings.map(({ endsAt }) => Date.parse(endsAt)));
  return session.issuedAt > now() + ISSUE_AHEAD_MS || now() > lastEnd;
}

async function askDate({ network, signal, now }: CheckContext, url: string, host: string): Promise<Seen> {
  const began = now();
  const outcome = await network.egress.fetch(url, { method: 'HEAD', signal });
  if (!outcome.ok) return { host, offMs: null, cause: outcome.cause };
  const { headers, status, body } = outcome.response;
  await body?.cancel().catch(() => undefined);
  const dateMs = Date.parse(headers.get('date') ?? '');
  // A proxy or a portal on the way states its own time, and a cache says an old date with its age.
  const cause = causeOfStatus(status);
  if (!Number.isFinite(dateMs) || cause === 'proxy_login' || cause === 'portal')
    return { host, offMs: null, cause: null };
  const ageMs = (Number(headers.get('age')) || 0) * 1000;
  const middle = (began + now()) / 2;
  return { host, offMs: dateMs + ageMs + 500 - middle, cause: null };
}
