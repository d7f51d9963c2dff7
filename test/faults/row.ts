import type { Page } from 'puppeteer-core';
import type { Ask, Origin, StreamSpec } from './origin.ts';

/** What a row must reach; seconds. Absent values are not judged. */
export interface Bar {
  stallS: number;
  skippedS: number;
  /** From the end of the fault to a moving picture. */
  recoveredS?: number;
  /** Beginning of the page to the first frame. */
  firstFrameS?: number;
}

export interface RowContext {
  page: Page;
  origin: Origin;
  player: 'kiosk' | 'bare';
  /** Reloads the page and begins again, as the shell does after a crash. */
  reopen: () => Promise<void>;
  browserPid: number;
  /** Kills the relay with its cache, as a core that dies, and starts another one on the same port after so many seconds. */
  restartRelay: (afterS: number) => Promise<void>;
}

/** One fault of the matrix (playback.md §4), as data and small functions. */
export interface Row {
  row: number;
  name: string;
  /** How long the fault lasts, seconds. */
  faultS: number;
  /** Undisturbed playing before it; 0 begins with the page. */
  beforeS?: number;
  /**
   * The fault waits, for a minute at most, until so many seconds are in the buffer: a busy machine fills it slowly. By
   * default nearly the whole delay, where the row does not say itself when the fault begins.
   */
  cushionS?: number;
  /** Watched after it; by default until what was fetched during the fault has been shown. */
  afterS?: number;
  /** Path of what the player is given; by default the master playlist. */
  sourcePath?: string;
  stream?: Partial<StreamSpec> & { refusesOnHost?: 'a' };
  /** Two renditions on a screen large enough for both. */
  ladder?: boolean;
  /** A second source on host b. */
  backup?: boolean;
  relay?: boolean;
  /** Through the cache on disk, so many seconds behind the edge; the player itself stays at the usual delay behind that. */
  cacheDelayS?: number;
  refresh?: boolean;
  /** Scheduled beginning this many seconds after the page began. */
  holdS?: number;
  afterOutage?: 'complete' | 'in_step';
  cmcd?: 'query' | 'headers';
  /** Needs a browser of its own. */
  alone?: boolean;
  delaySeconds?: number;
  /** Mischief with the page or the browser at the fault's beginning. */
  act?: (context: RowContext) => Promise<void>;
  /** Undone at its end. */
  undo?: (context: RowContext) => Promise<void>;
  bar: Bar;
  /** What bare hls.js does, asserted as the positive control; absent: anything. */
  bare?: 'dead' | 'hurt' | 'survives';
  bareConfig?: Record<string, unknown>;
  /** The programme ends in this row: alive means that the end was told. */
  ends?: boolean;
  /** The programme never comes back: alive means patience (still asking). */
  gone?: boolean;
  /** Programme dates jump in this row: what was skipped is read from the pixels alone. */
  datesLie?: boolean;
  /** More that must hold, as sentences of what was wrong. */
  check?: (facts: RowFacts) => string[];
  /** Null when the row can run here, else the reason why not. */
  unavailable?: () => string | null;
}

export interface RowFacts {
  origin: Origin;
  events: { atMs: number; type: string; cause?: string; detail?: string; programmeTimeMs?: number }[];
  pictures: { atMs: number; visible: string }[];
  /** Milliseconds of the page's clock at which the fault began. */
  faultAtMs: number;
  /** The page's clock when the picture last moved. */
  movedAtMs: number;
  heightPx: number | null;
  sourceId: string | null;
}

/** Only while the fault lasts. */
export function during(seconds: number, fault: NonNullable<StreamSpec['fault']>): NonNullable<StreamSpec['fault']> {
  return (ask: Ask) => (ask.t >= 0 && ask.t < seconds ? fault(ask) : null);
}
