import type { PlaybackEvent, PlaybackSample } from '../../../electron/contract/broadcast.ts';

/**
 * Translates an original address. `list` comes with a media playlist: the address of its source, whose variables it may
 * import, and a sequence number of the stream as counted before; null when there is none.
 */
export type ToTransportUrl = (url: string, list?: { master: string; near: number | null }) => string;

/** What the stage window gives to its player. */
export interface PlayerOptions {
  /** The player makes its own <video>s inside; must have a size (it caps the rendition) and `position: relative` or `absolute`. */
  container: HTMLElement;
  /** In the order of the province; original addresses. */
  sources: { id: string; url: string }[];
  /** Seconds behind the edge, 6-120; bounded by the origin's window. */
  delaySeconds: number;
  /** Programme date-time, epoch ms, at which an earlier window left the picture; it goes before what this browser remembers. */
  resumeAtMs?: number | null | undefined;
  /** After an outage longer than the cushion: show everything later, or jump forward. */
  afterOutage: 'complete' | 'in_step';
  /** Language of the sound where the broadcast has several (BCP 47); Vietnamese when absent. */
  language?: string | undefined;
  /** CMCD (CTA-5004) on stream requests. */
  cmcd: 'off' | 'query' | 'headers';
  cmcdSessionId: string;
  /** Where an original address is really fetched; identity when absent. */
  toTransportUrl?: ToTransportUrl;
  /** A fresh address for a source whose token ran out; null when there is none. */
  refreshUrl?: (sourceId: string) => Promise<string | null>;
  playerSessionId: string;
  /** hls.js worker file served from the same origin; without it hls.js works on the main thread. */
  workerUrl?: string;
  /** Scheduled beginning, epoch ms. Before it the picture may be held until the cushion exists; after it never. */
  holdUntil?: number | null;
  /** About once a second. */
  onSample(sample: PlaybackSample): void;
  onEvent(event: PlaybackEvent): void;
  /** 'none' before the first frame and at most 2 s after the buffer drained: the stage then shows its slate. */
  onPicture(visible: 'picture' | 'none'): void;
}

export interface Player {
  start(): void;
  /** Ends all requests, timers and elements. The player cannot be started again. */
  stop(): void;
  /** Another list of sources; the picture goes on if its source is still in it and the first one is the same. */
  setSources(sources: { id: string; url: string }[]): void;
  /** Jumps to the edge less the smallest safe delay. */
  backToLive(): void;
  /** Chooses the sound output; null is the system's default. False when the device is not there. */
  setSink(deviceId: string | null): Promise<boolean>;
  /** 0 to 1; 0 is silence. The meter goes on measuring the broadcast. */
  setVolume(volume: number): void;
  /** As the option of that name, from now on. */
  setAfterOutage(mode: 'complete' | 'in_step'): void;
  setHoldUntil(moment: number | null): void;
}
