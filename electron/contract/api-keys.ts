import { z } from 'zod';

/** What the console asks about the recovery code of this PC's records. */

/** What is known of the code without the code. */
export interface RecoveryView {
  /** Epoch milliseconds. */
  madeAt: number;
  /** Printed on the sheet, so that a sheet is known to belong to this PC. */
  sheet: string;
}

/** `recovery` null: none was made yet. */
export type RecoveryStateAnswer = { ok: true; recovery: RecoveryView | null };
/** The only time that the code is given out; it is stored nowhere. */
export type MakeRecoveryAnswer =
  | { ok: true; code: string; recovery: RecoveryView }
  | { ok: false; error: 'cannot_write' | 'technician_only' };

/** `code`: as it was just given out; saved as a page to be printed, and kept nowhere else. */
export const SaveRecoveryInput = z.strictObject({ code: z.string().max(200), placeId: z.string().min(1).max(80) });
export type SaveRecoveryAnswer =
  | { ok: true; file: string }
  | { ok: false; error: 'technician_only' | 'other_code' | 'no_such_place' | 'not_saved' | 'not_printed' };

export const CheckRecoveryInput = z.strictObject({ code: z.string().max(200) });
export type CheckRecoveryAnswer =
  | { ok: true }
  | { ok: false; error: 'wrong_length'; digits: number; wanted: number }
  | { ok: false; error: 'wrong_group'; group: number }
  | { ok: false; error: 'wrong_check' | 'no_file' | 'other_code' };
