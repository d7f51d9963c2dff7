import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts with AES-256-GCM (NIST SP 800-38D); the result is nonce, tag, ciphertext in one buffer. */
export function encryptBytes(key: Buffer, aad: string, plain: Buffer): Buffer {
  return encryptParts(key, aad, [plain]);
}

/** The parts follow each other; a report is millions of bytes, so they are copied once, into the result. */
function encryptParts(key: Buffer | KeyObject, aad: string, plain: readonly Buffer[]): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad, 'utf8'));
  const body = [...plain.map((part) => cipher.update(part)), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
}

/** Reverses `encryptBytes`; throws when key, bytes or context do not match. */
export function decryptBytes(key: Buffer | KeyObject, aad: string, sealed: Buffer): Buffer {
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
  readonly #key: KeyObject;

  constructor(dataKey: Buffer) {
    this.#key = createSecretKey(dataKey);
  }

  seal(context: string, value: unknown): Buffer {
    return this.sealBytes(context, [Buffer.from(JSON.stringify(value), 'utf8')]);
  }

  /** The parts one after the other. */
  sealBytes(context: string, parts: readonly Buffer[]): Buffer {
    return encryptParts(this.#key, context, parts);
  }

  /** Throws when the row was tampered with or belongs elsewhere. */
  open(context: string, sealed: Buffer): unknown {
    return JSON.parse(this.openBytes(context, sealed).toString('utf8'));
  }

  /** As `open`, without reading what it is. */
  openBytes(context: string, sealed: Buffer): Buffer {
    return decryptBytes(this.#key, context, sealed);
  }
}

/** Keyed index of an identity number or badge: 12 digits are only about 10^10 people, so an unkeyed hash could be reversed. */
export function blindIndex(key: Buffer, kind: 'citizen' | 'party' | 'badge', digits: string): Buffer {
  return createHmac('sha256', key).update(`${kind}:${digits}`).digest();
}
