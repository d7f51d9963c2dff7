import { Deck } from './deck.ts';
import type { Source } from './deck-options.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import type { FailureHistory } from './failure.ts';
import { KnownGaps } from './load-request.ts';
import type { StartTarget } from './start-position.ts';
import type { ToTransportUrl } from './player.ts';
import type { ResumeMemory } from './resume.ts';

export interface DeckFactoryOptions {
  container: HTMLElement;
  delaySeconds: number;
  afterOutage: () => 'complete' | 'in_step';
  /** Language of the sound, where there is a choice; Vietnamese when absent. */
  language?: string | undefined;
  cmcd: 'off' | 'query' | 'headers';
  cmcdSessionId: string;
  toTransportUrl: ToTransportUrl;
  workerUrl?: string;
}

export interface DeckWatchers {
  onReset(deck: Deck): void;
  onFatal(deck: Deck, data: { media: boolean; details: string }): void;
  onFailure(deck: Deck, cause: Cause): void;
  onLog(detail: string): void;
  onSoundDropped(codec: string): void;
  /** Media seconds that the hall will see before it needs `deck`. */
  spareS(deck: Deck): number;
}

/** Makes decks that share what must outlive one of them: causes, segments that break decoders, bandwidth. */
export class DeckFactory {
  readonly #options: DeckFactoryOptions;
  readonly #shared: { causes: FailureHistory; memory: ResumeMemory };
  #gaps = new KnownGaps();

  constructor(options: DeckFactoryOptions, shared: { causes: FailureHistory; memory: ResumeMemory }) {
    this.#options = options;
    this.#shared = shared;
  }

  /** From now on this segment is a gap in every deck. */
  markGap(key: string): void {
    this.#gaps.add(key);
  }

  /** Another numbering may use old names for new segments. Decks that exist keep what they know. */
  forgetGaps(): void {
    this.#gaps = new KnownGaps();
  }

  create(source: Source, url: string, target: StartTarget, watchers: DeckWatchers): Deck {
    const options = this.#options;
    const deck: Deck = new Deck(
      {
        container: options.container,
        source,
        url,
        target,
        delayS: options.delaySeconds,
        afterOutage: options.afterOutage,
        language: options.language ?? 'vi',
        cmcd: options.cmcd,
        cmcdSessionId: options.cmcdSessionId,
        contentId: source.id,
        workerUrl: options.workerUrl ?? null,
        bandwidth: this.#shared.memory.readBandwidth(),
        toTransportUrl: options.toTransportUrl,
        causes: this.#shared.causes,
        gaps: this.#gaps,
      },
      {
        onReset: () => watchers.onReset(deck),
        onFatal: (data) => watchers.onFatal(deck, data),
        onFailure: (cause) => watchers.onFailure(deck, cause),
        onLog: (detail) => watchers.onLog(detail),
        onSoundDropped: (codec) => watchers.onSoundDropped(codec),
        spareS: () => watchers.spareS(deck),
      },
    );
    return deck;
  }
}
