import type { InputOf, PathOf } from '../../electron/contract/endpoints.ts';
import type { Answer } from './call.ts';
import { callPatiently } from './call.ts';
import type { ViewStream } from './view-stream.ts';

/** A view of the next sitting is pushed within moments of its beginning; longer than this something else is wrong. */
const NEXT_VIEW_WITHIN_MS = 2_000;

/** What the desk does in the sitting the hall is in. */
type InHall = { [P in PathOf<'desk'>]: 'sittingId' extends keyof InputOf<P> ? P : never }[PathOf<'desk'>];
/** Also for a union of inputs, unlike `Omit`. */
type WithoutSitting<T> = T extends unknown ? Omit<T, 'sittingId'> : never;

/**
 * Asks in the sitting of the newest view. When the hall has gone on to another sitting meanwhile, waits for the view that
 * names it and asks once more, so that a person at the desk never notices.
 */
export async function callInHall<P extends InHall>(
  stream: ViewStream<'desk'>,
  path: P,
  input: WithoutSitting<InputOf<P>>,
): Promise<Answer<P>> {
  const sittingId = stream.state.view?.sitting?.id ?? '';
  const ask = (id: string) => callPatiently(path, { ...input, sittingId: id } as InputOf<P>);
  const answer = await ask(sittingId);
  if (answer.ok || answer.error !== 'other_sitting') return answer;
  const next = await nextSitting(stream, sittingId);
  return next === null ? answer : ask(next);
}

/** The sitting of the first view that is in another one; null when none comes in time. */
function nextSitting(stream: ViewStream<'desk'>, before: string): Promise<string | null> {
  const now = () => {
    const id = stream.state.view?.sitting?.id ?? before;
    return id === before ? null : id;
  };
  return new Promise((resolve) => {
    const finish = (id: string | null): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve(id);
    };
    const timer = setTimeout(() => finish(null), NEXT_VIEW_WITHIN_MS);
    const unsubscribe = stream.subscribe(() => now() !== null && finish(now()));
    if (now() !== null) finish(now());
  });
}
