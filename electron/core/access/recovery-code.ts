import { createHash, randomBytes } from 'node:crypto';

/** 128 bits; guessing is no way in. */
export const SECRET_BYTES = 16;
/** Each group stands for 16 bits and is a multiple of 11, so that a slip in one group is found in that group. */
const GROUP_DIGITS = 6;
const STEP = 11;
const HIGHEST = 0xffff;
/** One more than the secret needs: a check over all of it, which finds groups in another order. */
const GROUPS = SECRET_BYTES / 2 + 1;

export type CodeRead =
  | { ok: true; secret: Buffer }
  /** `group` from 1; null: each group is possible by itself, yet they do not belong together. */
  | { ok: false; error: 'wrong_length'; digits: number; wanted: number }
  | { ok: false; error: 'wrong_group'; group: number }
  | { ok: false; error: 'wrong_check' };

/** Makes a new secret. */
export function makeSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** The secret as nine groups of six digits: no letter that a Vietnamese keyboard program would change, and easy to read out. */
export function writeCode(secret: Buffer): string {
  const words = [...Array.from({ length: GROUPS - 1 }, (_, i) => secret.readUInt16BE(i * 2)), checkOf(secret)];
  return words.map((word) => String(word * STEP).padStart(GROUP_DIGITS, '0')).join('-');
}

/** Reads a typed code; spaces, dashes and line breaks mean nothing. */
export function readCode(typed: string): CodeRead {
  const digits = typed.replaceAll(/\D/gu, '');
  const wanted = GROUPS * GROUP_DIGITS;
  if (digits.length !== wanted) return { ok: false, error: 'wrong_length', digits: digits.length, wanted };
  const numbers = Array.from({ length: GROUPS }, (_, i) =>
    Number(digits.slice(i * GROUP_DIGITS, (i + 1) * GROUP_DIGITS)),
  );
  const bad = numbers.findIndex((number) => number % STEP !== 0 || number / STEP > HIGHEST);
  if (bad !== -1) return { ok: false, error: 'wrong_group', group: bad + 1 };
  const secret = Buffer.alloc(SECRET_BYTES);
  numbers.slice(0, -1).forEach((number, i) => secret.writeUInt16BE(number / STEP, i * 2));
  return checkOf(secret) === numbers.at(-1)! / STEP ? { ok: true, secret } : { ok: false, error: 'wrong_check' };
}

function checkOf(secret: Buffer): number {
  return createHash('sha256').update('recovery-code/1').update(secret).digest().readUInt16BE(0);
}
