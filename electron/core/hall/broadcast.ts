import type { PlaybackSample } from '../../contract/broadcast.ts';
import type { Playback, StreamSource } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { Signal } from '../../shared/signal.ts';
import { CACHE_POLICY, type CachePolicy } from '../broadcast/cache/cache-policy.ts';
import { CacheStore } from '../broadcast/cache/cache-store.ts';
import { DelayCache } from '../broadcast/cache/delay-cache.ts';
import { CACHE_ORIGIN, CACHE_URL } from '../broadcast/cache/late-lists.ts';
import { FreshAddresses } from '../broadcast/fresh-addresses.ts';
import { PlaylistReader } from '../broadcast/playlist-reader.ts';
import { answerFromCache, relay } from '../broadcast/relay.ts';
import type { WatchState } from '../broadcast/watch-state.ts';
import { Watcher } from '../broadcast/watcher.ts';
import type { Egress } from '../network/egress.ts';
import { isRunning } from '../sitting/machine.ts';
import type { Clock } from '../store/clock.ts';
import { AfterOutage } from './after-outage.ts';
import type { ChosenSource } from './chosen-source.ts';
import type { HallLog } from './hall-log.ts';

/** Where the cache on disk may be, and how much of it. */
export interface CacheOptions extends Partial<CachePolicy> {
  /** A folder of its own. */
  root: string;
}

export interface BroadcastOptions {
  egress: Egress;
  clock: Clock;
  random: () => number;
  log: HallLog;
  playback: Playback;
  /** The source that was put first by hand. */
  chosen: ChosenSource;
  /** Null: long delays are held by the stage as far as it can. */
  cache: CacheOptions | null;
}

/** What the core knows of the broadcast apart from any window: a watcher for the sitting the hall is in, and present addresses. */
export class Broadcast {
  /** What the watcher sees has changed. */
  readonly changed = new Signal();
  readonly #options: BroadcastOptions;
  /** Shared by watcher and relay, so that both read a list alike. */
  readonly #reader: PlaylistReader;
  #addresses: FreshAddresses;
  #watcher: Watcher;
  #watched: string | null = null;
  #isStopped = false;
  #cache: DelayCache | null = null;
  /** Watchers and caches of sittings before; each ends by itself within one request. */
  #ending: Promise<void> = Promise.resolve();

  constructor(options: BroadcastOptions) {
    this.#options = options;
    this.afterOutage = new AfterOutage(options.playback);
    this.#reader = new PlaylistReader(options.egress);
    this.#addresses = new FreshAddresses({ sources: [], egress: options.egress });
    this.#watcher = this.#makeWatcher(null, []);
  }

  /** What happens after an outage longer than the delay. */
  readonly afterOutage: AfterOutage;

  get state(): WatchState {
    return this.#watcher.state;
  }

  /** The address of a source now. */
  addressOf(source: StreamSource): string {
    return this.#addresses.of(source);
  }

  /** A fresh address for a source whose token has run out; null when there is none to be had. */
  renewAddress(sourceId: string): Promise<string | null> {
    return this.#addresses.renew(sourceId);
  }

  /** A piece of the broadcast for the stage; `cut` breaks the window's connection when the server's breaks off. */
  relay(request: Request, cut: () => void): Promise<Response> {
    const target = new URL(request.url).searchParams.get('url') ?? '';
    if (!target.startsWith(`${CACHE_ORIGIN}/`)) return relay(this.#reader, request, cut);
    if (!this.#cache) return Promise.resolve(answerFromCache({ kind: 'refused', cause: 'missing', whose: null }));
    return this.#cache.answer(new URL(target).pathname.slice(1), request.signal).then(answerFromCache);
  }

  /** What the stage plays: the sources themselves, or the cache in their place. */
  stageSources(sittingId: string, sources: readonly StreamSource[]): { id: string; url: string }[] {
    const [first] = sources;
    // The cache follows the choice by itself: for the stage nothing changes.
    if (first && this.#serving) return [{ id: first.id, url: CACHE_URL }];
    return this.#options.chosen
      .order(sittingId, sources)
      .map((source) => ({ id: source.id, url: this.addressOf(source) }));
  }

  /** So far behind what it plays the stage stays, seconds. */
  get stageDelaySeconds(): number {
    const { aboveDelayS, stageDelayS } = this.#policy;
    const { delaySeconds } = this.#options.playback;
    return delaySeconds > aboveDelayS ? stageDelayS : delaySeconds;
  }

  /** A sample of the stage, as of the broadcast itself. */
  noteSample(sample: PlaybackSample): PlaybackSample {
    const whole = this.#serving?.noteSample(sample) ?? sample;
    const playing = whole.state === 'playing';
    this.#watcher.setStageSource(playing ? whole.sourceId : null);
    const excessS = this.#serving?.excessS ?? (whole.delayS ?? 0) - this.#options.playback.delaySeconds;
    this.afterOutage.note({ playing, stalled: whole.state === 'stalled', excessS });
    return whole;
  }

  /** The hall gives up its delay. */
  goToLive(smallestDelayS: number): void {
    this.#serving?.goTo(smallestDelayS);
  }

  get #serving(): DelayCache | null {
    return this.#cache && this.#cache.steppedAside === null ? this.#cache : null;
  }

  get #policy(): CachePolicy {
    return { ...CACHE_POLICY, ...this.#options.cache };
  }

  /**
   * The hall is in this sitting, with these sources. It is watched before it begins, for the technician, and after an end that was
   * only inferred, to see the broadcast come back.
   */
  watchSitting(sitting: SittingRecord, planned: readonly StreamSource[]): void {
    const watching = isRunning(sitting.state) || sitting.state === 'prepared' || sitting.endedBy === 'schedule';
    const wanted = watching ? `${sitting.id} ${sitting.state === 'prepared'}` : null;
    if (this.#isStopped || wanted === this.#watched) return;
    this.#watched = wanted;
    const cache = this.#cache;
    this.#cache = null;
    this.#ending = Promise.all([this.#ending, this.#watcher.stop(), cache?.stop({ purge: true })]).then(
      () => undefined,
    );
    this.#addresses.stop();
    const sources = wanted === null ? [] : planned;
    const { egress, random } = this.#options;
    this.#addresses = new FreshAddresses({ sources, egress, random });
    this.#watcher = this.#makeWatcher(wanted === null ? null : sitting, sources);
    this.#watcher.start();
    this.#startCache(sitting, sources);
  }

  /** For good: no sitting is watched after it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#addresses.stop();
    await Promise.all([this.#watcher.stop(), this.#cache?.stop(), this.#ending]);
  }

  /** A delay that the stage cannot hold by itself goes through the disk, while the sitting runs. */
  #startCache(sitting: SittingRecord, sources: readonly StreamSource[]): void {
    const { cache, playback, chosen, clock, random, log } = this.#options;
    if (!cache) return;
    const policy = this.#policy;
    const wanted = isRunning(sitting.state) && sources.length > 0 && playback.delaySeconds > policy.aboveDelayS;
    if (!wanted) {
      this.#ending = this.#ending.then(() => CacheStore.purge(cache.root, null));
      return;
    }
    this.#cache = new DelayCache({
      // A cache of the sitting before may still be on its way out.
      ready: this.#ending,
      root: cache.root,
      sittingId: sitting.id,
      sources,
      chosen: () => chosen.of(sitting.id),
      addresses: this.#addresses,
      reader: this.#reader,
      language: playback.audioLanguage,
      rendition: playback.cachedRendition ?? null,
      delayS: playback.delaySeconds,
      holdUntilMs: sitting.startsAt + playback.delaySeconds * 1000,
      policy,
      clock: { wallMs: () => clock.now(), monoMs: () => clock.stamp().monoMs },
      random,
      afterOutage: () => this.afterOutage.mode,
      onStepAside: (why) => {
        log.info('cache_stepped_aside', { why });
        this.changed.emit();
      },
      onError: (cause) => log.error('cache_failed', cause),
    });
    this.#cache.start();
  }

  #makeWatcher(sitting: SittingRecord | null, sources: readonly StreamSource[]): Watcher {
    const { egress, clock, random, log } = this.#options;
    let health = '';
    return new Watcher({
      sources,
      addresses: this.#addresses,
      slow: sitting?.state === 'prepared',
      notBeforeMs: sitting?.startsAt ?? null,
      egress,
      reader: this.#reader,
      clock,
      random,
      onChange: (state) => {
        if (state.health !== health)
          log.info('source_health', { health: state.health, host: state.host, failure: state.lastFailure });
        health = state.health;
        this.changed.emit();
      },
      onError: (cause) => log.error('watch_failed', cause),
    });
  }
}
