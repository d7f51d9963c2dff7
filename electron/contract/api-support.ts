import { z } from 'zod';

/** The support file: what helps somebody far away to see what is wrong with this kiosk, without personal data. */

export const SaveSupportInput = z.strictObject({ placeId: z.string().min(1).max(80) });
export type SaveSupportAnswer =
  | { ok: true; file: string; sizeBytes: number }
  | { ok: false; error: 'technician_only' | 'busy' | 'no_such_place' | 'not_saved' };
