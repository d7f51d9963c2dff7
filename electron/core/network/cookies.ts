import { getSetCookies, type Headers } from 'undici';

interface StoredCookie {
  name: string;
  value: string;
  domain: string;
  /** Sent to this very host only. */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  /** Epoch ms. */
  expiresAt: number;
}

/** So many are kept; a CDN sets a handful. */
const MOST = 200;

/**
 * Cookies of the broadcast's servers, in memory only: CDNs that sign with cookies hand them out with the first playlist
 * (RFC 6265). A server can set cookies for itself and for the domain that it lies in, never for a whole top-level domain.
 */
export class CookieJar {
  readonly #cookies = new Map<string, StoredCookie>();

  /** Value of the Cookie header for a request; null when there is nothing to send. */
  headerFor(url: string, now: number): string | null {
    const { hostname, pathname, protocol } = new URL(url);
    const sent: StoredCookie[] = [];
    for (const [key, cookie] of this.#cookies) {
      if (cookie.expiresAt <= now) this.#cookies.delete(key);
      else if (
        (cookie.hostOnly ? hostname === cookie.domain : isInside(hostname, cookie.domain)) &&
        (pathname === cookie.path || pathname.startsWith(cookie.path.replace(/\/?$/u, '/'))) &&
        (!cookie.secure || protocol === 'https:')
      )
        sent.push(cookie);
    }
    sent.sort((a, b) => b.path.length - a.path.length);
    return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  note(url: string, headers: Headers, now: number): void {
    const { hostname, pathname } = new URL(url);
    for (const { name, value, domain, path, secure, maxAge, expires } of getSetCookies(headers)) {
      const wanted = domain?.replace(/^\./u, '').toLowerCase();
      if (wanted && (!isInside(hostname, wanted) || (!wanted.includes('.') && wanted !== hostname))) continue;
      const cookie: StoredCookie = {
        name,
        value,
        domain: wanted ?? hostname,
        hostOnly: !wanted,
        path: path?.startsWith('/') ? path : pathname.slice(0, pathname.lastIndexOf('/')) || '/',
        secure: secure === true,
        expiresAt: maxAge === undefined ? (expires ? new Date(expires).getTime() : Infinity) : now + maxAge * 1000,
      };
      const key = `${cookie.domain} ${cookie.path} ${name}`;
      this.#cookies.delete(key);
      this.#cookies.set(key, cookie);
      if (this.#cookies.size > MOST) this.#cookies.delete(this.#cookies.keys().next().value!);
    }
  }
}

function isInside(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
