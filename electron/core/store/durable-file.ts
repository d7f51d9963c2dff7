import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { renameHeld, renameHeldSync } from './rename-held.ts';

/** Readable and writable by the owner only; Windows ignores it. */
const OWNER_ONLY = 0o600;

/**
 * Replaces a file so that after a power cut it holds either the old bytes or the new ones, never a mixture: temporary
 * file in the same folder, sync, rename, sync of the folder. Rejects with the system's error (`ENOSPC`, `EACCES`, …).
 */
export async function writeDurably(file: string, bytes: Uint8Array, mode = OWNER_ONLY): Promise<void> {
  const temporary = temporaryName(file);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameHeld(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(path.dirname(file));
}

/**
 * As `writeDurably`, for the moments before anything else can run; with short `waitsMs` between tries while another program holds the
 * file also later. Throws with the system's error.
 */
export function writeDurablySync(
  file: string,
  bytes: Uint8Array,
  { mode = OWNER_ONLY, waitsMs }: { mode?: number; waitsMs?: readonly number[] } = {},
): void {
  const temporary = temporaryName(file);
  try {
    const handle = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameHeldSync(temporary, file, waitsMs);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  syncFolderSync(path.dirname(file));
}

/** As `syncFolder`, for the moments before anything else can run. */
export function syncFolderSync(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes new and removed names of a folder durable. Windows keeps them with the file and has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function temporaryName(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
}
