import type { CheckOutcome, CheckVerdict } from '../../contract/checks.ts';

/**
 * Where an outcome stands on the page: to be acted on now; to be looked at; said, and nothing for this PC before the sitting; good.
 */
export type CheckGroup = 'red' | 'yellow' | 'aside' | 'green';
export const CHECK_GROUPS: readonly CheckGroup[] = ['red', 'yellow', 'aside', 'green'];

/** That something could not be seen on this PC says nothing against it. */
const NOT_SEEN = 'unknown';
/** Yellow words whose next step is not for now, or for some halls only: nobody should go to work on them before a sitting. */
const NOT_NOW: Readonly<Record<string, readonly string[]>> = {
  // On most days there is one; it is to be installed afterwards.
  updates: ['pending'],
  // For a desk that nobody watches; what a program can stop is stopped anyway.
  lockdown: ['not_set'],
};

export function groupOf({ check, word, state }: Pick<CheckOutcome, 'check' | 'word' | 'state'>): CheckGroup {
  if (state !== 'yellow') return state;
  return word === NOT_SEEN || NOT_NOW[check]?.includes(word) ? 'aside' : 'yellow';
}

type Grouped = Pick<CheckOutcome, 'check' | 'word' | 'state'>;

/** The one word for these outcomes. What stands aside does not colour it. */
export function verdictOf(outcomes: readonly Grouped[]): CheckVerdict {
  if (countGroup(outcomes, 'red') > 0) return 'not_ready';
  return countGroup(outcomes, 'yellow') > 0 ? 'ready_with_remarks' : 'ready';
}

export function countGroup(outcomes: readonly Grouped[], group: CheckGroup): number {
  return outcomes.filter((outcome) => groupOf(outcome) === group).length;
}
