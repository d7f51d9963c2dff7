export type Outcome = { ok: true; line: string } | { ok: false; sentence: string; next: string; details: string };

/** How a command ended; `status` is null when it could not be started, or was ended for the reason in `ended`. */
export interface Ended {
  status: number | null;
  output: string;
  ended: '' | 'limit' | 'idle';
}

/** A computer as the steps see it. Paths are relative to `root`, or absolute. */
export interface Machine {
  root: string;
  platform: NodeJS.Platform;
  arch: string;
  env: Record<string, string | undefined>;
  execPath: string;
  nodeVersion: string;
  isRoot: boolean;
  exists(file: string): boolean;
  read(file: string): string | null;
  write(file: string, text: string): void;
  remove(file: string): void;
  /** Makes `file` callable as `command` (a path in node_modules/.bin). */
  linkCommand(command: string, file: string): void;
  makeTempFolder(): string;
  hash(places: string[]): string;
  /** SHA-256 of every file of the places, by its path with `/`. */
  listHashes(places: string[]): Record<string, string>;
  /** Brings every file of the places, and their names, to the disk itself. */
  sync(places: string[]): void;
  run(command: string, args: string[], options?: RunOptions): Promise<Ended>;
  findBrowser(): string | null;
  tell(line: string): void;
  now(): number;
}

export interface RunOptions {
  env?: Record<string, string | undefined>;
  /** Bounds the whole run, ms. */
  limitMs?: number;
  /** Ends the run when none of the folders grew for that long, ms. */
  idle?: { folders: string[]; limitMs: number };
  shell?: boolean;
}

/** What earlier steps found for later ones. */
export interface Found {
  /** Path of the Node that runs the tools and the kiosk. */
  node?: string;
}

export interface Step {
  name: string;
  run(machine: Machine, found: Found): Outcome | Promise<Outcome>;
}

export declare const STEPS: readonly Step[];
/** Runs the steps until one fails; prints one line for each. Answers whether all is well. */
export declare function runSteps(
  steps: readonly Step[],
  machine: Machine,
  print: (line: string) => void,
): Promise<boolean>;
