import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImportFile } from '../../contract/api-roster.ts';

/** A folder in which rosters are looked for: a stick, or one of the user's own folders. */
export interface ImportPlace {
  dir: string;
  removable: boolean;
  /** Volume name of a stick. */
  volume: string | null;
  folder: ImportFile['folder'];
}

/** A stick may hold anything: the search is bounded in depth, entries looked at, and files shown. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 3_000;
const MAX_FILES = 200;
const WANTED = /\.(?:xlsx|xlsm|csv|tsv|ods)$/iu;
/** Why other files are no rosters that can be read; files of kinds not named here are not shown at all. */
const UNUSABLE: readonly (readonly [RegExp, NonNullable<ImportFile['unusable']>])[] = [
  [/\.(?:xls|xlsb|et|xlt|numbers)$/iu, 'old_excel'],
  [/\.(?:docx?|rtf|odt|txt|wps)$/iu, 'document'],
  [/\.pdf$/iu, 'pdf'],
  [/\.(?:jpe?g|png|bmp|tiff?|heic|webp)$/iu, 'picture'],
  [/\.(?:zip|rar|7z)$/iu, 'archive'],
  [/\.(?:html?|xml|mht|dbf|mdb|accdb|slk|json)$/iu, 'other'],
];
/** Lock files of office programs, and what systems put on sticks. */
const UNWANTED = /^(?:~\$|\.|\$RECYCLE\.BIN$|System Volume Information$)/u;

interface FoundFile extends ImportFile {
  path: string;
}

/** Spreadsheets in these places, newest first. Links are not followed. */
export async function listImportFiles(places: readonly ImportPlace[]): Promise<{ files: ImportFile[]; more: boolean }> {
  const found = await findFiles(places);
  const files = found.files.slice(0, MAX_FILES).map(({ path: _path, ...file }) => file);
  return { files, more: found.isCut || found.files.length > MAX_FILES };
}

export type ReadFileOutcome =
  | { ok: true; bytes: Uint8Array; name: string }
  | { ok: false; error: 'file_gone' }
  | { ok: false; error: 'file_too_large'; bytes: number; maxBytes: number };

/** Reads a file of the list. It is looked up again, so that nothing outside the places of this moment can be read. */
export async function readImportFile(
  places: readonly ImportPlace[],
  fileId: string,
  maxBytes: number,
): Promise<ReadFileOutcome> {
  const file = (await findFiles(places)).files.find((candidate) => candidate.id === fileId);
  if (!file) return { ok: false, error: 'file_gone' };
  if (file.sizeBytes > maxBytes) return { ok: false, error: 'file_too_large', bytes: file.sizeBytes, maxBytes };
  try {
    return { ok: true, bytes: await readFile(file.path), name: file.name };
  } catch {
    return { ok: false, error: 'file_gone' };
  }
}

async function findFiles(places: readonly ImportPlace[]): Promise<{ files: FoundFile[]; isCut: boolean }> {
  const files = new Map<string, FoundFile>();
  const budget = { left: MAX_ENTRIES };
  for (const place of places) {
    const dir = await realpath(place.dir).catch(() => null);
    if (dir !== null) await search(place, dir, MAX_DEPTH, budget, files);
  }
  // What can be read first, the newest of it on top.
  const newestFirst = [...files.values()].sort(
    (a, b) =>
      Number(a.unusable !== null) - Number(b.unusable !== null) ||
      b.modifiedAt - a.modifiedAt ||
      (a.path < b.path ? -1 : 1),
  );
  return { files: newestFirst, isCut: budget.left <= 0 };
}

async function search(
  place: ImportPlace,
  dir: string,
  depth: number,
  budget: { left: number },
  files: Map<string, FoundFile>,
): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const folders: string[] = [];
  for (const entry of entries) {
    if ((budget.left -= 1) <= 0) return;
    if (UNWANTED.test(entry.name)) continue;
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) folders.push(file);
    // A link is neither file nor folder here: it could lead out of the place.
    if (!entry.isFile()) continue;
    const unusable = WANTED.test(entry.name) ? null : (UNUSABLE.find(([name]) => name.test(entry.name))?.[1] ?? 'skip');
    if (unusable === 'skip') continue;
    const facts = await stat(file).catch(() => null);
    if (!facts) continue;
    const { removable, volume, folder } = place;
    const id = createHash('sha256').update(file).digest('hex').slice(0, 16);
    const modifiedAt = Math.round(facts.mtimeMs);
    const name = entry.name.normalize('NFC');
    files.set(id, { id, name, volume, folder, removable, sizeBytes: facts.size, modifiedAt, unusable, path: file });
  }
  if (depth > 1) for (const folder of folders) await search(place, folder, depth - 1, budget, files);
}
