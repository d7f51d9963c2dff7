import type { z } from 'zod';
import type {
  AmendAnswer,
  AmendInput,
  AskProvinceAnswer,
  PlaceView,
  ProvinceCheck,
  RemarksInput,
  ReportListItem,
  ReportViewAnswer,
  SaveAnswer,
  SaveInput,
  SealAmendmentAnswer,
  SealAmendmentInput,
  SignOffAnswer,
  SignOffInput,
} from '../../electron/contract/api-report.ts';
import type { Done, Unreachable } from './calls.ts';

/** What the console can change about reports: the path under `api/report/`, what goes in, what comes out. */
export interface ReportCalls {
  save: { input: z.input<typeof SaveInput>; answer: SaveAnswer };
  remarks: { input: z.input<typeof RemarksInput>; answer: Done };
  'sign-off': { input: z.input<typeof SignOffInput>; answer: SignOffAnswer };
  amend: { input: z.input<typeof AmendInput>; answer: AmendAnswer };
  'amend/cancel': { input: z.input<typeof AmendInput>; answer: AmendAnswer };
  'amend/seal': { input: z.input<typeof SealAmendmentInput>; answer: SealAmendmentAnswer };
  'ask-province': { input: z.input<typeof AmendInput>; answer: AskProvinceAnswer };
  'check-province': { input: Record<string, never>; answer: { ok: true; check: ProvinceCheck } };
}

/** Most answers come from memory and one synced write; printing starts a browser, and the province may be slow. */
const WITHIN_MS: Record<keyof ReportCalls, number> = {
  save: 150_000,
  remarks: 4_000,
  'sign-off': 15_000,
  amend: 8_000,
  'amend/cancel': 8_000,
  'amend/seal': 15_000,
  'ask-province': 30_000,
  'check-province': 30_000,
};

/** Gives one command. Never throws: no answer is an answer too. */
export function callReport<K extends keyof ReportCalls>(
  name: K,
  input: ReportCalls[K]['input'],
): Promise<ReportCalls[K]['answer'] | Unreachable> {
  return ask<ReportCalls[K]['answer']>(name, WITHIN_MS[name], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

/** The sittings and how far their reports have come; empty while the core does not answer. */
export async function listReports(): Promise<ReportListItem[]> {
  const answer = await ask<{ ok: true; reports?: ReportListItem[] }>('list', 4_000);
  return answer.ok ? (answer.reports ?? []) : [];
}

/** One report for review; `revision` null is what would be sealed now. */
export function getReport(reportId: string, revision: number | null): Promise<ReportViewAnswer | Unreachable> {
  return ask(`view/${reportId}/${revision ?? 'draft'}`, 8_000);
}

/** Folders documents can be saved to now; null while the core does not answer. */
export async function listPlaces(): Promise<PlaceView[] | null> {
  const answer = await ask<{ ok: true; places?: PlaceView[] }>('places', 8_000);
  return answer.ok ? (answer.places ?? []) : null;
}

async function ask<T extends { ok: boolean }>(
  path: string,
  withinMs: number,
  init: RequestInit = {},
): Promise<T | Unreachable> {
  try {
    const response = await fetch(new URL(`api/report/${path}`, document.baseURI), {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(withinMs),
    });
    const answer: unknown = await response.json();
    const known = typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
    return known ? (answer as T) : { ok: false, error: 'unreachable' };
  } catch {
    return { ok: false, error: 'unreachable' };
  }
}
