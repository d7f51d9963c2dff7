import type { DeliveryFailure, DeliveryStatus } from '../../electron/contract/delivery.ts';
import type { OutboxPort, RevisionId } from '../../electron/core/delivery/outbox.ts';

interface Row {
  reportId: string;
  revision: number;
  bytes: Uint8Array;
  sha256: string;
  attempts: number;
  open: boolean;
  nextAttemptAt: number;
  lastFailure: DeliveryFailure | null;
  lastAttemptAt: number | null;
  lastHttpStatus: number | null;
  receipt: { serial: string; receivedAt: number; jws: string; deliveredAt: number } | null;
  nextReturnCheckAt: number | null;
  returnReason: string | null;
}

export interface MemoryOutbox extends OutboxPort {
  add(sealed: { reportId: string; revision: number; bytes: Uint8Array; sha256: string }, nextAttemptAt: number): void;
  status(id: RevisionId): DeliveryStatus;
  receiptJws(id: RevisionId): string | null;
}

const keyOf = (id: RevisionId): string => `${id.reportId}/${id.revision}`;

/** The outbox in memory, for thousands of venues in one process. Holds the same rules as the stored one. */
export function createMemoryOutbox(): MemoryOutbox {
  const rows = new Map<string, Row>();
  const rowOf = (id: RevisionId): Row => {
    const row = rows.get(keyOf(id));
    if (!row) throw new Error(`no revision ${keyOf(id)}`);
    return row;
  };
  const statusOf = (row: Row): DeliveryStatus => ({
    reportId: row.reportId,
    revision: row.revision,
    state: row.returnReason !== null ? 'returned' : row.receipt ? 'delivered' : row.open ? 'sending' : 'waiting',
    attempts: row.attempts,
    nextAttemptAt: row.receipt ? null : row.nextAttemptAt,
    lastFailure: row.receipt ? null : row.lastFailure,
    lastHttpStatus: row.lastHttpStatus,
    receiptSerial: row.receipt?.serial ?? null,
    receivedAt: row.receipt?.receivedAt ?? null,
    returnReason: row.returnReason,
  });
  return {
    add(sealed, nextAttemptAt) {
      rows.set(keyOf(sealed), {
        ...sealed,
        attempts: 0,
        open: false,
        nextAttemptAt,
        lastFailure: null,
        lastAttemptAt: null,
        lastHttpStatus: null,
        receipt: null,
        nextReturnCheckAt: null,
        returnReason: null,
      });
    },
    status: (id) => statusOf(rowOf(id)),
    receiptJws: (id) => rowOf(id).receipt?.jws ?? null,
    listQueued: () => [...rows.values()].filter((row) => !row.receipt).map((row) => ({ ...row })),
    readSealed: (id) => rowOf(id).bytes,
    recordAttemptBegan({ at, nextAttemptAt, ...id }) {
      const row = rowOf(id);
      row.lastAttemptAt = at;
      row.attempts += 1;
      row.open = true;
      row.nextAttemptAt = nextAttemptAt;
    },
    recordAttemptFailed({ failure, httpStatus, nextAttemptAt, ...id }) {
      const row = rowOf(id);
      row.open = false;
      row.lastFailure = failure;
      row.lastHttpStatus = httpStatus;
      row.nextAttemptAt = nextAttemptAt;
    },
    recordAttemptsInterrupted() {
      for (const row of rows.values()) row.open = false;
    },
    recordPlan({ nextAttemptAt, ...id }) {
      rowOf(id).nextAttemptAt = nextAttemptAt;
    },
    recordReceipt({ at, httpStatus, receiptJws, serial, receivedAt, nextReturnCheckAt, ...id }) {
      const row = rowOf(id);
      row.open = false;
      row.receipt = { serial, receivedAt, jws: receiptJws, deliveredAt: at };
      row.lastHttpStatus = httpStatus;
      row.nextReturnCheckAt = nextReturnCheckAt;
    },
    listReturnChecks() {
      const newest = new Map<string, Row>();
      for (const row of rows.values()) {
        if ((newest.get(row.reportId)?.revision ?? 0) < row.revision) newest.set(row.reportId, row);
      }
      return [...newest.values()].flatMap((row) =>
        row.receipt && row.nextReturnCheckAt !== null && row.returnReason === null
          ? [
              {
                reportId: row.reportId,
                revision: row.revision,
                deliveredAt: row.receipt.deliveredAt,
                nextReturnCheckAt: row.nextReturnCheckAt,
              },
            ]
          : [],
      );
    },
    recordReturnCheck({ nextReturnCheckAt, ...id }) {
      rowOf(id).nextReturnCheckAt = nextReturnCheckAt;
    },
    recordReturn({ reason, ...id }) {
      const row = rowOf(id);
      row.returnReason = reason;
      row.nextReturnCheckAt = null;
    },
    getStatus: (id) => {
      const row = rows.get(keyOf(id));
      return row ? statusOf(row) : null;
    },
  };
}
