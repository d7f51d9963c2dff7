import type { SignInAnswer } from '../../electron/contract/api.ts';
import type { OtherSitting } from '../../electron/contract/api-attendance.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { unreachable } from '../../electron/shared/result.ts';
import type { Answer, Unreachable } from '../client/call.ts';

/** What became of a sign-in. */
export type Outcome = Exclude<SignInAnswer, OtherSitting> | Unreachable;

export type OutcomeName = Extract<Outcome, { ok: true }>['outcome'] | Extract<Outcome, { ok: false }>['error'];

/** A unit chosen on the way without typing; both null for people without a unit. */
export interface BrowsedUnit {
  unitId: string | null;
  unitName: string | null;
}

/** What the screen says of an answer: a scan longer than any card is unreadable; what stayed unrecorded says so. */
export function outcomeOf(answer: Answer<'desk/sign-in' | 'desk/scan'>): Outcome {
  if (answer.ok) return answer;
  if (answer.error === 'invalid_input') return { ok: false, error: 'unreadable' };
  if (answer.error === 'other_sitting') return { ok: false, error: 'unreachable' };
  return answer;
}

/** Where a person at the desk is. One step shows at a time; `query` is what has been typed. */
export type Step =
  | { step: 'search'; query: string }
  /** Without typing: choosing a unit, then a first letter, then a person. */
  | { step: 'browse'; unit: BrowsedUnit | null; initial: string | null }
  /** The name is known of somebody picked, not of a card. */
  | { step: 'recording'; name: string | null }
  | { step: 'outcome'; outcome: Outcome }
  | { step: 'help' }
  | { step: 'privacy' };

export type DeskAction =
  | { type: 'typed'; query: string }
  | { type: 'letter'; letter: string }
  | { type: 'erase' }
  | { type: 'clear' }
  | { type: 'picked'; person: PersonCard }
  | { type: 'browsed'; unit: BrowsedUnit | null; initial: string | null }
  /** A card was read; what is on screen gives way to the next person. */
  | { type: 'scanned' }
  /** The same card still under the scanner: what its first keys typed is taken back. */
  | { type: 'scan_ignored' }
  | { type: 'answered'; outcome: Outcome }
  | { type: 'asked_help' }
  | { type: 'asked_privacy' }
  /** Back to the start: a button, the end of a confirmation, nobody there for a while. */
  | { type: 'started_over' };

export const START: Step = { step: 'search', query: '' };

/** The green confirmation leaves by itself after this; anything anybody does ends it earlier. */
export const CONFIRMATION_MS = 4_000;
/** Nobody touched anything for this long: the next person must not see the last one's search. */
export const IDLE_RESET_MS = 30_000;

const MAX_QUERY = 60;
/** Letters of a query; spaces do not count. */
export function countLetters(query: string): number {
  return query.normalize('NFC').replace(/\s/gu, '').length;
}

export function outcomeName(outcome: Outcome): OutcomeName {
  return outcome.ok ? outcome.outcome : outcome.error;
}

function queryOf(step: Step): string {
  return step.step === 'search' ? step.query : '';
}

/** The flow of the desk, pure. While a sign-in is being recorded nothing but its answer moves the screen. */
export function nextStep(step: Step, action: DeskAction): Step {
  if (step.step === 'recording' && action.type !== 'answered') return step;
  switch (action.type) {
    case 'typed':
      return { step: 'search', query: action.query.slice(0, MAX_QUERY) };
    case 'letter':
      // A key pressed over a confirmation is the next person starting.
      return { step: 'search', query: (queryOf(step) + action.letter).slice(0, MAX_QUERY).replace(/^ +/u, '') };
    case 'erase':
      return { step: 'search', query: queryOf(step).slice(0, -1) };
    case 'clear':
    case 'started_over':
      return START;
    case 'picked':
      return { step: 'recording', name: action.person.name };
    case 'browsed':
      return { step: 'browse', unit: action.unit, initial: action.initial };
    case 'scanned':
      return { step: 'recording', name: null };
    case 'scan_ignored':
      return step.step === 'search' ? START : step;
    case 'answered':
      return { step: 'outcome', outcome: action.outcome };
    case 'asked_help':
      return { step: 'help' };
    case 'asked_privacy':
      return { step: 'privacy' };
    default:
      return unreachable(action);
  }
}
