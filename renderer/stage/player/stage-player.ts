import type { PlaybackEvent, PlayerState } from '../../../electron/contract/broadcast.ts';
import { Autoplay } from './autoplay.ts';
import { buildSample, Counters, type StallChange } from './counters.ts';
import { Deck } from './deck.ts';
import type { Source } from './deck-options.ts';
import { DeckManager } from './deck-manager.ts';
import { FailureHistory } from './failure.ts';
import type { Player, PlayerOptions } from './player.ts';
import { mayHold } from './start-position.ts';
import { JOIN, WATCH } from './policy.ts';
import { ResumeMemory } from './resume.ts';
import { Sound } from './sound.ts';

/** The player of the stage: owns the deck on screen, its samples and events, and the timer that checks it. */
export class StagePlayer implements Player {
  readonly #options: PlayerOptions;
  readonly #counters = new Counters();
  readonly #causes = new FailureHistory();
  readonly #memory = new ResumeMemory();
  readonly #autoplay = new Autoplay();
  readonly #sound: Sound;
  readonly #decks: DeckManager;
  #holdUntil: number | null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticks = 0;
  #released = false;
  #resumed = false;
  #firstFrame = false;
  #picture: 'picture' | 'none' | null = null;
  #endedAt: number | null = null;
  #soundDropped: string | null = null;
  #afterOutage: PlayerOptions['afterOutage'];
  /** "Back to live": the list may have to become longer first. */
  #toLiveUntil = Number.NEGATIVE_INFINITY;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#holdUntil = options.holdUntil ?? null;
    this.#afterOutage = options.afterOutage;
    this.#sound = new Sound((type, detail) => this.#emit({ type, detail }));
    this.#decks = new DeckManager(
      {
        ...options,
        toTransportUrl: options.toTransportUrl ?? ((url) => url),
        afterOutage: () => this.#afterOutage,
      },
      { causes: this.#causes, memory: this.#memory },
      {
        onPrepared: (deck) => void this.#sound.prepare(deck.video),
        onActive: (deck, old, reason) => this.#onActive(deck, old, reason),
        onLog: (detail) => this.#emit({ type: 'error', detail }),
        onSoundDropped: (codec) => this.#onSoundDropped(codec),
      },
    );
  }

  start(): void {
    if (this.#timer) return;
    this.#counters.recordIntent(performance.now());
    this.#setPicture('none');
    this.#sound.start();
    const remembered = this.#memory.read(this.#options.sources[0]?.url ?? '', Date.now(), this.#options.resumeAtMs);
    this.#resumed = remembered !== null;
    this.#decks.start(remembered);
    this.#timer = setInterval(() => this.#tick(), WATCH.tickMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#autoplay.stop();
    this.#sound.stop();
    this.#decks.stop();
    this.#setPicture('none');
  }

  setSources(sources: Source[]): void {
    this.#decks.setSources(sources);
  }

  setHoldUntil(moment: number | null): void {
    this.#holdUntil = moment;
  }

  backToLive(): void {
    this.#toLiveUntil = performance.now() + JOIN.toLiveMs;
    this.#seekToLive();
  }

  setAfterOutage(mode: PlayerOptions['afterOutage']): void {
    this.#afterOutage = mode;
  }

  #seekToLive(): void {
    const deck = this.#decks.active;
    if (!deck?.view) return;
    const { targetDurationS } = deck.view;
    const delayS = Math.max(JOIN.smallestDelayS, JOIN.minTargetDurations * targetDurationS);
    if ((deck.delayS ?? 0) < delayS + 2 * targetDurationS) return;
    this.#counters.forgiveJump();
    deck.seekToDelay(delayS);
  }

  setSink(deviceId: string | null): Promise<boolean> {
    return this.#sound.setSink(deviceId);
  }

  setVolume(volume: number): void {
    this.#sound.setVolume(volume);
  }

  #onSoundDropped(codec: string): void {
    if (this.#soundDropped === codec) return;
    this.#soundDropped = codec;
    this.#emit({ type: 'audio_unplayable', detail: codec });
  }

  /** Another deck is on screen. */
  #onActive(deck: Deck, old: Deck | null, reason: string | null): void {
    deck.video.addEventListener('ended', () => this.#onEnded(deck));
    if (old) {
      this.#counters.retire(old.video.getVideoPlaybackQuality());
      this.#countSkip(deck, old);
      if (old.source.id === deck.source.id) {
        this.#counters.recreations++;
        this.#emit({ type: 'player_recreated', detail: reason ?? '' });
      } else {
        this.#counters.failovers++;
        this.#emit({ type: 'source_changed', detail: `${old.source.id} > ${deck.source.id}: ${reason ?? ''}` });
      }
    }
    this.#endedAt = null;
    void this.#sound.attachTo(deck.video);
    if (old || this.#resumed || this.#holdUntil === null || Date.now() >= this.#holdUntil) this.#release(deck);
  }

  #release(deck: Deck): void {
    this.#released = true;
    void this.#autoplay.play(deck.video);
  }

  #countSkip(deck: Deck, old: Deck): void {
    const before = old.timeline.programmeAt(old.video.currentTime);
    const after = deck.timeline.programmeAt(deck.video.currentTime);
    if (before !== null && after !== null && after - before > 300 && old.frames > 0)
      this.#counters.skippedMs += after - before;
  }

  #onEnded(deck: Deck): void {
    if (deck !== this.#decks.active || this.#endedAt !== null || !deck.endListSeen) return;
    this.#endedAt = performance.now();
    this.#memory.forget();
    const programmeTimeMs = deck.timeline.programmeAt(deck.video.currentTime);
    this.#emit({ type: 'last_frame_shown', ...(programmeTimeMs === null ? {} : { programmeTimeMs }) });
  }

  #tick(): void {
    const now = performance.now();
    const deck = this.#decks.active;
    if (!deck) return;
    if (deck.frames > 0 && !this.#firstFrame) {
      this.#firstFrame = true;
      this.#emit({ type: 'first_frame', detail: `${this.#counters.recordFirstFrame(deck.firstFrameAt ?? now)} ms` });
    }
    if (!this.#released) this.#considerRelease(deck, now);
    if (now < this.#toLiveUntil) this.#seekToLive();
    const shouldPlay = this.#released && this.#endedAt === null && deck.frames > 0;
    const changes = this.#counters.observe({
      now,
      deck,
      time: deck.video.currentTime,
      shouldPlay,
      firstFrameSeen: this.#firstFrame,
    });
    for (const change of changes) this.#emitInterruption(change);
    this.#checkLastFrame(deck);
    this.#decks.tick(now, {
      released: this.#released,
      moves: this.#counters.stoodMs(now) < 1000,
      ended: this.#endedAt !== null,
    });
    if (deck === this.#decks.active) this.#judgePicture(deck, now);
    if (++this.#ticks % 4 === 0) this.#sample(deck);
    if (this.#ticks % 8 === 0) this.#remember(deck);
  }

  #considerRelease(deck: Deck, now: number): void {
    const holds = mayHold({
      now: Date.now(),
      holdUntil: this.#holdUntil,
      delayS: deck.view ? (deck.delayS ?? 0) : 0,
      wantedS: this.#options.delaySeconds,
      heldMs: deck.viewAt === null ? 0 : now - deck.startedAt,
      resumed: this.#resumed,
    });
    if (!holds) this.#release(deck);
  }

  /** Some streams end without the element saying so: the last frame is then the one at the end of the buffer. */
  #checkLastFrame(deck: Deck): void {
    if (this.#endedAt !== null || !deck.endListSeen) return;
    const atEnd = deck.bufferReachesEdge && deck.aheadS < 0.2 && this.#counters.stoodMs(performance.now()) > 1000;
    if (deck.video.ended || atEnd) this.#onEnded(deck);
  }

  #judgePicture(deck: Deck, now: number): void {
    const gone = this.#counters.stoodMs(now) >= WATCH.pictureGoneMs;
    const over = this.#endedAt !== null && now - this.#endedAt > WATCH.pictureGoneMs;
    this.#setPicture(this.#released && deck.frames > 0 && !gone && !over ? 'picture' : 'none');
  }

  #setPicture(picture: 'picture' | 'none'): void {
    if (this.#picture === picture) return;
    this.#picture = picture;
    this.#options.onPicture(picture);
  }

  #emitInterruption(change: StallChange): void {
    const { word, fault } = this.#causes.explain(performance.now());
    if (change.began) this.#emit({ type: 'interruption_began', cause: fault, detail: word ?? '' });
    else this.#emit({ type: 'interruption_ended' });
  }

  #state(deck: Deck): PlayerState {
    if (this.#endedAt !== null) return 'ended';
    if (this.#options.sources.length === 0) return 'idle';
    if (this.#counters.stalled) return 'stalled';
    if (this.#firstFrame && this.#released) return 'playing';
    return deck.view ? 'buffering' : 'waiting';
  }

  #sample(deck: Deck): void {
    const { video } = deck;
    this.#options.onSample(
      buildSample(
        this.#options.playerSessionId,
        {
          state: this.#state(deck),
          sourceId: deck.source.id,
          programmeTimeMs: deck.frames > 0 ? deck.timeline.programmeAt(video.currentTime) : null,
          delayS: deck.delayS,
          bufferS: deck.aheadS,
          frames: this.#counters.frames(video.getVideoPlaybackQuality()),
          ...deck.rendition,
          muted: video.muted || video.volume === 0,
          audioLevel: this.#sound.takeLevel(),
        },
        this.#counters,
      ),
    );
  }

  #remember(deck: Deck): void {
    if (!this.#firstFrame || this.#endedAt !== null || deck.frames === 0) return;
    this.#memory.record(this.#options.sources[0]?.url ?? '', deck.timeline.placeAt(deck.video.currentTime), Date.now());
    this.#memory.recordBandwidth(deck.bandwidth);
  }

  #emit(event: Omit<PlaybackEvent, 'playerSessionId'>): void {
    this.#options.onEvent({
      playerSessionId: this.#options.playerSessionId,
      ...event,
      ...(event.detail === undefined ? {} : { detail: event.detail.slice(0, 500) }),
    });
  }
}
