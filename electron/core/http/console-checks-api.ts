import type { ScannerTestAnswer } from '../../contract/api-scanner.ts';
import type { ConsoleView } from '../../contract/api.ts';
import type { ChecksView } from '../../contract/checks.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Hall } from '../hall/hall.ts';
import type { Health } from '../health/health.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type ChecksPath = Extract<PathOf<'console'>, `console/checks/${string}`>;

export interface ChecksPorts {
  hall: Pick<Hall, 'shownAt'>;
  health: Pick<Health, 'view' | 'run' | 'isRunning' | 'answer'>;
  actions: Actions;
}

/** The checks before the hour on the console: what they found, run them, and what only a person can say. */
export function createConsoleChecksApi({ hall, health, actions }: ChecksPorts): Handlers<ChecksPath> {
  return {
    'console/checks/view': () => ({ ok: true, checks: inAgreedTime(hall, health.view) }),
    'console/checks/run': () => {
      if (health.isRunning) return { ok: false, error: 'busy' };
      actions.note('run_checks');
      // The console hears how it goes by its view.
      void health.run('by_hand');
      return { ok: true };
    },
    'console/checks/answer': async (input) => {
      actions.note('answer_check', input);
      await health.answer(input);
      return { ok: true };
    },
  };
}

/** The console's view with the one word of the checks; a locked console says nothing of them. */
export function withChecks(
  view: ConsoleView,
  hall: Pick<Hall, 'shownAt'>,
  { summary }: Pick<Health, 'summary'>,
): ConsoleView {
  const checks = { ...summary, finishedAt: hall.shownAt(summary.finishedAt) };
  return view.open ? { ...view, open: { ...view.open, checks } } : view;
}

/** Every moment of it is by the PC's clock. */
function inAgreedTime(hall: Pick<Hall, 'shownAt'>, checks: ChecksView): ChecksView {
  return {
    ...checks,
    finishedAt: hall.shownAt(checks.finishedAt),
    nextAt: hall.shownAt(checks.nextAt),
    outcomes: checks.outcomes.map((outcome) => ({ ...outcome, at: hall.shownAt(outcome.at) })),
    runs: checks.runs.map((run) => ({ ...run, startedAt: hall.shownAt(run.startedAt) })),
  };
}

/** What a test scan means for the checks; nothing of the card goes further. `onError`: it could not be kept. */
export function noteScan(
  health: Pick<Health, 'noteScan'>,
  { kind, corruption }: ScannerTestAnswer,
  onError: (cause: unknown) => void,
): void {
  health.noteScan(kind === 'unknown' ? 'unreadable' : corruption === null ? 'read' : 'garbled').catch(onError);
}
