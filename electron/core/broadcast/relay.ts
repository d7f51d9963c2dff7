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
/** What playlists and segments are served as; anything else, a page among it, is handed on as bytes without a meaning. */
const MEDIA_TYPE =
  /^(?:video\/|audio\/|application\/(?:vnd\.apple\.mpegurl|x-mpegurl|mpegurl|mp4|octet-stream)\b|binary\/octet-stream\b|text\/(?:plain|vtt)\b)/iu;
/** The answer comes from our own address: opened as a page it must stay dead, whatever a server in the hall's network sends. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'content-disposition': 'attachment',
};
const ASKED = /^(range|cmcd-(object|request|session|status))$/u;

/**
 * Fetches a piece of the broadcast for the stage. All of the stage's traffic goes through here: the window itself needs
 * no network, the centre needs no CORS headers for us, proxy and certificate authority apply to playback too, and a
 * network failure arrives with its name instead of the browser's "status 0". Bytes are passed on as they come; when they
 * break off, `cut` must break the window's connection too, or a piece of a segment would pass for the whole.
 */
export async function relay(egress: Egress, request: Request, cut: () => void): Promise<Response> {
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
  const answer = new Headers({ ...HARMLESS, 'x-final-url': response.url });
  for (const name of PASSED) {
    const value = response.headers.get(name);
    if (value !== null) answer.set(name, value);
  }
  if (!MEDIA_TYPE.test(answer.get('content-type') ?? '')) answer.set('content-type', 'application/octet-stream');
  // The length holds only for a body that was not decompressed on the way.
  const length = response.headers.get('content-length');
  if (length !== null && response.headers.get('content-encoding') === null) answer.set('content-length', length);
  const body = response.body && endQuietly(response.body as ReadableStream<Uint8Array>, cut);
  return new Response(body, { status: response.status, headers: answer });
}

/** A broken segment is daily life of a broadcast: the server below must not see an error, which it would print. */
function endQuietly(body: ReadableStream<Uint8Array>, cut: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch {
          cut();
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
