import type { SourceHealth } from '../../contract/broadcast.ts';
import type { Cause } from '../../shared/causes.ts';
import { programmeAtEdge, type MediaPlaylist } from '../../shared/hls/read-playlist.ts';
import type { Alternatives } from '../../shared/hls/alternatives.ts';
import { PlaylistReader, type ReadFailure, type ReadList } from './playlist-reader.ts';
import { readHeaders, SegmentCheck } from './segment-check.ts';
import { addSources, ASKING_ORIGIN } from './stream-advice.ts';
import { StreamFacts } from './stream-facts.ts';
import { hostOf, OLD_BROADCAST, wordsOf, type WatcherOptions, type WatchState } from './watch-state.ts';
import { WatchedSource } from './watched-source.ts';

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
  /** A whole read, ms. */
  readMs: 10_000,
} as const;

const DENIED = new Set([401, 403]);

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
  #failures = 0;
  #endSn: number | null = null;
  /** When the list moved last, on the monotonic clock. */
  #advancedMonoMs: number | null = null;
  #targetMs = 2_000;
  readonly #reader: PlaylistReader;
  /** By index of the source. */
  readonly #facts = new Map<number, StreamFacts>();
  readonly #lists = new Map<number, WatchedSource>();
  readonly #segmentCheck: SegmentCheck;
  #checking: Promise<void> = Promise.resolve();
  #state: WatchState;
  #running: Promise<void> = Promise.resolve();

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#reader = options.reader ?? new PlaylistReader(options.egress);
    this.#segmentCheck = new SegmentCheck(options.egress, options.random ?? Math.random);
    this.#state = {
      health: options.sources.length === 0 ? 'none' : 'waiting',
      sourceId: options.sources[0]?.id ?? null,
      host: hostOf(options.sources[0]?.url),
      lastAdvanceAt: null,
      endlistAt: null,
      endlistIsOurs: false,
      lastFailure: null,
      cause: null,
      endedEdge: null,
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

  /** Polls once; resolves to the wait before the next poll, ms. */
  async #poll(): Promise<number> {
    const source = this.#options.sources[this.#index];
    if (!source) return WATCH_POLICY.failedPollMs;
    const { addresses } = this.#options;
    const address = addresses?.of(source) ?? source.url;
    const lists = this.#listsOf(this.#index);
    const { url, isVariant } = lists.next(address);
    const turn = this.#turn;
    const read = await this.#read(url, address);
    if (this.#abort.signal.aborted || turn !== this.#turn) return 0;
    if (!read.ok) {
      if (read.response) this.#factsOf(this.#index).noteError(readHeaders(read.response));
      // A token that ran out: the master is read again, at a fresh address where there is one.
      const denied = DENIED.has(read.response?.status ?? 0);
      const fresh = denied ? await addresses?.renew(source.id) : null;
      if (this.#abort.signal.aborted || turn !== this.#turn) return 0;
      if (fresh && fresh !== address) {
        lists.readMasterAgain();
        return WATCH_POLICY.minimumPollMs;
      }
      return this.#failed(wordsOf(read), read.cause);
    }
    this.#noteClock(read);
    const { playlist } = read;
    if (playlist.kind === 'master') {
      // Only the source itself may be a master: two that name each other would be asked in a loop.
      if (isVariant) return this.#failed('a master in place of a list', 'not_playlist');
      this.#factsOf(this.#index).noteMaster(playlist);
      lists.noteMaster(playlist);
      return 0;
    }
    if (this.#acceptList(url, { ...read, playlist }) === 'ask_another') return 0;
    return Math.min(WATCH_POLICY.maximumPollMs, Math.max(WATCH_POLICY.minimumPollMs, this.#targetMs));
  }

  #read(url: string, master: string): Promise<ReadList | ReadFailure> {
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(WATCH_POLICY.readMs)]);
    const headers = { 'accept-encoding': 'gzip', origin: ASKING_ORIGIN };
    return this.#reader.read(url, { signal, headers }, { master, near: null });
  }

  #acceptList(url: string, read: ReadList & { playlist: MediaPlaylist }): 'open' | 'ended' | 'ask_another' {
    const { playlist } = read;
    const { clock, notBeforeMs } = this.#options;
    const edgeAtMs = programmeAtEdge(playlist);
    if (playlist.ended && notBeforeMs && edgeAtMs !== null && edgeAtMs < notBeforeMs - WATCH_POLICY.oldBeforeStartMs) {
      this.#set({ health: 'waiting', lastFailure: OLD_BROADCAST, cause: 'old_broadcast', endlistAt: null });
      return 'open';
    }
    const nowMs = clock.stamp().monoMs;
    this.#failures = 0;
    this.#targetMs = playlist.targetDurationS * 1000;
    // A restarted encoder counts from zero again; any change is movement.
    const advanced = this.#endSn !== playlist.endSn;
    this.#endSn = playlist.endSn;
    if (advanced || this.#advancedMonoMs === null) this.#advancedMonoMs = nowMs;
    const lastAdvanceAt = advanced ? clock.now() : this.#state.lastAdvanceAt;
    const staleAfterMs = Math.max(3 * this.#targetMs, WATCH_POLICY.staleAfterMs);
    const stale = nowMs - this.#advancedMonoMs > staleAfterMs;
    const verdict = this.#listsOf(this.#index).noteList(url, playlist, stale);
    if (verdict === 'ask_another') return verdict;
    const ended = verdict === 'ended';
    if (!ended) {
      this.#sawOpen = true;
      this.#ended.delete(this.#index);
    }
    const facts = this.#factsOf(this.#index);
    const headers = readHeaders(read.response);
    facts.noteList(url, { playlist, headers, bytes: read.text.length, alternatives: this.#alternatives() }, nowMs);
    // A segment that was just listed is the one that may not be there yet.
    const newest = playlist.segments.at(-1);
    if (advanced && !ended && newest && !newest.gap && URL.canParse(newest.url) && this.#segmentCheck.takeTurn(nowMs))
      this.#checking = this.#check(newest.url, facts);
    // The centre may end one source and go on with another: unless the stage plays this one, the others are asked first.
    if (ended && this.#asksAnother()) return verdict;
    this.#set({
      health: ended ? 'ended' : stale ? 'stale' : 'live',
      lastAdvanceAt,
      endlistAt: ended ? (this.#state.endlistAt ?? clock.now()) : null,
      endlistIsOurs: ended && this.#sawOpen,
      endedEdge: ended && edgeAtMs !== null ? { atMs: edgeAtMs, targetDurationMs: this.#targetMs } : null,
      lastFailure: null,
      cause: stale ? 'stale' : null,
      missing: facts.missing,
    });
    if (stale && !ended && this.#stageSource === null) this.#useNext();
    return verdict;
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

  #listsOf(index: number): WatchedSource {
    let lists = this.#lists.get(index);
    if (!lists) this.#lists.set(index, (lists = new WatchedSource()));
    return lists;
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

  #failed(failure: string, cause: Cause): number {
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
    this.#set({ health: verdict, lastFailure: failure, cause, missing: this.#factsOf(this.#index).missing });
    this.#listsOf(this.#index).noteFailure();
    if (this.#failures % WATCH_POLICY.failuresBeforeNext === 0) {
      // One that cannot be reached does not keep the end of the others from being believed.
      if (this.#ended.size > 0) this.#ended.add(this.#index);
      this.#useNext();
    }
    return WATCH_POLICY.failedPollMs;
  }

  #useNext(): void {
    const { sources } = this.#options;
    if (sources.length > 1) this.#use((this.#index + 1) % sources.length);
  }

  #use(index: number): void {
    const source = this.#options.sources[index];
    if (!source) return;
    this.#index = index;
    this.#turn += 1;
    this.#listsOf(index).readMasterAgain();
    this.#endSn = null;
    this.#set({ sourceId: source.id, host: hostOf(source.url), missing: this.#factsOf(index).missing });
  }

  #noteClock({ response }: ReadList): void {
    const date = response.headers.get('date');
    if (!date) return;
    const centre = Date.parse(date) + Number(response.headers.get('age') ?? 0) * 1000;
    if (Number.isFinite(centre)) this.#state = { ...this.#state, clockOffsetMs: centre - this.#options.clock.now() };
  }

  #set(patch: Partial<WatchState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#options.onChange(this.#state);
  }
}
