import type { Response } from 'undici';
import { causeOfStatus, type Cause, type Whose, CAUSES } from '../../shared/causes.ts';
import { mendPlaylist } from '../../shared/hls/mend-playlist.ts';
import { CAUSE_OF_PLAYLIST, readPlaylist, type Playlist } from '../../shared/hls/read-playlist.ts';
import { readText, TooLargeError } from '../network/body.ts';
import type { Egress, FetchInit, FetchOutcome } from '../network/egress.ts';
import { causeOfError, readError } from '../network/error-cause.ts';
import { CacheWatch } from './cache-watch.ts';
import { KnownPlaylists } from './known-playlists.ts';

/** A playlist larger than this is refused, counted unpacked, bytes: six hours of an EVENT list are about 1.2 MB. */
export const PLAYLIST_LIMIT_BYTES = 8 * 1024 * 1024;

/** Refusals say why in a few lines, bytes. */
export const REFUSAL_BYTES = 2_048;

const PAST_THE_CACHE = { 'cache-control': 'no-cache', pragma: 'no-cache' };

export interface ReadFailure {
  ok: false;
  cause: Cause;
  whose: Whose;
  /** The answer, where one came; its body is used up. */
  response: Response | null;
}

export interface ReadList {
  ok: true;
  playlist: Playlist;
  /** As it came, and as players read it. */
  text: string;
  mended: string;
  /** Address after redirects. */
  url: string;
  response: Response;
}

/** What the stage knows of a list and a core that was restarted does not: the source's address, and a number counted before. */
export interface ReadHints {
  master: string | null;
  near: number | null;
}

const NO_HINTS: ReadHints = { master: null, near: null };

/** Reads playlists for watcher and relay alike: one text, one reading, one memory of masters, numberings and stuck caches. */
export class PlaylistReader {
  readonly #egress: Egress;
  readonly #known = new KnownPlaylists();
  readonly #caches = new CacheWatch();

  constructor(egress: Egress) {
    this.#egress = egress;
  }

  /** The largest segment that can be meant, bytes: by the bandwidth and the durations of the playlists read so far. */
  get segmentLimitBytes(): number {
    return this.#known.segmentLimitBytes;
  }

  /** Fetches without reading the body; past a cache that is known to be stuck. */
  fetch(url: string, init: FetchInit): Promise<FetchOutcome> {
    return this.#egress.fetch(url, this.#caches.isStuck(url) ? pastTheCache(init) : init);
  }

  /** Fetches and reads a playlist. Never rejects. */
  async read(url: string, init: FetchInit, hints: ReadHints = NO_HINTS): Promise<ReadList | ReadFailure> {
    const outcome = await this.fetch(url, init);
    if (!outcome.ok) return { ok: false, cause: outcome.cause, whose: outcome.whose, response: null };
    const { response } = outcome;
    if (causeOfStatus(response.status) !== null) {
      const text = await readText(response, REFUSAL_BYTES).catch(() => '');
      return failure(causeOfStatus(response.status, text) ?? 'bad_answer', response);
    }
    try {
      const text = await readText(response, PLAYLIST_LIMIT_BYTES);
      return await this.understand(url, { text, url: outcome.url, response }, init, hints);
    } catch (error) {
      return failure(causeOfBody(error), response);
    }
  }

  /** Reads the text of an answer to `asked`, and asks once more where a cache is stuck or a master is needed first. Never rejects. */
  async understand(
    asked: string,
    answer: { text: string; url: string; response: Response },
    init: FetchInit,
    { master, near }: ReadHints,
  ): Promise<ReadList | ReadFailure> {
    const fresh = await this.#freshen(asked, answer, init);
    if (near !== null) this.#known.noteNear(asked, near);
    let origin = this.#known.originOf(asked, fresh.url);
    let read = readPlaylist(fresh.text, origin);
    if (!read.ok && read.error === 'master_needed' && master !== null && master !== asked) {
      await this.read(master, init);
      origin = this.#known.originOf(asked, fresh.url);
      read = readPlaylist(fresh.text, origin);
    }
    if (!read.ok) return failure(CAUSE_OF_PLAYLIST[read.error], fresh.response);
    const mended = mendPlaylist(fresh.text, origin);
    this.#known.note(asked, fresh.url, read.playlist);
    return { ok: true, playlist: read.playlist, mended: mended.ok ? mended.text : fresh.text, ...fresh };
  }

  async #freshen<A extends { text: string; url: string; response: Response }>(
    asked: string,
    answer: A,
    init: FetchInit,
  ): Promise<A | { text: string; url: string; response: Response }> {
    const age = answer.response.headers.get('age');
    if (!this.#caches.note(asked, answer.text, age === null ? null : Number(age))) return answer;
    const again = await this.#egress.fetch(asked, pastTheCache(init));
    if (!again.ok) return answer;
    try {
      const text = await readText(again.response, PLAYLIST_LIMIT_BYTES);
      return again.response.ok ? { text, url: again.url, response: again.response } : answer;
    } catch {
      return answer;
    }
  }
}

/** Names what broke while a body was read. */
export function causeOfBody(error: unknown): Cause {
  return error instanceof TooLargeError ? 'too_large' : causeOfError(readError(error), false);
}

function failure(cause: Cause, response: Response): ReadFailure {
  return { ok: false, cause, whose: CAUSES[cause], response };
}

function pastTheCache(init: FetchInit): FetchInit {
  return { ...init, headers: { ...init.headers, ...PAST_THE_CACHE } };
}
