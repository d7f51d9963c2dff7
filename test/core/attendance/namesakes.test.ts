import { expect, test } from 'vitest';
import type { Person } from '../../../electron/contract/attendance.ts';
import { Namesakes } from '../../../electron/core/attendance/namesakes.ts';
import { givenNameOf } from '../../../electron/shared/names.ts';

function person(id: string, name: string, birthYear: number | null, unitId: string | null): Person {
  return {
    id,
    name,
    givenName: givenNameOf(name),
    birthYear,
    birthDate: null,
    sex: null,
    position: null,
    unitId,
    unitName: unitId,
    kind: 'summoned',
    substituteFor: null,
    numberTail: null,
    note: null,
  };
}

test('who is alike: by name with or without marks, and whether year and unit tell them apart', () => {
  const people = [
    person('a', 'Nguyễn Văn Đức', 1950, 'u1'),
    person('b', 'Nguyễn Văn Dục', 1960, 'u1'),
    person('c', 'Lê Thị Hoà', 1950, 'u1'),
    person('d', 'Lê Thị Hòa', 1950, 'u2'),
    person('e', 'Trần An', 1950, 'u1'),
    person('f', 'TRẦN AN', 1950, 'u1'),
    person('g', 'Phạm Bình', null, 'u1'),
    person('h', 'Phạm Bình', 1950, 'u1'),
    person('i', 'Hồ Thị Lan', 1950, 'u1'),
  ];
  const namesakes = new Namesakes(people);
  expect(Object.fromEntries(people.map((each) => [each.id, namesakes.of(each)]))).toEqual({
    a: 'name',
    b: 'name',
    c: 'name',
    d: 'name',
    e: 'all',
    f: 'all',
    g: 'all',
    h: 'all',
    i: null,
  });
});
