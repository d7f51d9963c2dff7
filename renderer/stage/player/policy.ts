/**
 * Every number that decides how the stage behaves, in one place. Durations end in Ms or S (media seconds).
 */

/** When one HTTP request counts as hopeless. */
export interface RequestLimits {
  /** Without a first byte, or without `floorBytes` more of the body, for this long a second request is sent in parallel. */
  hedgeAfterMs: number;
  /** The same where the cushion is long; see `unhurriedMs`. */
  patientHedgeMs: number;
  /** The first request is given up after this long without a first byte. */
  firstByteMs: number;
  /** A body that grows by less than this is no better than silence. */
  floorBytes: number;
  /** Whole request, body included. */
  totalMs: number;
}

export const REQUEST_LIMITS: Record<'playlist' | 'segment' | 'key', RequestLimits> = {
  playlist: { hedgeAfterMs: 2500, patientHedgeMs: 9000, firstByteMs: 12_000, floorBytes: 2000, totalMs: 20_000 },
  segment: { hedgeAfterMs: 2500, patientHedgeMs: 9000, firstByteMs: 12_000, floorBytes: 6000, totalMs: 60_000 },
  key: { hedgeAfterMs: 2500, patientHedgeMs: 4000, firstByteMs: 8000, floorBytes: 1, totalMs: 15_000 },
};

/** Waits for a second request are stretched by a random number from this to 1: a black hole takes all halls at once. */
const HEDGE_JITTER = 0.6;

/**
 * Wait between two tries: `firstMs` × `factor`^n up to `maxMs`, then times a random number from `jitter` to 1.
 * `patientMs` takes the place of `maxMs` where the cushion is long; see `unhurriedMs`.
 */
export interface Backoff {
  firstMs: number;
  factor: number;
  maxMs: number;
  patientMs: number;
  jitter: number;
}

export const BACKOFF: Record<'network' | 'missing' | 'bad_body' | 'denied' | 'not_started', Backoff> = {
  network: { firstMs: 400, factor: 1.9, maxMs: 2500, patientMs: 9000, jitter: 0.5 },
  missing: { firstMs: 500, factor: 1.25, maxMs: 1500, patientMs: 1500, jitter: 0.7 },
  bad_body: { firstMs: 300, factor: 2, maxMs: 2500, patientMs: 8000, jitter: 0.5 },
  denied: { firstMs: 2000, factor: 1.5, maxMs: 5000, patientMs: 5000, jitter: 0.7 },
  /** Before the broadcast exists: polite, at most one request in about 3 s. */
  not_started: { firstMs: 3000, factor: 1, maxMs: 3000, patientMs: 3000, jitter: 0.9 },
};

/** When a segment is given up and becomes a gap. */
export const GIVE_UP = {
  /** Answers "missing" wanted before a skip, spread over at least two target durations. */
  missingTries: 8,
  missingTargetDurations: 2,
  /** Identical bad bodies wanted before a skip. */
  badBodyTries: 3,
  /** With less than this in the buffer fewer tries are made: a short hole is better than a frozen hall. */
  hurryBelowS: 6,
  hurryTries: 3,
  /** A segment that was missing is asked for again after this, by a deck that comes to it then. */
  missingForMs: 30_000,
  /** Where the same content exists on another host, failures wanted before that host is tried. */
  alternativeTries: 2,
  /** A segment that fails for this long is compared with the one after it. */
  askNextAfterMs: 8000,
};

export const JOIN = {
  /** Never nearer to the edge than this many target durations. */
  minTargetDurations: 3,
  /** Kept free at the old end of the window, in target durations: segments there are about to be deleted. */
  marginTargetDurations: 1.5,
  /** The smallest delay "back to live" may leave, seconds. */
  smallestDelayS: 8,
  /** A list that grows after "back to live" is followed for this long. */
  toLiveMs: 8000,
  /** A position remembered across a page reload is used for this long. */
  resumeWithinMs: 30 * 60_000,
};

/** Chromium keeps about 150 MiB of video in a buffer; of that so much is used. */
export const BUFFER_BYTES = 0.8 * 150 * 2 ** 20;

export const REFILL = {
  /** Media seconds that may be fetched at line speed. */
  burstS: 30,
  /** A first start comes after no outage: the whole cushion, and this much, at line speed. */
  firstSpareS: 20,
  /** After the burst: media seconds a second. */
  rate: 3,
  /** Below this much buffer there is no limit. */
  freeBelowS: 12,
};

export const WATCH = {
  tickMs: 250,
  /** The picture counts as gone (slate) when it has not moved for this long. */
  pictureGoneMs: 1200,
  /** An interruption is counted from here (CTA-2066: rebuffering). */
  stallMs: 250,
  /** Media is buffered and yet the clock stands: play and nudge, then a new player. */
  frozenNudgeMs: 1500,
  frozenRecreateMs: 5000,
  /** The clock runs and no frame is decoded. */
  noFramesMs: 4000,
  /** The playlist is fresh, the buffer far behind it, and no segment has come. */
  loaderStallMs: 9000,
  /** Requests that fail are no stalled loader; the longest time between two failures of one that is patient. */
  failingMs: 16_000,
  loaderStallTargetDurations: 3,
  /** Nothing at all has been asked for: max(4 target durations, this). */
  idleMs: 12_000,
  /** The playlist has not advanced: max(3 target durations, this). */
  staleMs: 12_000,
  staleTargetDurations: 3,
  /** A frozen variant is left for this long. */
  variantPenaltyMs: 60_000,
  /** Two ticks this far apart mean that the process slept. */
  sleptMs: 3000,
  /** A new player that has shown nothing by then is replaced. */
  standbyGiveUpMs: 25_000,
  /** After a new player failed before it showed anything, the next one is not made before this. */
  betweenDecksMs: 1000,
  /** And one that cannot catch up with the present one. */
  alignGiveUpMs: 60_000,
  /** A media playlist that never came although its master did: the master is read again. */
  rereadMasterMs: 40_000,
  /** After the end, or with the picture gone, the source is asked again this often. */
  probeMs: 4000,
};

/** When the end of the broadcast is believed. */
export const END = {
  /** hls.js learns of ENDLIST with so much left to show: enough for one more list. */
  passOnTargetDurations: 2,
  passOnS: 2,
  /** While a list has ended, the other renditions are asked this often. */
  askOthersMs: 3000,
  /** Their answers are waited for this long. */
  othersMs: 5000,
  /** And the one that ended alone this often, until it is open again. */
  askSickMs: 10_000,
};

/** Standing for [ms], a hole at most [seconds] ahead is jumped. */
export const HOLE_REACH: readonly (readonly [number, number])[] = [
  [0, 0.3],
  [300, 1.2],
  [1000, 4],
];

export const SOURCES = {
  /** Without a good list for this long the master is asked whether it names others. */
  listsGoneMs: 6000,
  /** No fresh playlist or segment for this long: the next source is prepared. */
  failoverMs: 8000,
  /** Playlists come and their segments do not. */
  starvedMs: 14_000,
  /** A better source must be healthy this long before the hall goes back to it; doubled for each return that failed. */
  failbackMs: 60_000,
  failbackMaxMs: 15 * 60_000,
  probeMs: 5000,
};

/** hls.js gave up loading: it is started again a few times, then replaced. */
export const FATALS = {
  restarts: 3,
  withinMs: 30_000,
  restartMs: 1000,
};

export const ADDRESSES = {
  /** Answers 401 or 403 in a row before a fresh address is asked for. */
  deniedBeforeRefresh: 2,
  /** Not more often than this. */
  refreshMs: 5000,
};

export const SOUND = {
  sampleMs: 200,
  /** The meter begins when the picture has played for so long. */
  meterAfterMs: 1000,
  /** Root mean square below this counts as silence (−60 dBFS). */
  silenceLevel: 0.001,
  silentMs: 10_000,
  devicePollMs: 1000,
  unmuteRetryMs: [5000, 15_000, 60_000],
};

/**
 * A wait that may be long where nobody would notice: at most half of the cushion `aheadS` (seconds), between `shortMs`
 * and `patientMs`. When a service of the whole country returns, halls that still have a cushion come back over several
 * seconds; only those that stand in front of a slate come at once.
 */
function unhurriedMs(shortMs: number, patientMs: number, aheadS: number): number {
  return Math.max(shortMs, Math.min(patientMs, (aheadS * 1000) / 2));
}

/** Milliseconds to wait before try number `tries` (1 = the first repeat), with `aheadS` seconds of media in the buffer. */
export function backoffMs(backoff: Backoff, tries: number, aheadS: number, random: () => number = Math.random): number {
  const longest = unhurriedMs(backoff.maxMs, backoff.patientMs, aheadS);
  const base = Math.min(backoff.firstMs * backoff.factor ** Math.max(0, tries - 1), longest);
  return base * (backoff.jitter + (1 - backoff.jitter) * random());
}

/** Milliseconds of silence after which a second request is sent in parallel, with `aheadS` seconds in the buffer. */
export function hedgeMs(limits: RequestLimits, aheadS: number, random: () => number = Math.random): number {
  const longest = unhurriedMs(limits.hedgeAfterMs, limits.patientHedgeMs, aheadS);
  return longest * (HEDGE_JITTER + (1 - HEDGE_JITTER) * random());
}
