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

/** Why a sign-in was not taken back; null: it was. */
export type TakeBackFault = Extract<Answer<'desk/take-back'>, { ok: false }>['error'];

export interface OutcomeStep {
  step: 'outcome';
  outcome: Outcome;
  by: 'tap' | 'scan';
  /** The moment of the tap or scan, ms of the page's own clock. */
  at: number;
  /** Codes read since then that were not for signing in: the second one on the same card. */
  otherCodes: number;
}

/** Where a person at the desk is. One step shows at a time; `query` is what has been typed. */
export type Step =
  | { step: 'search'; query: string }
  /** Without typing: choosing a unit, then a first letter where the unit is large, then a person. */
  | { step: 'browse'; unit: BrowsedUnit | null; initial: string | null }
  /** The name is known of somebody picked, not of a card. `over`: the outcome on screen that a scan has not replaced yet. */
  | { step: 'recording'; name: string | null; over: OutcomeStep | null }
  | OutcomeStep
  /** "That is not me" was tapped. */
  | { step: 'taken_back'; name: string; fault: TakeBackFault | null }
  /** `heard`: the core has written down that the secretary is wanted, so the console shows it. */
  | { step: 'help'; heard: boolean }
  | { step: 'privacy' };

export type DeskAction =
  | { type: 'typed'; query: string }
  | { type: 'letter'; letter: string }
  | { type: 'erase' }
  | { type: 'clear' }
  | { type: 'picked'; person: Pick<PersonCard, 'name'> }
  | { type: 'browsed'; unit: BrowsedUnit | null; initial: string | null }
  /** A card was read; what is on screen gives way to the next person. */
  | { type: 'scanned' }
  /** The same card still under the scanner: what its first keys typed is taken back. */
  | { type: 'scan_ignored' }
  | { type: 'answered'; outcome: Outcome; by: 'tap' | 'scan'; at: number }
  | { type: 'taken_back'; name: string; fault: TakeBackFault | null }
  | { type: 'asked_help' }
  | { type: 'help_heard' }
  | { type: 'asked_privacy' }
  /** Back to the start: a button, the end of a confirmation, nobody there for a while. */
  | { type: 'started_over' };

export const START: Step = { step: 'search', query: '' };

/**
 * A green confirmation leaves by itself after this; anything anybody does ends it earlier. A card is never somebody else's
 * by a slip of the finger; a tapped name may be, and whoever reads slowly must have time to say so.
 */
export const CONFIRMATION_MS = { scan: 4_000, tap: 8_000 } as const;
/** Nobody touched anything for this long: the next person must not see the last one's search. */
export const IDLE_RESET_MS = 30_000;
/** Two codes read within this time are on one card: nobody hands over the next card faster. */
export const SAME_CARD_MS = 2_500;

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

function personOf(outcome: Outcome): string | null {
  return 'person' in outcome ? outcome.person.personId : null;
}

/** Whether a scan says nothing new to the person who looks at this outcome: their card has a second code, or it is read again. */
function isOtherCode(shown: OutcomeStep, outcome: Outcome, at: number): boolean {
  const person = personOf(shown.outcome);
  if (person === null) return false;
  if (outcome.ok) return false;
  if (outcome.error === 'already_signed_in') return outcome.person.personId === person;
  return (outcome.error === 'unreadable' || outcome.error === 'not_on_list') && at - shown.at < SAME_CARD_MS;
}

/** The flow of the desk, pure. While something is being recorded nothing but its answer moves the screen. */
export function nextStep(step: Step, action: DeskAction): Step {
  if (step.step === 'recording' && action.type !== 'answered' && action.type !== 'taken_back') return step;
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
      return { step: 'recording', name: action.person.name, over: null };
    case 'browsed':
      return { step: 'browse', unit: action.unit, initial: action.initial };
    case 'scanned':
      return { step: 'recording', name: null, over: step.step === 'outcome' ? step : null };
    case 'scan_ignored':
      return step.step === 'search' ? START : step;
    case 'answered': {
      const { outcome, by, at } = action;
      const shown = step.step === 'recording' ? step.over : null;
      if (shown && by === 'scan' && isOtherCode(shown, outcome, at))
        return { ...shown, otherCodes: shown.otherCodes + 1 };
      return { step: 'outcome', outcome, by, at, otherCodes: 0 };
    }
    case 'taken_back':
      return { step: 'taken_back', name: action.name, fault: action.fault };
    case 'asked_help':
      return { step: 'help', heard: false };
    case 'help_heard':
      return step.step === 'help' ? { step: 'help', heard: true } : step;
    case 'asked_privacy':
      return { step: 'privacy' };
    default:
      return unreachable(action);
  }
}
