import type { AnswerOf, InputOf, Path, Refusal } from '../../electron/contract/endpoints.ts';
import { ANSWER_WITHIN_MS, LONGER_ANSWER_WITHIN_MS } from '../../electron/contract/limits.ts';
import { splitPath } from '../../electron/shared/endpoint-url.ts';

/** The core did not answer: down, restarting, or answering something that is not ours. */
export type Unreachable = { ok: false; error: 'unreachable' };

/** Everything a window can get back from an endpoint. */
export type Answer<P extends Path> = AnswerOf<P> | Refusal<P> | Unreachable;

/** A dead core is back within about 2 s; four tries cover it. Waits before each try. */
const PATIENT_TRIES_MS: readonly number[] = [0, 700, 1_200, 1_600];

const UNREACHABLE: Unreachable = { ok: false, error: 'unreachable' };

function isAnswer(value: unknown): value is { ok: boolean } {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/**
 * Asks the core of this window. Addresses are relative to the page, so the same bundle works behind a loopback port and
 * behind the kiosk's own scheme. Never throws: no answer is an answer too.
 */
export async function call<P extends Path>(path: P, input: InputOf<P>): Promise<Answer<P>> {
  try {
    const withinMs = LONGER_ANSWER_WITHIN_MS[path] ?? ANSWER_WITHIN_MS[splitPath(path).window];
    const response = await send(path, input, { signal: AbortSignal.timeout(withinMs) });
    const answer: unknown = await response.json();
    // A core that failed inside (disk full) has recorded nothing, which is all a screen needs to say.
    return response.status < 500 && isAnswer(answer) ? (answer as Answer<P>) : UNREACHABLE;
  } catch {
    return UNREACHABLE;
  }
}

/** As `call`, trying again while the core is unreachable. Only for what may safely be repeated. */
export async function callPatiently<P extends Path>(
  path: P,
  input: InputOf<P>,
  waitsMs: readonly number[] = PATIENT_TRIES_MS,
): Promise<Answer<P>> {
  let answer: Answer<P> = UNREACHABLE;
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    answer = await call(path, input);
    if (!isUnreachable(answer)) return answer;
  }
  return answer;
}

function isUnreachable(answer: { ok: boolean; error?: unknown }): boolean {
  return answer.error === UNREACHABLE.error;
}

/** Sends without waiting for the answer, surviving the page's end; a lost sample is not worth a word. */
export function post<P extends 'stage/playback' | 'stage/playback-event'>(path: P, input: InputOf<P>): void {
  void send(path, input, { keepalive: true }).then(
    (response) => response.body?.cancel(),
    () => undefined,
  );
}

function send(path: Path, input: unknown, init: RequestInit): Promise<Response> {
  return fetch(new URL(`api/${splitPath(path).name}`, document.baseURI), {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    cache: 'no-store',
  });
}
