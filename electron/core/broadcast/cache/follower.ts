import { setTimeout as sleep } from 'node:timers/promises';
import type { Cause, Whose } from '../../../shared/causes.ts';
import { programmeAtEdge } from '../../../shared/hls/read-playlist.ts';
import { SpanCheck } from '../../../shared/hls/segment-span.ts';
import type { FreshAddresses } from '../fresh-addresses.ts';
import type { PlaylistReader } from '../playlist-reader.ts';
import type { Track } from './cache-index.ts';
import type { Wanted } from './cache-options.ts';
import { FOLLOW } from './cache-policy.ts';
import type { CacheStore, NewEntry, StoreRefusal } from './cache-store.ts';
import { entryOf, FetchOrder, type Next } from './fetch-order.ts';
import { fetchPiece, type Piece } from './fetch-segment.ts';
import { FollowedSource, type RenditionFacts, type Unsupported } from './followed-source.ts';
import type { SegmentKeys } from './segment-keys.ts';
import { LineSpeed, Pace } from './pace.ts';
import { SegmentTrouble } from './segment-trouble.ts';
import { SourceTurn } from './source-turn.ts';

export interface FollowerOptions extends Wanted {
  addresses: FreshAddresses;
  reader: PlaylistReader;
  store: CacheStore;
  keys: SegmentKeys;
  /** Where to begin: so many seconds behind the edge. */
  delayS: number;
  random: () => number;
  /** Media seconds that the hall still has before it reaches the end of the cache. */
  aheadS(): number;
  /** Makes room; called when the cache is full, and after each segment. */
  makeRoom: (urgent: boolean) => Promise<void>;
  /** Drops what the stage does not know yet, from a programme date-time on, epoch ms. */
  dropUnseen: (fromMs: number) => Promise<void>;
  onUnsupported(why: Unsupported): void;
  /** An error of our own; the next round comes all the same. */
  onError(cause: unknown): void;
}

/** Why the cache does not grow now; null while it does. */
export interface Failing {
  cause: Cause;
  whose: Whose;
}

/**
 * Fills the cache: follows one rendition of one source, and another source when that one is lost. Fetches one segment at a time, in
 * order, for as long as that can help: the hall is minutes behind.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #abort = new AbortController();
  readonly #turn: SourceTurn;
  readonly #followed = new Map<string, FollowedSource>();
  readonly #spans: Record<Track, SpanCheck> = { main: new SpanCheck(), sound: new SpanCheck() };
  readonly #order: FetchOrder;
  #running: Promise<void> = Promise.resolve();
  #failing: Failing | null = null;
  #refused: StoreRefusal | null = null;
  readonly #trouble: SegmentTrouble;
  readonly #pace = new Pace();
  readonly #speed = new LineSpeed();
  /** Put first by hand, and not read yet. */
  #chosen: string | null = null;
  #polledAt = Number.NEGATIVE_INFINITY;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#turn = new SourceTurn(options);
    this.#trouble = new SegmentTrouble(options.random);
    this.#order = new FetchOrder(options.store, options.delayS);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  get failing(): Failing | null {
    return this.#failing;
  }

  get refused(): StoreRefusal | null {
    return this.#refused;
  }

  get sourceId(): string {
    return this.#turn.current;
  }

  get facts(): RenditionFacts {
    return this.#source.facts;
  }

  get hasSound(): boolean {
    return this.#source.hasSound;
  }

  /** Media seconds that the source lists behind the end of the cache. */
  get missingS(): number {
    const list = this.#source.list('main')?.list;
    const next = this.#next('main');
    return list && next ? list.totalS - next.segment.offsetS : 0;
  }

  /** The list has ended, and everything of it is here. */
  get ended(): boolean {
    const list = this.#source.list('main')?.list;
    const { store } = this.#options;
    return list?.ended === true && store.last('main') !== null && !this.#next('main') && !this.#next('sound');
  }

  get targetDurationS(): number {
    return this.#source.list('main')?.list.targetDurationS ?? 2;
  }

  get #source(): FollowedSource {
    const id = this.#turn.current;
    let source = this.#followed.get(id);
    if (!source) this.#followed.set(id, (source = new FollowedSource(this.#options.reader, this.#options)));
    return source;
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      let waitMs: number = FOLLOW.minimumPollMs;
      try {
        waitMs = await this.#round();
      } catch (cause) {
        if (!this.#abort.signal.aborted) this.#options.onError(cause);
      }
      await sleep(waitMs, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    }
  }

  /** One step: the list when it is due, else one segment; resolves to the wait before the next step, ms. */
  async #round(): Promise<number> {
    const now = performance.now();
    if (this.#turn.followChoice()) {
      this.#chosen = this.#turn.current;
      this.#trouble.clear();
      this.#polledAt = Number.NEGATIVE_INFINITY;
    }
    // The hall is minutes behind: a list asked for more often would only cost the line.
    const pollMs = Math.max(FOLLOW.minimumPollMs, this.targetDurationS * 1000);
    if (now - this.#polledAt >= pollMs) {
      this.#polledAt = now + this.#options.random() * FOLLOW.jitter * pollMs;
      await this.#poll();
    }
    const next = this.#mostBehind();
    const untilPoll = Math.max(0, this.#polledAt + pollMs - performance.now());
    if (!next) return Math.max(50, untilPoll);
    const paceMs = this.#pace.waitMs(next.segment.durationS, this.#options.aheadS());
    if (paceMs > 0) return Math.max(20, Math.min(paceMs, untilPoll));
    return this.#fetch(next);
  }

  async #poll(): Promise<void> {
    const { sources, addresses } = this.#options;
    const source = sources.find(({ id }) => id === this.#turn.current)!;
    const followed = this.#source;
    const address = addresses.of(source);
    const refresh = await followed.refresh(address, this.#speed.bitsPerSecond, this.#abort.signal);
    if (this.#abort.signal.aborted) return;
    const now = performance.now();
    if (refresh.ok) {
      await this.#makeWay(followed);
      const staleMs = Math.max(FOLLOW.staleMs, FOLLOW.staleTargetDurations * this.targetDurationS * 1000);
      const stale = now - (followed.advancedAt ?? now) > staleMs && followed.list('main')?.list.ended !== true;
      if (!this.#trouble.exists) this.#failing = stale ? { cause: 'stale', whose: 'server' } : null;
      if (stale) this.#leave(now);
      else if (!this.#trouble.exists) this.#turn.noteGood();
    } else if ('unsupported' in refresh) this.#options.onUnsupported(refresh.unsupported);
    else {
      const { cause, whose, response } = refresh.failure;
      this.#failing = { cause, whose };
      if (response && (response.status === 401 || response.status === 403)) await addresses.renew(source.id);
      followed.readMasterAgain();
      this.#leave(now);
    }
    const listed = (['main', 'sound'] as const).flatMap((track) => this.#source.list(track)?.list.segments ?? []);
    await this.#options.keys.fetchAll(this.#turn.current, listed, this.#abort.signal);
    await this.#askBetter(now);
  }

  /** The source that was chosen is here: what the hall has not seen yet of the one before gives way, where dates can tell. */
  async #makeWay(followed: FollowedSource): Promise<void> {
    if (this.#chosen !== this.#turn.current) return;
    this.#chosen = null;
    const list = followed.list('main')?.list;
    const beginMs = list?.segments[0]?.programmeMs ?? null;
    const edgeMs = list ? programmeAtEdge(list) : null;
    const last = this.#options.store.last('main');
    if (beginMs === null || edgeMs === null || !last || last.programmeMs === null) return;
    if (Math.abs(edgeMs - last.programmeMs) < FOLLOW.sameClockMs) await this.#options.dropUnseen(beginMs);
  }

  /** Asks a source that stands before this one in the package's order whether it is back, now and then. */
  async #askBetter(now: number): Promise<void> {
    const id = this.#turn.toAsk(now);
    const source = this.#options.sources.find((each) => each.id === id);
    if (!source) return;
    const asked = new FollowedSource(this.#options.reader, this.#options);
    const refresh = await asked.refresh(
      this.#options.addresses.of(source),
      this.#speed.bitsPerSecond,
      this.#abort.signal,
    );
    const list = asked.list('main')?.list;
    const healthy = refresh.ok && list !== undefined && !list.ended;
    if (this.#turn.noteAsked(source.id, healthy ? list.endSn : null, performance.now())) this.#trouble.clear();
  }

  /** What is fetched next: of picture and sound the one that is further behind. */
  #mostBehind(): Next | null {
    const main = this.#next('main');
    const sound = this.#source.hasSound ? this.#next('sound') : null;
    if (!main || !sound) return main ?? sound;
    return (sound.segment.programmeMs ?? 0) < (main.segment.programmeMs ?? 0) ? sound : main;
  }

  #next(track: Track): Next | null {
    const followed = this.#source.list(track);
    return followed && this.#order.next(track, followed, this.#turn.current);
  }

  /** Fetches and keeps one segment; resolves to the wait before the next step, ms. */
  async #fetch(next: Next): Promise<number> {
    const { store, reader, keys } = this.#options;
    const { segment, track, followed } = next;
    const { signal } = this.#abort;
    const entry = entryOf(next, this.#turn.current);
    if (segment.gap) return this.#keep(next, entry, null);
    if (segment.key && !(await keys.fetch(entry.key!.name, segment.key.url, signal))) return this.#failed(next, null);
    if (segment.map && !store.hasMap(entry.map!)) {
      const map = await fetchPiece(reader, { ...segment.map, encrypted: segment.key !== null }, null, signal);
      if (!map.ok) return this.#failed(next, map);
      this.#spans[track].noteInit(map.body.buffer.slice(map.body.byteOffset, map.body.byteOffset + map.body.length));
      if (!this.#accepted(await store.addMap(entry.map!, map.body))) return FOLLOW.longestFailMs;
    }
    const judge = {
      spans: this.#spans[track],
      key: `${entry.rendition} ${followed.count} ${segment.sn}`,
      durationS: segment.durationS,
    };
    const piece = await fetchPiece(reader, { ...segment, encrypted: segment.key !== null }, judge, signal);
    if (signal.aborted) return 0;
    if (!piece.ok) return this.#failed(next, piece);
    // What is announced is a peak; what was measured counts where it is slow.
    const measured = { bytes: piece.body.length, ms: piece.ms, durationS: segment.durationS };
    if (this.#speed.note(measured) && this.#source.chooseFor(this.#speed.bitsPerSecond!))
      this.#polledAt = Number.NEGATIVE_INFINITY;
    return this.#keep(next, entry, piece.body);
  }

  async #keep(next: Next, entry: NewEntry, body: Buffer | null): Promise<number> {
    const { store, makeRoom } = this.#options;
    const { track, segment } = next;
    let outcome = await store.add(entry, body);
    if (!outcome.ok && outcome.reason === 'limit') {
      await makeRoom(true);
      outcome = await store.add(entry, body);
    }
    if (!this.#accepted(outcome)) return FOLLOW.longestFailMs;
    this.#trouble.clear();
    this.#failing = null;
    this.#order.noteKept(next);
    if (track === 'main') this.#pace.spend(segment.durationS);
    await makeRoom(false);
    return 0;
  }

  #accepted(outcome: Awaited<ReturnType<CacheStore['addMap']>>): boolean {
    this.#refused = outcome.ok ? null : outcome.reason;
    return outcome.ok;
  }

  /** A segment did not come: again after a while, until it counts as a gap; resolves to the wait, ms. */
  async #failed(next: Next, piece: Extract<Piece, { ok: false }> | null): Promise<number> {
    const { track, segment, followed } = next;
    const key = `${track} ${this.#turn.current} ${followed.count} ${segment.sn}`;
    const { lost, waitMs } = this.#trouble.note(key, piece, followed.list.targetDurationS);
    this.#failing = piece ? { cause: piece.cause, whose: piece.whose } : { cause: 'missing', whose: 'server' };
    if (lost) return this.#keep(next, entryOf(next, this.#turn.current), null);
    // A whole source that gives no segments is left for another.
    this.#leave(performance.now());
    return waitMs;
  }

  #leave(now: number): void {
    this.#turn.noteFailure(now);
    if (!this.#turn.leave(now)) return;
    this.#trouble.clear();
    this.#chosen = null;
  }
}
