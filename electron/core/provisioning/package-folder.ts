import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import { digestOf, readPackage, type ReadPackage } from './read-package.ts';

const Remembered = z.object({ file: z.string(), packageId: z.string() });
const KeySet = z.union([z.array(PublicJwk), z.object({ keys: z.array(PublicJwk) }).transform((set) => set.keys)]);

/** The session that was imported from the same path before. */
export interface ImportedBefore {
  packageId: string;
  /** SHA-256 of the bytes the file has now, hex. */
  digest: string;
}

export type FindOutcome =
  | { ok: true; read: ReadPackage; before: ImportedBefore | null }
  /** The file is gone, but this session was imported from it before. */
  | { ok: true; read: null; packageId: string }
  | { ok: false; sentence: string; before: ImportedBefore | null };

/**
 * Reads the session package named on the command line. When that file is gone (the USB stick was pulled out) and it was
 * imported before, the session of before is named: a core that restarts in the middle of a sitting must find it again.
 * Writes nothing. No copy of the file is kept: it holds names and numbers in clear.
 */
export async function findPackage(options: {
  file: string;
  dataDir: string;
  trustFile: string | null;
}): Promise<FindOutcome> {
  const packageId = findRemembered(options);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(options.file);
  } catch (cause) {
    if (packageId !== null) return { ok: true, read: null, packageId };
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'is not there' : 'cannot be read';
    return {
      ok: false,
      sentence: `Session package ${options.file} ${why}; check the path after --package, or plug the USB stick in again.`,
      before: null,
    };
  }
  const before = packageId === null ? null : { packageId, digest: digestOf(bytes) };
  const pinned = readKeys(options);
  if (!pinned.ok) return { ...pinned, before };
  const read = await readPackage(bytes, path.basename(options.file), pinned.keys);
  return read.ok ? { ok: true, read: read.value, before } : { ok: false, sentence: read.sentence, before };
}

/**
 * Remembers which session a file was, and the keys that later packages must be signed with: those it names, and the one
 * it was signed with itself, or the same file would be refused at the next start. Throws with the system's error.
 */
export function rememberPackage(options: { file: string; dataDir: string; read: ReadPackage }): void {
  const folder = folderOf(options.dataDir);
  const { document, signer } = options.read;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeDurablySync(
    path.join(folder, 'last.json'),
    Buffer.from(JSON.stringify({ file: options.file, packageId: document.packageId })),
  );
  if (document.keys.packages.length > 0 && signer) {
    const keys = [...document.keys.packages, signer];
    writeDurablySync(path.join(folder, 'trusted-keys.json'), Buffer.from(JSON.stringify(keys)));
  }
}

function folderOf(dataDir: string): string {
  return path.join(dataDir, 'session', 'packages');
}

function findRemembered(options: { file: string; dataDir: string }): string | null {
  try {
    const last = Remembered.parse(JSON.parse(readFileSync(path.join(folderOf(options.dataDir), 'last.json'), 'utf8')));
    return last.file === options.file ? last.packageId : null;
  } catch {
    return null;
  }
}

function readKeys(options: {
  dataDir: string;
  trustFile: string | null;
}): { ok: true; keys: PublicJwk[] } | { ok: false; sentence: string } {
  const file = options.trustFile ?? path.join(folderOf(options.dataDir), 'trusted-keys.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return options.trustFile === null
      ? { ok: true, keys: [] }
      : { ok: false, sentence: `Key file ${options.trustFile} cannot be read; check the path after --trust.` };
  }
  try {
    return { ok: true, keys: KeySet.parse(JSON.parse(text)) };
  } catch {
    return {
      ok: false,
      sentence: `Key file ${file} is not a JSON list of public keys (JWK); ask the province for it again.`,
    };
  }
}
