import type { SessionReport } from '../../../contract/report.ts';

/** What a province writes down at the telephone. */
interface PhoneTotals {
  revision: number;
  summoned: number;
  present: number;
  late: number;
  leftEarly: number;
  absentExcused: number;
  absentUnexcused: number;
  /** Summoned people in whose place a substitute sat. */
  substituted: number;
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
  'substituted',
  'outside',
] as const satisfies readonly (keyof PhoneTotals)[];

/**
 * The totals as a line of numbers for the telephone: revision, summoned, present, late, left early, absent with and
 * without an excuse, substituted, outside the list, and two check digits: `1-300-284-12-4-10-5-1-7-83`. Digits only, since letters are
 * misheard. The check is ISO/IEC 7064 MOD 97-10 over digits and dashes, so a wrong, swapped, missing or moved digit shows.
 */
export function phoneCode(report: Pick<SessionReport, 'revision' | 'totals'>): string {
  const { revision, totals } = report;
  const numbers: PhoneTotals = { ...totals, revision, outside: totals.came - totals.present };
  const body = FIELDS.map((field) => numbers[field]).join('-');
  return `${body}-${checkDigits(body)}`;
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
