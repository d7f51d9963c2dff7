import { z } from 'zod';
import type { ConsoleRole } from './api.ts';

export const UnlockInput = z.strictObject({
  pin: z.string().max(20),
  role: z.enum(['technician', 'chair']).default('technician'),
});
export type UnlockAnswer =
  | { ok: true; role: ConsoleRole }
  | { ok: false; error: 'wrong_pin'; retryAfterMs: number }
  | { ok: false; error: 'locked_out'; retryAfterMs: number }
  | { ok: false; error: 'pin_missing' };
export const SetPinInput = z.strictObject({
  pin: z.string().regex(/^\d{6,10}$/),
  role: z.enum(['technician', 'chair']),
  /** The PIN that is replaced. Without it the change is made too, and stands in the report. */
  current: z.string().max(20).optional(),
});
export type SetPinAnswer =
  | { ok: true }
  | { ok: false; error: 'locked' }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number };
