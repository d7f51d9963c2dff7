import { createHash } from 'node:crypto';
import { DestructionCertificate } from '../../contract/retention.ts';
import { canonicalBytes } from './canonical.ts';
import { signCompact, type SealingKey } from './sign-compact.ts';

const TYPE = 'destruction-certificate+jws';

/** Signs a certificate at once, so that it stands in the transaction that it is about. */
export function signCertificate(facts: DestructionCertificate, key: SealingKey): string {
  return signCompact(canonicalBytes(DestructionCertificate.parse(facts)), TYPE, key);
}

/** What a signed certificate of this PC says. */
export function readCertificate(jws: string): DestructionCertificate {
  return DestructionCertificate.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')));
}

/** First 8 hex digits of its SHA-256, to be compared by telephone. */
export function shortDigest(jws: string): string {
  return createHash('sha256').update(jws).digest('hex').slice(0, 8);
}
