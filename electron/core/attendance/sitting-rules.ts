import type { ClockCorrections, ClockPair } from '../../contract/clock.ts';
import type { SittingState } from '../../contract/sitting.ts';
import { momentOf, putRightAt } from '../../shared/moment.ts';
import type { RollCallDecision, SittingFacts } from '../store/attendance-transaction.ts';
import type { FoldRules } from './fold-person.ts';

export interface NotOpen {
  ok: false;
  error: 'not_open';
}

/** `at` was given and lies outside the sitting, or is missing in an amendment. Epoch milliseconds. */
export interface WrongTime {
  ok: false;
  error: 'wrong_time';
  from: number;
  to: number;
}

/** People may sign in. */
export function isOpen(state: SittingState): boolean {
  return state === 'open' || state === 'live';
}

/** No more arrivals are taken: missing people have a verdict. */
export function isClosed(state: SittingState): boolean {
  return state !== 'prepared' && !isOpen(state);
}

/** How the fold judges people of this sitting now. */
export function rulesOf(
  sitting: Pick<SittingFacts, 'state' | 'startsAt' | 'graceMs' | 'rollCalls'>,
): FoldRules & Pick<SittingFacts, 'rollCalls'> {
  const { state, startsAt, graceMs, rollCalls } = sitting;
  return { startsAt, graceMs, closed: isClosed(state), rollCalls };
}

/**
 * Presence is entered while the sitting is open or live; by the secretary also in an amendment, and there with the
 * moment it happened. That moment lies between the opening and now, or the end.
 */
export function refuseEntry(
  facts: SittingFacts,
  at: number | undefined,
  bySecretary: boolean,
): NotOpen | WrongTime | null {
  const isAmendment = facts.state === 'amended';
  if (!isOpen(facts.state) && !(isAmendment && bySecretary)) return { ok: false, error: 'not_open' };
  if (at === undefined && !isAmendment) return null;
  const from = Math.min(facts.opensAt, facts.openedAt ?? facts.opensAt);
  const to = isAmendment ? (facts.endedAt ?? facts.now) : facts.now;
  return at !== undefined && at >= from && at <= to ? null : { ok: false, error: 'wrong_time', from, to };
}

/** The sitting with what the PC's clock gave put right, as far as hosts agreed on it. `stamp`: the PC's clocks now. */
export function putRight(facts: SittingFacts, stamp: ClockPair, corrections: ClockCorrections): SittingFacts {
  const now = momentOf({ ...stamp, body: {} }, corrections);
  const { settings } = corrections;
  return {
    ...facts,
    now,
    openedAt: putRightAt(facts.openedAt, settings),
    endedAt: putRightAt(facts.endedAt, settings),
  };
}

/** Excuses and undo are taken from the beginning until the report is sealed, and in an amendment. */
export function refuseCorrection({ state }: Pick<SittingFacts, 'state'>): NotOpen | null {
  return state === 'sealed' || state === 'delivered' ? { ok: false, error: 'not_open' } : null;
}

/** A later roll call is held while people may sign in; opening one closes the one before it. */
export function decideOpenRollCall({ state }: SittingFacts, title: string): RollCallDecision | NotOpen {
  if (!isOpen(state)) return { ok: false, error: 'not_open' };
  return { ok: true, closesRunning: true, opens: { title }, cancels: null };
}

/**
 * A roll call is cancelled while corrections are taken, running or over. It counts for nothing afterwards: nobody left
 * early because of it, and nobody was confirmed in it. Its confirmations stay in the log, because each of them also
 * says that the person was seen at that moment; a person who had left before is back by it.
 */
export function decideCancelRollCall(
  facts: SittingFacts,
  cancel: { rollCallId: string; reason: string; by: string },
): RollCallDecision | NotOpen | { ok: false; error: 'no_such_roll_call' | 'already_cancelled' } {
  const refused = refuseCorrection(facts);
  if (refused) return refused;
  const call = facts.rollCalls.find((each) => each.id === cancel.rollCallId);
  if (!call) return { ok: false, error: 'no_such_roll_call' };
  if (call.cancelled !== null) return { ok: false, error: 'already_cancelled' };
  return { ok: true, closesRunning: false, opens: null, cancels: cancel };
}
