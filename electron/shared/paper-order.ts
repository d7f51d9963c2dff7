import type { Person } from '../contract/attendance.ts';

const collator = new Intl.Collator('vi', { numeric: true });

/**
 * The order of the sheet for a day without power, as a roll is read out: unit by unit, given name first. A person's place in
 * it, counted from 1, is the number printed beside them, by which they are typed in later.
 */
export function comparePaperOrder(
  a: Pick<Person, 'id' | 'unitName' | 'givenName' | 'name'>,
  b: Pick<Person, 'id' | 'unitName' | 'givenName' | 'name'>,
): number {
  return (
    collator.compare(a.unitName ?? '', b.unitName ?? '') ||
    collator.compare(a.givenName, b.givenName) ||
    collator.compare(a.name, b.name) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
