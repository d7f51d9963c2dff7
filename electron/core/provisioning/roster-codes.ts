import { isPersonalNumber } from '../../shared/personal-number.ts';
import type { RosterRow } from './roster-types.ts';

/**
 * A citizen number that a spreadsheet took for a number: without the zeros in front. Of somebody born from 1930 to 2009, because codes that
 * begin with a year and count are as long.
 */
const WITHOUT_ZEROS = /^(?:[1-8]\d|9[0-6]|[1-9])(?:[01][3-9]|[23]0)\d{7}$/u;
const CITIZEN_DIGITS = 12;

/**
 * Rows whose code is a citizen, party or telephone number get an id made by this PC in its place, because ids stand in clear in the
 * records and in the report. Where `idOf` gives the same id for the same number, a later file with the same codes finds the same people.
 */
export function hideNumberCodes(rows: readonly RosterRow[], idOf: (source: string) => string): RosterRow[] {
  return rows.map((row) => {
    const { id, citizenNumber, partyNumber } = row.person;
    const digits = id.replaceAll(/\D/gu, '');
    const hasLostZeros = /^[\d._-]+$/u.test(id) && WITHOUT_ZEROS.test(digits);
    if (!row.hasCode || !(hasLostZeros || isPersonalNumber(id, [citizenNumber, partyNumber]))) return row;
    const number = hasLostZeros ? digits.padStart(CITIZEN_DIGITS, '0') : digits;
    return { ...row, person: { ...row.person, id: idOf(`code:${number}`) } };
  });
}
