import type { DeliveryFailure, DeliveryStatus } from '../../contract/delivery.ts';

/** Names one sealed revision. */
export interface RevisionId {
  reportId: string;
  revision: number;
}

/** A sealed revision without a verified receipt. Moments are epoch ms. */
export interface QueuedRevision extends RevisionId {
  /** SHA-256 of the sealed bytes, hex. */
  sha256: string;
  /** Tries begun. */
  attempts: number;
  nextAttemptAt: number;
  lastFailure: DeliveryFailure | null;
  /** Beginning of the last try; null before the first. */
  lastAttemptAt: number | null;
  /** The province has a later revision of this report already. */
  newerDelivered: boolean;
}

/** A delivered revision that is the newest of its report and was not returned. */
export interface DeliveredRevision extends RevisionId {
  /** When the receipt was stored here. */
  deliveredAt: number;
  nextReturnCheckAt: number;
}

/**
 * What the courier needs of the store. Each `record…` is one durable transaction: when it returns, a power cut cannot
 * undo it. State on screen is computed from these rows and from nothing else.
 */
export interface OutboxPort {
  /** All revisions without a verified receipt, in any order. */
  listQueued(): QueuedRevision[];
  readSealed(id: RevisionId): Uint8Array;
  /** Counts the try, has it on its way, and plans the next one as if this one had failed: a crash never looks like success. */
  recordAttemptBegan(began: RevisionId & { at: number; nextAttemptAt: number }): void;
  /** The try on its way has failed. */
  recordAttemptFailed(
    failed: RevisionId & {
      at: number;
      failure: DeliveryFailure;
      /** Word of the table of causes; null where the failure says it all. */
      cause: string | null;
      httpStatus: number | null;
      nextAttemptAt: number;
    },
  ): void;
  /** Nothing is on its way any more: a stop or a fault of ours ended it, without a verdict. */
  forgetAttempts(): void;
  /** Moves the next try. */
  recordPlan(planned: RevisionId & { nextAttemptAt: number }): void;
  /** The only way to "delivered". `nextReturnCheckAt` is null when the report is not to be checked for a return. */
  recordReceipt(
    received: RevisionId & {
      at: number;
      httpStatus: number;
      receiptJws: string;
      serial: string;
      /** By the province's clock. */
      receivedAt: number;
      nextReturnCheckAt: number | null;
    },
  ): void;
  /** Newest delivered revision of each report with a planned check. */
  listReturnChecks(): DeliveredRevision[];
  /** Plans the next check, or ends them with null. */
  recordReturnCheck(checked: RevisionId & { nextReturnCheckAt: number | null }): void;
  /** The province sent this revision back; ends the checks of it. */
  recordReturn(returned: RevisionId & { at: number; reason: string; noticeJws: string }): void;
  getStatus(id: RevisionId): DeliveryStatus | null;
}
