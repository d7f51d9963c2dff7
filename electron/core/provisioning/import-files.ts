import { readFile } from 'node:fs/promises';
import type { ImportFile } from '../../contract/api-roster.ts';
import { searchPlaces, type ImportPlace, type PlacedFile } from './search-places.ts';

export type { ImportPlace } from './search-places.ts';

/** So many are shown. */
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

/** Whether a roster can be read from a file of this name; null when it is nothing to show. */
function kindOf(name: string): { unusable: ImportFile['unusable'] } | null {
  if (WANTED.test(name)) return { unusable: null };
  const unusable = UNUSABLE.find(([names]) => names.test(name))?.[1];
  return unusable ? { unusable } : null;
}

type RosterFile = PlacedFile<{ unusable: ImportFile['unusable'] }>;

/** Spreadsheets in these places, newest first. Links are not followed. */
export async function listImportFiles(places: readonly ImportPlace[]): Promise<{ files: ImportFile[]; more: boolean }> {
  const found = await findFiles(places);
  const files = found.files.slice(0, MAX_FILES).map(({ id, name, place, sizeBytes, modifiedAt, kind }): ImportFile => {
    const { volume, folder, removable } = place;
    return { id, name, volume, folder, removable, sizeBytes, modifiedAt, unusable: kind.unusable };
  });
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

async function findFiles(places: readonly ImportPlace[]): Promise<{ files: RosterFile[]; isCut: boolean }> {
  const found = await searchPlaces(places, kindOf);
  // What can be read first, the newest of it on top.
  const isUnusable = ({ kind }: RosterFile) => Number(kind.unusable !== null);
  return { ...found, files: found.files.toSorted((a, b) => isUnusable(a) - isUnusable(b)) };
}
