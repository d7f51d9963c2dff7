import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renameHeldSync } from './rename-held.ts';

/**
 * Makes a file that must not be there yet, whole or not at all: false when somebody else made it first, whose bytes then
 * stand. Synced with its folder and the folders that had to be made. Throws with the system's error (`ENOSPC`, `EACCES`, …).
 */
export function createDurablySync(file: string, bytes: Uint8Array): boolean {
  const folder = path.dirname(file);
  makeFolders(folder);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return giveName(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
    syncFolder(folder);
  }
}

/** A second name fails where a rename would replace. */
function giveName(temporary: string, file: string): boolean {
  try {
    linkSync(temporary, file);
    return true;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'EEXIST') return false;
    // A disk without second names (exFAT). The caller holds the folder, so nobody comes between these two lines.
    if (existsSync(file)) return false;
    renameHeldSync(temporary, file);
    return true;
  }
}

/** Makes what is missing from the top down, and each new name durable. */
function makeFolders(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  for (let at = folder; at.length >= made.length; at = path.dirname(at)) syncFolder(path.dirname(at));
}

/** Windows keeps names with the file and has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
