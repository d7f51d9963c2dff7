import type { DeliveryFailure, DeliveryStatus } from '../../electron/contract/delivery.ts';
import type { OutboxPort, RevisionId } from '../../electron/core/delivery/outbox.ts';
import { describeDelivery, findHoldUp } from '../../electron/core/store/delivery-status.ts';

interface Row {
  reportId: string;
  revision: number;
  bytes: Uint8Array;
  sha256: string;
  sealedAt: number;
  attempts: number;
  inFlight: boolean;
  nextAttemptAt: number;
  lastFailure: DeliveryFailure | null;
  lastCause: string | null;
  lastAttemptAt: number | null;
  lastHttpStatus: number | null;
  receipt: { serial: string; receivedAt: number; jws: string; deliveredAt: number } | null;
  nextReturnCheckAt: number | null;
  returnReason: string | null;
}

export interface MemoryOutbox extends OutboxPort {
  add(
    sealed: { reportId: string; revision: number; bytes: Uint8Array; sha256: string },
    nextAttemptAt: number,
    sealedAt?: number,
  ): void;
  status(id: RevisionId): DeliveryStatus;
  receiptJws(id: RevisionId): string | null;
}

const keyOf = (id: RevisionId): string => `${id.reportId}/${id.revision}`;

/** The outbox in memory, for thousands of venues in one process. `outbox-contract.ts` holds it to the stored one. */
export function createMemoryOutbox(): MemoryOutbox {
  const rows = new Map<string, Row>();
  const rowOf = (id: RevisionId): Row => {
    const row = rows.get(keyOf(id));
    if (!row) throw new Error(`no revision ${keyOf(id)}`);
    return row;
  };
  const owedRowOf = (id: RevisionId): Row => {
    const row = rowOf(id);
    if (row.receipt) throw new Error('invariant broken: only an undelivered revision is tried');
    return row;
  };
  const listOf = (reportId: string): Row[] => [...rows.values()].filter((row) => row.reportId === reportId);
  const newerDelivered = ({ reportId, revision }: Row): boolean =>
    listOf(reportId).some((row) => row.revision > revision && row.receipt !== null);
  const statusOf = (row: Row): DeliveryStatus =>
    describeDelivery({
      reportId: row.reportId,
      revision: row.revision,
      outcome: row.returnReason !== null ? 'returned' : row.receipt ? 'delivered' : 'owed',
      inFlight: row.inFlight,
      sealedAt: row.sealedAt,
      attempts: row.attempts,
      lastAttemptAt: row.lastAttemptAt,
      nextAttemptAt: row.nextAttemptAt,
      waitsFor: findHoldUp(
        row.revision,
        listOf(row.reportId).filter((other) => !other.receipt),
      ),
      lastFailure: row.lastFailure,
      lastCause: row.lastCause,
      lastHttpStatus: row.lastHttpStatus,
      receiptSerial: row.receipt?.serial ?? null,
      receivedAt: row.receipt?.receivedAt ?? null,
      returnReason: row.returnReason,
    });
  return {
    add(sealed, nextAttemptAt, sealedAt = 0) {
      rows.set(keyOf(sealed), {
        ...sealed,
        sealedAt,
        attempts: 0,
        inFlight: false,
        nextAttemptAt,
        lastFailure: null,
        lastCause: null,
        lastAttemptAt: null,
        lastHttpStatus: null,
        receipt: null,
        nextReturnCheckAt: null,
        returnReason: null,
      });
    },
    status: (id) => statusOf(rowOf(id)),
    receiptJws: (id) => rowOf(id).receipt?.jws ?? null,
    listQueued: () =>
      [...rows.values()]
        .filter((row) => !row.receipt)
        .map((row) => ({
          reportId: row.reportId,
          revision: row.revision,
          sha256: row.sha256,
          attempts: row.attempts,
          nextAttemptAt: row.nextAttemptAt,
          lastFailure: row.lastFailure,
          lastAttemptAt: row.lastAttemptAt,
          newerDelivered: newerDelivered(row),
        })),
    readSealed: (id) => rowOf(id).bytes,
    recordAttemptBegan({ at, nextAttemptAt, ...id }) {
      const row = owedRowOf(id);
      row.lastAttemptAt = Math.round(at);
      row.attempts += 1;
      row.inFlight = true;
      row.nextAttemptAt = Math.round(nextAttemptAt);
    },
    recordAttemptFailed({ failure, cause, httpStatus, nextAttemptAt, ...id }) {
      const row = rowOf(id);
      row.inFlight = false;
      if (row.receipt) return;
      row.lastFailure = failure;
      row.lastCause = cause;
      row.lastHttpStatus = httpStatus;
      row.nextAttemptAt = Math.round(nextAttemptAt);
    },
    forgetAttempts() {
      for (const row of rows.values()) row.inFlight = false;
    },
    recordPlan({ nextAttemptAt, ...id }) {
      const row = rowOf(id);
      if (!row.receipt) row.nextAttemptAt = Math.round(nextAttemptAt);
    },
    recordReceipt({ at, httpStatus, receiptJws, serial, receivedAt, nextReturnCheckAt, ...id }) {
      const row = rowOf(id);
      row.inFlight = false;
      if (row.receipt) return;
      row.receipt = { serial, receivedAt: Math.round(receivedAt), jws: receiptJws, deliveredAt: Math.round(at) };
      row.lastFailure = null;
      row.lastCause = null;
      row.lastHttpStatus = httpStatus;
      row.nextReturnCheckAt = nextReturnCheckAt === null ? null : Math.round(nextReturnCheckAt);
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
      rowOf(id).nextReturnCheckAt = nextReturnCheckAt === null ? null : Math.round(nextReturnCheckAt);
    },
    recordReturn({ reason, ...id }) {
      const row = rowOf(id);
      if (!row.receipt || row.returnReason !== null) return;
      row.returnReason = reason;
      row.nextReturnCheckAt = null;
    },
    getStatus: (id) => {
      const row = rows.get(keyOf(id));
      return row ? statusOf(row) : null;
    },
  };
}
