import Hls, { type ErrorData } from 'hls.js';
import type { Place } from './timeline.ts';
import { bufferedAfter, bufferedRanges, nextRangeStart, playableUntil } from './buffer.ts';
import { plainUrl, segmentKey, type SegmentRequest } from './load-request.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import { buildHlsConfig } from './hls-config.ts';
import { createVideo } from './video.ts';
import { HoleTolerance } from './hole-tolerance.ts';
import { boundedDelayS, startOffsetS, type StartTarget } from './start-position.ts';
import { StreamLoader, type StreamLoaderHost } from './stream-loader.ts';
import { createLoaderClass } from './hls-loader.ts';
import type { MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { withoutEnd } from './end-watch.ts';
import type { DeckEvents, DeckOptions, Source } from './deck-options.ts';
import { EndedRenditions } from './ended-renditions.ts';
import { BUFFER_BYTES, JOIN, REFILL, WATCH } from './policy.ts';
import { SegmentRepair } from './segment-repair.ts';
import { Timeline } from './timeline.ts';

const CODEC_ERRORS: ReadonlySet<string> = new Set([
  Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR,
  Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR,
  Hls.ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR,
]);

/** One media element with one hls.js on one source. A player may own two: the one on screen and the next. */
export class Deck {
  readonly source: Source;
  readonly url: string;
  /** Where it begins. */
  readonly target: StartTarget;
  readonly video: HTMLVideoElement;
  readonly loader: StreamLoader;
  readonly startedAt = performance.now();
  readonly timeline: Timeline;
  /** Newest list of the main rendition. */
  view: MediaPlaylist | null = null;
  viewAt: number | null = null;
  lastSuccessAt: number | null = null;
  wasReset = false;
  firstFrameAt: number | null = null;
  readonly #hls: Hls;
  readonly #holes: HoleTolerance;
  readonly #options: DeckOptions;
  readonly #events: DeckEvents;
  #joined = false;
  #stopped = false;
  #avoided = 0;
  #avoidTimer: ReturnType<typeof setTimeout> | undefined;
  #presented = 0;
  readonly #segmentsAt = new Map<string, number>();
  readonly #ends: EndedRenditions;

  constructor(options: DeckOptions, events: DeckEvents) {
    this.#options = options;
    this.#events = events;
    this.source = options.source;
    this.url = options.url;
    this.video = createVideo();
    this.target = options.target;
    this.loader = new StreamLoader(this.#loaderHost(), options.causes, options.gaps);
    this.#hls = new Hls(buildHlsConfig(options, createLoaderClass(this.loader)));
    this.#ends = new EndedRenditions(
      this.#hls,
      (url, signal) => this.loader.readList(url, signal),
      (detail) => events.onLog(detail),
    );
    this.#holes = new HoleTolerance(this.#hls.config);
    this.timeline = new Timeline(this.#hls);
  }

  start(): void {
    this.#options.container.append(this.video);
    const hls = this.#hls;
    hls.on(Hls.Events.ERROR, (_event, data) => this.#onError(data));
    hls.on(Hls.Events.FRAG_LOADED, (_event, data) => this.#segmentsAt.set(data.frag.type, performance.now()));
    hls.on(Hls.Events.MANIFEST_PARSED, (_event, data) => {
      const bitrate = Math.max(...data.levels.map((level) => level.maxBitrate || level.bitrate || 0));
      if (bitrate > 0) hls.config.maxBufferLength = Math.min(hls.config.maxBufferLength, (BUFFER_BYTES * 8) / bitrate);
    });
    const countFrame = () => {
      this.#presented++;
      this.firstFrameAt ??= performance.now();
      if (!this.#stopped) this.video.requestVideoFrameCallback(countFrame);
    };
    this.video.requestVideoFrameCallback(countFrame);
    hls.attachMedia(this.video);
    hls.loadSource(this.url);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#avoidTimer);
    this.#ends.stop();
    this.#hls.destroy();
    this.video.removeAttribute('src');
    this.video.load();
    this.video.remove();
  }

  /** Frames that reached the screen; in a window that is covered, where none does, frames that were decoded. */
  get frames(): number {
    return document.visibilityState === 'visible'
      ? this.#presented
      : this.video.getVideoPlaybackQuality().totalVideoFrames;
  }

  /** Media seconds ahead of the picture; holes are jumped and do not count. */
  get aheadS(): number {
    return bufferedAfter(bufferedRanges(this.video), this.video.currentTime);
  }

  /** Seconds until playback reaches a hole or the end of the buffer. */
  get untilHoleS(): number {
    const { currentTime } = this.video;
    return Math.max(0, playableUntil(bufferedRanges(this.video), currentTime) - currentTime);
  }

  /** End of everything buffered, holes included. */
  get bufferEnd(): number {
    return bufferedRanges(this.video).at(-1)?.end ?? this.video.currentTime;
  }

  get nextRangeStart(): number | null {
    return nextRangeStart(bufferedRanges(this.video), this.video.currentTime);
  }

  /** When a segment came last, of the rendition (picture or sound) that has waited longest; null before the first. */
  get lastSegmentAt(): number | null {
    return this.#segmentsAt.size === 0 ? null : Math.min(...this.#segmentsAt.values());
  }

  /** Enough is decoded to go on at once. */
  get ready(): boolean {
    return this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && !this.video.seeking;
  }

  get delayS(): number | null {
    return this.timeline.delayAt(this.video.currentTime);
  }

  /** Seconds from the end of the buffer to the end of the list. */
  get unfetchedS(): number | null {
    return this.timeline.delayAt(this.bufferEnd);
  }

  get bufferReachesEdge(): boolean {
    return (this.unfetchedS ?? Number.POSITIVE_INFINITY) < 0.5;
  }

  /** Seconds since the list moved, less the time a list may take: how much its edge lags behind the broadcast. */
  get listAgeS(): number {
    const advancedAt = this.loader.guard.newest()?.advancedAt;
    if (advancedAt === undefined || this.endListSeen) return 0;
    return Math.max(0, (performance.now() - advancedAt) / 1000 - (this.view?.targetDurationS ?? 2));
  }

  /** Milliseconds since a good list of the main rendition came. */
  get viewAge(): number {
    return this.viewAt === null ? Number.POSITIVE_INFINITY : performance.now() - this.viewAt;
  }

  /** Fresh lists and segments come again, a while after `since`. */
  fetchedSince(since: number): boolean {
    const segments = this.lastSegmentAt !== null && this.lastSegmentAt - since > 3000;
    return segments && this.viewAge < 5000 && !this.wasReset;
  }

  /** The newest list says that the broadcast is over; it may be taken back. */
  get endListSeen(): boolean {
    return this.#ends.isOver;
  }

  /** Addresses of the lists of all renditions. */
  get levelUrls(): string[] {
    return this.#hls.levels.map((level) => plainUrl(level.uri));
  }

  get levels(): number {
    return this.#hls.levels.length;
  }

  get rendition(): { heightPx: number | null; bitrateKbps: number | null } {
    const level = this.#hls.levels[this.#hls.currentLevel];
    return {
      heightPx: this.video.videoHeight || level?.height || null,
      bitrateKbps: level ? Math.round(level.bitrate / 1000) : null,
    };
  }

  get bandwidth(): number {
    return this.#hls.bandwidthEstimate;
  }

  /** Where the buffer ends, for the player that will carry on. */
  get drainPlace(): Place {
    return this.timeline.placeAt(Math.max(this.video.currentTime, this.bufferEnd - 0.01));
  }

  /** Call once a tick. */
  update(): void {
    this.#holes.update(this.nextRangeStart === null ? null : this.untilHoleS);
  }

  resumeLoading(): void {
    this.#hls.startLoad(-1);
  }

  /** Leaves a rendition whose list stands still for another, for a while that doubles each time; false where that is no help. */
  avoidLevel(): boolean {
    const hls = this.#hls;
    if (hls.levels.length < 2) return false;
    if (!hls.autoLevelEnabled) {
      // The other one stands still as well: the origin does, not the rendition.
      hls.loadLevel = -1;
      return false;
    }
    hls.loadLevel = hls.loadLevel > 0 ? hls.loadLevel - 1 : hls.loadLevel + 1;
    const forMs = WATCH.variantPenaltyMs * 2 ** this.#avoided++;
    clearTimeout(this.#avoidTimer);
    this.#avoidTimer = setTimeout(() => (hls.loadLevel = -1), forMs);
    return true;
  }

  /** Jumps to `delayS` behind the edge, as far as the window allows. */
  seekToDelay(delayS: number): void {
    const edge = this.#hls.latestLevelDetails?.edge;
    if (edge === undefined || !this.view) return;
    this.video.currentTime = Math.max(0, edge - boundedDelayS(this.view, delayS));
  }

  #loaderHost(): StreamLoaderHost {
    const repairs = new SegmentRepair((codec) => this.#events.onSoundDropped(codec));
    return {
      master: this.url,
      language: this.#options.language,
      toTransportUrl: this.#options.toTransportUrl,
      firstFillS: this.target.at === 'delay' ? this.#options.delayS + REFILL.firstSpareS : REFILL.burstS,
      aheadS: () => this.aheadS + this.#events.spareS(),
      onMedia: (view, text, list) => this.#onMedia(view, text, list),
      onReset: () => {
        if (this.wasReset) return;
        this.wasReset = true;
        this.#events.onReset();
      },
      onFailure: (cause) => this.#events.onFailure(cause),
      onSuccess: () => (this.lastSuccessAt = performance.now()),
      onGap: (request, cause) => this.#onGap(request, cause),
      repair: (body, request) => repairs.repair(body, request),
    };
  }

  #onGap(request: SegmentRequest, cause: Cause | null): void {
    this.#holes.widen(segmentKey(request.url, request.range?.start, request.sn), request.durationS);
    if (cause) this.#events.onLog(`skipped ${cause} ${plainUrl(request.url).slice(-80)}`);
  }

  /** Seconds until the picture reaches the end of the list. */
  get #remainingS(): number {
    return this.lastSegmentAt === null ? Number.POSITIVE_INFINITY : (this.delayS ?? Number.POSITIVE_INFINITY);
  }

  /** Decides the place to begin from the very list that hls.js is about to get. */
  #onMedia(view: MediaPlaylist, given: string, { main, key }: { main: boolean; key: string }): string {
    if (main) this.#ends.note(key, view);
    const text = view.ended && !this.#ends.mayPassOn(this.#remainingS) ? withoutEnd(given) : given;
    if (!main) return text;
    this.wasReset = false;
    this.view = view;
    this.viewAt = performance.now();
    const { config } = this.#hls;
    if (!this.#joined) {
      this.#joined = true;
      const offset = startOffsetS(view, this.#options.target);
      config.liveSyncDuration = Math.max(0.1, view.totalS - offset);
    } else if (this.lastSegmentAt !== null) {
      // From now on this is where hls.js jumps when the window has left the playhead behind.
      const oldest = view.totalS - JOIN.marginTargetDurations * view.targetDurationS;
      const wanted = boundedDelayS(view, this.#options.delayS);
      config.liveSyncDuration = this.#options.afterOutage() === 'complete' ? Math.max(wanted, oldest) : wanted;
    }
    return text;
  }

  #onError(data: ErrorData): void {
    if (!data.fatal) return;
    if (data.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR && !this.loader.ignoresCodecs) {
      // No variant is left: the master may be wrong about what its segments hold.
      this.loader.ignoresCodecs = true;
      this.#events.onLog(`codecs of the master not believed: ${data.reason ?? ''}`.slice(0, 200));
      this.#hls.loadSource(this.url);
      return;
    }
    if (CODEC_ERRORS.has(data.details)) this.#options.causes.recordFailure('codec', performance.now());
    const media = data.type !== Hls.ErrorTypes.NETWORK_ERROR;
    this.#events.onFatal({ media, details: `${data.details}: ${data.error?.message ?? ''}`.slice(0, 200) });
  }
}
