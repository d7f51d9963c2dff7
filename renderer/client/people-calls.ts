import type { z } from 'zod';
import type {
  AddPersonAnswer,
  AddPersonInput,
  ChangeAnswer,
  ExcuseAnswer,
  ExcuseInput,
  HeadCountAnswer,
  HeadCountInput,
  HistoryAnswer,
  LeftInput,
  ListPeopleInput,
  OpenRollCallInput,
  PeopleAnswer,
  PersonInput,
  RollCallAnswer,
  ScanInput,
  ScannerTestAnswer,
  SecretarySignInInput,
  UndoAnswer,
  UndoInput,
} from '../../electron/contract/api-attendance.ts';
import type {
  FilesAnswer,
  RosterConfirmAnswer,
  RosterConfirmInput,
  RosterDoublesAnswer,
  RosterMergeAnswer,
  RosterMergeInput,
  RosterPreviewAnswer,
  RosterPreviewInput,
  RosterRowsAnswer,
  RosterRowsInput,
  RosterTemplateAnswer,
  RosterTemplateInput,
  RosterUndoAnswer,
  RosterUndoInput,
} from '../../electron/contract/api-roster.ts';
import type { Done, Unreachable } from './calls.ts';

/** What the console can do about people: the path under `api/`, what goes in, what comes out. */
export interface PeopleCalls {
  'people/list': { input: z.input<typeof ListPeopleInput>; answer: PeopleAnswer };
  'people/history': { input: z.input<typeof PersonInput>; answer: HistoryAnswer };
  'people/sign-in': { input: z.input<typeof SecretarySignInInput>; answer: ChangeAnswer };
  'people/add': { input: z.input<typeof AddPersonInput>; answer: AddPersonAnswer };
  'people/left': { input: z.input<typeof LeftInput>; answer: ChangeAnswer };
  'people/excuse': { input: z.input<typeof ExcuseInput>; answer: ExcuseAnswer };
  'people/undo': { input: z.input<typeof UndoInput>; answer: UndoAnswer };
  'people/roll-call/open': { input: z.input<typeof OpenRollCallInput>; answer: RollCallAnswer };
  'people/roll-call/close': { input: Record<string, never>; answer: Done };
  'people/head-count': { input: z.input<typeof HeadCountInput>; answer: HeadCountAnswer };
  'people/help/clear': { input: Record<string, never>; answer: Done };
  'people/scanner-test': { input: z.input<typeof ScanInput>; answer: ScannerTestAnswer };
  'roster/preview': { input: z.input<typeof RosterPreviewInput>; answer: RosterPreviewAnswer };
  'roster/rows': { input: z.input<typeof RosterRowsInput>; answer: RosterRowsAnswer };
  'roster/undo': { input: z.input<typeof RosterUndoInput>; answer: RosterUndoAnswer };
  'roster/merge': { input: z.input<typeof RosterMergeInput>; answer: RosterMergeAnswer };
  'roster/template': { input: z.input<typeof RosterTemplateInput>; answer: RosterTemplateAnswer };
  'roster/confirm': { input: z.input<typeof RosterConfirmInput>; answer: RosterConfirmAnswer };
}

/** Any refusal that is not part of an answer's own type: a locked console, a field the core does not take. */
export type Refused = Unreachable | { ok: false; error: 'locked' } | { ok: false; error: 'invalid_input' };

/** Most answers come from memory and one synced write; a roster is read first. */
const WITHIN_MS = 8_000;
const ROSTER_WITHIN_MS = 60_000;

/** Gives one command. Never throws: no answer is an answer too. */
export function callPeople<K extends keyof PeopleCalls>(
  name: K,
  input: PeopleCalls[K]['input'],
): Promise<PeopleCalls[K]['answer'] | Refused> {
  return ask<PeopleCalls[K]['answer']>(name, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

/** Spreadsheets on sticks and in the user's folders. */
export function listRosterFiles(): Promise<FilesAnswer | Refused> {
  return ask<FilesAnswer>('roster/files', {});
}

/** Entries of the list that may be one person. */
export function listRosterDoubles(): Promise<RosterDoublesAnswer | Refused> {
  return ask<RosterDoublesAnswer>('roster/doubles', {});
}

async function ask<T extends { ok: boolean }>(path: string, init: RequestInit): Promise<T | Refused> {
  try {
    const response = await fetch(new URL(`api/${path}`, document.baseURI), {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(path.startsWith('roster/') ? ROSTER_WITHIN_MS : WITHIN_MS),
    });
    const answer: unknown = await response.json();
    const known = typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
    return known ? (answer as T) : { ok: false, error: 'unreachable' };
  } catch {
    return { ok: false, error: 'unreachable' };
  }
}
