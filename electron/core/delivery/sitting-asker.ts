import type { TimerClock } from '../../contract/clock.ts';
import type { SittingStatement } from '../../contract/sitting.ts';
import { ASK_POLICY, firstAskWaitMs, nextAskWaitMs } from './ask-schedule.ts';
import type { AskPolicy } from './ask-schedule.ts';
import type { SittingAnswer, TryFailed } from './province-client.ts';
import type { StatementSubject } from './receipts.ts';
import type { Random } from './schedule.ts';

export interface SittingAskerDeps {
  /** One question; see `askSitting`. */
  ask(subject: StatementSubject, signal: AbortSignal): Promise<SittingAnswer>;
  /** Its `now` must only go forward: a clock that is put right must not hurry or silence a venue. */
  clock: TimerClock;
  random: Random;
  policy?: AskPolicy;
  /** A verified answer. */
  onStatement(statement: SittingStatement): void;
  /** For the log. */
  onAskFailed?: (failed: TryFailed) => void;
  /** A fault of ours; the asker goes on. */
  onError?: (cause: unknown) => void;
}

/** Asks the province about one sitting at a time, for as long as one is given to it. Nothing is stored: the sitting's state is. */
export interface SittingAsker {
  /** Asks about this sitting from now on; null asks nothing, and breaks off a question under way. Cheap to call again. */
  follow(subject: StatementSubject | null): void;
  /** The province said "finished" of this sitting since it is followed. */
  saysFinished(sittingId: string): boolean;
  /** Resolves when nothing of the asker runs any more. */
  stop(): Promise<void>;
}

/** Begins with nothing to ask. */
export function createSittingAsker(deps: SittingAskerDeps): SittingAsker {
  const { clock, random } = deps;
  const policy = deps.policy ?? ASK_POLICY;
  let followed: StatementSubject | null = null;
  let finished = false;
  let timer: (() => void) | null = null;
  let abort = new AbortController();
  let asking: Promise<void> = Promise.resolve();
  /** Outlives a broadcast that comes back for a moment: what the province asked us to wait still holds. */
  let plan = { sittingId: '', failures: 0, at: 0 };

  function arm(subject: StatementSubject): void {
    timer = clock.after(Math.max(0, plan.at - clock.now()), () => {
      timer = null;
      asking = ask(subject, abort.signal);
    });
  }

  /** Never rejects. */
  async function ask(subject: StatementSubject, signal: AbortSignal): Promise<void> {
    planNext(plan.failures, false, null);
    try {
      const answer = await deps.ask(subject, signal);
      if (signal.aborted || (!answer.ok && 'stopped' in answer)) return;
      planNext(answer.ok ? 0 : plan.failures + 1, answer.ok && answer.statement === null, answer.retryAfterMs);
      if (!answer.ok) deps.onAskFailed?.(answer);
      else if (answer.statement) {
        finished = answer.statement.state === 'finished';
        deps.onStatement(answer.statement);
      }
    } catch (cause) {
      deps.onError?.(cause);
    }
    // Its word is firm: there is nothing more to ask. The signal may have been aborted by what the answer set off.
    if (!finished && !signal.aborted) arm(subject);
  }

  function planNext(failures: number, absent: boolean, retryAfterMs: number | null): void {
    plan = { ...plan, failures, at: clock.now() + nextAskWaitMs({ failures, absent, retryAfterMs }, policy, random) };
  }

  function follow(subject: StatementSubject | null): void {
    if (subject?.sittingId === followed?.sittingId) return;
    timer?.();
    timer = null;
    abort.abort();
    abort = new AbortController();
    followed = subject;
    finished = false;
    if (!subject) return;
    if (plan.sittingId !== subject.sittingId) plan = { sittingId: subject.sittingId, failures: 0, at: 0 };
    plan.at = Math.max(plan.at, clock.now() + firstAskWaitMs(policy, random));
    arm(subject);
  }

  return {
    follow,
    saysFinished: (sittingId) => finished && followed?.sittingId === sittingId,
    async stop() {
      follow(null);
      await asking;
    },
  };
}
