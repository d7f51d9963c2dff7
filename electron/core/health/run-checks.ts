import { CHECKS, type CheckOutcome, type CheckState } from '../../contract/checks.ts';
import type { AnyCheck, CheckContext } from './check.ts';

/** Most checks need a moment; one that waits for a dead server gives up then, ms. */
const LIMIT_MS = 25_000;

export interface RunOptions {
  checks: readonly AnyCheck[];
  /** Everything but the signal, which each check gets for itself. */
  context: Omit<CheckContext, 'signal'>;
  /** Ends the run: what is not done yet counts as not done. */
  signal: AbortSignal;
  /** One more is done. */
  onOutcome: (outcome: CheckOutcome) => void;
  /** A check threw: a fault of ours, or of this PC. */
  onFault: (check: string, cause: unknown) => void;
}

/** Runs all checks next to each other, each within its time. Never rejects; outcomes are in the order of the list. */
export async function runChecks(options: RunOptions): Promise<CheckOutcome[]> {
  return Promise.all(
    options.checks.map(async (check) => {
      const outcome = await runOne(check, options);
      options.onOutcome(outcome);
      return outcome;
    }),
  );
}

async function runOne(check: AnyCheck, { context, signal, onFault }: RunOptions): Promise<CheckOutcome> {
  const at = context.now();
  const began = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(check.limitMs ?? LIMIT_MS)]);
  const gaveUp = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Error('took too long')), { once: true });
  });
  gaveUp.catch(() => undefined);
  const outcome = (word: string, facts: CheckOutcome['facts'] = {}): CheckOutcome => ({
    check: check.id,
    state: stateOf(check.id, word),
    word,
    facts,
    at,
    tookMs: Math.round(performance.now() - began),
  });
  try {
    // A check may also throw before it waits for anything.
    const found = await Promise.race([Promise.resolve().then(() => check.run({ ...context, signal: limit })), gaveUp]);
    return outcome(found.word, found.facts);
  } catch (cause) {
    onFault(check.id, cause);
    return outcome('not_done');
  }
}

/** What a check comes to that could not be run at all. `at`: epoch ms. */
export function notDone(check: AnyCheck['id'], at: number): CheckOutcome {
  return { check, state: 'red', word: 'not_done', facts: {}, at, tookMs: 0 };
}

/** The state of a word by the contract's table; what is not done is red. */
function stateOf(check: AnyCheck['id'], word: string): CheckState {
  const states: Readonly<Record<string, CheckState>> = CHECKS[check];
  return states[word] ?? 'red';
}
