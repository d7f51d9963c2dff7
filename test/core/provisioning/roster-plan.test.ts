import { expect, test } from 'vitest';
import type { RosterPerson } from '../../../electron/contract/session-package.ts';
import { planRoster, type KnownPerson, type PlanOptions } from '../../../electron/core/provisioning/roster-plan.ts';
import type { RosterRow } from '../../../electron/core/provisioning/roster-types.ts';

function known(id: string, name: string, more: Partial<KnownPerson> = {}): KnownPerson {
  return {
    id,
    name,
    birthYear: null,
    birthDate: null,
    sex: null,
    position: null,
    unitId: null,
    kind: 'summoned',
    numberKey: null,
    isInLog: false,
    ...more,
  };
}

const rows = (people: (Omit<RosterPerson, 'id'> & { code?: string })[]): RosterRow[] =>
  people.map(({ code, ...person }, i) => ({
    sheet: 'A',
    row: i + 2,
    person: { id: code ?? `row-${i + 1}`, ...person },
    hasCode: code !== undefined,
  }));

const plan = (list: KnownPerson[], people: RosterRow[], more: Partial<PlanOptions> = {}) =>
  planRoster(list, people, { mode: 'add', keyOf: (number) => `k${number}`, matches: {}, ...more });

test('added, changed and unchanged people; who is missing stays unless the list is replaced, and who is in the log always', async () => {
  const list = [
    known('a', 'Lê Văn An', { birthYear: 1960, unitId: 'u1' }),
    known('b', 'Lê Văn Bình', { birthYear: 1961, unitId: 'u1', position: 'Bí thư' }),
    known('c', 'Lê Văn Chi'),
    known('d', 'Lê Văn Dũng', { isInLog: true }),
  ];
  const done = await plan(
    list,
    rows([
      { name: 'Lê Văn An', birthYear: 1960, unitId: 'u1' },
      { name: 'Lê Văn Bình', birthYear: 1961, position: 'Phó Bí thư' },
      { name: 'Lê Văn Em' },
    ]),
  );
  expect(done.same.map(({ before }) => before.id)).toEqual(['a']);
  expect(done.changed.map(({ before, fields }) => [before.id, fields])).toEqual([['b', ['position']]]);
  expect(done.added.map(({ person }) => person.name)).toEqual(['Lê Văn Em']);
  expect([done.missing.map(({ id }) => id), done.kept.map(({ id }) => id)]).toEqual([['c'], ['d']]);
  expect(done.questions).toEqual([]);
});

test('the number finds a person whose name was corrected, and tells two of one name apart', async () => {
  const list = [
    known('a', 'Lê Văn An', { numberKey: 'k001060000001' }),
    known('b', 'Lê Văn Nam', { birthYear: 1960, numberKey: 'k001060000002' }),
  ];
  const done = await plan(
    list,
    rows([
      { name: 'Lê Văn Ân', citizenNumber: '001060000001' },
      { name: 'Lê Văn Nam', birthYear: 1960, citizenNumber: '001060000003' },
    ]),
  );
  expect(done.changed.map(({ before, fields }) => [before.id, fields])).toEqual([['a', ['name']]]);
  expect(done.added.map(({ row }) => row)).toEqual([3]);
});

test('several who fit, another unit, a code beside another name, a spelling with other marks: asked, never taken in order', async () => {
  const list = [
    known('a', 'Ma Văn Cả', { birthYear: 1962 }),
    known('b', 'Ma Văn Cả', { birthYear: 1962, position: 'Bí thư' }),
    known('c', 'Lò Thị Mẩy', { birthYear: 1961, unitId: 'u1' }),
    known('DB-7', 'Sầm Văn Pá'),
    known('e', 'Lê Thị Hoa', { birthYear: 1970, unitId: 'u1' }),
  ];
  const people = rows([
    { name: 'Ma Văn Cả', birthYear: 1962, position: 'Đảng viên' },
    { name: 'Lò Thị Mẩy', birthYear: 1961, unitId: 'u2' },
    { name: 'Lù Văn Tó', code: 'DB-7' },
    { name: 'Lê Thị Hòa', birthYear: 1970, unitId: 'u1' },
  ]);
  const asked = await plan(list, people);
  expect(asked.questions.map(({ candidates }) => candidates.map(({ id }) => id))).toEqual([
    ['a', 'b'],
    ['c'],
    ['DB-7'],
    ['e'],
  ]);
  expect([asked.added.length, asked.changed.length, asked.same.length, asked.missing.length]).toEqual([0, 0, 0, 0]);
  const [first, second, third, fourth] = asked.questions.map(({ key }) => key);
  const answered = await plan(list, people, {
    matches: { [first!]: 'a', [second!]: null, [third!]: null, [fourth!]: 'e' },
  });
  expect(answered.questions).toEqual([]);
  expect(answered.changed.map(({ before }) => before.id)).toEqual(['a', 'e']);
  expect(answered.added.map(({ person }) => person.name)).toEqual(['Lò Thị Mẩy', 'Lù Văn Tó']);
});

test('namesakes in another order keep who they are by their position; a walk-in becomes the summoned person', async () => {
  const list = [
    known('a', 'Ma Văn Cả', { birthYear: 1962, position: 'Đảng viên', isInLog: true }),
    known('b', 'Ma Văn Cả', { birthYear: 1962, position: 'Bí thư' }),
    known('w', 'Giàng A Pó', { kind: 'walk_in', isInLog: true }),
  ];
  const done = await plan(
    list,
    rows([
      { name: 'Ma Văn Cả', birthYear: 1962, position: 'Bí thư' },
      { name: 'Ma Văn Cả', birthYear: 1962, position: 'Đảng viên' },
      { name: 'Giàng A Pó', birthYear: 1980, unitId: 'u1' },
    ]),
  );
  expect(done.same.map(({ row, before }) => [row.row, before.id])).toEqual([
    [2, 'b'],
    [3, 'a'],
  ]);
  expect(done.changed.map(({ before, fields }) => [before.id, fields])).toEqual([
    ['w', ['birthYear', 'unitId', 'kind']],
  ]);
});

test('one person of the list is never two of the file', async () => {
  const done = await plan(
    [known('a', 'Lê Văn Nam', { birthYear: 1960 })],
    rows([
      { name: 'Lê Văn Nam', birthYear: 1960, unitId: 'u1' },
      { name: 'Lê Văn Nam', birthYear: 1960, unitId: 'u2' },
    ]),
  );
  expect(done.questions.map(({ row }) => row.row)).toEqual([2, 3]);
});
