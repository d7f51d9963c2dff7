import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeDurablySync } from './store/durable-file.ts';
import { WAITS_WHILE_SERVING_MS } from './store/rename-held.ts';

const Kept = z.object({ swapped: z.boolean() });

/** Whether the windows have changed displays with one another: of this PC, for rehearsals and sessions alike. */
export class DisplaySwap {
  readonly #file: string;
  readonly #tell: (on: boolean) => void;
  #on: boolean;

  /** `tell` passes it on to the shell. */
  constructor(dataDir: string, tell: (on: boolean) => void) {
    this.#file = path.join(dataDir, 'displays.json');
    this.#tell = tell;
    this.#on = this.#read();
  }

  /** For a shell that has just started. */
  announce(): void {
    this.#tell(this.#on);
  }

  /** Swaps at once. A disk that takes nothing, or a file that is held, costs only the memory of it. */
  toggle(): void {
    this.#on = !this.#on;
    this.#tell(this.#on);
    try {
      const kept = Buffer.from(JSON.stringify({ swapped: this.#on }));
      writeDurablySync(this.#file, kept, { waitsMs: WAITS_WHILE_SERVING_MS });
    } catch {
      // The alarm for a full disk comes from the database.
    }
  }

  #read(): boolean {
    try {
      return Kept.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).swapped;
    } catch {
      return false;
    }
  }
}
