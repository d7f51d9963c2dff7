import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Sign-ins of several full halls, and the sealed report. */
const RESERVE_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Taken only where this much is free: the reserve itself must not be what fills the disk. */
const WANTED_FREE_BYTES = 3 * RESERVE_BYTES;
const FIRST_LOOK_MS = 5_000;
const LOOK_EVERY_MS = 60_000;

/**
 * Disk space kept back in the folder of the database for the hour in which something else fills the disk. Given up, it lets the
 * hall go on signing in; made again when there is room.
 */
export class SpaceReserve {
  readonly #file: string;
  #timer: NodeJS.Timeout | null = null;
  #making = false;
  #stopped = false;
  #onState: (isShort: boolean) => void = () => undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Looks after the reserve from now on, off the way of a start. Keeps no process alive. */
  start(): void {
    this.#plan(FIRST_LOOK_MS);
  }

  /** Called after each look, once a minute, and when the space is given up: whether it is missing. */
  onState(listener: (isShort: boolean) => void): void {
    this.#onState = listener;
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Gives the space back to the disk; false when there was none to give. */
  giveUp(): boolean {
    // One that is still being made removes itself: the disk refuses its next piece too.
    if (this.#making || sizeOf(this.#file) === 0) return false;
    try {
      rmSync(this.#file);
      // Not from inside the write that failed.
      setImmediate(() => this.#tell());
      return true;
    } catch {
      return false;
    }
  }

  /** Makes the reserve where it is missing and the disk has room. Never rejects: without it the kiosk runs as well. */
  async keep(): Promise<void> {
    if (this.#making || sizeOf(this.#file) === RESERVE_BYTES) return;
    this.#making = true;
    let complete = false;
    try {
      const { bavail, bsize } = await statfs(path.dirname(this.#file));
      if (bavail * bsize < WANTED_FREE_BYTES) return;
      const handle = await open(this.#file, 'w', 0o600);
      try {
        // Random: a disk that packs files would keep no space for zeros.
        for (let at = 0; at < RESERVE_BYTES && !this.#stopped; at += CHUNK_BYTES)
          await handle.writeFile(randomBytes(CHUNK_BYTES));
        complete = !this.#stopped;
      } finally {
        await handle.close();
      }
    } catch {
      // Looked at again a minute later.
    } finally {
      if (!complete) rmSync(this.#file, { force: true });
      this.#making = false;
    }
  }

  #looked(): void {
    this.#tell();
    this.#plan(LOOK_EVERY_MS);
  }

  #tell(): void {
    if (!this.#stopped) this.#onState(sizeOf(this.#file) === 0);
  }

  #plan(afterMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.keep().then(() => this.#looked()), afterMs);
    this.#timer.unref();
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
