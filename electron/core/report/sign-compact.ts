import { sign, type KeyObject } from 'node:crypto';

/** RFC 8037 name of Ed25519; RFC 9864 adds "Ed25519". Written with the older name, which every library knows. */
export const SIGNATURE = 'EdDSA';

/** The part of the device key that sealing needs. */
export interface SealingKey {
  kid: string;
  privateKey: KeyObject;
  publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string };
}

/**
 * Signs with the device key at once: a compact JWS (RFC 7515, RFC 8037), whose header carries the public key. Letter for letter what jose
 * makes; jose gives way to other work while it signs, which a transaction cannot, and makes another kind of key first each time.
 */
export function signCompact(payload: Uint8Array, typ: string, key: SealingKey): string {
  const header = { alg: SIGNATURE, kid: key.kid, typ, jwk: key.publicJwk };
  const signed = `${part(Buffer.from(JSON.stringify(header), 'utf8'))}.${part(payload)}`;
  return `${signed}.${part(sign(null, Buffer.from(signed, 'latin1'), key.privateKey))}`;
}

function part({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
}
