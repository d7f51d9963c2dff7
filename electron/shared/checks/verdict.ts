import type { CheckOutcome, CheckState, CheckVerdict } from '../../contract/checks.ts';

/** The one word for these outcomes. */
export function verdictOf(outcomes: readonly Pick<CheckOutcome, 'state'>[]): CheckVerdict {
  if (countState(outcomes, 'red') > 0) return 'not_ready';
  return countState(outcomes, 'yellow') > 0 ? 'ready_with_remarks' : 'ready';
}

export function countState(outcomes: readonly Pick<CheckOutcome, 'state'>[], state: CheckState): number {
  return outcomes.filter((outcome) => outcome.state === state).length;
}
