import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Fills what is free, to the last byte or to so many KiB. */
  fill(leaveKib?: number): void;
  /** Takes the filling away. */
  free(): void;
  remove(): void;
}

/** A real file system of its own with that many MiB; null where this user may not mount one. */
export function createSmallDisk(sizeMib: number): SmallDisk | null {
  if (process.platform !== 'linux') return null;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m`, 'tmpfs', folder]).status === 0;
  if (!mounted) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const filling = path.join(folder, 'filling');
  return {
    folder,
    fill(leaveKib = 0) {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - leaveKib * 1024)), { flag: 'a' });
      } catch {
        // Full a little earlier than it said.
      }
    },
    free: () => rmSync(filling, { force: true }),
    remove() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const NO_SMALL_DISK = 'skipped: this user may not mount a small file system to fill';
