import path from 'node:path';
import type { PlaybackSample } from '../../../contract/broadcast.ts';
import type { Track } from './cache-index.ts';
import type { Answer, DelayCacheOptions, SteppedAside } from './cache-options.ts';
import { CacheStore } from './cache-store.ts';
import { nameOf } from './followed-source.ts';
import { Follower } from './follower.ts';
import { HallPlace } from './hall-place.ts';
import { buildLateList, buildLateMaster, revealed, soundOf } from './late-lists.ts';
import { notePlace, readPlace } from './place-note.ts';
import { SegmentKeys } from './segment-keys.ts';

/** Enough to begin with, media seconds. */
const BEGIN_S = 12;
/** The hall counts as having reached the end of the cache so near to it. */
const DRY_S = 15;
const NOTE_EVERY_MS = 1_000;
const SETTLE_MS = 15_000;
/** The stage's own buffer changes what it says by less. */
const SHOWN_TOLERANCE_S = 1;
/** Behind the usual delay by more than this after an outage, seconds; or three target durations. */
const EXCESS_S = 10;

/** The broadcast, minutes late: fills a cache on disk and shows the stage a list that ends where the hall's own buffer does. */
export class DelayCache {
  readonly #options: DelayCacheOptions;
  readonly #abort = new AbortController();
  readonly #keys: SegmentKeys;
  #store: CacheStore | null = null;
  #follower: Follower | null = null;
  #place: HallPlace | null = null;
  #notedAt = Number.NEGATIVE_INFINITY;
  /** So far the stage may have read the main track, media seconds. */
  #knownS = 0;
  #aside: SteppedAside | null = null;
  #opening: Promise<void> = Promise.resolve();

  constructor(options: DelayCacheOptions) {
    this.#options = options;
    this.#keys = new SegmentKeys(options.reader);
  }

  start(): void {
    this.#opening = this.#open().catch((cause: unknown) => {
      this.#options.onError(cause);
      this.#stepAside('disk_error');
    });
  }

  /** Stops filling. What is there stays for the next start, unless `purge`. */
  async stop({ purge = false } = {}): Promise<void> {
    this.#abort.abort();
    await this.#opening;
    await this.#follower?.stop();
    if (purge) await CacheStore.purge(this.#options.root, null);
    else await this.#notePlace(true);
  }

  /** The stage plays from the source itself, and why; null while the cache serves it. */
  get steppedAside(): SteppedAside | null {
    return this.#aside;
  }

  /** The source whose broadcast goes into the cache now. */
  get sourceId(): string | null {
    return this.#follower?.sourceId ?? null;
  }

  /** Media seconds that the hall is behind what the source lists; null before anything is there. */
  get #delayS(): number | null {
    const place = this.#placeS();
    return place === null ? null : this.#endS + this.#follower!.missingS - place;
  }

  /** Media seconds in front of the hall that are on disk. */
  get #aheadS(): number {
    const place = this.#placeS();
    return place === null ? 0 : this.#endS - place;
  }

  /** So much more than usual is the hall behind, media seconds; 0 where it is not, or where that is not known. */
  get excessS(): number {
    const delayS = this.#delayS;
    const allowed = Math.max(EXCESS_S, 3 * (this.#follower?.targetDurationS ?? 2));
    const excess = delayS === null || !this.#place?.started ? 0 : delayS - this.#options.delayS;
    return excess > allowed && this.#follower?.failing === null ? excess : 0;
  }

  /** A sample of the stage, which knows only the late list, as of the broadcast itself. Puts the hall's place right. */
  noteSample(sample: PlaybackSample): PlaybackSample {
    const main = this.#store?.list('main') ?? [];
    const { programmeTimeMs } = sample;
    const shown =
      programmeTimeMs === null
        ? undefined
        : main.findLast((e) => e.programmeMs !== null && e.programmeMs <= programmeTimeMs);
    const monoMs = this.#options.clock.monoMs();
    if (shown && programmeTimeMs! - shown.programmeMs! < (shown.durationS + 1) * 1000 && sample.state === 'playing')
      this.#place?.noteShown(shown.startS + (programmeTimeMs! - shown.programmeMs!) / 1000, monoMs, SHOWN_TOLERANCE_S);
    void this.#notePlace(false);
    const place = this.#placeS();
    if (place === null) return sample;
    const hiddenS = this.#endS + this.#follower!.missingS - this.#untilS(place);
    return {
      ...sample,
      sourceId: sample.sourceId && (shown?.source ?? this.sourceId ?? sample.sourceId),
      delayS: sample.delayS === null ? null : Math.max(0, Math.round((sample.delayS + hiddenS) * 100) / 100),
    };
  }

  /** The hall goes to `delayS` behind the edge, as far as that is on disk. */
  goTo(delayS: number): void {
    const place = this.#placeS();
    if (place === null) return;
    const target = Math.min(this.#endS, this.#endS + this.#follower!.missingS - delayS);
    if (target > place) this.#place!.jump(target, this.#options.clock.monoMs(), SETTLE_MS);
  }

  /** What the stage gets for a name under `CACHE_ORIGIN`. */
  async answer(name: string, signal: AbortSignal): Promise<Answer> {
    await this.#opening;
    const piece = /^(main|sound)-(\d+)\.seg$/u.exec(name);
    if (piece) return bytes((await this.#store?.read(piece[1] as Track, Number(piece[2])))?.body ?? null);
    const map = /^map-(\w+)\.init$/u.exec(name)?.[1];
    if (map !== undefined) return bytes((await this.#store?.readMap(map)) ?? null);
    const key = /^key-(\w+)$/u.exec(name)?.[1];
    if (key !== undefined) return bytes(this.#keys.get(key));
    if (!(await this.#ready(signal))) return this.#refusal();
    const follower = this.#follower!;
    if (name === 'live.m3u8') return { kind: 'list', text: buildLateMaster(follower.facts, follower.hasSound) };
    return name === 'main.m3u8' || name === 'sound.m3u8'
      ? this.#list(name === 'main.m3u8' ? 'main' : 'sound')
      : { kind: 'refused', cause: 'missing', whose: null };
  }

  #list(track: Track): Answer {
    const { clock, policy } = this.#options;
    this.#place!.start(clock.monoMs());
    this.#catchUp();
    const place = this.#placeS()!;
    const follower = this.#follower!;
    // Nothing more to show, and nothing comes: the stage learns why.
    const dry = this.#endS - place < Math.min(DRY_S, policy.stageDelayS);
    if (dry && follower.failing && follower.missingS === 0 && !follower.ended)
      return { kind: 'refused', ...follower.failing };
    if (dry && follower.refused) this.#stepAside(follower.refused);
    const untilS = this.#untilS(place);
    this.#knownS = Math.max(this.#knownS, untilS);
    const all = this.#store!.list(track);
    const main = revealed(this.#store!.list('main'), place - policy.keepShownS, untilS);
    const entries = track === 'main' ? main : soundOf(all, main);
    if (entries.length === 0) return { kind: 'refused', cause: 'missing', whose: null };
    const ended = follower.ended && entries.at(-1) === all.at(-1);
    return { kind: 'list', text: buildLateList(entries, { targetDurationS: follower.targetDurationS, ended }) };
  }

  /** How far the stage may know the main track, media seconds. */
  #untilS(place: number): number {
    return Math.min(this.#endS, place + this.#options.policy.stageDelayS);
  }

  /** "In step": after an outage longer than the delay the hall goes forward to its usual delay. */
  #catchUp(): void {
    if (this.excessS > 0 && this.#options.afterOutage() === 'in_step') this.goTo(this.#options.delayS);
  }

  get #endS(): number {
    return this.#store?.endS('main') ?? 0;
  }

  #placeS(): number | null {
    if (!this.#place || !this.#store?.last('main')) return null;
    return this.#place.at(this.#options.clock.monoMs(), this.#endS);
  }

  /** There is something to begin with, and the delay exists, or need not be waited for any longer. */
  async #ready(signal: AbortSignal): Promise<boolean> {
    const until = performance.now() + 4000;
    while (!this.#abort.signal.aborted && !signal.aborted) {
      if (this.#isReady()) return true;
      if (performance.now() > until || this.#holds()) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }

  #isReady(): boolean {
    const follower = this.#follower;
    if (!follower || !this.#store?.last('main') || this.#holds()) return false;
    if (follower.hasSound && !this.#store.last('sound')) return false;
    if (this.#place?.started) return true;
    const enoughS = Math.min(BEGIN_S, this.#endS + follower.missingS);
    if (this.#endS < enoughS - 0.01) return false;
    this.#place ??= new HallPlace(Math.max(0, this.#endS + follower.missingS - this.#options.delayS));
    return true;
  }

  /** The delay does not exist yet, and the hall's own beginning has not come. */
  #holds(): boolean {
    if (this.#place || !this.#store?.last('main')) return false;
    const { clock, holdUntilMs, delayS } = this.#options;
    return clock.wallMs() < holdUntilMs && this.#endS + this.#follower!.missingS < delayS;
  }

  #refusal(): Answer {
    const failing = this.#follower?.failing;
    return { kind: 'refused', cause: failing?.cause ?? 'missing', whose: failing?.whose ?? null };
  }

  async #open(): Promise<void> {
    const { root, sittingId, policy, clock } = this.#options;
    await this.#options.ready;
    const name = nameOf(sittingId);
    await CacheStore.purge(root, name);
    const folder = path.join(root, name);
    let store = await CacheStore.open(folder, sittingId, policy);
    const atS = await readPlace(store, clock.wallMs());
    if (atS === 'old') {
      await CacheStore.purge(root, null);
      store = await CacheStore.open(folder, sittingId, policy);
    } else if (atS !== null) this.#place = new HallPlace(atS);
    if (this.#abort.signal.aborted) return;
    this.#store = store;
    this.#follower = this.#createFollower(store);
    this.#follower.start();
  }

  #createFollower(store: CacheStore): Follower {
    const { policy } = this.#options;
    return new Follower({
      ...this.#options,
      store,
      keys: this.#keys,
      aheadS: () => this.#aheadS,
      makeRoom: (urgent) => this.#makeRoom(store, urgent ? DRY_S : policy.keepShownS),
      dropUnseen: (fromMs) => this.#dropUnseen(store, fromMs),
      onUnsupported: (why) => this.#stepAside(why),
    });
  }

  /** Drops what the stage does not know yet, from the programme date-time `fromMs` on. */
  async #dropUnseen(store: CacheStore, fromMs: number): Promise<void> {
    const place = this.#placeS();
    const knownS = Math.max(this.#knownS, place === null ? 0 : this.#untilS(place));
    const isUnseen = revealed(store.list('main'), knownS, Number.POSITIVE_INFINITY);
    const first = isUnseen.find((entry) => entry.programmeMs !== null && entry.programmeMs >= fromMs);
    if (first) await store.cut(first);
  }

  async #makeRoom(store: CacheStore, keepS: number): Promise<void> {
    const place = this.#placeS();
    if (place !== null) await store.trim(place - keepS);
  }

  #stepAside(why: SteppedAside): void {
    if (this.#aside !== null) return;
    this.#aside = why;
    this.#options.onStepAside(why);
  }

  async #notePlace(now: boolean): Promise<void> {
    const at = performance.now();
    const atS = this.#placeS();
    if (atS === null || !this.#place!.started || (!now && at - this.#notedAt < NOTE_EVERY_MS)) return;
    this.#notedAt = at;
    if (this.#store) await notePlace(this.#store, atS, this.#options.clock.wallMs());
  }
}

function bytes(body: Buffer | null): Answer {
  return body ? { kind: 'bytes', body } : { kind: 'refused', cause: 'missing', whose: null };
}
