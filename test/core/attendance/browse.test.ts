import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Person } from '../../../electron/contract/attendance.ts';
import { listBrowseLetters, listBrowsePeople, listBrowseUnits } from '../../../electron/core/attendance/browse.ts';
import { givenNameOf } from '../../../electron/shared/names.ts';

function person(id: string, name: string, unitId: string | null, birthYear: number | null = null): Person {
  return {
    id,
    name,
    givenName: givenNameOf(name),
    birthYear,
    birthDate: null,
    sex: null,
    position: null,
    unitId,
    unitName: unitId === null ? null : `Chi bộ ${unitId}`,
    kind: 'summoned',
    substituteFor: null,
    numberTail: null,
    note: null,
  };
}

const PEOPLE = [
  person('1', 'Nguyễn Văn Đức', '2'),
  person('2', 'Lê Thị Dung', '2'),
  person('3', 'Trần Ánh', '2'),
  person('4', 'Trần Ân', '2'),
  person('5', 'Đỗ Văn Đức', '2'),
  person('6', 'Lê An', '10'),
  person('7', 'Hồ Thị Lan', null),
  person('8', 'Lê An', '10', 1950),
  person('9', 'Khách 1', '10'),
];

test('units, then letters, then people, each in Vietnamese order', () => {
  expect(listBrowseUnits(PEOPLE).map((u) => [u.unitName, u.people])).toEqual([
    ['Chi bộ 2', 5],
    ['Chi bộ 10', 3],
    [null, 1],
  ]);
  expect(listBrowseLetters(PEOPLE, '2')).toEqual([
    { letter: 'A', people: 1 },
    { letter: 'Â', people: 1 },
    { letter: 'D', people: 1 },
    { letter: 'Đ', people: 2 },
  ]);
  expect(listBrowsePeople(PEOPLE, '2', 'Đ').map((p) => p.name)).toEqual(['Đỗ Văn Đức', 'Nguyễn Văn Đức']);
  expect(listBrowseLetters(PEOPLE, '10').at(-1)).toEqual({ letter: '#', people: 1 });
});

test('people with one name are both offered', () => {
  expect(listBrowsePeople(PEOPLE, '10', 'A').map((p) => p.id)).toEqual(['6', '8']);
});

test('property: following every unit and letter reaches everybody exactly once', () => {
  const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('Lê Ứng', 'Ðỗ Ðức', '…', '12'));
  const people = fc
    .array(fc.tuple(name, fc.constantFrom('1', '2', null)), { maxLength: 20 })
    .map((rows) => rows.map(([n, unit], i) => person(`p${i}`, n, unit)));
  fc.assert(
    fc.property(people, (list) => {
      const reached = listBrowseUnits(list).flatMap((unit) =>
        listBrowseLetters(list, unit.unitId).flatMap((l) => {
          const found = listBrowsePeople(list, unit.unitId, l.letter);
          expect(found.length).toBe(l.people);
          return found.map((p) => p.id);
        }),
      );
      expect(reached.toSorted()).toEqual(list.map((p) => p.id).toSorted());
    }),
  );
});
