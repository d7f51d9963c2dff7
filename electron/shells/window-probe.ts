import type { WindowRole } from '../contract/shell.ts';
import { within, type Clock } from './clock.ts';
import type { Shell } from './shell.ts';
import type { Timing } from './timing.ts';

export interface WindowProbeOptions {
  shell: Pick<Shell, 'answers'>;
  clock: Clock;
  timing: Pick<Timing, 'windowProbeEveryMs' | 'windowProbeAnswerMs' | 'windowProbeMisses'>;
  /** Calls back once after so many ms. */
  after: (ms: number, act: () => void) => void;
  /** Windows that are open and not being opened just now. */
  listOpen: () => WindowRole[];
  isOpen: (role: WindowRole) => boolean;
  onSilent: (role: WindowRole) => void;
  onAnswer: (role: WindowRole) => Promise<void>;
}

/** Asks every open window again and again whether its page still answers. */
export function startWindowProbe(options: WindowProbeOptions): { forget(role: WindowRole): void } {
  const { shell, clock, timing } = options;
  const missed = new Map<WindowRole, number>();

  async function probe(role: WindowRole): Promise<void> {
    const answered = await within(clock, timing.windowProbeAnswerMs, 'probe', shell.answers(role)).catch(() => false);
    if (!options.isOpen(role)) return;
    const misses = answered ? 0 : (missed.get(role) ?? 0) + 1;
    missed.set(role, misses);
    if (misses >= timing.windowProbeMisses) options.onSilent(role);
    else if (answered) await options.onAnswer(role);
  }

  function probeLater(): void {
    options.after(timing.windowProbeEveryMs, () => {
      void Promise.all(options.listOpen().map(probe)).then(probeLater);
    });
  }
  probeLater();
  return { forget: (role) => void missed.delete(role) };
}
