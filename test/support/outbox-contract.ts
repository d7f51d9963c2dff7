import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxPort } from '../../electron/core/delivery/outbox.ts';

/** An outbox under test, with a way to seal something into it. */
export interface OutboxBed {
  outbox: OutboxPort;
  /** Two reports of different sittings. */
  reports: readonly [string, string];
  /** Puts the next revision of a report into the outbox. */
  seal(reportId: string, revision: number, nextAttemptAt: number): { sha256: string; bytes: Uint8Array };
  /** As after a power cut: the same rows, another process. */
  crash(): OutboxPort;
  close(): void;
}

/** Only what has no word of its own has a cause. */
const causeOf = (failure: string) => (failure === 'unreachable' ? 'no_route' : null);
const NOW = Date.parse('2026-02-07T04:30:00Z');

/** What the courier and the screens may rely on, of every outbox. */
export function describeOutbox(name: string, make: () => OutboxBed): void {
  describe(`${name} keeps to the contract`, () => {
    let bed: OutboxBed;
    let one: { reportId: string; revision: number };
    let two: { reportId: string; revision: number };
    beforeEach(() => {
      bed = make();
      one = { reportId: bed.reports[0], revision: 1 };
      two = { reportId: bed.reports[0], revision: 2 };
    });
    afterEach(() => bed.close());

    const begin = (id: typeof one, at = NOW) =>
      bed.outbox.recordAttemptBegan({ ...id, at, nextAttemptAt: at + 5_000.7 });
    const fail = (id: typeof one, failure: 'unreachable' | 'refused' | 'conflict' | 'damaged', at = NOW + 1_000) =>
      bed.outbox.recordAttemptFailed({
        ...id,
        at,
        failure,
        cause: causeOf(failure),
        httpStatus: 422,
        nextAttemptAt: at + 10_000,
      });
    const deliver = (id: typeof one, nextReturnCheckAt: number | null = NOW + 600_000) =>
      bed.outbox.recordReceipt({
        ...id,
        at: NOW + 2_000,
        httpStatus: 201,
        receiptJws: `jws-${id.revision}`,
        serial: `S-${id.revision}`,
        receivedAt: NOW + 1_500,
        nextReturnCheckAt,
      });
    const status = (id: typeof one) => bed.outbox.getStatus(id);

    test('what was sealed waits, untried, with the moment of its first try', () => {
      const { sha256, bytes } = bed.seal(one.reportId, 1, NOW + 5_000);
      expect(bed.outbox.listQueued()).toEqual([
        {
          ...one,
          sha256,
          attempts: 0,
          nextAttemptAt: NOW + 5_000,
          lastFailure: null,
          lastAttemptAt: null,
          newerDelivered: false,
        },
      ]);
      expect(Buffer.from(bed.outbox.readSealed(one))).toEqual(Buffer.from(bytes));
      expect(status(one)).toMatchObject({
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: NOW + 5_000,
        waitsFor: null,
        lastFailure: null,
        lastHttpStatus: null,
        receiptSerial: null,
        receivedAt: null,
        returnReason: null,
      });
      expect(bed.outbox.getStatus({ ...one, revision: 9 })).toBeNull();
    });

    test('"sending" is said while a try is on its way, and no longer', () => {
      bed.seal(one.reportId, 1, NOW);
      begin(one);
      expect(status(one)).toMatchObject({ state: 'sending', attempts: 1, nextAttemptAt: null, lastAttemptAt: NOW });
      fail(one, 'unreachable');
      expect(status(one)).toMatchObject({
        state: 'waiting',
        attempts: 1,
        nextAttemptAt: NOW + 11_000,
        lastFailure: 'unreachable',
        lastCause: 'no_route',
        lastHttpStatus: 422,
      });
      begin(one, NOW + 11_000);
      expect(status(one)).toMatchObject({ state: 'sending', attempts: 2, lastFailure: 'unreachable' });
      bed.outbox.forgetAttempts();
      expect(status(one)).toMatchObject({ state: 'waiting', attempts: 2, nextAttemptAt: NOW + 16_001 });
    });

    test('a power cut while a try is on its way leaves a waiting revision with the try counted and the next one planned', () => {
      bed.seal(one.reportId, 1, NOW);
      begin(one);
      const after = bed.crash();
      expect(after.getStatus(one)).toMatchObject({ state: 'waiting', attempts: 1, nextAttemptAt: NOW + 5_001 });
      expect(after.listQueued()).toMatchObject([{ attempts: 1, lastAttemptAt: NOW, nextAttemptAt: NOW + 5_001 }]);
    });

    test('only a receipt makes it delivered, once and for good', () => {
      bed.seal(one.reportId, 1, NOW);
      begin(one);
      deliver(one);
      const delivered = {
        state: 'delivered',
        nextAttemptAt: null,
        lastFailure: null,
        lastCause: null,
        lastHttpStatus: 201,
        receiptSerial: 'S-1',
        receivedAt: NOW + 1_500,
      };
      expect(status(one)).toMatchObject(delivered);
      expect(bed.outbox.listQueued()).toEqual([]);
      fail(one, 'unreachable');
      bed.outbox.recordPlan({ ...one, nextAttemptAt: NOW });
      expect(status(one)).toMatchObject(delivered);
      expect(() => begin(one)).toThrow(/only an undelivered/);
      expect(bed.crash().getStatus(one)).toMatchObject(delivered);
    });

    test('a planned try moves, and only then', () => {
      bed.seal(one.reportId, 1, NOW);
      bed.outbox.recordPlan({ ...one, nextAttemptAt: NOW + 77.4 });
      expect(bed.outbox.listQueued()).toMatchObject([{ nextAttemptAt: NOW + 77, attempts: 0 }]);
      expect(status(one)?.nextAttemptAt).toBe(NOW + 77);
    });

    test('a revision waits for the one before it as long as that one may still be taken', () => {
      bed.seal(one.reportId, 1, NOW);
      bed.seal(one.reportId, 2, NOW);
      expect(status(two)).toMatchObject({ state: 'waiting', waitsFor: 1, nextAttemptAt: null });
      expect(status(one)).toMatchObject({ waitsFor: null, nextAttemptAt: NOW });
      for (const failure of ['refused', 'conflict', 'damaged'] as const) {
        begin(one);
        fail(one, failure);
        expect(status(two)).toMatchObject({ waitsFor: null, nextAttemptAt: NOW });
      }
      begin(one);
      fail(one, 'unreachable');
      expect(status(two)).toMatchObject({ waitsFor: 1 });
      deliver(one);
      expect(status(two)).toMatchObject({ waitsFor: null });
    });

    test('an earlier revision knows that the province has a later one; another report does not count', () => {
      const other = { reportId: bed.reports[1], revision: 1 };
      bed.seal(one.reportId, 1, NOW);
      bed.seal(one.reportId, 2, NOW);
      bed.seal(other.reportId, 1, NOW);
      begin(one);
      fail(one, 'refused');
      expect(bed.outbox.listQueued().map((item) => item.newerDelivered)).toEqual([false, false, false]);
      deliver(two);
      const queued = bed.outbox.listQueued();
      expect(queued.find((item) => item.reportId === one.reportId)?.newerDelivered).toBe(true);
      expect(queued.find((item) => item.reportId === other.reportId)?.newerDelivered).toBe(false);
      expect(status(one)).toMatchObject({ state: 'waiting', lastFailure: 'refused' });
    });

    test('the newest delivered revision is checked for a return, which is said once', () => {
      bed.seal(one.reportId, 1, NOW);
      deliver(one);
      expect(bed.outbox.listReturnChecks()).toEqual([
        { ...one, deliveredAt: NOW + 2_000, nextReturnCheckAt: NOW + 600_000 },
      ]);
      bed.outbox.recordReturnCheck({ ...one, nextReturnCheckAt: NOW + 900_000 });
      expect(bed.outbox.listReturnChecks()).toMatchObject([{ nextReturnCheckAt: NOW + 900_000 }]);
      bed.outbox.recordReturn({ ...one, at: NOW, reason: 'Sai số liệu', noticeJws: 'a.b.c' });
      bed.outbox.recordReturn({ ...one, at: NOW, reason: 'khác', noticeJws: 'a.b.c' });
      expect(status(one)).toMatchObject({ state: 'returned', returnReason: 'Sai số liệu', nextAttemptAt: null });
      expect(bed.outbox.listReturnChecks()).toEqual([]);
      bed.seal(one.reportId, 2, NOW);
      expect(status(two)).toMatchObject({ state: 'waiting', waitsFor: null });
    });

    test('checks end with null, and an undelivered revision cannot be returned', () => {
      bed.seal(one.reportId, 1, NOW);
      bed.outbox.recordReturn({ ...one, at: NOW, reason: 'x', noticeJws: 'a.b.c' });
      expect(status(one)?.state).toBe('waiting');
      deliver(one, null);
      expect(bed.outbox.listReturnChecks()).toEqual([]);
    });
  });
}
