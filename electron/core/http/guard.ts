import { timingSafeEqual } from 'node:crypto';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { TOKEN_COOKIE, type Tokens, type WindowRole } from '../../contract/shell.ts';

/** No window sends more. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * Refuses every request that does not name exactly our loopback address: the defence against DNS rebinding. `port` is
 * asked for at each request because it is known only after listening.
 */
export function hostGuard(port: () => number) {
  return createMiddleware(async (c, next) => {
    if (c.req.header('host') !== `127.0.0.1:${port()}`) return c.text('wrong host', 421);
    await next();
    return undefined;
  });
}

/**
 * Lets only the window of this role through. A browser proves itself by an HttpOnly cookie and must also show that the
 * request comes from our own page; Electron's scheme handler sends the token as a bearer and no page can do that.
 */
export function roleGuard(role: WindowRole, tokens: Tokens, port: () => number) {
  return createMiddleware(async (c, next) => {
    const bearer = /^Bearer (.+)$/u.exec(c.req.header('authorization') ?? '')?.[1];
    if (!same(bearer ?? getCookie(c, TOKEN_COOKIE), tokens[role])) return c.text('not for this window', 401);
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== `http://127.0.0.1:${port()}`) return c.text('foreign origin', 403);
    if (bearer === undefined) {
      if (c.req.method !== 'GET' && origin === undefined) return c.text('no origin', 403);
      if (c.req.header('sec-fetch-site') !== 'same-origin') return c.text('foreign page', 403);
    }
    await next();
    c.header('cache-control', 'no-store');
    return undefined;
  });
}

function same(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What each window's page may do. All traffic of the stage goes through the core's relay, so no window needs the network. */
export function contentPolicy(role: WindowRole): string {
  const media =
    role === 'stage' ? "media-src 'self' blob:; worker-src 'self'; " : "media-src 'self'; worker-src 'none'; ";
  return (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    `${media}object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'`
  );
}
