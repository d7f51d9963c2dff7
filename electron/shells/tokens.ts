import { randomBytes } from 'node:crypto';
import type { Tokens } from '../contract/shell.ts';

const token = () => randomBytes(32).toString('base64url');

/** Four random 256-bit secrets, base64url (43 characters). */
export function createTokens(): Tokens {
  return { stage: token(), desk: token(), console: token(), lobby: token() };
}
