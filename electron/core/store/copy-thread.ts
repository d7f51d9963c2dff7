import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the thread is asked. `length`: bytes of the journal that are whole; `round`: which look at the disks `folders` are of. */
export type CopyJob =
  | {
      kind: 'copy';
      journal: string;
      name: string;
      length: number;
      generation: number;
      folders: readonly string[];
      round: number;
    }
  | { kind: 'fetch'; folders: readonly string[]; into: string };

export type CopyAnswer =
  | { kind: 'copied'; length: number; generation: number; copied: string[] }
  | { kind: 'fetched'; files: string[] };

/** A thread that ended by an error is followed by another, ms. */
const RETRY_MS = 10_000;

/** What is to be copied now. */
export type CopyState = Omit<Extract<CopyJob, { kind: 'copy' }>, 'kind' | 'folders' | 'round'>;

/**
 * Carries copies of the journal on other disks on. The thread is asked one thing at a time, and what comes meanwhile is asked as one
 * when it answers: nothing piles up behind a disk that hangs, and nobody waits for it.
 */
export class CopyThread {
  readonly #stateOf: () => CopyState;
  readonly #onCopied: (answer: Extract<CopyAnswer, { kind: 'copied' }>) => void;
  readonly #retryMs: number;
  #worker: Worker;
  #retry: NodeJS.Timeout | undefined;
  #folders: readonly string[] = [];
  #round = 0;
  /** By the monotonic clock, ms; null: nothing is asked of it. */
  #busySince: number | null = null;
  #isWanted = false;

  constructor(
    stateOf: () => CopyState,
    onCopied: (answer: Extract<CopyAnswer, { kind: 'copied' }>) => void,
    retryMs = RETRY_MS,
  ) {
    this.#stateOf = stateOf;
    this.#onCopied = onCopied;
    this.#retryMs = retryMs;
    this.#worker = this.#begin();
  }

  /** How long the thread has been at what it was asked, ms; 0 when it has answered. */
  get waitsMs(): number {
    return this.#busySince === null ? 0 : performance.now() - this.#busySince;
  }

  /** Folders of other disks that can be written to now. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#round += 1;
    this.copy();
  }

  /** Something was written. */
  copy(): void {
    this.#isWanted = this.#busySince !== null;
    if (this.#isWanted || this.#folders.length === 0) return;
    this.#busySince = performance.now();
    const [folders, round] = [this.#folders, this.#round];
    this.#worker.postMessage({ kind: 'copy', ...this.#stateOf(), folders, round } satisfies CopyJob);
  }

  /** A thread that waits for a disk ends when the disk answers; nobody waits for that either. */
  stop(): void {
    clearTimeout(this.#retry);
    void this.#worker.terminate();
  }

  #begin(): Worker {
    const worker = startWorker();
    worker.on('message', (answer: CopyAnswer) => {
      this.#busySince = null;
      if (answer.kind === 'copied') this.#onCopied(answer);
      if (this.#isWanted) this.copy();
    });
    // Until the next thread the journal beside the database is the only copy, and the last one is as old as it says.
    worker.on('error', () => {
      this.#retry = setTimeout(() => {
        this.#worker = this.#begin();
        this.#busySince = null;
        this.copy();
      }, this.#retryMs).unref();
    });
    return worker;
  }
}

/** Copies of journals on other disks, brought into the folder `into`; none of those that do not come within `limitMs`. */
export function fetchCopies(folders: readonly string[], into: string, limitMs: number): Promise<string[]> {
  if (folders.length === 0) return Promise.resolve([]);
  const worker = startWorker();
  return new Promise((resolve) => {
    const end = (files: string[]): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(files);
    };
    const timer = setTimeout(() => end([]), limitMs);
    worker.once('message', (answer: CopyAnswer) => end(answer.kind === 'fetched' ? answer.files : []));
    worker.once('error', () => end([]));
    worker.postMessage({ kind: 'fetch', folders, into } satisfies CopyJob);
  });
}

function startWorker(): Worker {
  const worker = new Worker(workerFile(), { stdout: true, stderr: true });
  worker.unref();
  return worker;
}

/** The thread's program: a module beside this one from source, a bundle of its own when built. */
function workerFile(): URL {
  const candidates = import.meta.url.endsWith('.ts')
    ? ['./copy-worker.ts']
    : ['./copy-worker.js', '../core/copy-worker.js', './core/copy-worker.js'];
  const found = candidates.map((name) => new URL(name, import.meta.url)).find((url) => existsSync(fileURLToPath(url)));
  if (!found) throw new Error('the program of the copying thread is missing from this build');
  return found;
}
