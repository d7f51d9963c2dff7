import type { AnswerOf, InputOf, Path, Refusal } from '../../electron/contract/endpoints.ts';
import type { Tokens } from '../../electron/contract/shell.ts';
import { splitPath, urlOf } from '../../electron/shared/endpoint-url.ts';

export type Ask = <P extends Path>(path: P, input: InputOf<P>) => Promise<AnswerOf<P> | Refusal<P>>;

/** The tests' client of a running core. Rejects when the core fails inside. */
export function createAsk(origin: string, tokens: Tokens): Ask {
  return async <P extends Path>(path: P, input: InputOf<P>) => {
    const response = await fetch(`${origin}${urlOf(path)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[splitPath(path).window]}` },
      body: JSON.stringify(input),
    });
    if (response.status >= 500) throw new Error(`${path} failed inside: ${response.status} ${await response.text()}`);
    return (await response.json()) as AnswerOf<P> | Refusal<P>;
  };
}
