import type { SourceHealth } from '../../contract/broadcast.ts';
import type { StreamSource } from '../../contract/session-package.ts';
import type { Clock } from '../store/clock.ts';
import type { Egress } from './http-fetch.ts';
import { parsePlaylist, PLAYLIST_LIMIT_BYTES, type Playlist } from './playlist.ts';
import { findMissing, type AnswerHeaders } from './stream-advice.ts';

/** Polling and verdicts, milliseconds unless said. */
export const WATCH_POLICY = {
  minimumPollMs: 1_000,
  maximumPollMs: 6_000,
  failedPollMs: 3_000,
  /** Before a sitting is open. */
  slowPollMs: 15_000,
  /** A broadcast that ended so long before the sitting's start is the one of before, still on the server. */
  oldBeforeStartMs: 5 * 60_000,
  /** Each wait is stretched by a random factor up to this, so that venues do not poll in step. */
  jitter: 0.25,
  /** Without advance for max(3 target durations, this) a playlist is stale. */
  staleAfterMs: 12_000,
  /** Failures in a row before the next source is read. */
  failuresBeforeNext: 3,
} as const;

/** What `lastFailure` says while the server still holds an earlier broadcast. */
export const OLD_BROADCAST = 'earlier broadcast';

export interface WatchState {
  health: SourceHealth;
  sourceId: string | null;
  host: string | null;
  lastAdvanceAt: number | null;
  endlistAt: number | null;
  /** The list was seen open, or moving, before it ended. */
  endlistIsOurs: boolean;
  lastFailure: string | null;
  missing: string[];
  /** Centre's clock less ours, from the HTTP Date header, ms. */
  clockOffsetMs: number | null;
}

export interface WatcherOptions {
  sources: readonly StreamSource[];
  egress: Egress;
  clock: Clock;
  random?: () => number;
  /** Looks seldom: nothing is shown yet. */
  slow?: boolean;
  /** Start of the sitting, epoch ms: an ENDLIST from before it is another broadcast's. Needs programme date-time. */
  notBeforeMs?: number | null;
  onChange(state: WatchState): void;
  /** A fault of ours while looking; the next look comes all the same. */
  onError(cause: unknown): void;
}

/**
 * Reads the media playlist itself, apart from any window, so that a crashed stage cannot hide the end of the broadcast.
 * A playlist that stalls or vanishes is `stale` or `unreachable`, never `ended`: only ENDLIST is.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #index = 0;
  #followed: string | null = null;
  #sawOpen = false;
  /** Sources whose list had ended when last seen, by index. */
  readonly #ended = new Set<number>();
  #variant: { url: string; others: string[] } | null = null;
  #failures = 0;
  #lastSequence: number | null = null;
  #targetMs = 2_000;
  #state: WatchState;
  #running: Promise<void> = Promise.resolve();

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#state = {
      health: options.sources.length === 0 ? 'none' : 'waiting',
      sourceId: options.sources[0]?.id ?? null,
      host: hostOf(options.sources[0]?.url),
      lastAdvanceAt: null,
      endlistAt: null,
      endlistIsOurs: false,
      lastFailure: null,
      missing: [],
      clockOffsetMs: null,
    };
  }

  get state(): WatchState {
    return this.#state;
  }

  start(): void {
    if (this.#options.sources.length > 0) this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  /** The stage plays this source, or null when it plays none: its list is the one that counts. */
  follow(sourceId: string | null): void {
    this.#followed = sourceId;
    const index = this.#options.sources.findIndex((s) => s.id === sourceId);
    if (index >= 0 && index !== this.#index) this.#use(index);
  }

  #schedule(wantedMs: number): void {
    if (this.#abort.signal.aborted) return;
    const delayMs = this.#options.slow && wantedMs > 0 ? Math.max(wantedMs, WATCH_POLICY.slowPollMs) : wantedMs;
    const jitter = 1 + (this.#options.random ?? Math.random)() * WATCH_POLICY.jitter;
    this.#timer = setTimeout(() => {
      this.#running = this.#look();
    }, delayMs * jitter);
  }

  async #look(): Promise<void> {
    let next: number = WATCH_POLICY.failedPollMs;
    try {
      next = await this.#poll();
    } catch (cause) {
      this.#options.onError(cause);
    }
    this.#schedule(next);
  }

  /** One look; resolves to the wait before the next, ms. */
  async #poll(): Promise<number> {
    const source = this.#options.sources[this.#index];
    if (!source) return WATCH_POLICY.failedPollMs;
    const url = this.#variant?.url ?? source.url;
    const read = await this.#read(url);
    if (this.#abort.signal.aborted) return 0;
    if (!read.ok) return this.#failed(read.failure);
    if (read.playlist.kind === 'master') {
      const [first, ...others] = read.playlist.variants;
      if (!first) return this.#failed('empty');
      this.#variant = { url: first, others };
      return 0;
    }
    this.#seen(read.playlist, read.headers);
    return Math.min(WATCH_POLICY.maximumPollMs, Math.max(WATCH_POLICY.minimumPollMs, this.#targetMs));
  }

  async #read(
    url: string,
  ): Promise<
    { ok: true; playlist: Extract<Playlist, { ok: true }>; headers: AnswerHeaders } | { ok: false; failure: string }
  > {
    const limit = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(10_000)]);
    const outcome = await this.#options.egress.fetch(url, {
      signal: limit,
      headers: { 'accept-encoding': 'gzip', origin: 'http://kiosk.invalid' },
    });
    if (!outcome.ok) return { ok: false, failure: outcome.failure === 'aborted' ? 'timeout' : outcome.failure };
    const { response } = outcome;
    try {
      if (!response.ok) {
        await response.body?.cancel();
        return { ok: false, failure: `http ${response.status}` };
      }
      const text = await response.text();
      if (text.length > PLAYLIST_LIMIT_BYTES) return { ok: false, failure: 'too large' };
      const playlist = parsePlaylist(text, response.url);
      if (!playlist.ok) return { ok: false, failure: playlist.error === 'empty' ? 'empty playlist' : 'not a playlist' };
      this.#noteClock(response.headers.get('date'), response.headers.get('age'));
      return {
        ok: true,
        playlist,
        headers: {
          cors: response.headers.get('access-control-allow-origin'),
          encoding: response.headers.get('content-encoding'),
          cacheControl: response.headers.get('cache-control'),
          bytes: text.length,
        },
      };
    } catch {
      return { ok: false, failure: 'reset' };
    }
  }

  #seen(playlist: Extract<Playlist, { kind: 'media' }>, headers: AnswerHeaders): void {
    const now = this.#options.clock.now();
    const { notBeforeMs } = this.#options;
    if (
      playlist.ended &&
      notBeforeMs &&
      playlist.edgeAtMs !== null &&
      playlist.edgeAtMs < notBeforeMs - WATCH_POLICY.oldBeforeStartMs
    ) {
      this.#set({ health: 'waiting', lastFailure: OLD_BROADCAST, endlistAt: null });
      return;
    }
    this.#failures = 0;
    this.#targetMs = playlist.targetDurationMs;
    // A restarted encoder counts from zero again; any change is movement.
    const advanced = this.#lastSequence !== playlist.lastSequence;
    this.#lastSequence = playlist.lastSequence;
    const lastAdvanceAt = advanced ? now : this.#state.lastAdvanceAt;
    const staleAfter = Math.max(3 * playlist.targetDurationMs, WATCH_POLICY.staleAfterMs);
    const stale = lastAdvanceAt !== null && now - lastAdvanceAt > staleAfter;
    if (!playlist.ended) {
      this.#sawOpen = true;
      this.#ended.delete(this.#index);
    }
    // The centre may end one source and go on with another: unless the stage plays this one, the others are asked first.
    if (playlist.ended && this.#asksAnother()) return;
    this.#set({
      health: playlist.ended ? 'ended' : stale ? 'stale' : 'live',
      lastAdvanceAt,
      endlistAt: playlist.ended ? (this.#state.endlistAt ?? now) : null,
      endlistIsOurs: playlist.ended && this.#sawOpen,
      lastFailure: null,
      missing: findMissing(playlist, headers),
    });
    if (stale && this.#followed === null) this.#useNext();
  }

  /** Goes to a source that was not seen ended yet; false when there is none or the stage's own source ended. */
  #asksAnother(): boolean {
    const { sources } = this.#options;
    this.#ended.add(this.#index);
    if (this.#ended.size >= sources.length || sources[this.#index]?.id === this.#followed) return false;
    this.#useNext();
    return true;
  }

  #failed(failure: string): number {
    this.#failures += 1;
    const known = this.#state.lastAdvanceAt !== null;
    // One lost answer is no verdict; the list is stale only when it had time to move.
    const verdict: SourceHealth =
      this.#state.health === 'ended'
        ? 'ended'
        : known
          ? this.#failures >= 2
            ? 'unreachable'
            : this.#state.health
          : 'waiting';
    this.#set({ health: verdict, lastFailure: failure });
    const other = this.#variant?.others.shift();
    if (other && this.#variant) this.#variant.url = other;
    else if (this.#failures % WATCH_POLICY.failuresBeforeNext === 0) {
      // One that cannot be reached does not keep the end of the others from being believed.
      if (this.#ended.size > 0) this.#ended.add(this.#index);
      this.#useNext();
    }
    return WATCH_POLICY.failedPollMs;
  }

  #useNext(): void {
    const { sources } = this.#options;
    if (sources.length > 1) this.#use((this.#index + 1) % sources.length);
    else this.#variant = null;
  }

  #use(index: number): void {
    const source = this.#options.sources[index];
    if (!source) return;
    this.#index = index;
    this.#variant = null;
    this.#lastSequence = null;
    this.#set({ sourceId: source.id, host: hostOf(source.url) });
  }

  #noteClock(date: string | null, age: string | null): void {
    if (!date) return;
    const centre = Date.parse(date) + Number(age ?? 0) * 1000;
    if (Number.isFinite(centre)) this.#state = { ...this.#state, clockOffsetMs: centre - this.#options.clock.now() };
  }

  #set(patch: Partial<WatchState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#options.onChange(this.#state);
  }
}

function hostOf(url: string | undefined): string | null {
  return url ? new URL(url).host : null;
}
