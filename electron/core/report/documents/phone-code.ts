import type { SessionReport } from '../../../contract/report.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

/** What a province writes down at the telephone. */
export interface PhoneTotals {
  revision: number;
  summoned: number;
  present: number;
  late: number;
  leftEarly: number;
  absentExcused: number;
  absentUnexcused: number;
  /** Walk-ins, guests, substitutes and supervisors. */
  outside: number;
}

const FIELDS = [
  'revision',
  'summoned',
  'present',
  'late',
  'leftEarly',
  'absentExcused',
  'absentUnexcused',
  'outside',
] as const satisfies readonly (keyof PhoneTotals)[];

/**
 * The totals as a line of numbers for the telephone: revision, summoned, present, late, left early, absent with and
 * without an excuse, outside the list, and two check digits: `1-300-285-12-4-10-5-7-38`. Digits only, since letters are
 * misheard. The check is ISO/IEC 7064 MOD 97-10 over digits and dashes, so a wrong, swapped, missing or moved digit shows.
 */
export function phoneCode(report: Pick<SessionReport, 'revision' | 'totals'>): string {
  const { revision, totals } = report;
  const numbers: PhoneTotals = { ...totals, revision, outside: totals.inHall - totals.present };
  const body = FIELDS.map((field) => numbers[field]).join('-');
  return `${body}-${checkDigits(body)}`;
}

export type PhoneCodeFailure = { error: 'not_a_code' | 'wrong_check' | 'does_not_add_up' };

/** Reads a code as it was written down; spaces, dots and other dashes are taken for the dash. */
export function parsePhoneCode(text: string): Result<PhoneTotals, PhoneCodeFailure> {
  const groups = text
    .trim()
    .split(/[\s.,‐-―-]+/u)
    .filter(Boolean);
  if (groups.length !== FIELDS.length + 1 || !groups.every((g) => /^(0|[1-9]\d{0,5})$|^\d{2}$/.test(g))) {
    return err({ error: 'not_a_code' });
  }
  const body = groups.slice(0, FIELDS.length).join('-');
  if (checkDigits(body) !== groups[FIELDS.length]) return err({ error: 'wrong_check' });
  const [
    revision = 0,
    summoned = 0,
    present = 0,
    late = 0,
    leftEarly = 0,
    absentExcused = 0,
    absentUnexcused = 0,
    outside = 0,
  ] = groups.map(Number);
  if (present + absentExcused + absentUnexcused !== summoned) return err({ error: 'does_not_add_up' });
  return ok({ revision, summoned, present, late, leftEarly, absentExcused, absentUnexcused, outside });
}

/** ISO/IEC 7064 MOD 97-10; the dash counts as 10, as a letter A would. */
function checkDigits(body: string): string {
  let remainder = 0;
  for (const character of `${body}00`) {
    const digits = character === '-' ? '10' : character;
    remainder = (remainder * 10 ** digits.length + Number(digits)) % 97;
  }
  return String(98 - remainder).padStart(2, '0');
}
