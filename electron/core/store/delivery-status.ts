import type { DeliveryFailure, DeliveryStatus } from '../../contract/delivery.ts';

/** What is known of one sealed revision. Moments are epoch milliseconds. */
export interface DeliveryFacts extends Omit<DeliveryStatus, 'state'> {
  /** owed: no verified receipt yet · delivered: receipt verified · returned: the province sent it back. */
  outcome: 'owed' | 'delivered' | 'returned';
  /** A request is on its way in this very process. */
  inFlight: boolean;
  nextAttemptAt: number;
}

/**
 * The one rule for what a screen says of a revision. "Sending" is only said while a request is on its way: after a crash
 * or between two tries the revision waits. A moment of the next try is only named where it is the next thing to happen.
 */
export function describeDelivery({ outcome, inFlight, ...facts }: DeliveryFacts): DeliveryStatus {
  const owed = outcome === 'owed';
  const state = owed ? (inFlight ? 'sending' : 'waiting') : outcome;
  return {
    ...facts,
    state,
    nextAttemptAt: state === 'waiting' && facts.waitsFor === null ? facts.nextAttemptAt : null,
    lastFailure: owed ? facts.lastFailure : null,
    lastCause: owed ? facts.lastCause : null,
    waitsFor: state === 'waiting' ? facts.waitsFor : null,
  };
}

interface Owed {
  revision: number;
  lastFailure: DeliveryFailure | null;
}

/**
 * The revision that must go before this one, or null: a province gets them in order as long as it takes them. One that it
 * refused, or that is damaged here, holds up nothing. `owed` are the undelivered revisions of the same report.
 */
export function findHoldUp(revision: number, owed: readonly Owed[]): number | null {
  const before = owed.filter((o) => o.revision < revision && !STANDS_ASIDE.has(o.lastFailure));
  return before.length === 0 ? null : Math.min(...before.map((o) => o.revision));
}

const STANDS_ASIDE: ReadonlySet<DeliveryFailure | null> = new Set<DeliveryFailure>(['conflict', 'refused', 'damaged']);
