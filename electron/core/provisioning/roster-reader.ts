import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { err, type Result } from '../../shared/result.ts';
import type { NamedBytes } from './roster-file.ts';
import type { RosterFileError, RosterOptions, RosterPreview } from './roster-types.ts';

/** Reading takes at most this long, ms; 50,000 rows need about a quarter of it on a slow PC. */
const MAX_MS = 60_000;
/** Of the thread's own heap, MB. 50,000 rows with all their cells need about half of it. */
const MAX_HEAP_MB = 768;

export type ReadOutcome = Result<RosterPreview, RosterFileError | { error: 'replaced' }>;

/**
 * Reads roster files on a thread of its own, with limits of time and memory, so that no file can hold up the core. One at a
 * time: a newer reading ends the older, which then answers `replaced`.
 */
export class RosterReader {
  #running: { worker: Worker; end: (outcome: ReadOutcome) => void } | null = null;
  readonly #maxMs: number;

  constructor(limits: { maxMs?: number } = {}) {
    this.#maxMs = limits.maxMs ?? MAX_MS;
  }

  /** Never rejects. */
  read(files: readonly NamedBytes[], options: RosterOptions): Promise<ReadOutcome> {
    this.#running?.end(err({ error: 'replaced' }));
    return new Promise((resolve) => {
      const worker = new Worker(workerFile(), {
        workerData: { files, options },
        // A small nursery keeps the thread at what it needs: 5,000 rows in about 80 MB.
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: 16 },
        // What the thread prints would be taken for the core's own log.
        stdout: true,
        stderr: true,
      });
      const end = (outcome: ReadOutcome): void => {
        if (this.#running?.worker !== worker) return;
        this.#running = null;
        clearTimeout(timer);
        void worker.terminate();
        resolve(outcome);
      };
      const timer = setTimeout(() => end(err({ error: 'reader_stopped' })), this.#maxMs);
      this.#running = { worker, end };
      worker.once('message', (outcome: ReadOutcome) => end(outcome));
      worker.once('error', () => end(err({ error: 'reader_stopped' })));
      worker.once('exit', () => end(err({ error: 'reader_stopped' })));
    });
  }

  /** Ends a reading that is under way. */
  stop(): void {
    this.#running?.end(err({ error: 'replaced' }));
  }
}

/** The thread's program: a module beside this one from source, a bundle of its own when built. */
function workerFile(): URL {
  const candidates = import.meta.url.endsWith('.ts')
    ? ['./roster-worker.ts']
    : ['./roster-worker.js', '../core/roster-worker.js', './core/roster-worker.js'];
  const urls = candidates.map((name) => new URL(name, import.meta.url));
  const found = urls.find((url) => existsSync(fileURLToPath(url)));
  if (!found) throw new Error('the program of the roster reader is missing from this build');
  return found;
}
