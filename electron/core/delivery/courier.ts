import { createHash } from 'node:crypto';
import type { TimerClock } from '../../contract/clock.ts';
import type { DeliveryStatus } from '../../contract/delivery.ts';
import { findHoldUp } from '../store/delivery-status.ts';
import type { DeliveredRevision, OutboxPort, QueuedRevision, RevisionId } from './outbox.ts';
import type { ReturnCheck, TryOutcome } from './province-client.ts';
import {
  attemptAtBoot,
  attemptAtNetworkBack,
  attemptWithinRule,
  nextAttemptAt,
  nextReturnCheckAt,
} from './schedule.ts';
import type { Random, SendPolicy } from './schedule.ts';

/** The PC's clock, epoch ms. Its timers do not keep the process alive. */
export const systemCourierClock: TimerClock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Sealed bytes and their SHA-256, hex. */
export interface SealedBytes {
  bytes: Uint8Array;
  sha256: string;
}

export interface CourierDeps {
  outbox: OutboxPort;
  /** One try; see `sendOnce`. */
  send(request: RevisionId & SealedBytes, signal: AbortSignal): Promise<TryOutcome>;
  /** Makes and stores damaged bytes again; null when that cannot be done. Absent: it cannot. */
  sealAgain?: (id: RevisionId) => Promise<SealedBytes | null>;
  /** Asks once for a return; see `checkReturn`. Absent: nobody asks. */
  checkReturn?: (request: RevisionId, signal: AbortSignal) => Promise<ReturnCheck>;
  clock: TimerClock;
  random: Random;
  policy: SendPolicy;
  /** Called after each stored change. */
  onChange?: (status: DeliveryStatus) => void;
  /** A fault of ours or of the disk; the courier goes on. */
  onError?: (cause: unknown) => void;
  /** For the log: why a try failed, in the words of the transport or the province. */
  onTryFailed?: (failed: RevisionId & { failure: string; httpStatus: number | null; detail: string }) => void;
}

export interface Courier {
  /** Takes up what is stored. */
  start(): void;
  /** Ends the try under way and resolves when nothing of the courier runs any more. */
  stop(): Promise<void>;
  /** Something was queued: look again. */
  wake(): void;
  /** The operator asks: everything that waits is tried now. */
  sendNow(): void;
  /** The network came back, or the PC woke. */
  networkBack(): void;
}

/** A timer is never set further ahead, so that a sleep or a clock that was put right is noticed within this time. */
const LONGEST_TIMER_MS = 60_000;
/** After a fault of the disk. */
const FAULT_PAUSE_MS = 30_000;

type Job = { kind: 'send'; at: number; item: QueuedRevision } | { kind: 'check'; at: number; item: DeliveredRevision };

/** Carries sealed revisions to the province: one try at a time, all its state in the outbox. */
export function createCourier(deps: CourierDeps): Courier {
  const { outbox, clock, random, policy } = deps;
  let running = false;
  let busy: Promise<void> | null = null;
  let timer: (() => void) | null = null;
  let abort = new AbortController();

  function arm(delayMs?: number): void {
    timer?.();
    timer = null;
    if (!running || busy) return;
    let wait = delayMs;
    if (wait === undefined) {
      const next = guarded(nextJob);
      if (next === null) return;
      wait = next === 'fault' ? FAULT_PAUSE_MS : next.at - clock.now();
    }
    timer = clock.after(Math.min(LONGEST_TIMER_MS, Math.max(0, wait)), () => {
      timer = null;
      busy = work().then((done) => {
        busy = null;
        arm(done === 'fault' ? FAULT_PAUSE_MS : undefined);
      });
    });
  }

  /** Does what is due, one thing after the other. Never rejects. */
  async function work(): Promise<'done' | 'fault'> {
    for (;;) {
      if (!running) return 'done';
      const job = guarded(nextJob);
      if (job === 'fault') return 'fault';
      if (job === null || job.at > clock.now()) return 'done';
      try {
        await (job.kind === 'send' ? send(job.item) : check(job.item));
      } catch (cause) {
        deps.onError?.(cause);
        guarded(() => outbox.forgetAttempts());
        return 'fault';
      }
    }
  }

  function nextJob(): Job | null {
    const now = clock.now();
    replan((item) => attemptWithinRule(item, now, policy, random));
    const jobs: Job[] = sendable(outbox.listQueued()).map((item) => ({ kind: 'send', at: item.nextAttemptAt, item }));
    if (deps.checkReturn) {
      for (const item of outbox.listReturnChecks()) jobs.push({ kind: 'check', at: item.nextReturnCheckAt, item });
    }
    return jobs.reduce<Job | null>((first, job) => (first === null || job.at < first.at ? job : first), null);
  }

  async function send(item: QueuedRevision): Promise<void> {
    const id = { reportId: item.reportId, revision: item.revision };
    const failures = item.attempts + 1;
    const { newerDelivered } = item;
    const plan = (failure: Parameters<typeof nextAttemptAt>[0]['failure'], retryAfterMs: number | null): number =>
      nextAttemptAt({ now: clock.now(), failures, failure, retryAfterMs, newerDelivered }, policy, random);
    outbox.recordAttemptBegan({ ...id, at: clock.now(), nextAttemptAt: plan('unreachable', null) });
    changed(id);
    const sealed = await readWhole(item);
    if (!sealed) {
      const nextAttempt = plan('damaged', null);
      outbox.recordAttemptFailed({
        ...id,
        at: clock.now(),
        failure: 'damaged',
        cause: null,
        httpStatus: null,
        nextAttemptAt: nextAttempt,
      });
      deps.onTryFailed?.({
        ...id,
        failure: 'damaged',
        httpStatus: null,
        detail: 'SHA-256 of the stored bytes differs',
      });
      changed(id);
      return;
    }
    const outcome = await deps.send({ ...id, ...sealed }, abort.signal);
    const at = clock.now();
    if (outcome.ok) {
      const { receipt, receiptJws, httpStatus } = outcome;
      const receivedAt = Date.parse(receipt.receivedAt);
      const nextCheck = deps.checkReturn ? nextReturnCheckAt(at, at, policy, random) : null;
      outbox.recordReceipt({
        ...id,
        at,
        httpStatus,
        receiptJws,
        serial: receipt.serial,
        receivedAt,
        nextReturnCheckAt: nextCheck,
      });
    } else if ('stopped' in outcome) {
      outbox.forgetAttempts();
    } else {
      const { failure, cause, httpStatus, retryAfterMs, detail } = outcome;
      outbox.recordAttemptFailed({ ...id, at, failure, cause, httpStatus, nextAttemptAt: plan(failure, retryAfterMs) });
      deps.onTryFailed?.({ ...id, failure, httpStatus, detail });
    }
    changed(id);
  }

  /** The bytes with the digest that was noted when they were sealed, or made again; null when neither can be had. */
  async function readWhole(item: QueuedRevision): Promise<SealedBytes | null> {
    const bytes = outbox.readSealed(item);
    if (createHash('sha256').update(bytes).digest('hex') === item.sha256) return { bytes, sha256: item.sha256 };
    return (await deps.sealAgain?.({ reportId: item.reportId, revision: item.revision })) ?? null;
  }

  async function check(item: DeliveredRevision): Promise<void> {
    const id = { reportId: item.reportId, revision: item.revision };
    // Planned first: a check that crashes the core must not be the first thing of the next start.
    const at = clock.now();
    outbox.recordReturnCheck({ ...id, nextReturnCheckAt: nextReturnCheckAt(item.deliveredAt, at, policy, random) });
    const answer = await deps.checkReturn?.(id, abort.signal);
    if (!answer?.ok || answer.returned === null || answer.returned.notice.revision !== id.revision) return;
    const { notice, noticeJws } = answer.returned;
    outbox.recordReturn({ ...id, at: Date.parse(notice.at), reason: notice.reason, noticeJws });
    changed(id);
  }

  function changed(id: RevisionId): void {
    const status = outbox.getStatus(id);
    if (status) deps.onChange?.(status);
  }

  /** Moves each waiting revision to where `to` puts it. */
  function replan(to: (item: QueuedRevision) => number): void {
    for (const item of outbox.listQueued()) {
      const at = to(item);
      if (at === item.nextAttemptAt) continue;
      outbox.recordPlan({ reportId: item.reportId, revision: item.revision, nextAttemptAt: at });
      changed(item);
    }
  }

  function guarded<T>(run: () => T): T | 'fault' {
    try {
      return run();
    } catch (cause) {
      deps.onError?.(cause);
      return 'fault';
    }
  }

  return {
    start() {
      if (running) return;
      running = true;
      abort = new AbortController();
      const now = clock.now();
      guarded(() => {
        outbox.forgetAttempts();
        replan((item) => attemptAtBoot(item, now, policy, random));
      });
      arm();
    },
    async stop() {
      running = false;
      timer?.();
      timer = null;
      abort.abort();
      await busy;
    },
    wake: () => arm(),
    sendNow() {
      if (!running) return;
      const now = clock.now();
      guarded(() => replan((item) => Math.min(item.nextAttemptAt, now)));
      arm();
    },
    networkBack() {
      if (!running) return;
      const now = clock.now();
      guarded(() =>
        replan((item) =>
          attemptAtNetworkBack({ at: item.nextAttemptAt, lastFailure: item.lastFailure }, now, policy, random),
        ),
      );
      arm();
    },
  };
}

/** What may go now: in each report the revisions in order, as far as the province takes them. */
function sendable(queued: readonly QueuedRevision[]): QueuedRevision[] {
  const byReport = Map.groupBy(queued, (item) => item.reportId);
  return queued
    .filter((item) => findHoldUp(item.revision, byReport.get(item.reportId) ?? []) === null)
    .toSorted((a, b) => a.revision - b.revision);
}
