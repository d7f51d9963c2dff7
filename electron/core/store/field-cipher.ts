import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM (NIST SP 800-38D); the result is nonce, tag, ciphertext in one buffer. */
export function encryptBytes(key: Buffer, aad: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Reverses `encryptBytes`; throws when key, bytes or context do not match. */
export function decryptBytes(key: Buffer, aad: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(aad, 'utf8'))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/**
 * Personal data at rest: each field is encrypted with the session's own data key and bound to its row by the
 * associated data, so that a row copied elsewhere does not open. Destroying the data key destroys the names.
 */
export class FieldCipher {
  readonly #key: Buffer;

  constructor(dataKey: Buffer) {
    this.#key = dataKey;
  }

  seal(context: string, value: unknown): Buffer {
    return encryptBytes(this.#key, context, Buffer.from(JSON.stringify(value), 'utf8'));
  }

  /** Throws when the row was tampered with or belongs elsewhere. */
  open(context: string, sealed: Buffer): unknown {
    return JSON.parse(decryptBytes(this.#key, context, sealed).toString('utf8'));
  }
}

/** Keyed index of an identity number or badge: 12 digits are only about 10^10 people, so an unkeyed hash could be reversed. */
export function blindIndex(key: Buffer, kind: 'citizen' | 'party' | 'badge', digits: string): Buffer {
  return createHmac('sha256', key).update(`${kind}:${digits}`).digest();
}
