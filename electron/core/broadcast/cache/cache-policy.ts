/** Every number of the cache on disk. Durations end in Ms or S (media seconds). */
export interface CachePolicy {
  /** A delay longer than this goes through the disk; a shorter one is held in the stage's own buffer. */
  aboveDelayS: number;
  /** So much of the delay is held by the stage itself: it covers a core that restarts. */
  stageDelayS: number;
  /** What was shown stays for so long, for a stage that comes back later. */
  keepShownS: number;
  /** Most that may be on disk, bytes. */
  limitBytes: number;
  /** With less than this free on the disk nothing more is stored, bytes. */
  freeBytes: number;
}

export const CACHE_POLICY: CachePolicy = {
  aboveDelayS: 120,
  stageDelayS: 75,
  keepShownS: 300,
  limitBytes: 2 * 1024 ** 3,
  freeBytes: 1024 ** 3,
};

/** How the follower asks. */
export const FOLLOW = {
  minimumPollMs: 1_000,
  /** Waits are stretched by a random part of this, so that venues do not ask in step. */
  jitter: 0.25,
  /** A whole list, and a whole segment, ms. */
  listMs: 10_000,
  segmentMs: 60_000,
  /** A body that grows slower is given up and asked again, ms without a byte. */
  firstFailMs: 500,
  longestFailMs: 5_000,
  /** A segment that stays missing or bad is a gap after so many tries, spread over at least this many target durations. */
  triesBeforeGap: 8,
  targetDurationsBeforeGap: 4,
  /** The same bad body so often is what the server has. */
  sameBadBody: 3,
  /** Without a good list for so long, or one that stands still for so long, the next source is asked. */
  sourceDownMs: 10_000,
  staleMs: 12_000,
  staleTargetDurations: 3,
  /** Another source must be healthy for so long before the cache goes back to it. */
  sourceBackMs: 60_000,
  /** Dates of two sources that are further apart are of different clocks, ms. */
  sameClockMs: 300_000,
  /** Media seconds fetched at line speed, and then so many a second: a refill after an outage must not become a stampede. */
  burstS: 120,
  rate: 3,
  /** Of the measured speed of the line so much may be used by the rendition. */
  useOfLine: 0.8,
  /** A better rendition is tried so long after the last change, ms. */
  betterAfterMs: 60_000,
} as const;
