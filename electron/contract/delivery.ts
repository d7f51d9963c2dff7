import { z } from 'zod';

/**
 * Where one sealed revision stands, computed from stored rows only. The four words on screen:
 * chưa gửi (waiting) · đang gửi (sending: a request is on its way at this moment) · tỉnh đã nhận (delivered) · bị trả lại (returned).
 */
export const DeliveryState = z.enum(['waiting', 'sending', 'delivered', 'returned']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why a try failed; a stable code for screens and logs. */
export const DeliveryFailure = z.enum([
  'unreachable',
  'timeout',
  'busy',
  'server_error',
  'no_receipt',
  'bad_receipt',
  'redirected',
  'refused',
  'conflict',
  /** The sealed bytes on this PC are damaged, and could not be made again. */
  'damaged',
]);
export type DeliveryFailure = z.infer<typeof DeliveryFailure>;

export interface DeliveryStatus {
  reportId: string;
  revision: number;
  state: DeliveryState;
  /** When it was sealed: since then it has been owed. */
  sealedAt: number;
  /** Tries begun. */
  attempts: number;
  /** Beginning of the last try; null before the first. */
  lastAttemptAt: number | null;
  /** Stands while the revision waits for its time. */
  nextAttemptAt: number | null;
  /** The earlier revision that must go first; null when none must. */
  waitsFor: number | null;
  lastFailure: DeliveryFailure | null;
  /** Why, by its word in the table of causes (electron/shared/causes.ts); null where the failure says it all. */
  lastCause: string | null;
  /** HTTP status of the last answer, if there was one. */
  lastHttpStatus: number | null;
  receiptSerial: string | null;
  receivedAt: number | null;
  /** Why the province returned the report. */
  returnReason: string | null;
}
