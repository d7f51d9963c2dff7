import { expect, test } from 'vitest';
import { readRosterFile, readRosterFiles } from '../../../electron/core/provisioning/roster-file.ts';
import type { RosterOptions, RosterPreview } from '../../../electron/core/provisioning/roster-types.ts';
import { toTcvn3, utf8, xlsx } from '../../fixtures/rosters/files.ts';
import { repack } from '../../fixtures/rosters/zips.ts';

/** Kinds of rosters beside the committed files: the same habits in other words and places. */

async function read(
  rows: Parameters<typeof xlsx>[0] | Uint8Array,
  options: RosterOptions = {},
  more: Parameters<typeof xlsx>[1] = {},
): Promise<RosterPreview> {
  const bytes = rows instanceof Uint8Array ? rows : await xlsx(rows, more);
  const result = await readRosterFile(bytes, 'a.xlsx', { year: 2026, ...options });
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const people = (preview: RosterPreview): (string | undefined)[][] =>
  preview.people.map(({ person }) => [person.name, preview.units.find(({ id }) => id === person.unitId)?.name]);
const codes = (preview: RosterPreview): string[] => preview.questions.map(({ code }) => code);
const kinds = (preview: RosterPreview): string[] => preview.sheets[0]?.rows.map(({ kind }) => kind) ?? [];

const PLAIN = [
  ['STT', 'Họ và tên', 'Năm sinh'],
  [1, 'Lò Văn An', 1960],
  [2, 'Ma Thị Bé', 1961],
];

test('every container that spreadsheet programs open', async () => {
  const bytes = await xlsx(PLAIN);
  const containers: Record<string, Uint8Array> = {
    zip64: repack(bytes, { zip64: true }),
    'backslashes in names': repack(bytes, { rename: (name) => name.replaceAll('/', '\\') }),
    'a slash in front': repack(bytes, { rename: (name) => `/${name}` }),
    'bytes behind the end': repack(bytes, { tail: 70_000 }),
    'version needed 2.2': repack(bytes, { version: 22 }),
    'capitals in names': repack(bytes, { rename: (name) => name.replace('worksheets/sheet1', 'Worksheets/Sheet1') }),
  };
  for (const [name, container] of Object.entries(containers))
    expect([name, people(await read(container)).map(([person]) => person)]).toEqual([name, ['Lò Văn An', 'Ma Thị Bé']]);
});

test('units numbered like people: 1 over 1.1 and 1.2, A over I, a line before numbers that begin again', async () => {
  const paths = await read([
    ['TT', 'Họ và tên', 'Năm sinh'],
    [1, 'Chi bộ Thôn Đông', null],
    ['1.1', 'Lò Văn An', 1960],
    [2, 'Khách mời', null],
    ['2.1', 'Ma Thị Bé', 1961],
  ]);
  expect(people(paths)).toEqual([
    ['Lò Văn An', 'Chi bộ Thôn Đông'],
    ['Ma Thị Bé', 'Khách mời'],
  ]);
  const places = await read([
    ['TT', 'Họ và tên', 'Năm sinh'],
    ['A', 'Khối cơ quan', null],
    [null, 'Hà Nội', null],
    [1, 'Lò Văn An', 1960],
    [null, 'Lai Châu', null],
    [1, 'Ma Thị Bé', 1961],
  ]);
  expect(people(places)).toEqual([
    ['Lò Văn An', 'Hà Nội'],
    ['Ma Thị Bé', 'Lai Châu'],
  ]);
});

test('two tables side by side, with and without a gap, and a name beside the table that is no table', async () => {
  const names = ['STT', 'Họ và tên', 'Đơn vị'];
  const both = [...names, ...names];
  const one = await read([
    both,
    [1, 'Lò Văn An', 'CB 1', 3, 'Đỗ Văn Đà', 'CB 2'],
    [2, 'Ma Thị Bé', 'CB 1', null, null, null],
  ]);
  expect(people(one)).toEqual([
    ['Lò Văn An', 'CB 1'],
    ['Ma Thị Bé', 'CB 1'],
    ['Đỗ Văn Đà', 'CB 2'],
  ]);
  const substitutes = await read([
    ['STT', 'Họ và tên', 'Năm sinh', 'Họ và tên người dự thay'],
    [1, 'Lò Văn An', 1960, 'Đỗ Văn Đà'],
    [2, 'Ma Thị Bé', 1961, 'Hồ Thị E'],
  ]);
  expect(people(substitutes).map(([name]) => name)).toEqual(['Lò Văn An', 'Ma Thị Bé']);
});

test('ditto marks mean the cell above, a unit merged down is its people’s, one written once goes down its group', async () => {
  for (const mark of ['-nt-', '"', '//', 'nt', 'như trên'])
    expect(
      people(
        await read([
          ['STT', 'Họ và tên', 'Đơn vị'],
          [1, 'Lò Văn An', 'Chi bộ 1'],
          [2, 'Ma Thị Bé', mark],
        ]),
      ),
    ).toEqual([
      ['Lò Văn An', 'Chi bộ 1'],
      ['Ma Thị Bé', 'Chi bộ 1'],
    ]);
  const once = await read([
    ['STT', 'Họ và tên', 'Đơn vị'],
    [1, 'Lò Văn An', 'Chi bộ 1'],
    [2, 'Ma Thị Bé', null],
    [1, 'Đỗ Văn Đà', 'Chi bộ 2'],
  ]);
  expect(people(once).map(([, unit]) => unit)).toEqual(['Chi bộ 1', 'Chi bộ 1', 'Chi bộ 2']);
  expect(once.warnings.map(({ code, rows }) => [code, rows])).toEqual([['unit_carried_down', [3]]]);
});

test('#N/A is nobody; with a year beside it somebody is missing, and that is said', async () => {
  const preview = await read([...PLAIN, [3, '#N/A', 1962], [4, '#N/A', '#N/A']]);
  expect(people(preview)).toHaveLength(2);
  expect(kinds(preview).slice(-2)).toEqual(['unknown', 'note']);
});

test('a signature in the middle of a list, or apart below it, is nobody; somebody who may be one is asked about', async () => {
  const middle = await read([
    ...PLAIN,
    [null, 'NGƯỜI LẬP BIỂU', null],
    [null, 'Cầm Văn Ký', null],
    [3, 'Đỗ Văn Đà', 1963],
  ]);
  expect(people(middle).map(([name]) => name)).toEqual(['Lò Văn An', 'Ma Thị Bé', 'Đỗ Văn Đà']);
  expect(middle.questions).toEqual([]);
  const below = await read([...PLAIN, [], [null, 'Cầm Văn Ký', null]]);
  expect([codes(below), people(below).length]).toEqual([['unsure_rows'], 2]);
  const taken = await read([...PLAIN, [], [null, 'Cầm Văn Ký', null]], { unsureRows: 'include' });
  expect(people(taken).at(-1)).toEqual(['Cầm Văn Ký', undefined]);
});

test('one old row in a list of Unicode is noticed, and only it is converted', async () => {
  const rows = [...PLAIN, [3, toTcvn3('Lê Hoa'), 1962]];
  const asked = await read(rows);
  expect(codes(asked)).toEqual(['encoding']);
  const answered = await read(rows, { encoding: 'tcvn3' });
  expect(people(answered).map(([name]) => name)).toEqual(['Lò Văn An', 'Ma Thị Bé', 'Lê Hoa']);
});

test('an age is no year, a running ID is nobody, a name in figures is none', async () => {
  const preview = await read([
    ['ID', 'Họ và tên', 'Tuổi'],
    [1, 'Lò Văn An', 56],
    [2, 'Ma Thị Bé', 45],
    [3, 4567, 30],
  ]);
  expect(preview.people.map(({ person, hasCode }) => [person.name, person.birthYear, hasCode])).toEqual([
    ['Lò Văn An', undefined, false],
    ['Ma Thị Bé', undefined, false],
  ]);
  expect(preview.warnings.map(({ code }) => code)).toContain('age_not_year');
  expect(preview.warnings.map(({ code }) => code)).toContain('codes_are_numbering');
});

test('a file for each unit: read in one go, the unit from the name of the file', async () => {
  const files = ['Chi bộ 1', 'Chi bộ 2'].map(async (name, i) => ({
    name: `${name}.xlsx`,
    bytes: await xlsx([
      ['STT', 'Họ và tên', 'Năm sinh'],
      [1, ['Lò Văn An', 'Ma Thị Bé'][i] ?? '', 1960 + i],
    ]),
  }));
  const result = await readRosterFiles(await Promise.all(files), { year: 2026 });
  if (!result.ok) throw new Error(result.error);
  expect(result.value.questions).toEqual([]);
  expect(people(result.value)).toEqual([
    ['Lò Văn An', 'Chi bộ 1'],
    ['Ma Thị Bé', 'Chi bộ 2'],
  ]);
});

test('corrections belong to their sheet: a row is a person or not, a row is the heading, a column is the unit', async () => {
  const rows = [
    ['Danh mục', null, null],
    ['cột 1', 'cột 2', 'cột 3'],
    ['Bản Mới', 'Lò Văn An', 1960],
    ['Bản Cũ', 'Ma Thị Bé', 1961],
    ['Bản Cũ', 'Anh Đào', null],
  ];
  const marked = await read(rows, {
    bySheet: {
      'Danh sách': { rows: { 2: 'heading', 5: 'note' }, columns: { 0: 'unit' } },
      Khác: { rows: { 3: 'note' } },
    },
  });
  expect(people(marked)).toEqual([
    ['Lò Văn An', 'Bản Mới'],
    ['Ma Thị Bé', 'Bản Cũ'],
  ]);
  expect(marked.sheets[0]?.rows[4]).toEqual({ row: 5, kind: 'note', why: 'by_hand' });
});

test('warnings are few: each kind once, at most ten', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => [
    i + 1,
    `Đ/c Lò Văn ${i}`,
    '13/13/1960',
    '123',
    'không',
    '1'.repeat(5),
  ]);
  const preview = await read([['STT', 'Họ và tên', 'Ngày sinh', 'Số CCCD', 'Giới tính', 'Số thẻ đảng'], ...rows]);
  expect(preview.warnings.length).toBeLessThanOrEqual(10);
  expect(new Set(preview.warnings.map(({ code }) => code)).size).toBe(preview.warnings.length);
  expect(preview.warnings.find(({ code }) => code === 'birth_unreadable')?.count).toBe(300);
  const numbered = await read([...PLAIN, ...Array.from({ length: 696 }, (_, i) => [i + 3, null, null])]);
  expect([numbered.warnings, numbered.counts.empty]).toEqual([[], 696]);
});

test('a stray quote in a CSV file loses no row', async () => {
  const lines = [
    'STT,Họ và tên,Năm sinh',
    '1,"Lò Văn An,1960',
    '2,Ma "Bé" Thị Lan,1961',
    '3,"Đỗ ""Đen"" Văn Đà",1962',
    '4,"Hồ Thị E",1963',
  ];
  const preview = await read(utf8(lines.join('\r\n')));
  expect(preview.people.map(({ person }) => [person.name, person.birthYear])).toEqual([
    ['Lò Văn An', 1960],
    ['Ma Thị Lan', 1961],
    ['Đỗ Văn Đà', 1962],
    ['Hồ Thị E', 1963],
  ]);
});
