import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { createDurablySync } from '../store/durable-create.ts';

const FILE_NAME = 'device-keys.json';
const KEY_BYTES = 32;

/** What this PC alone knows. Whoever holds it can sign as this venue and read its database. */
export interface DeviceKeys {
  /** Signs reports. */
  device: DeviceKey;
  /** Wraps the data keys of the database; 32 bytes. */
  databaseKey: Buffer;
  /** Key of the blind index over identity numbers; 32 bytes. */
  indexKey: Buffer;
}

export interface DeviceKey {
  /** RFC 7638 thumbprint of the public key, base64url. */
  kid: string;
  /** Ed25519. */
  privateKey: KeyObject;
  publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
}

export type DeviceKeysFailure =
  | { error: 'damaged_keys'; file: string; sentence: string }
  | { error: 'missing_keys'; file: string; sentence: string }
  | { error: 'cannot_write'; file: string; sentence: string };

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const Stored = z.strictObject({
  format: z.literal('device-keys/1'),
  device: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Base64Url, d: Base64Url }),
  databaseKey: Base64Url,
  indexKey: Base64Url,
});
type Stored = z.infer<typeof Stored>;

/**
 * Reads the keys of this PC from `folder`, or makes them at first use. All of them stand in one file, so that a power
 * cut leaves all or none; the file is made once and never replaced, and what is used is what can be read back. With `mayCreate: false` a missing file is a failure: pass that when a database exists, since
 * new keys could not open it. Nothing is overwritten when the file is damaged.
 */
export function loadDeviceKeys(
  folder: string,
  options: { mayCreate?: boolean } = {},
): Result<DeviceKeys, DeviceKeysFailure> {
  const file = path.join(folder, FILE_NAME);
  let text: string | null;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (!isMissing(cause)) {
      return err({ error: 'damaged_keys', file, sentence: `The key file ${file} cannot be read (${message(cause)}).` });
    }
    text = null;
  }
  if (text === null) {
    if (options.mayCreate === false) {
      const sentence = `The key file ${file} is missing, and without it the records on this PC cannot be opened; put it back from the backup.`;
      return err({ error: 'missing_keys', file, sentence });
    }
    return createKeys(folder, file);
  }
  const stored = parseStored(text);
  if (!stored) {
    const sentence = `The key file ${file} is damaged; put it back from the backup, or move it away to begin with new keys.`;
    return err({ error: 'damaged_keys', file, sentence });
  }
  // A copied or restored file may have lost its permissions.
  chmodSync(folder, 0o700);
  chmodSync(file, 0o600);
  return ok(openStored(stored));
}

function createKeys(folder: string, file: string): Result<DeviceKeys, DeviceKeysFailure> {
  const pair = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const stored = Stored.parse({
    format: 'device-keys/1',
    device: pair,
    databaseKey: randomBytes(KEY_BYTES).toString('base64url'),
    indexKey: randomBytes(KEY_BYTES).toString('base64url'),
  });
  const content = { ...stored, check: checkOf(stored) };
  let written: boolean;
  let kept: Stored | null;
  try {
    // Another start may have made its keys since we looked: those stand, because something may be encrypted by them already.
    written = createDurablySync(file, Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8'));
    chmodSync(folder, 0o700);
    kept = parseStored(readFileSync(file, 'utf8'));
  } catch (cause) {
    return err({
      error: 'cannot_write',
      file,
      sentence: `The key file ${file} cannot be written (${message(cause)}).`,
    });
  }
  if (kept && (!written || checkOf(kept) === checkOf(stored))) return ok(openStored(kept));
  const sentence = `The key file ${file} reads back other than it was written; check the disk.`;
  return err({ error: 'cannot_write', file, sentence });
}

function parseStored(text: string): Stored | null {
  try {
    const { check, ...rest } = z.looseObject({ check: z.string() }).parse(JSON.parse(text));
    const stored = Stored.parse(rest);
    if (check !== checkOf(stored)) return null;
    // A flipped bit in the public half would pass every later step and be noticed by the province only.
    const derived = createPublicKey(createPrivateKey({ key: stored.device, format: 'jwk' })).export({ format: 'jwk' });
    return derived['x'] === stored.device.x ? stored : null;
  } catch {
    return null;
  }
}

function openStored(stored: Stored): DeviceKeys {
  const { kty, crv, x } = stored.device;
  return {
    device: {
      kid: thumbprint({ crv, kty, x }),
      privateKey: createPrivateKey({ key: stored.device, format: 'jwk' }),
      publicJwk: { kty, crv, x },
    },
    databaseKey: Buffer.from(stored.databaseKey, 'base64url'),
    indexKey: Buffer.from(stored.indexKey, 'base64url'),
  };
}

/** RFC 7638: SHA-256 over the required members in lexicographic order. */
function thumbprint(members: { crv: string; kty: string; x: string }): string {
  const { crv, kty, x } = members;
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

function checkOf(stored: Stored): string {
  const { format, device, databaseKey, indexKey } = stored;
  const { kty, crv, x, d } = device;
  return createHash('sha256')
    .update(JSON.stringify([format, kty, crv, x, d, databaseKey, indexKey]))
    .digest('hex');
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
