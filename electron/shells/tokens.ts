import { randomBytes } from 'node:crypto';
import type { WindowRole } from '../contract/shell.ts';

/** One secret per window role, for one launch of the kiosk. */
export type Tokens = Record<WindowRole, string>;

const token = () => randomBytes(32).toString('base64url');

/** Three random 256-bit secrets, base64url (43 characters). */
export function createTokens(): Tokens {
  return { stage: token(), desk: token(), console: token() };
}
