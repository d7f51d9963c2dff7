/**
 * A promise of the kiosk with a number: so many cases tried, so many wrong. One file per gate; `list.ts` names them all.
 * Cases are numbered from 0 and the same number is always the same case, so a run can be cut and carried on.
 */
export interface Gate {
  /** On the command line. */
  name: string;
  /** What one case tries and what would be wrong, one sentence. */
  what: string;
  /** How many cases there are; null when each number makes another one. */
  cases: number | null;
  /** Tried by `npm test`: the first so many. */
  short: number;
  /** What this computer lacks for it, as a sentence; null or absent when it can be run here. */
  missing?(): string | null;
  /** Prepares a run. With `control` the protection is taken away or the fault built in, and the gate must find wrong cases. */
  open(options: GateOptions): Promise<OpenGate>;
}

export interface GateOptions {
  control: boolean;
  /** A folder of this run; removed afterwards. */
  dir: string;
}

export interface OpenGate {
  /** Tries one case. A fault of the gate itself throws and ends the run. */
  tryCase(number: number): Promise<CaseResult> | CaseResult;
  close(): Promise<void>;
}

export interface CaseResult {
  /** What happened, a few words: the outcome table counts them. */
  outcome: string;
  /** Why this is wrong; null when it is right. */
  wrong: string | null;
}

/** What a run found; `next` is the case to go on from. */
export interface GateTable {
  gate: string;
  control: boolean;
  from: number;
  next: number;
  tried: number;
  wrong: number;
  /** Cases by outcome. */
  outcomes: Record<string, number>;
  /** The first wrong cases. */
  examples: { number: number; wrong: string }[];
  seconds: number;
  /** Most memory this process held, MiB. */
  maxRssMiB: number;
  slowestCaseMs: number;
}
