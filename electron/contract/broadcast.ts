import { z } from 'zod';

/** What the core's own watcher says of the broadcast, independent of any window. */
export const SourceHealth = z.enum(['none', 'waiting', 'live', 'stale', 'unreachable', 'ended']);
export type SourceHealth = z.infer<typeof SourceHealth>;

/**
 * What a stream lacks of what the centre must provide, as far as it can be seen from a venue; in the order in which the
 * console lists it. The words are in `console.source.lacks`.
 */
export const StreamLack = z.enum([
  /** Full length, and shorter than 5 minutes. */
  'short_window',
  /** Longer than 30 minutes: an EVENT list, or one whose server removes nothing. */
  'long_list',
  'no_date_time',
  /** On some segments only. */
  'sparse_date_time',
  /** No redundant variant, no pathway, no second source in the package. */
  'no_redundancy',
  /** There is one, on the same server. */
  'redundancy_same_host',
  /** Segments under 2 s. */
  'short_segments',
  /** Segments over 6 s. */
  'long_segments',
  /** An EXTINF above the target duration. */
  'segment_over_target',
  /** The newest listed segment was answered with 404. */
  'listed_too_early',
  /** The media sequence began again from a lower number while the list was watched. */
  'sequence_went_back',
  'no_compression',
  /** A playlist without a time it may be cached. */
  'no_cache_lifetime',
  /** A playlist that may be cached for longer than its target duration. */
  'long_cache_lifetime',
  /** Segments that may not be cached for a minute. */
  'short_segment_cache',
  'no_cors',
  'no_cors_on_errors',
  'no_date_header',
]);
export type StreamLack = z.infer<typeof StreamLack>;

/** Whose fault an interruption is, as far as the kiosk can tell. */
export const FaultCause = z.enum(['centre', 'line', 'this_pc', 'unknown']);
export type FaultCause = z.infer<typeof FaultCause>;

export const PlayerState = z.enum(['idle', 'waiting', 'buffering', 'playing', 'stalled', 'ended', 'failed']);
export type PlayerState = z.infer<typeof PlayerState>;

/**
 * What the stage tells the core, about once a second. Names follow CTA-2066 and CMCD (CTA-5004) where they exist.
 * Counters run from the start of the player session and never go down inside it.
 */
export const PlaybackSample = z.strictObject({
  /** New for each page load of the stage. */
  playerSessionId: z.string().max(80),
  state: PlayerState,
  sourceId: z.string().max(80).nullable(),
  /** Programme date-time of the frame on screen, epoch ms. */
  programmeTimeMs: z.number().nullable(),
  /** Seconds behind the live edge. */
  delayS: z.number().nullable(),
  /** Forward buffer, seconds (CMCD bl). */
  bufferS: z.number().min(0),
  framesDecoded: z.int().min(0),
  framesDropped: z.int().min(0),
  playedMs: z.number().min(0),
  rebufferMs: z.number().min(0),
  rebufferCount: z.int().min(0),
  /** Play intent to first frame, ms (CMCD msd); null before the first frame. */
  startupMs: z.number().nullable(),
  skippedMs: z.number().min(0).default(0),
  heightPx: z.int().nullable(),
  bitrateKbps: z.number().nullable(),
  failovers: z.int().min(0).default(0),
  recreations: z.int().min(0).default(0),
  muted: z.boolean().default(false),
  /** Loudness seen by Web Audio in the last second, 0..1; null when not measured. */
  audioLevel: z.number().min(0).max(1).nullable().default(null),
});
export type PlaybackSample = z.infer<typeof PlaybackSample>;

/** Something that happened to the picture, written down as it happens. */
export const PlaybackEvent = z.strictObject({
  playerSessionId: z.string().max(80),
  type: z.enum([
    'first_frame',
    'interruption_began',
    'interruption_ended',
    'source_changed',
    'player_recreated',
    'last_frame_shown',
    'error',
    'audio_device_lost',
    'audio_silent',
    /** This PC cannot decode the sound of the stream; the picture plays on without it. */
    'audio_unplayable',
    'audio_back',
  ]),
  cause: FaultCause.optional(),
  /** Of `last_frame_shown`: programme date-time of that frame, epoch ms; absent where the broadcast has no dates. */
  programmeTimeMs: z.number().optional(),
  detail: z.string().max(500).optional(),
});
export type PlaybackEvent = z.infer<typeof PlaybackEvent>;

export interface Interruption {
  from: number;
  to: number | null;
  cause: FaultCause;
}

/** Playback evidence of one sitting, folded from the log. */
export interface Evidence {
  minutesShown: number;
  startupMs: number | null;
  rebufferMs: number;
  rebufferCount: number;
  rebufferRatio: number;
  framesDecoded: number;
  framesDropped: number;
  failovers: number;
  recreations: number;
  delayAverageS: number | null;
  delayMaximumS: number | null;
  sources: string[];
  heights: { heightPx: number; ms: number }[];
  interruptions: Interruption[];
}

/** The hall is later than usual, or its picture stands: the chair may choose how it goes on. */
export interface AfterOutageView {
  /** The picture stands now. */
  standing: boolean;
  /** Later than usual by so much, seconds, in steps of ten. */
  laterS: number;
  /** What happens: as the package says, or as was chosen. */
  mode: 'complete' | 'in_step';
  chosen: boolean;
}
