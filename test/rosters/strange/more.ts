import { utf8 } from '../../fixtures/rosters/files.ts';
import { book, merged, who, type StrangeFile } from './strange-file.ts';

const PEOPLE = ['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa', 'Tống Văn Lượng'] as const;

/** Two things in one column, headings with more in them, lists that go on in other ways. */
export const MORE: StrangeFile[] = [
  {
    file: 'two-things-in-a-heading.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên, số điện thoại', 'Năm sinh', 'Đơn vị, địa chỉ', 'Số CCCD, ngày cấp'],
        [1, 'Nông Thị Vân\n0912345678', 1960, 'Chi bộ Thôn Đông', '008160000123'],
        [2, 'Hà Văn Lý - 0987654321', 1961, 'Chi bộ Thôn Đoài', '008061000456\n01/07/2021'],
        [3, 'Kỳ Thị Hoa (0912.345.679)', 1962, 'Chi bộ Thôn Đoài', '008162000789, cấp 02/07/2021'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Chi bộ Thôn Đông', { l4: '0123' }),
        who(PEOPLE[1], 1961, 'Chi bộ Thôn Đoài', { l4_any: ['0456', null] }),
        who(PEOPLE[2], 1962, 'Chi bộ Thôn Đoài', { l4_any: ['0789', null] }),
      ],
    },
  },
  {
    file: 'sex-in-the-year-column.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh/Giới tính'],
        [1, PEOPLE[0], '1960 - Nữ'],
        [2, PEOPLE[1], 'Nam, 1961'],
        [3, PEOPLE[2], 'Nữ 1962'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, null, { sex: 'Nữ' }),
        who(PEOPLE[1], 1961, null, { sex: 'Nam' }),
        who(PEOPLE[2], 1962, null, { sex: 'Nữ' }),
      ],
    },
  },
  {
    file: 'position-and-unit-in-one-column.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ - Đơn vị'],
        [1, PEOPLE[0], 1960, 'Bí thư - Chi bộ Thôn Đông'],
        [2, PEOPLE[1], 1961, 'Trưởng thôn - Thôn Đoài'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, null, { unit_any: [null, 'Chi bộ Thôn Đông', 'Bí thư - Chi bộ Thôn Đông'] }),
        who(PEOPLE[1], 1961, null, { unit_any: [null, 'Thôn Đoài', 'Trưởng thôn - Thôn Đoài'] }),
      ],
    },
  },
  {
    file: 'units-in-the-first-column-merged.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['Chi bộ', 'TT', 'Họ và tên', 'Năm sinh'],
          ['Thôn Đông', 1, PEOPLE[0], 1960],
          [null, 2, PEOPLE[1], 1961],
          ['Thôn Đoài', 1, PEOPLE[2], 1962],
          [null, 2, PEOPLE[3], 1963],
        ],
        merges: merged([1, 0, 2, 0], [3, 0, 4, 0]),
      }),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Thôn Đông'),
        who(PEOPLE[1], 1961, 'Thôn Đông'),
        who(PEOPLE[2], 1962, 'Thôn Đoài'),
        who(PEOPLE[3], 1963, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'unit-written-once-csv.csv',
    make: () =>
      utf8(
        'STT,Đơn vị,Họ và tên,Năm sinh\n1,Thôn Đông,Nông Thị Vân,1960\n2,,Hà Văn Lý,1961\n1,Thôn Đoài,Kỳ Thị Hoa,1962\n2,,Tống Văn Lượng,1963\n',
      ),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Thôn Đông'),
        who(PEOPLE[1], 1961, 'Thôn Đông'),
        who(PEOPLE[2], 1962, 'Thôn Đoài'),
        who(PEOPLE[3], 1963, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'total-in-each-group.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        ['I', 'Thôn Đông', null],
        [1, PEOPLE[0], 1960],
        [null, 'Cộng', 1],
        ['II', 'Thôn Đoài', null],
        [1, PEOPLE[1], 1961],
        [2, 'Cộng Thị Hoà', 1962],
        [null, 'Cộng', 2],
        [null, 'TỔNG SỐ', 3],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Thôn Đông'),
        who(PEOPLE[1], 1961, 'Thôn Đoài'),
        who('Cộng Thị Hoà', 1962, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'men-and-women-apart.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', null, 'Đơn vị'],
          [null, null, 'Nam', 'Nữ', null],
          [1, PEOPLE[0], null, 1960, 'Thôn Đông'],
          [2, PEOPLE[1], 1961, null, 'Thôn Đông'],
        ],
      }),
    right: {
      people: [who(PEOPLE[0], 1960, 'Thôn Đông', { sex: 'Nữ' }), who(PEOPLE[1], 1961, 'Thôn Đông', { sex: 'Nam' })],
    },
  },
  {
    file: 'two-names-and-one-year-each.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        [1, 'Nông Thị Vân (A)', 1960, 'Đảng viên'],
        [2, 'Nông Thị Vân (B)', 1961, 'Đảng viên'],
        [3, 'Nông Thị Vân', 1960, 'Đảng viên'],
      ]),
    right: { people: [who(PEOPLE[0], 1960), who(PEOPLE[0], 1961), who(PEOPLE[0], 1960)] },
  },
  {
    file: 'absent-marked-and-replaced.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Ghi chú'],
        [1, PEOPLE[0], 1960, 'vắng (ốm), Bế Văn Đàm đi thay'],
        [2, PEOPLE[1], 1961, 'x'],
        ['', '', '', ''],
        [null, 'Danh sách này có 02 người', null, null],
        [null, 'Người lập: Đinh Quang Tổng', null, null],
        [null, 'SĐT: 0912345678', null, null],
      ]),
    right: { people: [who(PEOPLE[0], 1960), who(PEOPLE[1], 1961)], never: ['Bế Văn Đàm', 'Đinh Quang Tổng'] },
  },
  {
    file: 'codes-with-zeros.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Mã đại biểu', 'Họ và tên', 'Năm sinh'],
          [1, 7, PEOPLE[0], 1960],
          [2, 91, PEOPLE[1], 1961],
          [3, 12, PEOPLE[2], 1962],
        ],
        cells: new Map([7, 91, 12].map((value, i) => [`${i + 1},1`, { value, style: { numFmt: '0000' } }] as const)),
      }),
    right: {
      people: [
        who(PEOPLE[0], 1960, null, { code: '0007' }),
        who(PEOPLE[1], 1961, null, { code: '0091' }),
        who(PEOPLE[2], 1962, null, { code: '0012' }),
      ],
    },
  },
  {
    file: 'errors-instead-of-names.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, PEOPLE[0], 1960, '#REF!'],
        [2, '#N/A', 1961, 'Thôn Đông'],
        [3, '#N/A', '#N/A', '#N/A'],
        [4, PEOPLE[1], '#VALUE!', 'Thôn Đông'],
      ]),
    right: { people: [who(PEOPLE[0], 1960), who(PEOPLE[1], null, 'Thôn Đông')], never: ['#N/A'], report_rows: [3] },
  },
  {
    file: 'years-of-two-digits.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Ngày sinh'],
        [1, PEOPLE[0], '02/09/60'],
        [2, PEOPLE[1], "'61"],
        [3, PEOPLE[2], 62],
        [4, PEOPLE[3], '1/1/63'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960),
        who(PEOPLE[1], 1961),
        who(PEOPLE[2], 1962, null, { by_any: [1962, null] }),
        who(PEOPLE[3], 1963),
      ],
    },
  },
  {
    file: 'side-by-side-one-heading.xlsx',
    make: () =>
      book([
        ['STT', 'Họ và tên', 'Chi bộ', 'STT', 'Họ và tên', 'Chi bộ'],
        [1, PEOPLE[0], 'Thôn Đông', 3, PEOPLE[2], 'Thôn Đoài'],
        [2, PEOPLE[1], 'Thôn Đông', 4, PEOPLE[3], 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], null, 'Thôn Đông'),
        who(PEOPLE[1], null, 'Thôn Đông'),
        who(PEOPLE[2], null, 'Thôn Đoài'),
        who(PEOPLE[3], null, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'hidden-column-and-hidden-sheet.xlsx',
    make: () =>
      book(
        {
          name: 'DS',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
            [1, PEOPLE[0], 1960, 'Thôn Đông'],
            [2, PEOPLE[1], 1961, 'Thôn Đoài'],
          ],
          columns: [{}, {}, { hidden: true }],
        },
        {
          name: 'cũ',
          rows: [
            ['TT', 'Họ và tên'],
            [1, 'Bế Văn Đàm'],
          ],
          hidden: true,
        },
      ),
    right: { people: [who(PEOPLE[0], 1960, 'Thôn Đông'), who(PEOPLE[1], 1961, 'Thôn Đoài')], never: ['Bế Văn Đàm'] },
  },
];
