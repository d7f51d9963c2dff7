import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportFile } from '../../contract/api-roster.ts';

/** A folder in which files are looked for: a stick, or one of the user's own folders. */
export interface ImportPlace {
  dir: string;
  removable: boolean;
  /** Volume name of a stick. */
  volume: string | null;
  folder: ImportFile['folder'];
}

/** A file whose name is wanted; `kind` is what the caller made of the name. */
export interface PlacedFile<K> {
  /** Of the path, hex. */
  id: string;
  place: ImportPlace;
  path: string;
  /** In NFC. */
  name: string;
  sizeBytes: number;
  /** Epoch ms. */
  modifiedAt: number;
  kind: K;
}

/** A stick may hold anything: the search is bounded in depth and in entries looked at. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 3_000;
/** A drive that answers at first may go silent in the middle; its places are then passed over, and nobody waits on, ms. */
const PLACE_MS = 8_000;
/** Lock files of office programs, and what systems put on sticks. */
const UNWANTED = /^(?:~\$|\.|\$RECYCLE\.BIN$|System Volume Information$)/u;

/**
 * Files of these places for whose name `kindOf` has a kind, newest first. Links are not followed: one could lead out of the
 * place. `isCut`: there were more entries than are looked at, or a place did not answer within `placeMs`.
 */
export async function searchPlaces<K>(
  places: readonly ImportPlace[],
  kindOf: (name: string) => K | null,
  placeMs = PLACE_MS,
): Promise<{ files: PlacedFile<K>[]; isCut: boolean }> {
  const files = new Map<string, PlacedFile<K>>();
  let left = MAX_ENTRIES;
  let isSilent = false;
  const search = async (place: ImportPlace, dir: string, depth: number): Promise<void> => {
    const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
    const folders: string[] = [];
    for (const entry of entries) {
      if ((left -= 1) <= 0) return;
      if (UNWANTED.test(entry.name)) continue;
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) folders.push(file);
      if (!entry.isFile()) continue;
      const kind = kindOf(entry.name);
      if (kind === null) continue;
      const facts = await stat(file).catch(() => null);
      if (!facts) continue;
      const id = createHash('sha256').update(file).digest('hex').slice(0, 16);
      const name = entry.name.normalize('NFC');
      const modifiedAt = Math.round(facts.mtimeMs);
      files.set(id, { id, place, path: file, name, sizeBytes: facts.size, modifiedAt, kind });
    }
    if (depth > 1) for (const folder of folders) await search(place, folder, depth - 1);
  };
  const searchPlace = async (place: ImportPlace): Promise<'done'> => {
    const dir = await realpath(place.dir).catch(() => null);
    if (dir !== null) await search(place, dir, MAX_DEPTH);
    return 'done';
  };
  for (const place of places) {
    const silent = new AbortController();
    const outcome = await Promise.race([
      searchPlace(place),
      sleep(placeMs, 'silent', { ref: false, signal: silent.signal }).catch(() => 'done'),
    ]);
    silent.abort();
    isSilent ||= outcome === 'silent';
  }
  const newestFirst = [...files.values()].sort((a, b) => b.modifiedAt - a.modifiedAt || (a.path < b.path ? -1 : 1));
  return { files: newestFirst, isCut: left <= 0 || isSilent };
}
