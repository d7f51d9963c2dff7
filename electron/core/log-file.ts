import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The end of a log that can never end the kiosk: written at once, so that the last words before a crash are kept; what
 * cannot be written (disk full, folder gone) is dropped, and how much it was is said when writing works again.
 */
export function createLogFile(file: string): { write(line: string): void } {
  let handle: number | null = null;
  let lost = 0;
  return {
    write(line) {
      try {
        if (handle === null) {
          mkdirSync(path.dirname(file), { recursive: true });
          handle = openSync(file, 'a');
        }
        // A line cut off by a full disk is ended first.
        const gap =
          lost === 0 ? '' : `\n${JSON.stringify({ time: Date.now(), event: 'log_lines_lost', lines: lost })}\n`;
        writeFileSync(handle, gap + line);
        lost = 0;
      } catch {
        lost += 1;
        close();
      }
    },
  };

  function close(): void {
    try {
      if (handle !== null) closeSync(handle);
    } catch {
      // Opened anew for the next line either way.
    }
    handle = null;
  }
}
