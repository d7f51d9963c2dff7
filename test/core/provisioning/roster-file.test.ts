import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RosterPerson } from '../../../electron/contract/session-package.ts';
import { MAX_FILE_BYTES, readRosterFile } from '../../../electron/core/provisioning/roster-file.ts';
import { rosterTemplateXlsx, TEMPLATE_HEADINGS } from '../../../electron/core/provisioning/roster-template.ts';
import type { RosterColumn, RosterOptions, RosterPreview } from '../../../electron/core/provisioning/roster-types.ts';
import { bigRoster, csv, toCp1258, toTcvn3, toVni, utf8, xlsx } from '../../fixtures/rosters/files.ts';

const YEAR = 2026;

async function read(bytes: Uint8Array, options: RosterOptions = {}): Promise<RosterPreview> {
  const result = await readRosterFile(bytes, 'danh-sach.xlsx', { year: YEAR, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

async function failure(bytes: Uint8Array, options: RosterOptions = {}): Promise<string> {
  const result = await readRosterFile(bytes, 'danh-sach.xlsx', { year: YEAR, ...options });
  return result.ok ? 'ok' : result.error;
}

/** Processor time: a busy machine must not fail a test that is about work done. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const names = (preview: RosterPreview): string[] => preview.people.map(({ person }) => person.name);
/** Columns of the first table. */
const columnsOf = (preview: RosterPreview): RosterColumn[] => preview.sheets[0]?.tables[0]?.columns ?? [];
const headingOf = (preview: RosterPreview) => preview.sheets[0]?.tables[0]?.heading;
/** Rows that were not understood, with the reason. */
const unknownRows = (preview: RosterPreview): [number, string][] =>
  preview.sheets.flatMap(({ rows }) =>
    rows.filter(({ kind }) => kind === 'unknown').map(({ row, why }): [number, string] => [row, why]),
  );
const warned = (preview: RosterPreview, code: string): number[] | undefined =>
  preview.warnings.find((w) => w.code === code)?.rows;
const unitNames = (preview: RosterPreview): (string | undefined)[] =>
  preview.people.map(({ person }) => preview.units.find((unit) => unit.id === person.unitId)?.name);

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

const LEGACY = [
  ['STT', 'Họ và tên', 'Ngày sinh', 'Đơn vị'],
  [1, 'Nguyễn Văn Đức', '01/02/1960', 'Chi bộ Thôn Thượng'],
  [2, 'Trần Thị Thuỷ', 1971, 'Chi bộ Trường Tiểu học'],
  [3, 'Đặng Ngọc Ước', 1980, 'Chi bộ Công ty Điện lực'],
] as const;

test('TCVN3 and VNI text is detected, shown in each reading, and converted only when confirmed', async () => {
  for (const [encoding, encode] of [
    ['tcvn3', toTcvn3],
    ['vni', toVni],
  ] as const) {
    const bytes = await xlsx(LEGACY.map((row) => row.map((cell) => (typeof cell === 'string' ? encode(cell) : cell))));
    const asked = await read(bytes);
    const [question] = asked.questions;
    if (question?.code !== 'encoding') throw new Error('not asked');
    expect(question.suggested).toBe(encoding);
    expect(question.samples.map((s) => s.encoding)).toContain('unicode');
    expect(question.samples[0]?.lines[0]).toBe('1 · Nguyễn Văn Đức · 01/02/1960 · Chi bộ Thôn Thượng');
    const confirmed = await read(bytes, { encoding });
    expect(confirmed.questions).toEqual([]);
    expect(names(confirmed).map((n) => n.toLowerCase())).toEqual(LEGACY.slice(1).map((row) => row[1].toLowerCase()));
  }
});

test('CSV in UTF-8 with and without mark, UTF-16 both ways, with semicolons and tabs', async () => {
  const rows = LEGACY.map((row) => row.map(String));
  const expected = LEGACY.slice(1).map((row) => row[1]);
  const texts = [csv(rows), csv(rows, ';'), csv(rows, '\t'), `sep=;\r\n${csv(rows, ';')}`];
  for (const text of texts) {
    const files = [
      utf8(text),
      utf8(`\ufeff${text}`),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
      new Uint8Array(Buffer.from(text, 'utf16le')),
    ];
    for (const bytes of files) {
      const preview = await read(bytes);
      expect(names(preview)).toEqual([...expected]);
      expect(preview.questions).toEqual([]);
    }
  }
});

test('CSV in an old encoding is asked about, never converted silently', async () => {
  const text = csv(LEGACY.map((row) => row.map(String)));
  const files = [
    ['cp1258', toCp1258(text)],
    ['tcvn3', new Uint8Array(Buffer.from(toTcvn3(text), 'latin1'))],
    ['vni', new Uint8Array(Buffer.from(toVni(text), 'latin1'))],
  ] as const;
  for (const [encoding, bytes] of files) {
    const asked = await read(bytes);
    const [question] = asked.questions;
    expect([encoding, question?.code === 'encoding' && question.suggested]).toEqual([encoding, encoding]);
    const confirmed = await read(bytes, { encoding });
    expect(confirmed.questions).toEqual([]);
    expect(names(confirmed).map((n) => n.toLowerCase())).toEqual(LEGACY.slice(1).map((row) => row[1].toLowerCase()));
  }
});

test('the blank sample file is understood by the reader, and filled in it gives people', async () => {
  const blank = await rosterTemplateXlsx();
  const empty = await read(blank);
  expect(empty.people).toEqual([]);
  expect(empty.sheets[0]?.tables[0]?.columns.every((column) => column.field !== null)).toBe(true);
  const filled = await read(
    await xlsx([
      [...TEMPLATE_HEADINGS],
      [1, 'Lê Văn An', '05/02/1962', 'Nam', 'Bí thư', 'Chi bộ 1', '001062000001', '123456789012', 'x'],
    ]),
  );
  expect(columnsOf(filled).every((column) => column.field !== null)).toBe(true);
  expect(filled.people[0]?.person).toEqual({
    id: 'row-1',
    name: 'Lê Văn An',
    birthYear: 1962,
    birthDate: '1962-02-05',
    sex: 'male',
    position: 'Bí thư',
    unitId: 'chi-bo-1',
    citizenNumber: '001062000001',
    partyNumber: '123456789012',
    note: 'x',
  });
});

// --- broken, huge and hostile files ---------------------------------------------------------------------------------

/** A zip archive of one packed entry whose directory may lie about the size. */
function zip(name: string, content: Uint8Array, declared = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const file = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(declared, 24);
  central.writeUInt16LE(file.length, 28);
  const body = Buffer.concat([local, file, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + file.length, 12);
  end.writeUInt32LE(body.length, 16);
  return new Uint8Array(Buffer.concat([body, central, file, end]));
}

test('each kind of wrong file gets its own answer', async () => {
  expect(await failure(new Uint8Array())).toBe('empty_file');
  expect(await failure(new Uint8Array(50 * 1024 * 1024))).toBe('file_too_large');
  expect(MAX_FILE_BYTES).toBeLessThan(50 * 1024 * 1024);
  const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  expect(await failure(new Uint8Array([...compound, ...Array.from({ length: 600 }, () => 0)]))).toBe('old_excel');
  const locked = Buffer.concat([Buffer.from(compound), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
  expect(await failure(new Uint8Array(locked))).toBe('password_protected');
  expect(await failure(utf8('<html><table><tr><td>Họ và tên</td></tr></table></html>'))).toBe('not_a_spreadsheet');
  expect(await failure(utf8('%PDF-1.7 …'))).toBe('not_a_spreadsheet');
  expect(await failure(zip('word/document.xml', utf8('x')))).toBe('not_a_spreadsheet');
  expect(await failure((await xlsx(bigRoster(5))).slice(0, 900))).toBe('damaged_file');
  expect(await failure(zip('xl/workbook.xml', utf8('<broken')))).toBe('damaged_file');
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

test('a zip bomb is refused before it is unpacked, honest or lying about its size', async () => {
  const huge = new Uint8Array(150 * 1024 * 1024);
  const start = cpuMs();
  const bomb = zip('xl/workbook.xml', huge);
  const packedIn = cpuMs() - start;
  expect(bomb.length).toBeLessThan(200_000);
  const begun = cpuMs();
  expect(await failure(bomb)).toBe('zip_bomb');
  expect(await failure(zip('xl/workbook.xml', huge, 1_000))).toBe('damaged_file');
  expect(await failure(zip('xl/workbook.xml', huge, 0))).toBe('damaged_file');
  expect(cpuMs() - begun - 2 * packedIn).toBeLessThan(1_000);
});

test('a cell at the far corner of a sheet, or formats down to its end, cost nothing', async () => {
  const { writeXlsx } = await import('hucre/xlsx');
  const rows = [
    ['STT', 'Họ và tên'],
    [1, 'Lê Văn An'],
  ];
  const corner = new Map([['1048575,16383', { value: 'x', type: 'string' as const }]]);
  const blank = new Map([['59999,1', { value: '', type: 'string' as const }]]);
  for (const cells of [corner, blank]) {
    const bytes = await writeXlsx({ sheets: [{ name: 'A', rows, cells }] });
    const begun = cpuMs();
    expect(names(await read(bytes))).toEqual(['Lê Văn An']);
    expect(cpuMs() - begun).toBeLessThan(1_500);
  }
});

test('too many rows is an error, not a cut', async () => {
  const line = '1,Lê Văn An\r\n';
  expect(await failure(utf8(`STT,Họ và tên\r\n${line.repeat(52_001)}`))).toBe('too_many_rows');
});

test('5,000 rows are read in two seconds', async () => {
  const bytes = await xlsx(bigRoster(5_000));
  const begun = cpuMs();
  const preview = await read(bytes);
  expect(cpuMs() - begun).toBeLessThan(2_000);
  expect(preview.people).toHaveLength(5_000);
});

test('property: any bytes, and any damage to a good file, give an answer within a second', async () => {
  const good = await xlsx(bigRoster(20));
  const text = utf8(csv(LEGACY.map((row) => row.map(String))));
  const damaged = fc
    .tuple(fc.constantFrom(good, text), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 }), fc.nat())
    .map(([file, changes, cut]) => {
      const bytes = Uint8Array.from(file);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 3_000 }), damaged), async (bytes) => {
      const begun = cpuMs();
      const result = await readRosterFile(bytes, 'x', { year: YEAR });
      expect(cpuMs() - begun).toBeLessThan(1_000);
      if (!result.ok) return;
      for (const { person } of result.value.people) expect(RosterPerson.safeParse(person).success).toBe(true);
    }),
    { numRuns: 300 },
  );
}, 60_000);
