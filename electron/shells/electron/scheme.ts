import http from 'node:http';
import { Readable } from 'node:stream';
import type { CustomScheme } from 'electron';
import { ABANDON_PATH, ELECTRON_SCHEME, REQUEST_NAME_HEADER } from '../../contract/page-signs.ts';
import type { WindowRole } from '../../contract/shell.ts';
import type { CoreAddress } from '../shell.ts';

/** The windows' own scheme: `kiosk://<role>/…`. */
export const SCHEME = ELECTRON_SCHEME;

/** A request without an answer's headers by then is ended, ms; printing a document is the slowest that is right. */
const HEADERS_MS = 90_000;

/** Must be registered before Electron is ready. Never `bypassCSP`. */
export const SCHEME_PRIVILEGES: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

/** Whose pages a session serves: a window's, or the documents to be printed. */
export type Audience = WindowRole | 'print';

/** Headers of a page's request that reach the core; cookies, origins and fetch metadata never do. */
const PASSED = ['accept', 'accept-language', 'content-type', 'if-none-match', 'last-event-id', 'range'];

/** Headers of an answer that mean something between two processes only. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);

/** The start page of an audience. */
export function audienceUrl(audience: Audience, path = '/'): string {
  return `${SCHEME}://${audience}${path}`;
}

/** Whether an address is the audience's own. */
export function isOwnUrl(audience: Audience, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && host === audience;
}

/**
 * Answers `kiosk://<audience>/<path>` with what the core answers to `/<audience>/<path>`, adding the window's token: no
 * renderer ever holds one. Bodies stream both ways. A core that is away is a network error, so that event streams try again.
 * A request that the page gives up ends here too: after the headers by its body, which Electron then destroys; before them
 * Electron says nothing (no `signal` of it ever fires), so the page says which one by its name.
 */
export function createForwarder(
  audience: Audience,
  core: () => CoreAddress | null,
): (request: Request) => Promise<Response> {
  /** Requests that wait for headers, by the name that the page gave them. */
  const waiting = new Map<string, () => void>();
  return async (request) => {
    const to = core();
    const url = new URL(request.url);
    const origin = request.headers.get('origin');
    if (!isOwnUrl(audience, request.url)) return new Response(null, { status: 403 });
    if (origin !== null && origin !== audienceUrl(audience, '')) return new Response(null, { status: 403 });
    if (url.pathname.startsWith(ABANDON_PATH)) {
      waiting.get(url.pathname.slice(ABANDON_PATH.length))?.();
      return new Response(null, { status: 204 });
    }
    if (!to) return Response.error();
    const headers: Record<string, string> = { host: `127.0.0.1:${to.port}` };
    for (const name of PASSED) {
      const value = request.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    headers['authorization'] = `Bearer ${to.tokens[audience === 'print' ? 'console' : audience]}`;
    const name = request.headers.get(REQUEST_NAME_HEADER);
    const { answer, giveUp } = send(request, {
      host: '127.0.0.1',
      port: to.port,
      // The address was parsed: dots are resolved, and the path cannot leave the audience's part.
      path: `/${audience}${url.pathname}${url.search}`,
      method: request.method,
      headers,
    });
    if (name === null) return answer;
    waiting.set(name, giveUp);
    return answer.finally(() => waiting.delete(name));
  };
}

function send(request: Request, options: http.RequestOptions): { answer: Promise<Response>; giveUp: () => void } {
  let giveUp!: () => void;
  const answer = new Promise<Response>((resolve) => {
    const upstream = http.request(options, (answer) => {
      clearTimeout(late);
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined && !HOP_BY_HOP.has(name))
          headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      const status = answer.statusCode ?? 502;
      const empty = request.method === 'HEAD' || status === 204 || status === 304;
      if (empty) answer.resume();
      resolve(new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers }));
    });
    const late = setTimeout(() => upstream.destroy(), HEADERS_MS);
    upstream.on('close', () => clearTimeout(late));
    upstream.on('error', () => resolve(Response.error()));
    giveUp = () => {
      upstream.destroy();
      resolve(Response.error());
    };
    if (request.body) {
      const body = Readable.fromWeb(request.body);
      body.on('error', (error) => upstream.destroy(error));
      body.pipe(upstream);
    } else upstream.end();
  });
  return { answer, giveUp };
}
