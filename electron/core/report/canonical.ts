import canonicalize from 'canonicalize';
import { assert } from '../../shared/result.ts';

/**
 * Every string and key in Unicode NFC: one name typed on two systems must give the same bytes, and RFC 8785 itself
 * leaves normalisation to the application. Half a character (a lone surrogate, which has no bytes) becomes U+FFFD.
 */
export function toNfc<T>(value: T): T {
  return nfc(value) as T;
}

function nfc(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().normalize('NFC');
  if (Array.isArray(value)) return value.map(nfc);
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const [key, v] of Object.entries(value)) if (v !== undefined) copy[nfcKey(key)] = nfc(v);
  return copy;
}

/** The same few keys stand in each of thousands of people. Bounded: keys of a report come from its schema only. */
const nfcKeys = new Map<string, string>();
const MOST_KEYS = 1_000;

function nfcKey(key: string): string {
  const known = nfcKeys.get(key);
  if (known !== undefined) return known;
  const normal = key.toWellFormed().normalize('NFC');
  if (nfcKeys.size < MOST_KEYS) nfcKeys.set(key, normal);
  return normal;
}

/** The one byte form of a JSON value: NFC, then RFC 8785 (JSON Canonicalization Scheme), UTF-8. */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(nfc(value));
  assert(text !== undefined, 'a report is a JSON value');
  return Buffer.from(text, 'utf8');
}
