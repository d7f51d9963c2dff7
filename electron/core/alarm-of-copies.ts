import type { Pc } from './hall/pc.ts';
import type { SecondCopy } from './hall/second-copy.ts';

/** A disk that had a copy of the log and has it no longer is named on the console until its copy follows again. */
export function alarmOfCopies(copy: Pick<SecondCopy, 'stopped'>, pc: Pick<Pc, 'raiseAlarm' | 'clearAlarm'>): void {
  let raised: readonly string[] = [];
  copy.stopped.on((names) => {
    for (const code of raised) pc.clearAlarm(code);
    raised = names.map((name) => `copy_stopped:${name}`);
    for (const code of raised) pc.raiseAlarm(code);
  });
}
