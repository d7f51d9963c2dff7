import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

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

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const StoredKeys = z.strictObject({
  format: z.literal('device-keys/1'),
  device: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Base64Url, d: Base64Url }),
  databaseKey: Base64Url,
  indexKey: Base64Url,
});
/** The keys as their file holds them. */
export type StoredKeys = z.infer<typeof StoredKeys>;

/** One file of keys as it was found. `unreadable`: it is there, and the system does not give its bytes. */
export type KeyFileFound =
  | { is: 'whole'; keys: StoredKeys }
  | { is: 'missing' | 'damaged' }
  | { is: 'unreadable'; detail: string };

/** Fresh keys; those of the database may be given, when records that are encrypted by them exist. */
export function makeKeys(of: { databaseKey?: Buffer; indexKey?: Buffer } = {}): StoredKeys {
  const { databaseKey = randomBytes(KEY_BYTES), indexKey = randomBytes(KEY_BYTES) } = of;
  return StoredKeys.parse({
    format: 'device-keys/1',
    device: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    databaseKey: databaseKey.toString('base64url'),
    indexKey: indexKey.toString('base64url'),
  });
}

/** As the file holds them, with a digest over all of them. */
export function toBytes(keys: StoredKeys): Buffer {
  return Buffer.from(`${JSON.stringify({ ...keys, check: checkOf(keys) }, null, 2)}\n`, 'utf8');
}

/** Reads one file of keys and checks its digest. */
export function readKeyFile(file: string): KeyFileFound {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) return { is: 'missing' };
    return { is: 'unreadable', detail: cause instanceof Error ? cause.message : String(cause) };
  }
  const keys = parse(text);
  return keys ? { is: 'whole', keys } : { is: 'damaged' };
}

/** Whether two files hold the same keys. */
export function isSame(a: StoredKeys, b: StoredKeys): boolean {
  return checkOf(a) === checkOf(b);
}

export function openKeys(keys: StoredKeys): DeviceKeys {
  const { kty, crv, x } = keys.device;
  return {
    device: {
      kid: thumbprint({ crv, kty, x }),
      privateKey: createPrivateKey({ key: keys.device, format: 'jwk' }),
      publicJwk: { kty, crv, x },
    },
    databaseKey: Buffer.from(keys.databaseKey, 'base64url'),
    indexKey: Buffer.from(keys.indexKey, 'base64url'),
  };
}

function parse(text: string): StoredKeys | null {
  try {
    const { check, ...rest } = z.looseObject({ check: z.string() }).parse(JSON.parse(text));
    const keys = StoredKeys.parse(rest);
    if (check !== checkOf(keys)) return null;
    // A flipped bit in the public half would pass every later step and be noticed by the province only.
    const derived = createPublicKey(createPrivateKey({ key: keys.device, format: 'jwk' })).export({ format: 'jwk' });
    return derived['x'] === keys.device.x ? keys : null;
  } catch {
    return null;
  }
}

/** RFC 7638: SHA-256 over the required members in lexicographic order. */
function thumbprint(members: { crv: string; kty: string; x: string }): string {
  const { crv, kty, x } = members;
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

function checkOf(keys: StoredKeys): string {
  const { format, device, databaseKey, indexKey } = keys;
  const { kty, crv, x, d } = device;
  return createHash('sha256')
    .update(JSON.stringify([format, kty, crv, x, d, databaseKey, indexKey]))
    .digest('hex');
}
