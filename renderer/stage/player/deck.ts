import Hls, { type ErrorData } from 'hls.js';
import type { Place } from './timeline.ts';
import { bufferedAfter, bufferedRanges, nextRangeStart, playableUntil } from './buffer.ts';
import { plainUrl, segmentKey, type KnownGaps, type SegmentRequest } from './load-request.ts';
import type { FailureHistory, FailureKind } from './failure.ts';
import { buildHlsConfig, type DeckSettings } from './hls-config.ts';
import { createVideo } from './video.ts';
import { HoleTolerance } from './hole-tolerance.ts';
import { boundedDelayS, startOffsetS, type StartTarget } from './start-position.ts';
import { StreamLoader, type StreamLoaderHost } from './stream-loader.ts';
import { createLoaderClass } from './hls-loader.ts';
import type { MediaView } from './playlist-view.ts';
import { BUFFER_BYTES, JOIN, WATCH } from './policy.ts';
import { SilenceFiller } from './silence-filler.ts';
import { Timeline } from './timeline.ts';

export interface Source {
  id: string;
  url: string;
}

export interface DeckOptions extends DeckSettings {
  container: HTMLElement;
  source: Source;
  /** The address to load: the source's own, or a fresh one with a new token. */
  url: string;
  target: StartTarget;
  afterOutage: 'complete' | 'in_step';
  toTransportUrl: (url: string) => string;
  causes: FailureHistory;
  gaps: KnownGaps;
}

export interface DeckEvents {
  /** The encoder restarted with another numbering; the deck plays out what it has. */
  onReset(): void;
  /** hls.js gave up. */
  onFatal(data: { media: boolean; details: string }): void;
  onFailure(kind: FailureKind): void;
  onLog(detail: string): void;
  /** Media seconds that the hall will see before it needs this deck. */
  spareS(): number;
}

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
  view: MediaView | null = null;
  viewAt: number | null = null;
  lastSuccessAt: number | null = null;
  endListSeen = false;
  wasReset = false;
  firstFrameAt: number | null = null;
  readonly #hls: Hls;
  readonly #holes: HoleTolerance;
  readonly #options: DeckOptions;
  readonly #events: DeckEvents;
  #joined = false;
  #stopped = false;
  #avoided = 0;
  #presented = 0;
  readonly #segmentsAt = new Map<string, number>();

  constructor(options: DeckOptions, events: DeckEvents) {
    this.#options = options;
    this.#events = events;
    this.source = options.source;
    this.url = options.url;
    this.video = createVideo();
    this.target = options.target;
    this.loader = new StreamLoader(this.#loaderHost(), options.causes, options.gaps);
    this.#hls = new Hls(buildHlsConfig(options, createLoaderClass(this.loader)));
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
    hls.on(Hls.Events.LEVEL_UPDATED, (_event, data) => {
      if (!data.details.live) this.endListSeen = true;
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

  /** Milliseconds since a good list of the main rendition came. */
  get viewAge(): number {
    return this.viewAt === null ? Number.POSITIVE_INFINITY : performance.now() - this.viewAt;
  }

  /** Fresh lists and segments come again, a while after `since`. */
  fetchedSince(since: number): boolean {
    const segments = this.lastSegmentAt !== null && this.lastSegmentAt - since > 3000;
    return segments && this.viewAge < 5000 && !this.wasReset;
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
    setTimeout(() => {
      if (!this.#stopped) hls.loadLevel = -1;
    }, forMs);
    return true;
  }

  /** Jumps to `delayS` behind the edge, as far as the window allows. */
  seekToDelay(delayS: number): void {
    const edge = this.#hls.latestLevelDetails?.edge;
    if (edge === undefined || !this.view) return;
    this.video.currentTime = Math.max(0, edge - boundedDelayS(this.view, delayS));
  }

  #loaderHost(): StreamLoaderHost {
    const fillers = new Map<string, SilenceFiller>();
    const fillerOf = (track: string) => fillers.get(track) ?? fillers.set(track, new SilenceFiller()).get(track)!;
    return {
      toTransportUrl: this.#options.toTransportUrl,
      aheadS: () => this.aheadS + this.#events.spareS(),
      onMedia: (view, text, main) => this.#onMedia(view, text, main),
      onReset: () => {
        if (this.wasReset) return;
        this.wasReset = true;
        this.#events.onReset();
      },
      onFailure: (kind) => this.#events.onFailure(kind),
      onSuccess: () => (this.lastSuccessAt = performance.now()),
      onGap: (request, kind) => this.#onGap(request, kind),
      repair: (body, request) =>
        request.encrypted || request.sn === null ? body : fillerOf(request.track).fill(body, request.durationS),
    };
  }

  #onGap(request: SegmentRequest, kind: FailureKind | null): void {
    this.#holes.widen(segmentKey(request.url, request.range?.start), request.durationS);
    if (kind) this.#events.onLog(`skipped ${kind} ${plainUrl(request.url).slice(-80)}`);
  }

  /** Decides the place to begin from the very list that hls.js is about to get. */
  #onMedia(view: MediaView, text: string, main: boolean): string {
    if (!main) return text;
    this.wasReset = false;
    this.view = view;
    this.viewAt = performance.now();
    const { config } = this.#hls;
    if (!this.#joined) {
      this.#joined = true;
      const offset = startOffsetS(view, this.#options.target);
      config.liveSyncDuration = Math.max(0.1, view.totalS - offset);
      if (view.ended) return `${text.trimEnd()}\n#EXT-X-START:TIME-OFFSET=${offset.toFixed(3)},PRECISE=YES\n`;
    } else if (this.lastSegmentAt !== null) {
      // From now on this is where hls.js jumps when the window has left the playhead behind.
      const oldest = view.totalS - JOIN.marginTargetDurations * view.targetDurationS;
      const wanted = boundedDelayS(view, this.#options.delayS);
      config.liveSyncDuration = this.#options.afterOutage === 'complete' ? Math.max(wanted, oldest) : wanted;
    }
    return text;
  }

  #onError(data: ErrorData): void {
    if (!data.fatal) return;
    const media = data.type !== Hls.ErrorTypes.NETWORK_ERROR;
    this.#events.onFatal({ media, details: `${data.details}: ${data.error?.message ?? ''}`.slice(0, 200) });
  }
}
