import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface LogFileOptions {
  /** A file that would grow beyond this many bytes is put aside first; a longer line alone may. */
  maxBytes?: number;
  /** Files put aside that are kept: `name.1` is the newest. */
  keep?: number;
  /** False: the folder is somebody else's to make, and until it is there the newest lines wait in memory. */
  makeFolder?: boolean;
}

export interface LogFile {
  /** Writes one line, which brings its own line end. Never throws. */
  write(line: string): void;
  close(): void;
}

const MAX_BYTES = 5 * 1024 * 1024;
const KEEP = 4;
/** Lines that wait for a folder. */
const WAITING = 200;

/**
 * The end of a log that can never end the kiosk: written at once, so that the last words before a crash are kept; what
 * cannot be written (disk full, folder gone) is dropped, and how much it was is said when writing works again. It takes at
 * most `maxBytes` × (`keep` + 1) of the disk. The line that finds the file full is the first of the new one.
 */
export function createLogFile(file: string, options: LogFileOptions = {}): LogFile {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const keep = options.keep ?? KEEP;
  const makeFolder = options.makeFolder ?? true;
  const waiting: string[] = [];
  let handle: number | null = null;
  let size = 0;
  let lost = 0;

  function open(): number {
    if (handle !== null) return handle;
    if (makeFolder) mkdirSync(path.dirname(file), { recursive: true });
    handle = openSync(file, 'a', 0o600);
    size = fstatSync(handle).size;
    return handle;
  }

  /** Puts the file aside. When that cannot be done the old one goes on: a log that is too long is better than none. */
  function rotate(): void {
    close();
    try {
      rmSync(`${file}.${keep}`, { force: true });
      for (let n = keep - 1; n >= 1; n -= 1)
        if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
      if (keep > 0) renameSync(file, `${file}.1`);
      else rmSync(file, { force: true });
    } catch {
      // Held by another program, for example by an antivirus. Tried again with the next line.
    }
  }

  function append(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (open() !== null && size > 0 && size + bytes > maxBytes) rotate();
    const to = open();
    // A line cut off by a full disk is ended first.
    const gap = lost === 0 ? '' : `\n${JSON.stringify({ time: Date.now(), event: 'log_lines_lost', lines: lost })}\n`;
    writeFileSync(to, gap + line);
    size += Buffer.byteLength(gap) + bytes;
    lost = 0;
  }

  function close(): void {
    try {
      if (handle !== null) closeSync(handle);
    } catch {
      // Opened again for the next line either way.
    }
    handle = null;
  }

  return {
    write(line) {
      if (!makeFolder && !existsSync(path.dirname(file))) {
        waiting.push(line);
        if (waiting.length > WAITING) waiting.shift();
        return;
      }
      for (const next of [...waiting.splice(0), line]) {
        try {
          append(next);
        } catch {
          lost += 1;
          close();
        }
      }
    },
    close,
  };
}
