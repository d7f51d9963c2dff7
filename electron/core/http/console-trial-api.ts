import type { BeginTrialAnswer, EndTrialAnswer } from '../../contract/api-settings.ts';
import type { ConsoleView } from '../../contract/api.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type TrialPath = Extract<PathOf<'console'>, `console/trial/${string}`>;

export interface TrialPorts {
  access: Pick<Access, 'role'>;
  actions: Actions;
  trials: {
    /** When the trial that this is ends by itself, epoch ms; null for the session itself. */
    until: number | null;
    /** Begins a trial of this session; the core ends, and the next one opens it. */
    begin(): BeginTrialAnswer;
    /** Ends the trial that this is. */
    end(): EndTrialAnswer;
  };
}

/** The console's view with the time of a trial; a locked console says nothing of it. */
export function withTrial(view: ConsoleView, { until }: Pick<TrialPorts['trials'], 'until'>): ConsoleView {
  return view.open && until !== null ? { ...view, open: { ...view.open, trialUntil: until } } : view;
}

/** A trial of the loaded session: the technician begins it, whoever opened the console ends it. */
export function createConsoleTrialApi({ access, actions, trials }: TrialPorts): Handlers<TrialPath> {
  return {
    'console/trial/begin': () => {
      if (access.role !== 'technician') return { ok: false, error: 'technician_only' };
      const answer = trials.begin();
      if (answer.ok) actions.note('trial');
      return answer;
    },
    'console/trial/end': () => trials.end(),
  };
}
