import type { BeginTrialAnswer, EndTrialAnswer } from '../contract/api-settings.ts';
import { stageOpened } from './stage-opened.ts';
import type { CoreLog } from './core-log.ts';
import type { CoreOptions } from './core-options.ts';
import type { Hall } from './hall/hall.ts';
import type { Health } from './health/health.ts';
import type { Pc } from './hall/pc.ts';
import { Trial } from './hall/trial.ts';
import { Trials } from './lobby/trials.ts';

/** Trials as the console has them, with a beginning and an end. */
export interface ConsoleTrials {
  until: number | null;
  begin(): BeginTrialAnswer;
  end(): EndTrialAnswer;
  start(): void;
  stop(): void;
}

/** Trials as a session or a trial itself offers them. */
export function createTrials(
  options: CoreOptions,
  { hall, pc, health, log }: { hall: Hall; pc: Pc; health: Health; log: CoreLog },
): ConsoleTrials {
  const { store, keys, trialDir, trial = null } = options;
  const { packageId } = hall.session;
  const stopping = new AbortController();
  const session = { kind: 'session', packageId } as const;
  const running =
    trial &&
    new Trial(hall, {
      until: trial.until,
      goBack: () => pc.open(trial.back === 'lobby' ? { kind: 'lobby' } : session),
      openSession: () => pc.open(session),
    });
  const trials =
    trialDir === undefined
      ? null
      : new Trials({
          store,
          keys: { kek: keys.databaseKey, index: keys.indexKey },
          dir: trialDir,
          onError: (cause) => log.error('trial_failed', cause),
        });
  return {
    until: trial?.until ?? null,
    begin() {
      if (!trials) return { ok: false, error: 'is_trial' };
      const prepared = trials.prepare(packageId, 'session');
      if (prepared.ok) pc.open({ kind: 'trial', packageId });
      return prepared;
    },
    end() {
      if (!running) return { ok: false, error: 'no_trial' };
      running.end();
      return { ok: true };
    },
    start() {
      if (!running) return;
      running.start();
      // Whether province, stream and list are as they should be is what a trial is for.
      void stageOpened(hall, stopping.signal).then(() => !stopping.signal.aborted && void health.run('by_hand'));
    },
    stop() {
      stopping.abort();
      running?.stop();
    },
  };
}
