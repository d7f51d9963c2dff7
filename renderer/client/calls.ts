import type { z } from 'zod';
import type { BrowseAnswer, BrowseInput, ScanInput } from '../../electron/contract/api-attendance.ts';
import type { ReopenInput } from '../../electron/contract/api-report.ts';
import type {
  FreshAddressAnswer,
  FreshAddressInput,
  NoticeInput,
  PlaybackEvent,
  PlaybackSample,
  ReportInput,
  SearchAnswer,
  SearchInput,
  SetPinInput,
  ShowInput,
  SignInAnswer,
  SignInInput,
  SittingInput,
  SoundInput,
  UnlockAnswer,
  UnlockInput,
} from '../../electron/contract/api.ts';

/** What a command answers when it has nothing to tell but that it was done. */
export type Done = { ok: true } | { ok: false; error: string };

/** Every call a window can make: the path under `api/`, what goes in, what comes out. */
export interface Calls {
  show: { input: z.input<typeof ShowInput>; answer: Done };
  // stage
  playback: { input: z.input<typeof PlaybackSample>; answer: Done };
  'playback-event': { input: z.input<typeof PlaybackEvent>; answer: Done };
  // desk
  search: { input: z.input<typeof SearchInput>; answer: SearchAnswer };
  browse: { input: z.input<typeof BrowseInput>; answer: BrowseAnswer };
  scan: { input: z.input<typeof ScanInput>; answer: SignInAnswer };
  'ask-help': { input: Record<string, never>; answer: Done };
  'sign-in': { input: z.input<typeof SignInInput>; answer: SignInAnswer };
  // console
  unlock: { input: z.input<typeof UnlockInput>; answer: UnlockAnswer };
  lock: { input: Record<string, never>; answer: Done };
  'set-pin': { input: z.input<typeof SetPinInput>; answer: Done };
  'open-sitting': { input: z.input<typeof SittingInput>; answer: Done };
  'end-sitting': { input: z.input<typeof SittingInput>; answer: Done };
  'reopen-sitting': { input: z.input<typeof ReopenInput>; answer: Done };
  'early-end': { input: { close: boolean }; answer: Done };
  notice: { input: z.input<typeof NoticeInput>; answer: Done };
  sound: { input: z.input<typeof SoundInput>; answer: Done };
  'test-tone': { input: Record<string, never>; answer: Done };
  'back-to-live': { input: Record<string, never>; answer: Done };
  'send-now': { input: z.input<typeof ReportInput>; answer: Done };
  quit: { input: Record<string, never>; answer: Done };
}

/** The core did not answer: down, restarting, or answering something that is not ours. */
export type Unreachable = { ok: false; error: 'unreachable' };

export type AnswerOf<K extends keyof Calls> = Calls[K]['answer'] | Unreachable;

/** Longest wait for one answer; the core answers from memory and one synced write. */
const ANSWER_WITHIN_MS = 4_000;

/** A dead core is back within about 2 s; four tries cover it. Waits before each try. */
export const PATIENT_TRIES_MS: readonly number[] = [0, 700, 1_200, 1_600];

function isAnswer(value: unknown): value is { ok: boolean } {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/**
 * Calls the core of this window. Paths are relative to the page, so the same bundle works behind a loopback port
 * and behind the kiosk's own scheme. Never throws: no answer is an answer too.
 */
export async function call<K extends keyof Calls>(name: K, input: Calls[K]['input']): Promise<AnswerOf<K>> {
  try {
    const response = await fetch(new URL(`api/${name}`, document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const answer: unknown = await response.json();
    // A core that failed inside (disk full) has recorded nothing, which is all a screen needs to say.
    return response.status < 500 && isAnswer(answer) ? (answer as AnswerOf<K>) : { ok: false, error: 'unreachable' };
  } catch {
    return { ok: false, error: 'unreachable' };
  }
}

/** As `call`, trying again while the core is unreachable. Only for calls that may safely be repeated. */
export async function callPatiently<K extends keyof Calls>(
  name: K,
  input: Calls[K]['input'],
  waitsMs: readonly number[] = PATIENT_TRIES_MS,
): Promise<AnswerOf<K>> {
  let answer: AnswerOf<K> = { ok: false, error: 'unreachable' };
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    answer = await call(name, input);
    if (answer.ok || answer.error !== 'unreachable') return answer;
  }
  return answer;
}

/** Longest wait for a fresh stream address: the core asks somebody outside for it. */
const ADDRESS_WITHIN_MS = 12_000;

/** A fresh address for a stream source whose token has run out; null when there is none to be had. Never throws. */
export async function askFreshAddress(sourceId: string): Promise<string | null> {
  try {
    const response = await fetch(new URL('api/fresh-address', document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sourceId } satisfies z.input<typeof FreshAddressInput>),
      cache: 'no-store',
      signal: AbortSignal.timeout(ADDRESS_WITHIN_MS),
    });
    return response.ok ? ((await response.json()) as z.output<typeof FreshAddressAnswer>).url : null;
  } catch {
    return null;
  }
}

/** Sends without waiting for the answer, surviving the page's end; a lost sample is not worth a word. */
export function post<K extends 'playback' | 'playback-event'>(name: K, input: Calls[K]['input']): void {
  void fetch(new URL(`api/${name}`, document.baseURI), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    keepalive: true,
    cache: 'no-store',
  }).then(
    (response) => response.body?.cancel(),
    () => undefined,
  );
}
