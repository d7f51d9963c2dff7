export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts of a Vitest JSON report; null when there is none, which is what a crash leaves. */
export declare function readVitest(file: string): Counts | null;
/** Counts of a Playwright JSON report; null when there is none. */
export declare function readPlaywright(file: string): Counts | null;
/** Why Playwright's tests did not run, one line for each reason with the number of its tests. */
export declare function listSkips(file: string): string[];
/** Tests of either report that failed once and passed when they were tried again, a line each. */
export declare function listSecondTries(file: string): string[];
/** Adds up the steps; a step that failed without naming a failed test counts as one failure. */
export declare function sumUp(outcomes: { ok: boolean; counts: Counts | null }[]): { passed: number; failed: number };
