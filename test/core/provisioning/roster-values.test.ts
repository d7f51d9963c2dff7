import { expect, test } from 'vitest';
import { xlsx } from '../../fixtures/rosters/files.ts';
import { read, names, unknownRows, warned } from '../../support/read-roster.ts';

/** What stands in the cells: names, dates, numbers, codes, units. */

test('names are cleaned and never rewritten: NFD, hard blanks, forms of address, remarks', async () => {
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Chức vụ'],
      [1, 'Nguyễn Văn Đức'.normalize('NFD'), null],
      [2, 'Đ/c\u00a0Lê  Thị\u200b Hoà ', null],
      [3, 'đ.c Trần Văn Nam (Bí thư)', null],
      [4, 'Ông Phạm Văn Ơn', null],
      [5, 'Ông Văn Tám', null],
      [6, 'Bà Thị Lý', null],
      [7, 'Đồng chí Vũ Thị Mơ, Phó Bí thư', null],
      [8, "H'Hen Niê", null],
    ]),
  );
  expect(names(preview)).toEqual([
    'Nguyễn Văn Đức',
    'Lê Thị Hoà',
    'Trần Văn Nam',
    'Phạm Văn Ơn',
    'Văn Tám',
    'Thị Lý',
    'Vũ Thị Mơ',
    "H'Hen Niê",
  ]);
  expect(preview.people.map(({ person }) => person.note)).toEqual([
    undefined,
    'Đ/c',
    'đ.c',
    'Ông',
    'Ông',
    'Bà',
    'Đồng chí',
    undefined,
  ]);
  expect(preview.people.map(({ person }) => person.position)).toEqual([
    undefined,
    undefined,
    'Bí thư',
    undefined,
    undefined,
    undefined,
    'Phó Bí thư',
    undefined,
  ]);
  expect(warned(preview, 'name_extras')).toEqual([3, 4, 5, 6, 7, 8]);
});

test('capital names stay as they are and are offered in title case', async () => {
  const bytes = await xlsx([
    ['STT', 'Họ và tên', 'Ghi chú'],
    [1, 'NGUYỄN VĂN ĐỨC', null],
    [2, 'lê thị h’hen', null],
    [3, 'Trần Văn Nam', null],
  ]);
  const asked = await read(bytes);
  expect(names(asked)[0]).toBe('NGUYỄN VĂN ĐỨC');
  expect(asked.offers).toEqual([{ code: 'capitals', names: 2, sample: ['NGUYỄN VĂN ĐỨC', 'lê thị h’hen'] }]);
  expect(names(await read(bytes, { titleCase: true }))).toEqual(['Nguyễn Văn Đức', 'Lê Thị H’Hen', 'Trần Văn Nam']);
});

test('birth dates in every way rosters write them', async () => {
  const table: [string | number | Date, string | undefined, number | undefined, string | null][] = [
    ['01/02/1960', '1960-02-01', 1960, null],
    ['1.2.60', '1960-02-01', 1960, 'birth_two_digit_year'],
    ['3-4-05', '2005-04-03', 2005, 'birth_two_digit_year'],
    ['ngày 05 tháng 9 năm 1955', '1955-09-05', 1955, null],
    ['1950', undefined, 1950, null],
    [1950, undefined, 1950, null],
    ['00/00/1950', undefined, 1950, null],
    ['/1950', undefined, 1950, null],
    ['8/1966', undefined, 1966, null],
    ['01021960', '1960-02-01', 1960, null],
    ['1960-02-01', '1960-02-01', 1960, null],
    ['01/02/1960 00:00:00', '1960-02-01', 1960, null],
    [21947, '1960-02-01', 1960, null],
    [new Date(Date.UTC(1960, 1, 1)), '1960-02-01', 1960, null],
    ['02/25/1960', undefined, 1960, 'birth_unreadable'],
    ['31/02/1960', undefined, 1960, 'birth_unreadable'],
    ['không rõ', undefined, undefined, 'birth_unreadable'],
    ['01/02/2024', undefined, undefined, 'birth_year_unlikely'],
  ];
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Ngày sinh'],
      ...table.map(([cell], i) => [i + 1, `Lê Văn ${i}`.replace(/\d/u, 'A'), cell]),
    ]),
  );
  const problems = new Map(
    preview.warnings
      .filter((w) => w.code.startsWith('birth'))
      .flatMap((w) => w.rows.map((row): [number, string] => [row, w.code])),
  );
  table.forEach(([cell, date, year, warning], i) => {
    const person = preview.people[i]?.person;
    expect([cell, person?.birthDate, person?.birthYear, problems.get(i + 2) ?? null]).toEqual([
      cell,
      date,
      year,
      warning,
    ]);
  });
});

test('the 1904 calendar of old Mac files gives the same dates', async () => {
  const { writeXlsx } = await import('hucre/xlsx');
  const rows = [
    ['STT', 'Họ và tên', 'Ngày sinh'],
    [1, 'Lê Văn An', new Date(Date.UTC(1960, 1, 1))],
  ];
  const bytes = await writeXlsx({ dateSystem: '1904', sheets: [{ name: 'A', rows }] });
  expect((await read(bytes)).people[0]?.person.birthDate).toBe('1960-02-01');
});

test('citizen numbers: text, numbers without their zeros, old ones, and digits gone for good', async () => {
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Số CCCD', 'Số thẻ đảng'],
      [1, 'Lê Văn A', '001060000001', '12.345678'],
      [2, 'Lê Văn B', 26060000002, 1060000001],
      [3, 'Lê Văn C', 1060000003, null],
      [4, 'Lê Văn D', '123456789', '123456789012'],
      [5, 'Lê Văn E', '1.23E+11', null],
      [6, 'Lê Văn F', '12345', 'x'],
      [7, 'Lê Văn G', '001 060 000 007', null],
      [8, 'Lê Văn H', '001060000001', null],
    ]),
  );
  expect(preview.people.map(({ person }) => person.citizenNumber)).toEqual([
    undefined,
    '026060000002',
    '001060000003',
    '123456789',
    undefined,
    undefined,
    '001060000007',
    undefined,
  ]);
  expect(preview.people.map(({ person }) => person.partyNumber)).toEqual([
    '12345678',
    undefined,
    undefined,
    '123456789012',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  // Everybody stays; a number that is no number, or two people's, is left out and reported.
  expect(warned(preview, 'number_scientific')).toEqual([6]);
  expect(warned(preview, 'number_twice')).toEqual([2, 9]);
  expect(warned(preview, 'number_padded')).toEqual([3, 4]);
  expect(warned(preview, 'number_ignored')).toEqual([7]);
});

test('a row without a name is not understood, and long numbers are masked', async () => {
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Năm sinh', 'CCCD'],
      [1, 'Lê Văn An', 1960, null],
      [2, null, 1961, '001061000001'],
      [3, null, null, null],
    ]),
  );
  expect(unknownRows(preview)).toEqual([[3, 'no_name']]);
  expect(preview.sheets[0]?.cells[2]).toEqual(['2', '', '1961', '…0001']);
  expect(preview.sheets[0]?.rows.at(-1)).toEqual({ row: 4, kind: 'empty', why: 'number_only' });
  expect(preview.warnings).toEqual([]);
});

test('people with one name are all kept; the same name, birth and unit is pointed out', async () => {
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
      [1, 'Lê Văn Nam', 1960, 'Chi bộ 1'],
      [2, 'Lê Văn Nam', 1961, 'Chi bộ 1'],
      [3, 'Lê Văn Nam', 1960, 'Chi bộ 1'],
    ]),
  );
  expect(preview.people).toHaveLength(3);
  expect(preview.warnings).toMatchObject([{ code: 'same_person', rows: [4], count: 1, params: { row: 2 } }]);
});

test('own codes become ids when they can, and twice the same code does not', async () => {
  const preview = await read(
    await xlsx([
      ['Mã', 'Họ và tên'],
      ['DB-001', 'Lê Văn An'],
      ['DB-001', 'Lê Văn Bình'],
      ['mã số 3', 'Lê Văn Chi'],
    ]),
  );
  expect(preview.people.map(({ person }) => person.id)).toEqual(['DB-001', 'row-2', 'row-3']);
  expect(warned(preview, 'code_twice')).toEqual([3]);
});

test('formula cells give their saved value, and one saved without a value is pointed out', async () => {
  const bytes = await xlsx(
    [
      ['STT', 'Họ và tên', 'Năm sinh'],
      [1, null, null],
      [2, 'Lê Thị Bình', '#REF!'],
    ],
    {
      cells: new Map([
        ['1,1', { formula: 'A1&B1', formulaResult: 'Lê Văn An', value: 'Lê Văn An', type: 'formula' as const }],
        ['1,2', { formula: 'TODAY()', value: null, type: 'formula' as const }],
      ]),
    },
  );
  const preview = await read(bytes);
  expect(names(preview)).toEqual(['Lê Văn An', 'Lê Thị Bình']);
  expect(warned(preview, 'formula_without_value')).toEqual([2]);
  expect(warned(preview, 'cell_error')).toEqual([3]);
});

test('units that exist keep their ids, however they are spelt', async () => {
  const preview = await read(
    await xlsx([
      ['STT', 'Họ và tên', 'Đơn vị'],
      [1, 'Lê Văn An', 'CHI BỘ TỔ DÂN PHỐ  3'],
      [2, 'Lê Văn Bình', 'Chi bộ 9'],
    ]),
    { units: [{ id: 'u3', name: 'Chi bộ Tổ dân phố 3' }] },
  );
  expect(preview.people.map(({ person }) => person.unitId)).toEqual(['u3', 'chi-bo-9']);
  expect(preview.units.map((u) => u.isNew)).toEqual([false, true]);
});

test('what is too long for its field is cut between characters, and the same file again has the same unit', async () => {
  // A letter of two UTF-16 units stands where each field ends.
  const long = (most: number): string => `${'ă'.repeat(most - 1)}𠀀 và còn nữa`;
  const file = await xlsx([
    ['STT', 'Họ và tên', 'Chức vụ', 'Đơn vị', 'Ghi chú'],
    [1, 'Lò Thị Mẩy', long(300), long(300), long(2_000)],
    [2, 'Sầm Văn Pá', 'Bí thư', long(300), null],
  ]);
  const first = await read(file);
  const person = first.people[0]!.person;
  expect([person.position, person.note, first.units[0]!.name]).toEqual([299, 1_999, 299].map((n) => 'ă'.repeat(n)));
  const again = await read(file, { units: first.units });
  expect(again.units).toEqual([{ ...first.units[0]!, isNew: false }]);
  expect(again.questions).toEqual([]);
});
