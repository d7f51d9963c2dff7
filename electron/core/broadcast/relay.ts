import type { Response as Answer } from 'undici';
import { causeOfStatus, CAUSES, type Cause, type Whose } from '../../shared/causes.ts';
import { announcesMore } from '../network/body.ts';
import type { Answer as CacheAnswer } from './cache/cache-options.ts';
import { causeOfBody, PLAYLIST_LIMIT_BYTES, REFUSAL_BYTES, type PlaylistReader } from './playlist-reader.ts';
import { RelayBody } from './relay-body.ts';

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
 * failure arrives with its name instead of the browser's "status 0". A playlist is read whole and handed on as players
 * read it alike; other bytes are passed on as they come, up to a limit. When they break off, `cut` must break the window's
 * connection too, or a piece of a segment would pass for the whole.
 *
 * `url` of the query is what is fetched. With a media playlist come `master`, the source's address, and `near`, a sequence
 * number that the player counted before.
 */
export async function relay(reader: PlaylistReader, request: Request, cut: () => void): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const target = query.get('url');
  if (!isWebAddress(target)) return new Response(null, { status: 400, headers: { 'x-relay-failure': 'bad_url' } });
  const master = query.get('master');
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) if (ASKED.test(name)) headers[name] = value;
  const init = { headers, signal: request.signal };
  const outcome = await reader.fetch(target, init);
  if (!outcome.ok) return refuse(outcome.cause, outcome.whose);
  const { response, url } = outcome;
  const cause = causeOfStatus(response.status);
  const body = new RelayBody(response.body as ReadableStream<Uint8Array> | null, {
    limitBytes: reader.segmentLimitBytes,
    cut,
  });
  if (cause !== null) return passError(response, url, body);
  if (headers['range'] === undefined && (await body.isPlaylist())) {
    try {
      const text = await body.readText(PLAYLIST_LIMIT_BYTES);
      const list = await reader.understand(target, { text, url, response }, init, {
        master: isWebAddress(master) ? master : null,
        near: Number(query.get('near')) || null,
      });
      if (!list.ok) return refuse(list.cause, list.whose);
      return new Response(list.mended === text ? body.wholeBytes() : list.mended, {
        status: list.response.status,
        headers: answerHeaders(list.response, list.url),
      });
    } catch (error) {
      return refuse(causeOfBody(error));
    }
  }
  if (announcesMore(response, reader.segmentLimitBytes)) {
    await body.cancel();
    return refuse('too_large');
  }
  const answer = answerHeaders(response, url);
  // The length holds only for a body that was not decompressed on the way.
  const length = response.headers.get('content-length');
  if (length !== null && response.headers.get('content-encoding') === null) answer.set('content-length', length);
  return new Response(body.stream(), { status: response.status, headers: answer });
}

/** What the cache on disk has for the stage, as the relay would hand it on. */
export function answerFromCache(answer: CacheAnswer): Response {
  if (answer.kind === 'refused') return refuse(answer.cause, answer.whose ?? undefined);
  const isList = answer.kind === 'list';
  const headers = new Headers({ ...HARMLESS, 'cache-control': 'no-store' });
  headers.set('content-type', isList ? 'application/vnd.apple.mpegurl' : 'application/octet-stream');
  return new Response(isList ? answer.text : Uint8Array.from(answer.body), { headers });
}

function isWebAddress(text: string | null): text is string {
  return text !== null && URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);
}

function refuse(cause: Cause, whose: Whose = CAUSES[cause]): Response {
  const status = cause === 'no_answer' || cause === 'no_connection' ? 504 : 502;
  return new Response(null, {
    status,
    headers: { 'x-relay-failure': cause, 'x-relay-whose': whose, 'cache-control': 'no-store' },
  });
}

/** An error of the server keeps its status, and gets the name that the kiosk has for it. */
async function passError(response: Answer, url: string, body: RelayBody): Promise<Response> {
  const text = await body.readText(REFUSAL_BYTES).catch(() => '');
  await body.cancel();
  const headers = answerHeaders(response, url);
  headers.set('x-relay-cause', causeOfStatus(response.status, text) ?? 'bad_answer');
  return new Response(null, { status: response.status, headers });
}

function answerHeaders(response: Answer, url: string): Headers {
  const headers = new Headers({ ...HARMLESS, 'x-final-url': url });
  for (const name of PASSED) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (!MEDIA_TYPE.test(headers.get('content-type') ?? '')) headers.set('content-type', 'application/octet-stream');
  return headers;
}
