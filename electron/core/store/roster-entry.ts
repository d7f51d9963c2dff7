import type { AttendeeKind, Person } from '../../contract/attendance.ts';
import type { RosterPerson } from '../../contract/session-package.ts';

/** A roster row as a person: the citizen number is reduced to its last 4 digits here and goes no further. */
export function toPerson(entry: RosterPerson, unitNames: ReadonlyMap<string, string>): Person {
  return {
    id: entry.id,
    name: entry.name,
    givenName: entry.givenName ?? entry.name.split(' ').at(-1) ?? entry.name,
    birthYear: entry.birthYear ?? (entry.birthDate ? Number(entry.birthDate.slice(0, 4)) : null),
    birthDate: entry.birthDate ?? null,
    sex: entry.sex ?? null,
    position: entry.position ?? null,
    unitId: entry.unitId ?? null,
    unitName: entry.unitId ? (unitNames.get(entry.unitId) ?? null) : null,
    kind: 'summoned',
    substituteFor: null,
    numberTail: entry.citizenNumber?.slice(-4) ?? null,
    note: entry.note ?? null,
  };
}

/** Stands on the list for somebody whose row is damaged: nothing but id and kind is known. */
export function unreadablePerson(id: string, kind: AttendeeKind): Person {
  return {
    id,
    name: `Không đọc được tên (mã ${id})`,
    givenName: id,
    birthYear: null,
    birthDate: null,
    sex: null,
    position: null,
    unitId: null,
    unitName: null,
    kind,
    substituteFor: null,
    numberTail: null,
    note: null,
  };
}
