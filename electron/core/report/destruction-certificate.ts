import { createHash, sign } from 'node:crypto';
import { DestructionCertificate } from '../../contract/retention.ts';
import { canonicalBytes } from './canonical.ts';
import type { SealingKey } from './seal.ts';

const TYPE = 'destruction-certificate+jws';

/** Signs a certificate at once, so that it stands in the transaction that it is about. Compact JWS (RFC 7515, RFC 8037). */
export function signCertificate(facts: DestructionCertificate, key: SealingKey): string {
  const header = { alg: 'EdDSA', kid: key.kid, typ: TYPE, jwk: key.publicJwk };
  const part = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const signed = `${part(Buffer.from(JSON.stringify(header)))}.${part(canonicalBytes(DestructionCertificate.parse(facts)))}`;
  return `${signed}.${part(sign(null, Buffer.from(signed, 'ascii'), key.privateKey))}`;
}

/** What a signed certificate of this PC says. */
export function readCertificate(jws: string): DestructionCertificate {
  return DestructionCertificate.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')));
}

/** First 8 hex digits of its SHA-256, to be compared by telephone. */
export function shortDigest(jws: string): string {
  return createHash('sha256').update(jws).digest('hex').slice(0, 8);
}
