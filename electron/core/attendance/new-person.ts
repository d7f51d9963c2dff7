import { randomUUID } from 'node:crypto';
import type { AddPersonInput } from '../../contract/api-attendance.ts';
import type { Person } from '../../contract/attendance.ts';
import { cleanText, givenNameOf } from '../../shared/names.ts';

/** Somebody to be added to the sitting of this secretary. */
export type NewPerson = Omit<AddPersonInput, 'sittingId' | 'fromPaper'>;

/** Somebody who was on no list, with an id of their own. `unitName`: of the unit named, or as typed. */
export function toNewPerson(input: NewPerson, unitName: string | null): Person {
  const name = cleanText(input.name);
  return {
    id: `added-${randomUUID()}`,
    name,
    givenName: givenNameOf(name),
    birthYear: input.birthYear ?? (input.birthDate === undefined ? null : Number(input.birthDate.slice(0, 4))),
    birthDate: input.birthDate ?? null,
    sex: null,
    position: input.position ?? null,
    unitId: input.unitId ?? null,
    unitName,
    kind: input.kind,
    substituteFor: input.substituteFor ?? null,
    numberTail: null,
    note: input.note?.trim() || null,
  };
}
