import { z } from 'zod';

/**
 * Where one sealed revision stands, computed from stored rows only. The four words on screen:
 * chưa gửi (waiting) · đang gửi (sending) · tỉnh đã nhận (delivered) · bị trả lại (returned).
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
]);
export type DeliveryFailure = z.infer<typeof DeliveryFailure>;

export interface DeliveryStatus {
  reportId: string;
  revision: number;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: number | null;
  lastFailure: DeliveryFailure | null;
  /** HTTP status of the last answer, if there was one. */
  lastHttpStatus: number | null;
  receiptSerial: string | null;
  receivedAt: number | null;
  /** Why the province returned the report. */
  returnReason: string | null;
}
