import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import type { KnownKeys } from './package-trust.ts';
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
  | { ok: true; read: ReadPackage; fileName: string; known: KnownKeys; before: ImportedBefore | null }
  /** The file is gone, but this session was imported from it before. */
  | { ok: true; read: null; packageId: string }
  | { ok: false; sentence: string; vi: string; before: ImportedBefore | null };

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
    const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return {
      ok: false,
      sentence: `Session package ${options.file} ${isGone ? 'is not there' : 'cannot be read'}; check the path after --package, or plug the USB stick in again.`,
      vi: `${isGone ? 'Không thấy' : 'Không đọc được'} gói phiên ${options.file}; hãy xem lại đường dẫn sau --package, hoặc cắm lại USB.`,
      before: null,
    };
  }
  const before = packageId === null ? null : { packageId, digest: digestOf(bytes) };
  const known = readKeys(options);
  if (!known.ok) return { ...known, before };
  const fileName = path.basename(options.file);
  const read = await readPackage(bytes, fileName, known.keys);
  if (!read.ok) return { ok: false, sentence: read.sentence, vi: read.vi, before };
  return { ok: true, read: read.value, fileName, known: { keys: known.keys, given: known.given }, before };
}

/**
 * Remembers which session a file was, and the keys that later packages must be signed with: those it names, and the one
 * it was signed with itself, or the same file would be refused at the next start. The database has these keys too; the
 * file is what remains when that is moved aside. Throws with the system's error.
 */
export function rememberPackage(options: {
  file: string;
  dataDir: string;
  read: ReadPackage;
  pins: readonly PublicJwk[];
}): void {
  const folder = folderOf(options.dataDir);
  const { document } = options.read;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeDurablySync(
    path.join(folder, 'last.json'),
    Buffer.from(JSON.stringify({ file: options.file, packageId: document.packageId })),
  );
  if (options.pins.length > 0)
    writeDurablySync(path.join(folder, 'trusted-keys.json'), Buffer.from(JSON.stringify(options.pins)));
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

export type KeysOutcome = { ok: true; keys: PublicJwk[]; given: boolean } | { ok: false; sentence: string; vi: string };

/** The keys of the province as files say: those of `--trust`, else those pinned before. */
export function readKeys(options: { dataDir: string; trustFile: string | null }): KeysOutcome {
  const given = options.trustFile !== null;
  const file = options.trustFile ?? path.join(folderOf(options.dataDir), 'trusted-keys.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return options.trustFile === null
      ? { ok: true, keys: [], given }
      : {
          ok: false,
          sentence: `Key file ${options.trustFile} cannot be read; check the path after --trust.`,
          vi: `Không đọc được tệp khóa ${options.trustFile}; hãy xem lại đường dẫn sau --trust.`,
        };
  }
  try {
    return { ok: true, keys: KeySet.parse(JSON.parse(text)), given };
  } catch {
    return {
      ok: false,
      sentence: `Key file ${file} is not a JSON list of public keys (JWK); ask the province for it again.`,
      vi: `Tệp khóa ${file} không phải danh sách khóa công khai (JWK, JSON); xin tỉnh gửi lại.`,
    };
  }
}
