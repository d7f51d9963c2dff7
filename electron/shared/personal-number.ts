/** 12 digits: province of birth 001 to 096, century and sex, year of birth, six more. */
const CITIZEN = /^0(?:0[1-9]|[1-8]\d|9[0-6])\d{9}$/u;
/** Nine digits, the first two of the province that gave it out. */
const OLD_CITIZEN = /^(?:0[1-9]|[12]\d|3[0-8])\d{7}$/u;
/** Mobile, or a line of a town; with the country's 84 in place of the 0. */
const PHONE = /^(?:0|84|0084)(?:[35789]\d{8}|2\d{9})$/u;
/** One number with dots or dashes in it or around it; letters before it only as a word of their own, or attached to a long number. */
const ALONE = /^(?:[A-Za-z]+[._-]+)*([\d._-]+)$/u;
const ATTACHED = /^[A-Za-z._-]+([\d._-]+)[A-Za-z._-]*$/u;

/**
 * Whether an id is a number by which people are known outside the hall: a citizen number, an old one, or a telephone number, with
 * or without a word before it. `own`: further numbers of the same person, such as the party card; an id that holds one of them is one.
 * An id of hexadecimal digits is none, except by an accident of less than one in ten thousand.
 */
export function isPersonalNumber(id: string, own: readonly (string | undefined)[] = []): boolean {
  const digits = id.replaceAll(/\D/gu, '');
  if (own.some((number) => number !== undefined && number !== '' && digits.includes(number))) return true;
  const alone = ALONE.exec(id)?.[1]?.replaceAll(/\D/gu, '') ?? '';
  if ([CITIZEN, OLD_CITIZEN, PHONE].some((form) => form.test(alone))) return true;
  const attached = ATTACHED.exec(id)?.[1]?.replaceAll(/\D/gu, '') ?? '';
  return CITIZEN.test(attached) || PHONE.test(attached);
}
