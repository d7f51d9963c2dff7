import { nameCorruption, type Corruption } from './cards-corruption.ts';
import { readDate, splitFields } from './cards-fields.ts';

export type { Corruption } from './cards-corruption.ts';

/**
 * What a scan is. Digits and dates survive a keyboard-wedge scanner, names do not: a card is known by its leading number,
 * and the name comes from the roster. No name, address, issue date or full text of a card ever leaves this module.
 */
export type CardScan = CardReading & {
  /** How the text was damaged on its way, for the scanner test; null when nothing was found. */
  corruption: Corruption | null;
};

type CardReading =
  /** Chip card of 2021 (7 fields) or card of 2024 (7 and more). `oldNumber`: 9 digits of the former card, when printed. */
  | { kind: 'citizen_card'; number: string; oldNumber: string | null; birthDate: string | null }
  /** Party card of 2025: 12 digits, not assumed to be the citizen number. */
  | { kind: 'party_card'; number: string; birthDate: string | null }
  /** Our own `BP1|<venue>|<token>`. */
  | { kind: 'badge'; venueId: string; token: string; isThisVenue: boolean }
  /** Digits only, or a card of which nothing else is certain: 12 (citizen or party), 9 (old citizen), 8 (old party). */
  | { kind: 'number'; number: string }
  /** Not for us. `looksLike` helps to say which card to hold instead. */
  | { kind: 'unknown'; looksLike: 'health_card' | 'machine_readable_zone' | 'link' | null };

const TOKEN = /^[A-Za-z0-9_-]{4,64}$/;
const VENUE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;
/** Longer than any card; a longer scan is somebody else's code. */
const MAX_CHARS = 2000;

/** Classifies one scan. `venueId` is ours, to tell a badge of another venue. Never throws; what is not certain is not said. */
export function classifyScan(raw: string, venueId: string): CardScan {
  if (raw.length > MAX_CHARS) return { kind: 'unknown', looksLike: null, corruption: null };
  const split = splitFields(raw);
  const badge = readBadge(split.fields, venueId);
  if (badge) return { ...badge.reading, corruption: badge.corruption ?? split.corruption };
  const reading = readNumbers(split.fields);
  const corruption =
    split.corruption ??
    (reading.kind === 'number' && split.fields.length === 1 ? null : nameCorruption(raw, split.fields));
  return { ...reading.reading, corruption: reading.corruption ?? corruption };
}

interface Read {
  kind: CardReading['kind'];
  reading: CardReading;
  corruption: Corruption | null;
}

function found(reading: CardReading, corruption: Corruption | null = null): Read {
  return { kind: reading.kind, reading, corruption };
}

function readBadge(fields: readonly string[], here: string): Read | null {
  const [prefix = '', venue = '', token = ''] = fields;
  if (prefix.toUpperCase() !== 'BP1') return null;
  // Caps Lock turns every letter over; the prefix shows it.
  const isTurned = prefix !== 'BP1';
  const venueId = isTurned ? swapCase(venue) : venue;
  const tokenText = isTurned ? swapCase(token) : token;
  const corruption = isTurned ? 'caps_lock' : null;
  if (fields.length !== 3 || !VENUE.test(venueId) || !TOKEN.test(tokenText))
    return found({ kind: 'unknown', looksLike: null }, corruption ?? 'damaged_fields');
  return found({ kind: 'badge', venueId, token: tokenText, isThisVenue: venueId === here }, corruption);
}

function swapCase(text: string): string {
  return text.replace(/[A-Za-z]/gu, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()));
}

const BARE = /^\d{12}$|^\d{9}$|^\d{8}$/;

function readNumbers(fields: readonly string[]): Read {
  const [first = '', ...rest] = fields;
  if (rest.length === 0) return readSingle(first);
  if (/^\d{12}$/u.test(first)) return readCard(first, fields);
  const lost = /^\d{13,}$/u.test(first) ? 'lost_separators' : null;
  if (lost) return found({ kind: 'unknown', looksLike: null }, lost);
  const lead = /^(\d{12})\D/u.exec(first);
  if (lead?.[1]) return found({ kind: 'number', number: lead[1] }, 'lost_separators');
  return found({ kind: 'unknown', looksLike: guessOther(fields) });
}

function readSingle(text: string): Read {
  const digits = text.replace(/[\s.-]/gu, '');
  if (BARE.test(digits)) return found({ kind: 'number', number: digits });
  // Without separators the leading 12 digits are the number only if something else than a digit follows:
  // with the old number glued on (21 digits) nothing is certain.
  const lead = /^(\d{12})\D/u.exec(text);
  if (lead?.[1]) return found({ kind: 'number', number: lead[1] }, 'lost_separators');
  if (/^\d{20,}\D/u.test(text)) return found({ kind: 'unknown', looksLike: null }, 'lost_separators');
  return found({ kind: 'unknown', looksLike: guessOther([text]) });
}

/** "Nam" or "Nữ", the latter in any state of damage. */
const SEX = /^n(?:am|u|[^a-z|]{0,20}|&[#\w]{1,10};)$/iu;

/** Some separators came twice: empty fields in the middle of the card, but for the old number's place, are left out. */
function dropDoubled(fields: readonly string[]): { fields: readonly string[]; isDoubled: boolean } {
  const last = fields.findLastIndex((field) => field !== '');
  const middle = fields.slice(2, last + 1);
  if (!middle.includes('')) return { fields, isDoubled: false };
  const [number = '', old = '', ...rest] = [...fields.slice(0, 2), ...middle.filter((field) => field !== '')];
  const hasOld = old === '' && /^\d{9}$/u.test(rest[0] ?? '');
  return { fields: hasOld ? [number, ...rest] : [number, old, ...rest], isDoubled: true };
}

function readCard(number: string, given: readonly string[]): Read {
  const straight = readStraightCard(number, given);
  if (
    straight.kind === 'party_card' ||
    (straight.kind === 'citizen_card' &&
      straight.reading.kind === 'citizen_card' &&
      straight.reading.birthDate !== null)
  )
    return straight;
  const { fields, isDoubled } = dropDoubled(given);
  if (!isDoubled) return straight;
  const read = readStraightCard(number, fields);
  const isBetter = read.reading.kind === 'citizen_card' && read.reading.birthDate !== null;
  return isBetter ? { ...read, corruption: 'doubled_separators' } : straight;
}

function readStraightCard(number: string, fields: readonly string[]): Read {
  const at = (i: number): string => fields[i] ?? '';
  const isDate = (i: number): boolean => readDate(at(i)) !== null;
  const isNineOrEmpty = /^(?:\d{9})?$/u.test(at(1));
  const birthAt = findBirth(number, fields);
  const birthDate = birthAt < 0 ? null : readDate(at(birthAt));

  // Party card: number, name, birth, joined, official, place, issued. Three dates in a row and no sex.
  const hasName = at(1) !== '' && !/^\d+$/u.test(at(1));
  const hasSex = fields.some((field, i) => i >= 2 && i <= 5 && field !== '' && SEX.test(field));
  if (hasName && isDate(2) && isDate(3) && (isDate(4) || at(4) === '') && !hasSex) {
    const corruption = fields.length < 7 ? 'cut_short' : null;
    return found({ kind: 'party_card', number, birthDate: readDate(at(2)) }, corruption);
  }
  const isWhole = fields.length >= 7 && isNineOrEmpty && isDate(3) && isDate(6);
  if (isWhole) return citizen(number, at(1), readDate(at(3)));
  // A separator was lost or a field damaged: the sex field, or the old number in its place, still says citizen card.
  if (hasSex || (isNineOrEmpty && hasLetters(at(2)) && !isDate(2))) {
    const corruption = fields.length < 7 ? lossOf(fields) : 'damaged_fields';
    return citizen(number, isNineOrEmpty ? at(1) : '', birthDate, corruption);
  }
  return found({ kind: 'number', number }, fields.length < 7 ? lossOf(fields) : 'damaged_fields');
}

function citizen(number: string, old: string, birthDate: string | null, corruption: Corruption | null = null): Read {
  return found({ kind: 'citizen_card', number, oldNumber: old === '' ? null : old, birthDate }, corruption);
}

/** The last field of a whole card is a date; without one the end is missing, else a separator in the middle. */
function lossOf(fields: readonly string[]): Corruption {
  const last = fields.findLast((field) => field !== '') ?? '';
  return /\d{8}$/u.test(last) && fields.length > 2 ? 'lost_separators' : 'cut_short';
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/**
 * Field of the birth date when it is certain: a date right before the sex, or the one date of the year that the number
 * itself holds. -1 otherwise: an issue date must never pass for a birth date.
 */
function findBirth(number: string, fields: readonly string[]): number {
  const dates = fields.flatMap((field, i) => (i >= 1 && readDate(field) !== null ? [i] : []));
  const beforeSex = dates.filter(
    (i) => fields[i + 1] !== undefined && fields[i + 1] !== '' && SEX.test(fields[i + 1] ?? ''),
  );
  if (beforeSex.length === 1) return beforeSex[0] ?? -1;
  const century = 1900 + 100 * Math.floor(Number(number.charAt(3)) / 2);
  const year = String(century + Number(number.slice(4, 6)));
  const ofYear = dates.filter((i) => readDate(fields[i] ?? '')?.startsWith(year));
  return ofYear.length === 1 ? (ofYear[0] ?? -1) : -1;
}

function guessOther(fields: readonly string[]): 'health_card' | 'machine_readable_zone' | 'link' | null {
  const [first = '', second = ''] = fields;
  if (/^(?:[A-Z]{2}\d{13}|\d{10})$/iu.test(first) && /^(?:[0-9a-f]{2}){4,}$/iu.test(second)) return 'health_card';
  if (/^(?:ID|I<|P<)[A-Z]{3}.*<</iu.test(first)) return 'machine_readable_zone';
  if (/^(?:https?:|www\.)/iu.test(first)) return 'link';
  return null;
}
