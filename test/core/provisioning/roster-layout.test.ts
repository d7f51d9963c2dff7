import { expect, test } from 'vitest';
import { RosterPerson } from '../../../electron/contract/session-package.ts';
import { bigRoster, csv, utf8, xlsx } from '../../fixtures/rosters/files.ts';
import { read, failure, names, columnsOf, headingOf, unknownRows, unitNames } from '../../support/read-roster.ts';

/** Where the columns, units and people of a sheet are found. */

test('a plain roster under title rows: columns, people, units, row numbers as the spreadsheet shows them', async () => {
  const preview = await read(await xlsx(bigRoster(40)));
  expect(headingOf(preview)).toEqual({ row: 4, rows: 1 });
  expect(columnsOf(preview).map((c) => [c.letter, c.field])).toEqual([
    ['A', 'index'],
    ['B', 'name'],
    ['C', 'birth'],
    ['D', 'sex'],
    ['E', 'position'],
    ['F', 'unit'],
    ['G', 'citizenNumber'],
    ['H', 'note'],
  ]);
  expect(preview.people).toHaveLength(40);
  expect(preview.people[0]?.row).toBe(5);
  expect(preview.units).toHaveLength(34);
  expect(preview.units[0]).toEqual({ id: 'chi-bo-to-dan-pho-1', name: 'Chi bộ Tổ dân phố 1', isNew: true });
  expect(preview.questions).toEqual([]);
  for (const { person } of preview.people) expect(RosterPerson.safeParse(person).success).toBe(true);
});

test('two heading rows with merges, birth in columns Nam and Nữ, họ đệm and tên apart', async () => {
  const preview = await read(
    await xlsx(
      [
        ['DANH SÁCH', null, null, null, null, null],
        ['TT', 'Họ và tên', null, 'Ngày tháng năm sinh', null, 'Chức vụ'],
        [null, 'Họ đệm', 'Tên', 'Nam', 'Nữ', null],
        [1, 'Nguyễn Văn', 'An', '01/02/1960', null, 'Bí thư'],
        [2, 'Lê Thị', 'Bảo Anh', null, 1971, null],
      ],
      {
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 5 },
          { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
          { startRow: 1, startCol: 1, endRow: 1, endCol: 2 },
          { startRow: 1, startCol: 3, endRow: 1, endCol: 4 },
          { startRow: 1, startCol: 5, endRow: 2, endCol: 5 },
        ],
      },
    ),
  );
  expect(headingOf(preview)).toEqual({ row: 2, rows: 2 });
  expect(columnsOf(preview).map((c) => c.header)).toContain('Ngày tháng năm sinh / Nữ');
  expect(preview.people.map((p) => p.person)).toEqual([
    {
      id: 'row-1',
      name: 'Nguyễn Văn An',
      givenName: 'An',
      birthYear: 1960,
      birthDate: '1960-02-01',
      sex: 'male',
      position: 'Bí thư',
    },
    { id: 'row-2', name: 'Lê Thị Bảo Anh', givenName: 'Bảo Anh', birthYear: 1971, sex: 'female' },
  ]);
});

test('the same two heading rows in a CSV file, which has no merges', async () => {
  const text = csv([
    ['STT', 'Họ và tên', 'Năm sinh', '', 'Giới tính', ''],
    ['', '', 'Nam', 'Nữ', '', ''],
    ['1', 'Nguyễn Văn An', '1960', '', '', ''],
    ['2', 'Lê Thị Bình', '', '1971', '', ''],
  ]);
  const preview = await read(utf8(text));
  expect(preview.people.map(({ person }) => [person.sex, person.birthYear])).toEqual([
    ['male', 1960],
    ['female', 1971],
  ]);
});

test('sex as a cross, and day, month and year in three columns where Năm is not Nam', async () => {
  const preview = await read(
    await xlsx(
      [
        ['STT', 'Họ tên', 'Ngày sinh', null, null, 'Giới tính', null],
        [null, null, 'Ngày', 'Tháng', 'Năm', 'Nam', 'Nữ'],
        [1, 'Trần Văn An', 5, 2, 1960, 'x', null],
        [2, 'Trần Thị Bé', null, null, 1961, null, 'x'],
      ],
      {
        merges: [
          { startRow: 0, startCol: 2, endRow: 0, endCol: 4 },
          { startRow: 0, startCol: 5, endRow: 0, endCol: 6 },
        ],
      },
    ),
  );
  expect(preview.people.map(({ person }) => [person.sex, person.birthYear, person.birthDate])).toEqual([
    ['male', 1960, '1960-02-05'],
    ['female', 1961, undefined],
  ]);
});

test('section rows name units, in several ways of writing them; footers and signatures are nobody', async () => {
  const preview = await read(
    await xlsx(
      [
        ['STT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        ['(1)', '(2)', '(3)', '(4)'],
        ['I', 'Chi bộ Tổ dân phố 1', null, null],
        [1, 'Nguyễn Văn An', 1960, null],
        ['II. Chi bộ Trường Tiểu học (15 đ/c):', null, null, null],
        [2, 'Trương Văn Bình', 1961, null],
        [3, 'Đoàn Thị Cúc', null, null],
        [null, 'ĐẢNG BỘ CÔNG AN PHƯỜNG', null, null],
        [4, 'Lê Thị Dung', 1970, null],
        ['STT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        [null, 'Cộng: 2', null, null],
        [5, 'Phạm Văn Em', 1975, null],
        ['Tổng cộng', '5 đồng chí', null, null],
        [null, null, null, 'Phường A, ngày 01 tháng 02 năm 2026'],
        [null, 'NGƯỜI LẬP BIỂU', null, 'T/M ĐẢNG ỦY'],
        [null, 'Hoàng Văn Giang', null, 'Ngô Thị Hà'],
      ],
      { merges: [{ startRow: 4, startCol: 0, endRow: 4, endCol: 3 }] },
    ),
  );
  expect(names(preview)).toEqual(['Nguyễn Văn An', 'Trương Văn Bình', 'Đoàn Thị Cúc', 'Lê Thị Dung', 'Phạm Văn Em']);
  expect(unitNames(preview)).toEqual([
    'Chi bộ Tổ dân phố 1',
    'Chi bộ Trường Tiểu học',
    'Chi bộ Trường Tiểu học',
    'ĐẢNG BỘ CÔNG AN PHƯỜNG',
    'ĐẢNG BỘ CÔNG AN PHƯỜNG',
  ]);
  expect(unknownRows(preview)).toEqual([]);
});

test('a list without numbers: a lone name is a person, a unit word is a section, closing lines end it', async () => {
  const preview = await read(
    await xlsx([
      ['Họ và tên', 'Năm sinh'],
      ['Chi bộ 1', null],
      ['Trương Thị Lụa', null],
      ['Lò Văn Panh', 1966],
      ['Người tổng hợp', null],
      ['Nguyễn Thị Kế Toán', null],
    ]),
  );
  expect(names(preview)).toEqual(['Trương Thị Lụa', 'Lò Văn Panh']);
  expect(unitNames(preview)).toEqual(['Chi bộ 1', 'Chi bộ 1']);
});

test('one unit for the whole list may stand above the heading', async () => {
  const preview = await read(
    await xlsx([['Đơn vị: Chi bộ Thôn Đông'], ['STT', 'Họ và tên', 'Ghi chú'], [1, 'Lê Văn An', null]]),
  );
  expect(unitNames(preview)).toEqual(['Chi bộ Thôn Đông']);
});

test('hidden rows are asked about and left out until answered', async () => {
  const bytes = await xlsx(
    [
      ['STT', 'Họ và tên', 'Năm sinh'],
      [1, 'Lê Văn An', 1960],
      [2, 'Lê Văn Bình', 1961],
    ],
    { rowDefs: new Map([[2, { hidden: true }]]) },
  );
  const asked = await read(bytes);
  expect(names(asked)).toEqual(['Lê Văn An']);
  expect(asked.questions).toEqual([{ code: 'hidden_rows', rows: 1, sample: ['2 · Lê Văn Bình · 1961'] }]);
  expect(unknownRows(asked)).toEqual([[3, 'hidden']]);
  expect(names(await read(bytes, { hiddenRows: 'include' }))).toEqual(['Lê Văn An', 'Lê Văn Bình']);
  const skipped = await read(bytes, { hiddenRows: 'skip' });
  expect([skipped.people.length, skipped.questions.length]).toEqual([1, 0]);
});

test('hidden sheets and columns are reported, the right sheet is chosen and can be changed', async () => {
  const { writeXlsx } = await import('hucre/xlsx');
  const bytes = await writeXlsx({
    sheets: [
      { name: 'Bìa', rows: [['Hội nghị'], ['Họ và tên', 'Ghi chú'], ['Lê Văn Bìa', null]] },
      {
        name: 'Đại biểu',
        rows: [
          ['STT', 'Họ và tên', 'Năm sinh'],
          [1, 'Lê Văn An', 1960],
        ],
        columns: [{}, {}, { hidden: true }],
      },
      { name: 'DANTOC', rows: [['Họ và tên', 'Năm sinh', 'STT', 'Đơn vị']], hidden: true },
    ],
  });
  const preview = await read(bytes);
  expect(preview.sheets.map(({ name }) => name)).toEqual(['Đại biểu']);
  expect(preview.allSheets).toEqual([
    { name: 'Bìa', isHidden: false, isRead: false, people: 1 },
    { name: 'Đại biểu', isHidden: false, isRead: true, people: 1 },
    { name: 'DANTOC', isHidden: true, isRead: false, people: 0 },
  ]);
  // Another sheet has people too: nobody is left out without a question.
  expect(preview.questions).toEqual([
    {
      code: 'sheets',
      sheets: [
        { name: 'Bìa', people: 1 },
        { name: 'Đại biểu', people: 1 },
      ],
    },
  ]);
  expect(preview.warnings).toMatchObject([
    { code: 'hidden_column', params: { column: 'C' } },
    { code: 'hidden_sheet', params: { name: 'DANTOC' } },
  ]);
  expect(names(await read(bytes, { sheets: ['Bìa'] }))).toEqual(['Lê Văn Bìa']);
  expect(await failure(bytes, { sheets: ['Không có'] })).toBe('sheet_not_found');
});

test('columns about other people or other dates are not taken, and the technician can correct any column', async () => {
  const bytes = await xlsx([
    ['STT', 'Họ và tên', 'Họ và tên cha', 'Ngày sinh', 'Ngày vào Đảng', 'Chức vụ', 'Chi bộ', 'Đơn vị công tác'],
    [1, 'Lê Văn An', 'Lê Văn Cha', '01/02/1960', '03/02/1985', 'Bí thư', 'Chi bộ 1', 'Trường A'],
  ]);
  const preview = await read(bytes);
  expect(columnsOf(preview).map((c) => c.field)).toEqual([
    'index',
    'name',
    null,
    'birth',
    null,
    'position',
    'unit',
    'unit',
  ]);
  expect(unitNames(preview)).toEqual(['Chi bộ 1']);
  const corrected = await read(bytes, { bySheet: { 'Danh sách': { columns: { 7: 'unit', 6: null, 5: null } } } });
  expect(unitNames(corrected)).toEqual(['Trường A']);
  expect(corrected.people[0]?.person.position).toBeUndefined();
});

test('a sheet without a list is no dead end: it is shown, and a heading or a column marked by hand makes the table', async () => {
  const bytes = await xlsx([
    ['a', 'Anh Đào', 'x'],
    ['b', 'Bích', 'y'],
  ]);
  const shown = await read(bytes);
  expect(shown.questions).toEqual([{ code: 'no_table' }]);
  expect(shown.sheets[0]?.cells).toEqual([
    ['a', 'Anh Đào', 'x'],
    ['b', 'Bích', 'y'],
  ]);
  const marked = await read(bytes, {
    bySheet: { 'Danh sách': { columns: { 1: 'name', 2: 'unit' }, rows: { 1: 'person', 2: 'person' } } },
  });
  expect(marked.questions).toEqual([]);
  expect(names(marked)).toEqual(['Anh Đào', 'Bích']);
  expect((await read(await xlsx([['STT', 'Họ và tên']]))).people).toEqual([]);
});
