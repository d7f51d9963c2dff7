import type { Refusal, ShowRefusal } from './refusal.ts';
import { STATUS_ALREADY_RUNNING } from './refusal.ts';
import type { KioskEnd } from './supervisor.ts';

export interface KioskRun {
  /** One start, up to the end of the kiosk. */
  attempt(): Promise<KioskEnd>;
  /** Ways to show a refusal, best first; none for a kiosk without a display. */
  show: readonly ShowRefusal[];
  /** Brings the kiosk that is running already to the front; false when it does not answer. */
  raiseOther(): Promise<boolean>;
  say: (this: void, line: string) => void;
  /** Aborted when the kiosk is asked to end while a refusal is shown. */
  signal: AbortSignal;
}

/**
 * Runs the kiosk to its end and answers its exit status. A start that was refused is shown to the person at the PC, and is
 * tried again when that person says so: never by itself, since what was refused once is refused again.
 */
export async function runKiosk(run: KioskRun): Promise<number> {
  for (;;) {
    const { status, sentence, vi } = await run.attempt();
    if (sentence === null) return status;
    run.say(vi === undefined ? sentence : `${vi} / ${sentence}`);
    if (status === STATUS_ALREADY_RUNNING && (await run.raiseOther())) return status;
    const refusal = { status, sentence, ...(vi === undefined ? {} : { vi }) };
    if ((await ask(run, refusal)) !== 'retry') return status;
  }
}

async function ask({ show, say, signal }: KioskRun, refusal: Refusal) {
  for (const way of show) {
    if (signal.aborted) return null;
    try {
      const answer = await way(refusal, signal);
      if (answer !== null) return answer;
    } catch (error) {
      if (signal.aborted) return null;
      say(`A window for this sentence could not be opened: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return null;
}
