/** A name or an address of a computer, as people write it. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])$/iu;

/**
 * The address of a proxy as somebody typed it, `proxy.example:3128` or a whole http(s) address, as an http(s) URL; null when it
 * cannot be one. A name without a dot needs its port: one word alone is no address.
 */
export function parseProxy(typed: string): string | null {
  const text = typed.trim();
  const written = text.includes('://') ? text : `http://${text}`;
  if (/\s/u.test(text) || !URL.canParse(written)) return null;
  const url = new URL(written);
  const { protocol, hostname, port, pathname, search, hash } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  if (!HOST.test(hostname) || pathname !== '/' || search !== '' || hash !== '' || port === '0') return null;
  const isOneWord = !hostname.includes('.') && !hostname.startsWith('[');
  if (isOneWord && !/:\d+\/?$/u.test(written)) return null;
  return url.href;
}

/** Host and port of a proxy, without name and password. */
export function hostOfProxy(address: string): string {
  const { hostname, host, port, protocol } = new URL(address);
  return port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : host;
}

/** Servers on this PC, which no proxy reaches: those of a rehearsal. */
export function isOnThisPc(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
