import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** Small, so that one bad place of the disk is met by itself. */
const PORTION = Buffer.alloc(4_096);

/** Whether every byte of these files can be read now; one that is not there has none. */
export function canBeRead(...files: readonly string[]): boolean {
  return files.every((file) => {
    let handle: number | null = null;
    try {
      if (!existsSync(file)) return true;
      handle = openSync(file, 'r');
      for (let at = 0, got = 1; got > 0; at += got) got = readSync(handle, PORTION, 0, PORTION.length, at);
      return true;
    } catch {
      return false;
    } finally {
      if (handle !== null) closeSync(handle);
    }
  });
}
