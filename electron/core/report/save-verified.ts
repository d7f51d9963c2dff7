import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { SaveFailure } from '../../contract/api-report.ts';
import { syncFolder } from '../store/durable-file.ts';
import { renameHeld } from '../store/rename-held.ts';

export interface SavedFile {
  /** Name in the folder; another than asked for when that one was taken by other content. */
  file: string;
  path: string;
  sizeBytes: number;
  /** SHA-256 of what was read back, hex. */
  sha256: string;
}

export type SaveFault = Exclude<SaveFailure, 'print_failed' | 'print_timeout'>;

/** Names tried when a file of that name with other content exists: `x.pdf`, `x (2).pdf` … */
const MOST_COPIES = 99;

/**
 * Saves bytes so that "saved" can be believed: temporary file, write, sync, rename, sync of the folder, then the file is
 * opened again and compared byte by byte. Never overwrites other content, since somebody may have worked in it: takes the
 * next free name instead. The same content again is checked and left. What is read back may come from the system's
 * cache; the sync before it is what a pulled stick depends on.
 */
export async function saveVerified(
  dir: string,
  name: string,
  bytes: Uint8Array,
): Promise<Result<SavedFile, { error: SaveFault; detail: string }>> {
  if (bytes.length === 0) return err({ error: 'write_failed', detail: 'nothing to save' });
  const temporary = path.join(dir, `.${randomUUID()}.tmp`);
  try {
    if (!(await stat(dir)).isDirectory()) return err({ error: 'place_gone', detail: `${dir} is not a folder` });
    const { target, already } = await freeName(dir, name, bytes);
    if (!already) {
      const handle = await open(temporary, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await renameHeld(temporary, target);
      await syncFolder(dir).catch((cause: unknown) => {
        // Some file systems of sticks cannot sync a folder; the file itself was synced.
        if (!isCode(cause, 'EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR')) throw cause;
      });
    }
    return await compare(target, bytes);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return err({ error: faultOf(cause), detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

async function compare(
  target: string,
  bytes: Uint8Array,
): Promise<Result<SavedFile, { error: SaveFault; detail: string }>> {
  const held = await readFile(target);
  if (Buffer.compare(held, bytes) !== 0) {
    return err({ error: 'read_back_differs', detail: `${held.length} bytes read back, ${bytes.length} written` });
  }
  const sha256 = createHash('sha256').update(held).digest('hex');
  return ok({ file: path.basename(target), path: target, sizeBytes: held.length, sha256 });
}

/** The wanted name, or the next free one where the name is taken by other content. */
async function freeName(dir: string, name: string, bytes: Uint8Array): Promise<{ target: string; already: boolean }> {
  const { name: stem, ext } = path.parse(path.basename(name));
  for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
    const target = path.join(dir, copy === 1 ? `${stem}${ext}` : `${stem} (${copy})${ext}`);
    const held = await readFile(target).catch((cause: unknown) => {
      if (isCode(cause, 'ENOENT')) return null;
      throw cause;
    });
    // A file of no length is what a failed copy leaves: it may be replaced.
    if (held === null || held.length === 0) return { target, already: false };
    if (Buffer.compare(held, bytes) === 0) return { target, already: true };
  }
  throw new Error(`${MOST_COPIES} files of the name ${name} exist`);
}

function faultOf(cause: unknown): SaveFault {
  if (isCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG')) return 'disk_full';
  if (isCode(cause, 'EROFS')) return 'read_only';
  if (isCode(cause, 'EACCES', 'EPERM')) return 'no_rights';
  if (isCode(cause, 'ENOENT', 'ENODEV', 'ENXIO', 'ENOTDIR', 'EIO')) return 'place_gone';
  return 'write_failed';
}

function isCode(cause: unknown, ...codes: string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}
