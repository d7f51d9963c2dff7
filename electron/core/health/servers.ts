import type { CheckContext } from './check.ts';

/** A server that the session needs. */
export interface NeededServer {
  url: string;
  host: string;
  hostname: string;
  protocol: string;
  isProvince: boolean;
}

/** The province first, then every server of the broadcast, each once. */
export function listServers({ session, sources }: Pick<CheckContext, 'session' | 'sources'>): NeededServer[] {
  const { endpoint } = session.document.delivery;
  const urls = [...(endpoint === undefined ? [] : [endpoint]), ...sources.map((source) => source.url)];
  const servers = urls.map((url) => {
    const { host, hostname, protocol } = new URL(url);
    return { url, host, hostname: hostname.replace(/^\[|\]$/gu, ''), protocol, isProvince: url === endpoint };
  });
  return servers.filter(({ url }, i) => servers.findIndex((other) => originOf(other.url) === originOf(url)) === i);
}

function originOf(url: string): string {
  return new URL(url).origin;
}
