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
  busy: boolean;
}

/** Sends the console's commands, one at a time, and remembers the last failure so that a window can say it. */
export function useCommands(): Commands {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (failure === null) return;
    const timer = setTimeout(() => setFailure(null), SAY_FAILURE_MS);
    return () => clearTimeout(timer);
  }, [failure]);
  const run = useCallback(async <P extends Command>(path: P, input: InputOf<P>): Promise<boolean> => {
    setBusy(true);
    const answer = await call(path, input);
    setBusy(false);
    setFailure(answer.ok ? null : answer.error);
    return answer.ok;
  }, []);
  return { run, failure, busy };
}
