/** How long the supervisor waits, and how often it tries. All in milliseconds unless the name says otherwise. */
export interface Timing {
  /** Wait before the n-th restart of the core in a row; the last one repeats. */
  coreRestartDelaysMs: readonly number[];
  /** A core that ran this long begins the row of delays again. */
  coreHealthyMs: number;
  /** A core that did not say `ready` by then is killed and restarted. */
  coreReadyMs: number;
  /** What the core gets between `stop` and being killed. */
  coreStopMs: number;
  /** The core's port is asked this often; an answer of any kind counts. */
  coreProbeEveryMs: number;
  coreProbeAnswerMs: number;
  /** Unanswered probes in a row after which the core counts as hung. */
  coreProbeMisses: number;
  /** Wait before the n-th reopening of a window, or relaunch of the browser, in a row; the last one repeats. */
  windowReopenDelaysMs: readonly number[];
  windowHealthyMs: number;
  /** Longest wait for a window to open. */
  windowOpenMs: number;
  windowProbeEveryMs: number;
  windowProbeAnswerMs: number;
  windowProbeMisses: number;
  /** Longest wait for a window to move to another display, or to come to the front. */
  windowPlaceMs: number;
  /** Wait before the n-th try in a row to put a window right on its display; the last one repeats. */
  windowPlaceDelaysMs: readonly number[];
  /** Failed tries to move a window after which it is opened again instead. */
  windowPlaceTries: number;
  /** Longest wait for one PDF. */
  printMs: number;
  /** Longest wait for a printing that was given up to be gone; the next one starts after that. */
  printStopMs: number;
  /** Longest wait for the shell to close its windows. */
  shellStopMs: number;
}

/** A window dead on its first failure is open again well within 3 s; a core within 10 s with the stage playing. */
export const TIMING: Timing = {
  coreRestartDelaysMs: [0, 500, 1_000, 2_000, 5_000],
  coreHealthyMs: 60_000,
  coreReadyMs: 30_000,
  coreStopMs: 5_000,
  coreProbeEveryMs: 10_000,
  coreProbeAnswerMs: 5_000,
  coreProbeMisses: 3,
  windowReopenDelaysMs: [0, 250, 500, 1_000, 2_000],
  windowHealthyMs: 60_000,
  windowOpenMs: 15_000,
  windowProbeEveryMs: 5_000,
  windowProbeAnswerMs: 5_000,
  windowProbeMisses: 2,
  windowPlaceMs: 5_000,
  windowPlaceDelaysMs: [250, 1_000, 5_000, 30_000, 300_000],
  windowPlaceTries: 3,
  printMs: 60_000,
  printStopMs: 10_000,
  shellStopMs: 5_000,
};
