import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { writeDurablySync } from '../store/durable-file.ts';

const FILE_NAME = 'intake-keys.json';

const OkpJwk = z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), d: z.string() });
const Stored = z.strictObject({ format: z.literal('intake-keys/1'), receipt: OkpJwk, report: OkpJwk });
type Stored = z.infer<typeof Stored>;

/** The province's two key pairs: one signs receipts, one opens reports. */
export interface IntakeKeys {
  /** Ed25519. */
  receipt: { kid: string; privateKey: KeyObject; publicJwk: PublicJwk };
  /** X25519. */
  report: { kid: string; privateKey: KeyObject; publicJwk: PublicJwk };
}

/** Reads the keys kept in `dir`, or makes them. Throws when the file is damaged: an intake without its keys is another province. */
export function loadIntakeKeys(dir: string): IntakeKeys {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, FILE_NAME);
  let stored: Stored;
  try {
    stored = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    stored = Stored.parse({
      format: 'intake-keys/1',
      receipt: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
      report: generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' }),
    });
    writeDurablySync(file, Buffer.from(`${JSON.stringify(stored, null, 2)}\n`, 'utf8'));
  }
  return { receipt: toPair(stored.receipt, 'EdDSA'), report: toPair(stored.report, 'ECDH-ES+A256KW') };
}

function toPair(jwk: Stored['receipt'], alg: string): IntakeKeys['receipt'] {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const { kty, crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  // RFC 7638: the required members in lexicographic order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kid, privateKey, publicJwk: PublicJwk.parse({ kty, crv, x, kid, alg }) };
}
