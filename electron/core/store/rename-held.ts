import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';

/** What Windows answers while another program, an antivirus or an indexer, has the file open for a moment. */
const HELD = ['EBUSY', 'EPERM', 'EACCES'];
/** Waits between tries, ms; a scan of a fresh file takes less than their sum, 9 s. */
const WAITS_MS = [50, 100, 250, 500, 1_000, 1_500, 2_500, 3_000] as const;

/** Between tries while people are served, ms: for what can be tried again by somebody or a little later. */
export const WAITS_WHILE_SERVING_MS: readonly number[] = [50, 100];

/** Renames, and tries again for some seconds while another program holds the file. Throws with the system's last error. */
export function renameHeldSync(from: string, to: string, waitsMs: readonly number[] = WAITS_MS): void {
  for (let n = 0; ; n += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (cause) {
      const wait = waitsMs[n];
      if (wait === undefined || !isHeld(cause)) throw cause;
      // Everything stands still meanwhile: the long waits are for the moments before the core serves anybody.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
}

/** As `renameHeldSync`, while the core goes on serving. */
export async function renameHeld(from: string, to: string, waitsMs: readonly number[] = WAITS_MS): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await rename(from, to);
      return;
    } catch (cause) {
      const wait = waitsMs[n];
      if (wait === undefined || !isHeld(cause)) throw cause;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** A file that another program holds at this moment, as far as the error can tell. */
export function isHeld(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && HELD.includes(String(cause.code));
}
