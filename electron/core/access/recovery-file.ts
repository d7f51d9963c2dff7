import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeDurablySync } from '../store/durable-file.ts';
import { decryptBytes, encryptBytes } from '../store/field-cipher.ts';
import { makeSecret, readCode, writeCode, type CodeRead } from './recovery-code.ts';

const FILE_NAME = 'recovery.json';
const KEY_BYTES = 32;
const Stored = z.strictObject({
  format: z.literal('recovery/1'),
  /** Epoch ms. */
  madeAt: z.number(),
  /** Printed on the sheet, so that a sheet is known to belong to this file. */
  sheet: z.string(),
  salt: z.base64url(),
  sealed: z.base64url(),
});
type Stored = z.infer<typeof Stored>;

/** The keys that the code gives back. The signing key is never among them: who holds it can sign as this venue. */
export interface RecordKeys {
  databaseKey: Buffer;
  indexKey: Buffer;
}

/** What is known of the code of a records folder, without the code. */
export interface RecoveryState {
  madeAt: number;
  sheet: string;
}

export type RecoverOutcome =
  | { ok: true; keys: RecordKeys }
  | Exclude<CodeRead, { ok: true }>
  | { ok: false; error: 'no_file' | 'other_code'; sheet: string | null };

/** Both places in the records' folder, the first one that is whole counts. */
function listFiles(records: string): string[] {
  return [path.join(records, 'keys', FILE_NAME), path.join(records, 'keys-copy', FILE_NAME)];
}

/**
 * Makes a recovery code for the records in `records` and wraps their keys under it. The code is given back here and
 * stored nowhere; an earlier code opens nothing of this folder any more. Throws with the system's error.
 */
export function makeRecovery(records: string, keys: RecordKeys, madeAt: number): RecoveryState & { code: string } {
  const secret = makeSecret();
  const salt = randomBytes(KEY_BYTES);
  const sheet = createHash('sha256').update(salt).digest('hex').slice(0, 6).toUpperCase();
  const plain = Buffer.concat([keys.databaseKey, keys.indexKey]);
  const stored: Stored = {
    format: 'recovery/1',
    madeAt,
    sheet,
    salt: salt.toString('base64url'),
    sealed: encryptBytes(wrappingKey(secret, salt), contextOf(sheet), plain).toString('base64url'),
  };
  for (const file of listFiles(records)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeDurablySync(file, Buffer.from(`${JSON.stringify(stored, null, 2)}\n`, 'utf8'));
  }
  return { madeAt, sheet, code: writeCode(secret) };
}

/** Whether a code was made for these records; null when none was. */
export function findRecovery(records: string): RecoveryState | null {
  const stored = readAll(records)[0];
  return stored ? { madeAt: stored.madeAt, sheet: stored.sheet } : null;
}

/** Gives the keys of the records for a typed code. */
export function recoverKeys(records: string, typed: string): RecoverOutcome {
  const read = readCode(typed);
  if (!read.ok) return read;
  const files = readAll(records);
  for (const { salt, sealed, sheet } of files) {
    try {
      const key = wrappingKey(read.secret, Buffer.from(salt, 'base64url'));
      const plain = decryptBytes(key, contextOf(sheet), Buffer.from(sealed, 'base64url'));
      return {
        ok: true,
        keys: { databaseKey: plain.subarray(0, KEY_BYTES), indexKey: plain.subarray(KEY_BYTES, 2 * KEY_BYTES) },
      };
    } catch {
      // The code of another sheet, or a damaged file: the second one may be whole.
    }
  }
  const sheet = files[0]?.sheet ?? null;
  return { ok: false, error: sheet === null ? 'no_file' : 'other_code', sheet };
}

function readAll(records: string): Stored[] {
  return listFiles(records).flatMap((file) => {
    try {
      return [Stored.parse(JSON.parse(readFileSync(file, 'utf8')))];
    } catch {
      return [];
    }
  });
}

/** 128 random bits need no slow derivation. */
function wrappingKey(secret: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'venue-kiosk recovery/1', KEY_BYTES));
}

function contextOf(sheet: string): string {
  return `recovery:${sheet}`;
}
