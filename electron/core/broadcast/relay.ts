import type { Egress } from './http-fetch.ts';

/** Answer headers that the player needs; everything else of the centre stays outside. */
const PASSED = [
  'content-type',
  'content-range',
  'accept-ranges',
  'date',
  'age',
  'cache-control',
  'etag',
  'last-modified',
];
const ASKED = /^(range|cmcd-(object|request|session|status))$/u;

/**
 * Fetches a piece of the broadcast for the stage. All of the stage's traffic goes through here: the window itself needs
 * no network, the centre needs no CORS headers for us, proxy and certificate authority apply to playback too, and a
 * network failure arrives with its name instead of the browser's "status 0". Bytes are passed on as they come.
 */
export async function relay(egress: Egress, request: Request): Promise<Response> {
  const target = new URL(request.url).searchParams.get('url');
  if (!target || !URL.canParse(target) || !/^https?:$/u.test(new URL(target).protocol)) {
    return new Response(null, { status: 400, headers: { 'x-relay-failure': 'bad_url' } });
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) if (ASKED.test(name)) headers[name] = value;
  const outcome = await egress.fetch(target, { headers, signal: request.signal });
  if (!outcome.ok) {
    const status = outcome.failure === 'timeout' ? 504 : 502;
    return new Response(null, { status, headers: { 'x-relay-failure': outcome.failure, 'cache-control': 'no-store' } });
  }
  const { response } = outcome;
  const answer = new Headers({ 'x-final-url': response.url, 'x-content-type-options': 'nosniff' });
  for (const name of PASSED) {
    const value = response.headers.get(name);
    if (value !== null) answer.set(name, value);
  }
  // The length holds only for a body that was not decompressed on the way.
  const length = response.headers.get('content-length');
  if (length !== null && response.headers.get('content-encoding') === null) answer.set('content-length', length);
  return new Response(response.body as ReadableStream<Uint8Array> | null, { status: response.status, headers: answer });
}
