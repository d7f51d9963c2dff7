/** A province's side of the telephone code, written from its description alone. */

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
] as const;
export type PhoneTotals = Record<(typeof FIELDS)[number], number>;

export type PhoneCodeAnswer =
  | { ok: true; value: PhoneTotals }
  | { ok: false; error: 'not_a_code' | 'wrong_check' | 'does_not_add_up' };

/** Reads a code as it was written down; spaces, dots and other dashes are taken for the dash. */
export function readPhoneCode(text: string): PhoneCodeAnswer {
  const groups = text
    .trim()
    .split(/[\s.,‐-―-]+/u)
    .filter(Boolean);
  const check = groups.pop() ?? '';
  if (groups.length !== FIELDS.length || !/^\d{2}$/.test(check) || !groups.every((g) => /^(0|[1-9]\d{0,5})$/.test(g)))
    return { ok: false, error: 'not_a_code' };
  // ISO/IEC 7064 MOD 97-10: the whole number, the dash read as 10, leaves 1.
  if (BigInt(groups.join('10') + check) % 97n !== 1n) return { ok: false, error: 'wrong_check' };
  const value = Object.fromEntries(FIELDS.map((field, i) => [field, Number(groups[i])])) as PhoneTotals;
  const { summoned, present, absentExcused, absentUnexcused, substituted } = value;
  if (present + absentExcused + absentUnexcused + substituted !== summoned)
    return { ok: false, error: 'does_not_add_up' };
  return { ok: true, value };
}
