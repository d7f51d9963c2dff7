import { randomUUID } from 'node:crypto';
import type { FromCore, ShellFacts, ToCore } from '../contract/shell.ts';

/** The shell answers from what it knows, or asks its browser, ms. */
const WAIT_MS = 8_000;

export type ShellAnswer = Extract<ToCore, { type: 'shell_facts' }>;
type Question = Extract<FromCore, { type: 'ask_shell' }>;

/** Questions about displays and windows: a message with an id goes out, the answer with that id comes back, or nothing does. */
export function createShellAsker(
  send: (question: Question) => void,
  waitMs = WAIT_MS,
): { ask(this: void): Promise<ShellFacts | null>; answered(this: void, answer: ShellAnswer): void } {
  const waiting = new Map<string, (facts: ShellFacts | null) => void>();
  return {
    ask: () =>
      new Promise((resolve) => {
        const id = randomUUID();
        const timer = setTimeout(() => settle(null), waitMs);
        const settle = (facts: ShellFacts | null): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(facts);
        };
        waiting.set(id, settle);
        send({ type: 'ask_shell', id });
      }),
    answered: ({ id, facts }) => waiting.get(id)?.(facts),
  };
}
