import type { PushEvents } from '../../electron/contract/api.ts';

type Role = keyof PushEvents;

/** What a window of this role is pushed first when it connects to the core at `origin`. */
export async function readView<R extends Role>(
  { origin, tokens }: { origin: string; tokens: Readonly<Partial<Record<Role, string>>> },
  role: R,
): Promise<PushEvents[R]> {
  const stop = new AbortController();
  const response = await fetch(`${origin}/${role}/api/events`, {
    headers: { authorization: `Bearer ${tokens[role]}` },
    signal: stop.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!/data: .*\n\n/u.test(text)) text += (await reader.read()).value ?? '';
  stop.abort();
  return JSON.parse(/data: (.*)/u.exec(text)?.[1] ?? 'null') as PushEvents[R];
}
