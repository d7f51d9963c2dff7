import type { Method, Person } from '../../contract/attendance.ts';
import type { ScannerTestAnswer } from '../../contract/api-scanner.ts';
import { classifyScan } from './cards.ts';

/** Finds a person by a keyed token; null when nobody has it. */
export type FindByToken = (kind: 'citizen' | 'party' | 'badge', token: string) => Person | null;

export type ScannedPerson =
  | { ok: true; person: Person; method: Method }
  | { ok: false; error: 'unreadable' | 'not_on_list' }
  | { ok: false; error: 'wrong_venue'; venueHint: string | null };

/**
 * Whose card or badge a scan is. Only numbers and tokens are compared; the name on a card is not looked at. What is not
 * certain is nobody: the secretary decides then.
 */
export function findScanned(raw: string, venueId: string, find: FindByToken): ScannedPerson {
  const scan = classifyScan(raw, venueId);
  switch (scan.kind) {
    case 'unknown':
      return { ok: false, error: 'unreadable' };
    case 'badge':
      if (!scan.isThisVenue) return { ok: false, error: 'wrong_venue', venueHint: scan.venueId };
      return named(find('badge', scan.token), 'badge');
    case 'citizen_card': {
      const byOld = scan.oldNumber === null ? null : find('citizen', scan.oldNumber);
      return named(find('citizen', scan.number) ?? byOld, 'citizen_card');
    }
    case 'party_card': {
      const byParty = find('party', scan.number);
      if (byParty) return named(byParty, 'party_card');
      // Its 12 digits look like the citizen number and nobody has confirmed it: the year of birth has to agree.
      const byCitizen = find('citizen', scan.number);
      const year = scan.birthDate === null ? null : Number(scan.birthDate.slice(0, 4));
      return named(byCitizen && year !== null && byCitizen.birthYear === year ? byCitizen : null, 'party_card');
    }
    case 'number': {
      const isOldParty = scan.number.length === 8;
      const byCitizen = isOldParty ? null : find('citizen', scan.number);
      const byParty = scan.number.length === 9 ? null : find('party', scan.number);
      // One number that means two people means nobody.
      if (byCitizen && byParty && byCitizen.id !== byParty.id) return { ok: false, error: 'not_on_list' };
      // Nine digits that begin as new numbers do are a card cut short, not somebody unknown.
      if (!byCitizen && !byParty && /^0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{5}$/u.test(scan.number))
        return { ok: false, error: 'unreadable' };
      return named(byCitizen ?? byParty, 'number');
    }
  }
}

function named(person: Person | null, method: Method): ScannedPerson {
  return person ? { ok: true, person, method } : { ok: false, error: 'not_on_list' };
}

/** What a scan is, for the scanner test: kind, damage and the last 4 digits; nothing else of it goes further. */
export function describeScan(raw: string, venueId: string): ScannerTestAnswer {
  const scan = classifyScan(raw, venueId);
  return {
    ok: true,
    kind: scan.kind,
    corruption: scan.corruption,
    tail: 'number' in scan ? scan.number.slice(-4) : null,
    isThisVenue: scan.kind === 'badge' ? scan.isThisVenue : null,
    looksLike: scan.kind === 'unknown' ? scan.looksLike : null,
    length: raw.length,
  };
}
