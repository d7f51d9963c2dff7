import { isPersonalNumber } from '../../shared/personal-number.ts';
import type { RosterRow } from './roster-types.ts';

/**
 * Rows whose code is a citizen, party or telephone number get an id made by this PC in its place, because ids stand in clear in the
 * records and in the report. `idOf` gives the same id for the same number, so a later file with the same codes finds the same people.
 */
export function hideNumberCodes(rows: readonly RosterRow[], idOf: (source: string) => string): RosterRow[] {
  return rows.map((row) => {
    const { id, citizenNumber, partyNumber } = row.person;
    if (!row.hasCode || !isPersonalNumber(id, [citizenNumber, partyNumber])) return row;
    return { ...row, person: { ...row.person, id: idOf(`code:${id.replaceAll(/\D/gu, '')}`) } };
  });
}
