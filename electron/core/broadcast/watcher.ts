import type { SourceHealth, StreamLack } from '../../contract/broadcast.ts';
import type { StreamSource } from '../../contract/session-package.ts';
import type { Clock } from '../store/clock.ts';
import type { FreshAddresses } from './fresh-addresses.ts';
import type { Egress } from './http-fetch.ts';
import {
  parsePlaylist,
  PLAYLIST_LIMIT_BYTES,
  type Alternatives,
  type MasterPlaylist,
  type MediaPlaylist,
} from './playlist.ts';
import { readHeaders, SegmentCheck } from './segment-check.ts';
import { addSources, ASKING_ORIGIN, type AnswerHeaders } from './stream-advice.ts';
import { StreamFacts } from './stream-facts.ts';

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

/** Unauthorised, forbidden. */
const DENIED = new Set([401, 403]);

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
  /** What the source that is read now lacks of what the centre must provide. */
  missing: StreamLack[];
  /** Centre's clock less ours, from the HTTP Date header, ms. */
  clockOffsetMs: number | null;
}

export interface WatcherOptions {
  sources: readonly StreamSource[];
  /** Present addresses of the sources, where tokens run out; the package's own when absent. */
  addresses?: FreshAddresses;
  egress: Egress;
  clock: Clock;
  random?: () => number;
  /** Polls seldom: nothing is shown yet. */
  slow?: boolean;
  /** Waits are so many times shorter, for tests that cannot wait; 1 when absent. */
  pace?: number;
  /** Start of the sitting, epoch ms: an ENDLIST from before it is another broadcast's. Needs programme date-time. */
  notBeforeMs?: number | null;
  onChange(state: WatchState): void;
  /** An error of our own while polling; the next poll comes all the same. */
  onError(cause: unknown): void;
}

type Read =
  | { ok: true; playlist: MasterPlaylist | MediaPlaylist; headers: AnswerHeaders; bytes: number }
  /** `headers` of an answer that was an error. */
  | { ok: false; failure: string; headers: AnswerHeaders | null };

/**
 * Reads the media playlist itself, apart from any window, so that a crashed stage cannot hide the end of the broadcast.
 * A playlist that stalls or vanishes is `stale` or `unreachable`, never `ended`: only ENDLIST is.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #index = 0;
  /** Counts changes of source: an answer that comes after one belongs to the source before. */
  #turn = 0;
  #stageSource: string | null = null;
  #sawOpen = false;
  /** Sources whose list had ended when last seen, by index. */
  readonly #ended = new Set<number>();
  #variant: { url: string; others: string[] } | null = null;
  #failures = 0;
  #lastSequence: number | null = null;
  /** When the list last advanced, by the monotonic clock: one that is set must not make a list stale. */
  #advancedMonoMs: number | null = null;
  #targetMs = 2_000;
  /** By index of the source. */
  readonly #facts = new Map<number, StreamFacts>();
  readonly #segmentCheck: SegmentCheck;
  #checking: Promise<void> = Promise.resolve();
  #state: WatchState;
  #running: Promise<void> = Promise.resolve();

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#segmentCheck = new SegmentCheck(options.egress, options.random ?? Math.random);
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
    await Promise.all([this.#running, this.#checking]);
  }

  /** The stage plays this source, or null when it plays none: its list is the one that counts. */
  setStageSource(sourceId: string | null): void {
    this.#stageSource = sourceId;
    const index = this.#options.sources.findIndex((s) => s.id === sourceId);
    if (index >= 0 && index !== this.#index) this.#use(index);
  }

  #schedule(wantedMs: number): void {
    if (this.#abort.signal.aborted) return;
    const usualMs = this.#options.slow && wantedMs > 0 ? Math.max(wantedMs, WATCH_POLICY.slowPollMs) : wantedMs;
    const delayMs = usualMs / (this.#options.pace ?? 1);
    const jitter = 1 + (this.#options.random ?? Math.random)() * WATCH_POLICY.jitter;
    this.#timer = setTimeout(() => {
      this.#running = this.#pollOnce();
    }, delayMs * jitter);
  }

  async #pollOnce(): Promise<void> {
    let next: number = WATCH_POLICY.failedPollMs;
    try {
      next = await this.#poll();
    } catch (cause) {
      this.#options.onError(cause);
    }
    this.#schedule(next);
  }

  /** Polls once; resolves to the wait before the next, ms. */
  async #poll(): Promise<number> {
    const source = this.#options.sources[this.#index];
    if (!source) return WATCH_POLICY.failedPollMs;
    const { addresses } = this.#options;
    const address = addresses?.of(source) ?? source.url;
    const url = this.#variant?.url ?? address;
    const turn = this.#turn;
    const read = await this.#read(url);
    if (this.#abort.signal.aborted || turn !== this.#turn) return 0;
    if (!read.ok) {
      if (read.headers) this.#factsOf(this.#index).noteError(read.headers);
      // A token that ran out: the master is read again, at a fresh address where there is one.
      const fresh = DENIED.has(read.headers?.status ?? 0) ? await addresses?.renew(source.id) : null;
      if (this.#abort.signal.aborted || turn !== this.#turn) return 0;
      if (fresh && fresh !== address) {
        this.#variant = null;
        return WATCH_POLICY.minimumPollMs;
      }
      return this.#failed(read.failure);
    }
    const { playlist } = read;
    if (playlist.kind === 'master') {
      const [first, ...others] = playlist.variants;
      if (!first) return this.#failed('empty');
      this.#factsOf(this.#index).noteMaster(playlist);
      this.#variant = { url: first, others };
      return 0;
    }
    this.#acceptList(url, { ...read, playlist });
    return Math.min(WATCH_POLICY.maximumPollMs, Math.max(WATCH_POLICY.minimumPollMs, this.#targetMs));
  }

  async #read(url: string): Promise<Read> {
    const limit = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(10_000)]);
    const outcome = await this.#options.egress.fetch(url, {
      signal: limit,
      headers: { 'accept-encoding': 'gzip', origin: ASKING_ORIGIN },
    });
    const fail = (failure: string, headers: AnswerHeaders | null = null): Read => ({ ok: false, failure, headers });
    if (!outcome.ok) return fail(outcome.failure === 'aborted' ? 'timeout' : outcome.failure);
    const { response } = outcome;
    const headers = readHeaders(response);
    try {
      if (!response.ok) {
        await response.body?.cancel();
        return fail(`http ${response.status}`, headers);
      }
      const text = await response.text();
      if (text.length > PLAYLIST_LIMIT_BYTES) return fail('too large');
      const playlist = parsePlaylist(text, response.url);
      if (!playlist.ok) return fail(playlist.error === 'empty' ? 'empty playlist' : 'not a playlist');
      this.#noteClock(headers.date, response.headers.get('age'));
      return { ok: true, playlist, headers, bytes: text.length };
    } catch {
      return fail('reset');
    }
  }

  #acceptList(url: string, list: { playlist: MediaPlaylist; headers: AnswerHeaders; bytes: number }): void {
    const { playlist } = list;
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
    const nowMs = this.#options.clock.stamp().monoMs;
    if (advanced) this.#advancedMonoMs = nowMs;
    const lastAdvanceAt = advanced ? now : this.#state.lastAdvanceAt;
    const staleAfter = Math.max(3 * playlist.targetDurationMs, WATCH_POLICY.staleAfterMs);
    const stale = this.#advancedMonoMs !== null && nowMs - this.#advancedMonoMs > staleAfter;
    if (!playlist.ended) {
      this.#sawOpen = true;
      this.#ended.delete(this.#index);
    }
    const facts = this.#factsOf(this.#index);
    facts.noteList(url, { ...list, alternatives: this.#alternatives() }, nowMs);
    // A segment that was just listed is the one that may not be there yet.
    if (advanced && !playlist.ended && playlist.newestUrl && this.#segmentCheck.takeTurn(nowMs))
      this.#checking = this.#check(playlist.newestUrl, facts);
    // The centre may end one source and go on with another: unless the stage plays this one, the others are asked first.
    if (playlist.ended && this.#asksAnother()) return;
    this.#set({
      health: playlist.ended ? 'ended' : stale ? 'stale' : 'live',
      lastAdvanceAt,
      endlistAt: playlist.ended ? (this.#state.endlistAt ?? now) : null,
      endlistIsOurs: playlist.ended && this.#sawOpen,
      lastFailure: null,
      missing: facts.missing,
    });
    if (stale && this.#stageSource === null) this.#useNext();
  }

  /** Runs in parallel to the polling, which it must not delay. */
  async #check(url: string, facts: StreamFacts): Promise<void> {
    try {
      const answer = await this.#segmentCheck.ask(url, this.#abort.signal);
      if (answer) facts.noteSegment(answer);
    } catch (cause) {
      if (!this.#abort.signal.aborted) this.#options.onError(cause);
    }
  }

  #factsOf(index: number): StreamFacts {
    let facts = this.#facts.get(index);
    if (!facts) this.#facts.set(index, (facts = new StreamFacts()));
    return facts;
  }

  /** Where the player can go from the source that is read now. */
  #alternatives(): Alternatives {
    const hosts = this.#options.sources.map((source) => hostOf(source.url));
    const others = hosts.filter((_, index) => index !== this.#index);
    return addSources(this.#factsOf(this.#index).alternatives, hosts[this.#index] ?? null, others);
  }

  /** Goes to a source that was not seen ended yet; false when there is none or the stage's own source ended. */
  #asksAnother(): boolean {
    const { sources } = this.#options;
    this.#ended.add(this.#index);
    if (this.#ended.size >= sources.length || sources[this.#index]?.id === this.#stageSource) return false;
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
    this.#set({ health: verdict, lastFailure: failure, missing: this.#factsOf(this.#index).missing });
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
    this.#turn += 1;
    this.#variant = null;
    this.#lastSequence = null;
    this.#set({ sourceId: source.id, host: hostOf(source.url), missing: this.#factsOf(index).missing });
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
