import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { assert } from '../../shared/result.ts';

/** Hash before the first event. */
export const GENESIS_HASH = '0'.repeat(64);

/** What the hash of an event covers; the encrypted body enters as its own hash, so that erasing it keeps the chain whole. */
export interface HashedFields {
  seq: number;
  sittingId: string;
  type: string;
  personId: string | null;
  rollCallId: string | null;
  targetSeq: number | null;
  wallMs: number;
  monoMs: number;
  bootId: string;
  broadcastMs: number | null;
  station: string;
  actor: string;
  method: string | null;
}

/** SHA-256 over a purpose prefix, the hash before, and the event in canonical JSON (RFC 8785). Hex. */
export function hashEvent(prevHash: string, fields: HashedFields, body: Buffer): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = canonicalize({ ...fields, body: bodyHash });
  assert(text !== undefined, 'an event is plain JSON');
  return createHash('sha256').update(`kiosk-event-v1\n${prevHash}\n${text}`).digest('hex');
}
