import { useCallback, useEffect, useState } from 'react';
import type { AnswerOf, InputOf, PathOf } from '../../electron/contract/endpoints.ts';
import { call } from '../client/call.ts';

type Command = {
  [P in PathOf<'console'>]: AnswerOf<P> extends { ok: true } | { ok: false; error: string } ? P : never;
}[PathOf<'console'>];

/** A failure stays readable this long. */
const SAY_FAILURE_MS = 8_000;

export interface Commands {
  /** Sends one command; answers whether it was done. */
  run: <P extends Command>(path: P, input: InputOf<P>) => Promise<boolean>;
  /** Code of the last failure, for a few seconds. */
  failure: string | null;
  /** At least one command has not been answered yet. */
  busy: boolean;
}

/** Sends the console's commands and remembers the last failure so that a window can say it. */
export function useCommands(): Commands {
  const [failure, setFailure] = useState<string | null>(null);
  const [underWay, setUnderWay] = useState(0);
  useEffect(() => {
    if (failure === null) return;
    const timer = setTimeout(() => setFailure(null), SAY_FAILURE_MS);
    return () => clearTimeout(timer);
  }, [failure]);
  const run = useCallback(async <P extends Command>(path: P, input: InputOf<P>): Promise<boolean> => {
    setUnderWay((before) => before + 1);
    const answer = await call(path, input);
    setUnderWay((before) => before - 1);
    setFailure(answer.ok ? null : answer.error);
    return answer.ok;
  }, []);
  return { run, failure, busy: underWay > 0 };
}
