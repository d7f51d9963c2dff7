import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { createDurablySync } from '../store/durable-create.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import { renameHeldSync } from '../store/rename-held.ts';
import {
  isSame,
  makeKeys,
  openKeys,
  readKeyFile,
  toBytes,
  type DeviceKeys,
  type KeyFileFound,
  type StoredKeys,
} from './key-file.ts';

export type { DeviceKey, DeviceKeys } from './key-file.ts';

const FILE_NAME = 'device-keys.json';

export interface DeviceKeysFailure {
  error: 'damaged_keys' | 'missing_keys' | 'unreadable_keys' | 'cannot_write';
  file: string;
  /** For the person in front of the PC, in English and in Vietnamese. */
  sentence: string;
  vi: string;
}

/** What was wrong with the two files and is mended. `keys_differ`: they hold different keys; one of them was set aside. */
export type KeyRepair = 'key_file_repaired' | 'key_copy_repaired' | 'key_copy_made' | 'keys_differ' | 'key_copy_failed';

/** The two files that hold the keys of the records in the folder above `folder`. */
export function listKeyFiles(folder: string): { file: string; copy: string } {
  return { file: path.join(folder, FILE_NAME), copy: path.join(`${folder}-copy`, FILE_NAME) };
}

/**
 * Reads the keys of this PC from `folder`, or makes them at first use. All of them stand in one file, so that a power
 * cut leaves all or none, and a second file in a folder of its own holds the same: one that is damaged or missing is put
 * right from the other, and named in `repair`. With `mayCreate: false` two missing files are a failure: pass that
 * when a database exists, since new keys could not open it. Nothing is overwritten when neither is whole. `opens` is asked
 * when the two hold different keys: those that open the records count.
 */
export function loadDeviceKeys(
  folder: string,
  options: { mayCreate?: boolean; opens?: (databaseKey: Buffer) => boolean } = {},
): Result<DeviceKeys & { repair: KeyRepair | null }, DeviceKeysFailure> {
  const { file, copy } = listKeyFiles(folder);
  const found = readKeyFile(file);
  const second = readKeyFile(copy);
  if (found.is === 'whole') {
    if (second.is === 'whole' && !isSame(found.keys, second.keys) && isOfCopy(found.keys, second.keys, options.opens)) {
      setOtherAside(file);
      restore(file, second.keys);
      return ok({ ...openKeys(second.keys), repair: 'keys_differ' });
    }
    const repair = keepCopy(copy, second, found.keys);
    keepPrivate(folder, file);
    return ok({ ...openKeys(found.keys), repair });
  }
  if (second.is === 'whole') return ok({ ...openKeys(second.keys), repair: restore(file, second.keys) });
  if (found.is === 'missing' && second.is === 'missing') {
    if (options.mayCreate === false) return err(describeLoss('missing_keys', folder));
    return createKeys(folder);
  }
  if (found.is === 'unreadable' || second.is === 'unreadable') return err(cannotRead(folder));
  return err(describeLoss('damaged_keys', folder));
}

/** Writes keys in place of files that are not whole, which keep their bytes under another name. Throws with the system's error. */
export function replaceKeys(folder: string, keys: StoredKeys): DeviceKeys {
  const { file, copy } = listKeyFiles(folder);
  for (const each of [file, copy]) {
    if (existsSync(each)) renameHeldSync(each, `${each}.old-${Date.now()}`);
    mkdirSync(path.dirname(each), { recursive: true, mode: 0o700 });
    writeDurablySync(each, toBytes(keys));
  }
  return openKeys(keys);
}

function createKeys(folder: string): Result<DeviceKeys & { repair: KeyRepair | null }, DeviceKeysFailure> {
  const { file, copy } = listKeyFiles(folder);
  const made = makeKeys();
  let written: boolean;
  let kept: KeyFileFound;
  try {
    // Another start may have made its keys since we looked: those stand, because something may be encrypted by them already.
    written = createDurablySync(file, toBytes(made));
    chmodSync(folder, 0o700);
    kept = readKeyFile(file);
  } catch (cause) {
    return err(cannotWrite(file, `cannot be written (${message(cause)})`));
  }
  if (kept.is !== 'whole' || (written && !isSame(kept.keys, made)))
    return err(cannotWrite(file, 'reads back other than it was written'));
  const repair = keepCopy(copy, readKeyFile(copy), kept.keys);
  return ok({ ...openKeys(kept.keys), repair: repair === 'key_copy_made' ? null : repair });
}

/** The second file as the first one has it. A copy that cannot be written costs nothing today. */
function keepCopy(copy: string, found: KeyFileFound, keys: StoredKeys): KeyRepair | null {
  if (found.is === 'whole' && isSame(found.keys, keys)) return null;
  try {
    if (found.is === 'whole') setOtherAside(copy);
    mkdirSync(path.dirname(copy), { recursive: true, mode: 0o700 });
    writeDurablySync(copy, toBytes(keys));
  } catch {
    return 'key_copy_failed';
  }
  if (found.is === 'whole') return 'keys_differ';
  return found.is === 'missing' ? 'key_copy_made' : 'key_copy_repaired';
}

/** The records were written with the keys of the copy. */
function isOfCopy(first: StoredKeys, copy: StoredKeys, opens: ((databaseKey: Buffer) => boolean) | undefined): boolean {
  return opens !== undefined && !opens(openKeys(first).databaseKey) && opens(openKeys(copy).databaseKey);
}

/** Keys of something else, as far as anybody knows: they are not thrown away. */
function setOtherAside(file: string): void {
  renameHeldSync(file, `${file}.other-${Date.now()}`);
}

function restore(file: string, keys: StoredKeys): KeyRepair {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeDurablySync(file, toBytes(keys));
    return 'key_file_repaired';
  } catch {
    // The keys are known all the same; at the next start again.
    return 'key_copy_failed';
  }
}

/** A copied or restored file may have lost its permissions. */
function keepPrivate(folder: string, file: string): void {
  try {
    chmodSync(folder, 0o700);
    chmodSync(file, 0o600);
  } catch {
    // Somebody else's folder: it was readable, and more is not ours to change.
  }
}

/** Both ways that work: the recovery code, and beginning again beside the old records, which stay. */
function describeLoss(error: 'damaged_keys' | 'missing_keys', folder: string): DeviceKeysFailure {
  const { file } = listKeyFiles(folder);
  const records = path.dirname(folder);
  const aside = `${path.basename(records)}-cu`;
  const isMissing = error === 'missing_keys';
  return {
    error,
    file,
    sentence: `Both key files in ${records} are ${isMissing ? 'missing' : 'damaged'}; the recovery code of this PC opens these records (README, "Recovery"), and to sign people in now, rename this folder to ${aside} and start again: nothing is lost by that.`,
    vi: `Cả hai tệp khóa của máy ${isMissing ? 'không còn' : 'bị hỏng'}. Có tờ mã khôi phục thì mở được dữ liệu cũ: xem mục "Khôi phục" (Recovery) trong README. Cần điểm danh ngay thì đổi tên thư mục ${records} thành ${aside} rồi mở lại; không mất gì, tờ mã vẫn mở được thư mục cũ sau này.`,
  };
}

/** They may be whole: nobody is told to begin without them. */
function cannotRead(folder: string): DeviceKeysFailure {
  const { file } = listKeyFiles(folder);
  return {
    error: 'unreadable_keys',
    file,
    sentence: `The key files in ${path.dirname(folder)} cannot be read; check the disk and the rights of this folder, then start again.`,
    vi: `Không đọc được tệp khóa trong thư mục ${path.dirname(folder)}. Hãy kiểm tra ổ đĩa và quyền đọc của thư mục này rồi mở lại.`,
  };
}

function cannotWrite(file: string, what: string): DeviceKeysFailure {
  return {
    error: 'cannot_write',
    file,
    sentence: `The key file ${file} ${what}; check the disk and the rights of this folder.`,
    vi: `Không ghi được tệp khóa ${file}. Hãy kiểm tra ổ đĩa và quyền ghi của thư mục này.`,
  };
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
