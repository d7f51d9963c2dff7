import type { HlsConfig, LoaderConfig, RetryConfig } from 'hls.js';

export interface DeckSettings {
  delayS: number;
  cmcd: 'off' | 'query' | 'headers';
  cmcdSessionId: string;
  contentId: string;
  workerUrl: string | null;
  /** Bits a second seen before, so that the first segment is not a test of the lowest rendition. */
  bandwidth: number | null;
}

/** hls.js repeats nothing by itself: the stream loader does, and a failure it reports is final. A policy must exist, or hls.js would not turn a lost segment into a gap. */
const NEVER: RetryConfig = { maxNumRetry: 0, retryDelayMs: 500, maxRetryDelayMs: 2000, shouldRetry: () => false };
const UNHURRIED: LoaderConfig = {
  maxTimeToFirstByteMs: Number.POSITIVE_INFINITY,
  maxLoadTimeMs: 3_600_000,
  timeoutRetry: NEVER,
  errorRetry: NEVER,
};

/** The configuration of hls.js 1.7.4 for a hall that nobody attends. */
export function buildHlsConfig(settings: DeckSettings, loader: HlsConfig['loader']): Partial<HlsConfig> {
  const { delayS } = settings;
  return {
    loader,
    autoStartLoad: true,
    liveSyncDuration: delayS,
    liveSyncOnStallIncrease: 0,
    // Never jumps forward by itself while inside the window; jumping is a decision of ours.
    liveMaxLatencyDuration: Number.POSITIVE_INFINITY,
    liveSyncMode: 'buffered',
    maxLiveSyncPlaybackRate: 1,
    maxBufferLength: delayS + 20,
    maxMaxBufferLength: Math.max(60, 2 * delayS),
    maxBufferSize: 100_000_000,
    backBufferLength: 10,
    frontBufferFlushThreshold: Math.max(120, 2 * delayS),
    liveDurationInfinity: true,
    lowLatencyMode: false,
    errorPenaltyExpireMs: 20_000,
    startFragPrefetch: true,
    testBandwidth: false,
    ...(settings.bandwidth ? { abrEwmaDefaultEstimate: settings.bandwidth } : { abrEwmaDefaultEstimate: 1_200_000 }),
    capLevelToPlayerSize: true,
    nudgeMaxRetry: 10,
    appendTimeout: 15_000,
    appendErrorMaxRetry: 3,
    ignorePlaylistParsingErrors: true,
    handleMpegTsVideoIntegrityErrors: 'skip',
    enableWorker: true,
    ...(settings.workerUrl ? { workerPath: settings.workerUrl } : {}),
    enableWebVTT: false,
    enableIMSC1: false,
    enableCEA708Captions: false,
    enableID3MetadataCues: false,
    enableDateRangeMetadataCues: false,
    enableEmsgMetadataCues: false,
    enableInterstitialPlayback: false,
    manifestLoadPolicy: { default: UNHURRIED },
    playlistLoadPolicy: { default: UNHURRIED },
    fragLoadPolicy: { default: UNHURRIED },
    keyLoadPolicy: { default: UNHURRIED },
    ...(settings.cmcd === 'off'
      ? {}
      : {
          cmcd: {
            sessionId: settings.cmcdSessionId,
            contentId: settings.contentId,
            useHeaders: settings.cmcd === 'headers',
            includeKeys: ['sid', 'cid', 'sf', 'st', 'ot', 'd', 'br', 'bl', 'mtp', 'su', 'bs'],
          },
        }),
  };
}
