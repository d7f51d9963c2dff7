import type { Cause } from '../../../electron/shared/causes.ts';
import type { FailureHistory } from './failure.ts';
import type { DeckSettings } from './hls-config.ts';
import type { KnownGaps } from './load-request.ts';
import type { ToTransportUrl } from './player.ts';
import type { StartTarget } from './start-position.ts';

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
  afterOutage: () => 'complete' | 'in_step';
  /** Language of the sound, where there is a choice. */
  language: string;
  toTransportUrl: ToTransportUrl;
  causes: FailureHistory;
  gaps: KnownGaps;
}

export interface DeckEvents {
  /** The encoder restarted with another numbering; the deck plays out what it has. */
  onReset(): void;
  /** hls.js gave up. */
  onFatal(data: { media: boolean; details: string }): void;
  onFailure(cause: Cause): void;
  onLog(detail: string): void;
  /** This PC cannot decode the sound; the picture plays on without it. */
  onSoundDropped(codec: string): void;
  /** Media seconds that the hall will see before it needs this deck. */
  spareS(): number;
}
