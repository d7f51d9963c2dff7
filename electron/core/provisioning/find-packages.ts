import { open, readFile } from 'node:fs/promises';
import { decodeProtectedHeader } from 'jose';
import type { PublicJwk } from '../../contract/common.ts';
import { JOSE_TYPE } from '../../contract/report.ts';
import { digestOf, PACKAGE_LIMIT_BYTES, readPackage, type PackageOutcome } from './read-package.ts';
import { searchPlaces, type ImportPlace, type PlacedFile } from './search-places.ts';

/** So many are shown; each is read whole and its signature checked. */
const MAX_PACKAGES = 50;
/** Of a file, as much is read to see whether it is a session package at all, bytes. */
const LOOK_BYTES = 64 * 1024;
const WANTED = /\.(?:json|jsonc|jws|jose|jwt|phien|txt)$/iu;
/** A file of such a name is shown even where nothing in it can be read any more. */
const NAMED_SO = /(?:session-?package|phi[eê]n).*\.(?:json|jws|phien)$/iu;

/** A session package that was found, as it was read. */
export interface PackageFile {
  /** Of path, size and time: a file that was written again is another one. */
  id: string;
  file: PlacedFile<'package'>;
  outcome: PackageOutcome;
  /** On its roster, which is not kept here; null where it has none. */
  people: number | null;
  /** Where it was fetched from an address; null for a file on this PC. */
  fetched: { host: string; bytes: Uint8Array } | null;
}

/**
 * Session packages on sticks and in the user's folders. What did not change since the last look is not read again, so looking
 * each second costs nearly nothing.
 */
export class PackageFinder {
  /** By id; null for files that are no session packages. */
  #known = new Map<string, PackageFile | null>();
  #keys = '';

  /** Looks once. `keys`: those a signature is checked against, besides the one in its own header. */
  async look(
    places: readonly ImportPlace[],
    keys: readonly PublicJwk[],
  ): Promise<{ packages: PackageFile[]; isCut: boolean }> {
    const found = await searchPlaces(places, (name) => (WANTED.test(name) ? 'package' : null));
    const sameKeys = JSON.stringify(keys) === this.#keys;
    this.#keys = JSON.stringify(keys);
    const before = sameKeys ? this.#known : new Map<string, PackageFile | null>();
    const now = new Map<string, PackageFile | null>();
    let count = 0;
    for (const file of found.files) {
      const id = `${file.id}-${file.sizeBytes}-${file.modifiedAt}`;
      const known = before.get(id);
      if (count >= MAX_PACKAGES) break;
      const read = known === undefined ? await readOne(id, file, keys) : known;
      now.set(id, read);
      if (read) count += 1;
    }
    this.#known = now;
    return { packages: [...now.values()].filter((each) => each !== null), isCut: found.isCut || count >= MAX_PACKAGES };
  }
}

/** Reads a package of a list again, with all its people; null when it is gone or was written again meanwhile. */
export async function readAgain(
  { file, outcome, fetched }: PackageFile,
  keys: readonly PublicJwk[],
): Promise<PackageOutcome | null> {
  const bytes = fetched?.bytes ?? (await readFile(file.path).catch(() => null));
  if (bytes === null) return null;
  const again = await readPackage(bytes, file.name, keys);
  return again.ok && outcome.ok && again.value.digest !== outcome.value.digest ? null : again;
}

async function readOne(
  id: string,
  file: PlacedFile<'package'>,
  keys: readonly PublicJwk[],
): Promise<PackageFile | null> {
  const start = await readStart(file.path);
  const isPackage = start !== null && looksLikePackage(start);
  if (!isPackage && !NAMED_SO.test(file.name)) return null;
  // One that is too large is refused by its size alone.
  const bytes =
    file.sizeBytes > PACKAGE_LIMIT_BYTES
      ? new Uint8Array(PACKAGE_LIMIT_BYTES + 1)
      : await readFile(file.path).catch(() => null);
  if (bytes === null) return null;
  const outcome = await readPackage(bytes, file.name, keys);
  if (!outcome.ok && !isPackage && isJson(bytes)) return null;
  return { id, file, fetched: null, ...withoutPeople(outcome) };
}

/** A package that was fetched from an address, as one of the list. */
export async function readFetched(
  fetched: { host: string; bytes: Uint8Array; name: string },
  keys: readonly PublicJwk[],
): Promise<PackageFile> {
  const { host, bytes, name } = fetched;
  const place = { dir: '', removable: false, volume: null, folder: null };
  const id = `address-${digestOf(bytes).slice(0, 16)}`;
  const facts = {
    path: `https://${host}`,
    sizeBytes: bytes.byteLength,
    modifiedAt: Date.now(),
    kind: 'package' as const,
  };
  const outcome = await readPackage(bytes, name, keys);
  return { id, file: { id, place, name, ...facts }, fetched: { host, bytes }, ...withoutPeople(outcome) };
}

function withoutPeople(outcome: PackageOutcome): Pick<PackageFile, 'outcome' | 'people'> {
  if (!outcome.ok) return { outcome, people: null };
  const { roster, ...document } = outcome.value.document;
  return { outcome: { ok: true, value: { ...outcome.value, document } }, people: roster?.length ?? null };
}

/** JSON of something else, whatever its name. */
function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

async function readStart(file: string): Promise<Buffer | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

function looksLikePackage(start: Buffer): boolean {
  const text = start.toString('utf8').trimStart();
  if (text.includes('"session-package/')) return true;
  try {
    return decodeProtectedHeader(`${text.slice(0, text.indexOf('.'))}..`).typ === JOSE_TYPE.sessionPackage;
  } catch {
    return false;
  }
}
