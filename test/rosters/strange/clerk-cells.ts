import { book, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';

/** What clerks write into cells: names of the highlands, forms of address, years, numbers, marks. */
export const CLERK_CELLS: StrangeFile[] = [
  {
    file: 'more-names-of-the-highlands.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Buôn'],
        ...[
          'Y Thuyên Ksor',
          "H' Ngọc Niê",
          'H Blim Mlô',
          "Siu H'Nhung",
          'Rah Lan Hyuh',
          "Ka Să K'Long",
          'Giàng A Páo',
          'Vừ Mí Chơ',
          'Zơ Râm Xanh',
          'Bríu Pố',
          "Kră Jăn K'Đếp",
          'Thạch Sa Ric',
          'Chamaléa Thị Khiêm',
          'Ama Hương',
        ].map((name, i) => [i + 1, name, i % 2 === 0 ? 'Buôn Đung' : 'Buôn Tơng']),
      ]),
    right: {
      people: [
        'Y Thuyên Ksor',
        "H' Ngọc Niê",
        'H Blim Mlô',
        "Siu H'Nhung",
        'Rah Lan Hyuh',
        "Ka Să K'Long",
        'Giàng A Páo',
        'Vừ Mí Chơ',
        'Zơ Râm Xanh',
        'Bríu Pố',
        "Kră Jăn K'Đếp",
        'Thạch Sa Ric',
        'Chamaléa Thị Khiêm',
        'Ama Hương',
      ].map((name, i) => who(name, null, i % 2 === 0 ? 'Buôn Đung' : 'Buôn Tơng')),
    },
  },
  {
    file: 'highland-names-without-numbers.xlsx',
    make: () =>
      book([
        ['Họ và tên', 'Chức vụ', 'Đơn vị'],
        ['Bríu Pố', 'Già làng', 'Thôn Arớh'],
        ['Zơ Râm Xanh', 'Trưởng thôn', 'Thôn Arớh'],
        ['Ama Hương', null, 'Buôn Đung'],
        ['Y Bắc', 'Phó thôn', 'Buôn Đung'],
        ['Dỡ', null, 'Buôn Đung'],
        ["H'Yă", null, 'Buôn Đung'],
      ]),
    right: {
      people: [
        who('Bríu Pố', null, 'Thôn Arớh'),
        who('Zơ Râm Xanh', null, 'Thôn Arớh'),
        who('Ama Hương', null, 'Buôn Đung'),
        who('Y Bắc', null, 'Buôn Đung'),
        who('Dỡ', null, 'Buôn Đung'),
        who("H'Yă", null, 'Buôn Đung'),
      ],
    },
  },
  {
    file: 'monks-priests-and-teachers.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Đại đức Thích Minh Tâm', 1960, 'Chùa Đông'],
        [2, 'Thích Nữ Diệu Hiền', 1961, 'Chùa Đông'],
        [3, 'Linh mục Giuse Nguyễn Văn Bình', 1962, 'Giáo xứ Đoài'],
        [4, 'Đ/c: Trần Văn Hùng', 1963, 'UBND xã'],
        [5, 'Thầy giáo Lê Văn Lâm', 1964, 'Trường học'],
        [6, 'đc.Phạm Thị Ngà', 1965, 'UBND xã'],
        [7, '(Ông) Bế Văn Đàm', 1966, 'UBND xã'],
        [8, 'Ông Văn Tám', 1967, 'UBND xã'],
        [9, 'Cô Thị Lan', 1968, 'UBND xã'],
      ]),
    right: {
      people: [
        who('Thích Minh Tâm', 1960, 'Chùa Đông', { any: ['Đại đức Thích Minh Tâm'] }),
        who('Thích Nữ Diệu Hiền', 1961, 'Chùa Đông'),
        who('Giuse Nguyễn Văn Bình', 1962, 'Giáo xứ Đoài', { any: ['Linh mục Giuse Nguyễn Văn Bình'] }),
        who('Trần Văn Hùng', 1963, 'UBND xã'),
        who('Lê Văn Lâm', 1964, 'Trường học', { any: ['Thầy giáo Lê Văn Lâm'] }),
        who('Phạm Thị Ngà', 1965, 'UBND xã'),
        who('Bế Văn Đàm', 1966, 'UBND xã'),
        // A form of address or a family name: the row is shown either way.
        who('Ông Văn Tám', 1967, 'UBND xã', { any: ['Văn Tám'] }),
        who('Cô Thị Lan', 1968, 'UBND xã'),
      ],
    },
  },
  {
    file: 'years-typed-into-cells-of-dates.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Ngày sinh', 'Đơn vị'],
          [1, VAN, 1960, DONG],
          [2, LY, 1961, DONG],
          [3, HOA, 22890, DOAI],
        ],
        cells: new Map(
          [1960, 1961, 22890].map((value, i) => [`${i + 1},2`, { value, style: { numFmt: 'dd/mm/yyyy' } }] as const),
        ),
      }),
    right: {
      people: [
        who(VAN, 1960, DONG, { accept_none: true }),
        who(LY, 1961, DONG, { accept_none: true }),
        who(HOA, 1962, DOAI, { bd: '1962-09-01' }),
      ],
    },
  },
  {
    file: 'dates-in-many-spellings.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Ngày tháng năm sinh'],
        [1, VAN, 'Ngày 02 tháng 9 năm 1960'],
        [2, LY, '02 / 09 / 1961'],
        [3, HOA, '1962 (64 tuổi)'],
        [4, LUONG, '2.9.63'],
        [5, 'Lò Thị Mẩy', '../../1964'],
        [6, 'Sầm Văn Pá', '15-8-1965'],
        [7, 'Ma Thị Là', 'khoảng 1966'],
        [8, 'Bàn Văn Ký', '9/1967'],
        [9, 'Bế Văn Đàm', '01.01.1968.'],
      ]),
    right: {
      people: [
        who(VAN, 1960, null, { bd: '1960-09-02' }),
        who(LY, 1961, null, { bd: '1961-09-02' }),
        who(HOA, 1962),
        who(LUONG, 1963),
        who('Lò Thị Mẩy', 1964),
        who('Sầm Văn Pá', 1965, null, { bd: '1965-08-15' }),
        who('Ma Thị Là', 1966),
        who('Bàn Văn Ký', 1967),
        who('Bế Văn Đàm', 1968, null, { bd: '1968-01-01' }),
      ],
    },
  },
  {
    file: 'years-in-the-column-of-ages.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Tuổi', 'Chi bộ'],
        [1, VAN, 1960, 'Thôn Đông'],
        [2, LY, 1961, 'Thôn Đoài'],
      ]),
    right: { people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đoài')] },
  },
  {
    file: 'man-or-woman-before-the-year.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh (Nam, Nữ)', 'Chi bộ'],
        [1, VAN, 'Nữ: 1960', 'Thôn Đông'],
        [2, LY, 'Nam: 1961', 'Thôn Đoài'],
        [3, HOA, 'Nữ - 1962', 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông', { sex: 'Nữ' }),
        who(LY, 1961, 'Thôn Đoài', { sex: 'Nam' }),
        who(HOA, 1962, 'Thôn Đoài', { sex: 'Nữ' }),
      ],
    },
  },
  {
    file: 'numbers-kept-by-a-format.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Số CCCD', 'Điện thoại'],
          [1, VAN, 8160000123, 912345678],
          [2, LY, 8061000456, 987654321],
          [3, HOA, '008 162 000 789', '0912 345 679'],
          [4, LUONG, '008.063.000.012', null],
        ],
        cells: new Map(
          [8160000123, 8061000456].map(
            (value, i) => [`${i + 1},2`, { value, style: { numFmt: '000000000000' } }] as const,
          ),
        ),
      }),
    right: {
      people: [
        who(VAN, null, null, { l4: '0123' }),
        who(LY, null, null, { l4: '0456' }),
        who(HOA, null, null, { l4: '0789' }),
        who(LUONG, null, null, { l4: '0012' }),
      ],
    },
  },
  {
    file: 'dashes-for-nothing.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Đơn vị', 'Ghi chú'],
        [1, VAN, 1960, 'Bí thư', DONG, '-'],
        [2, LY, '-', '-', DONG, '-'],
        [3, HOA, 1962, '-', '-', '-'],
        [4, LUONG, '...', '…', DOAI, null],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG, { pos: 'Bí thư' }),
        who(LY, null, DONG, { pos_any: [''] }),
        who(HOA, 1962, null, { pos_any: [''] }),
        who(LUONG, null, DOAI, { pos_any: [''] }),
      ],
    },
  },
  {
    file: 'units-in-other-capitals.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, VAN, 'Chi bộ Thôn Đông'],
        [2, LY, 'CHI BỘ THÔN ĐÔNG'],
        [3, HOA, 'Chi bộ thôn  Đông.'],
        [4, LUONG, 'Chi bộ Thôn Đông (ghép)'],
      ]),
    right: {
      people: [
        who(VAN, null, DONG),
        who(LY, null, DONG),
        who(HOA, null, DONG),
        who(LUONG, null, 'Chi bộ Thôn Đông (ghép)'),
      ],
    },
  },
  {
    file: 'stars-and-figures-at-names.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, `${VAN} (*)`, 1960],
        [2, `${LY}*`, 1961],
        [3, `${HOA} (Trưởng đoàn)`, 1962],
        [4, `${LUONG} (1)`, 1963],
        [5, `${LUONG} (2)`, 1964],
        [6, 'Trần Thị Bình (Nga)', 1965],
      ]),
    right: {
      people: [
        who(VAN, 1960),
        who(LY, 1961),
        who(HOA, 1962),
        who(LUONG, 1963),
        who(LUONG, 1964),
        who('Trần Thị Bình', 1965, null, { any: ['Trần Thị Bình (Nga)'] }),
      ],
    },
  },
  {
    file: 'ditto-over-a-section.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Chi bộ'],
        [1, VAN, 1960, 'Đảng viên', 'Thôn Đông'],
        [2, LY, 1961, '-nt-', '-nt-'],
        [null, 'ĐẠI BIỂU KHÁCH MỜI', null, null, null],
        [1, HOA, 1962, 'Chủ tịch', 'Thôn Đoài'],
        [2, LUONG, 1963, '″', '″'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông', { pos: 'Đảng viên' }),
        who(LY, 1961, 'Thôn Đông', { pos: 'Đảng viên' }),
        who(HOA, 1962, 'Thôn Đoài', { pos: 'Chủ tịch' }),
        who(LUONG, 1963, 'Thôn Đoài', { pos: 'Chủ tịch' }),
      ],
    },
  },
  {
    file: 'letters-lost-to-question-marks.csv',
    make: () =>
      new TextEncoder().encode(
        'STT,Họ và tên,Năm sinh,Đơn vị\n1,Nông Th? Vân,1960,Thôn Đông\n2,Hà Văn Lý,1961,Thôn Đoài\n3,K? Th? Hoa,1962,Thôn Đoài\n',
      ),
    right: {
      people: [
        who('Nông Th? Vân', 1960, 'Thôn Đông', { optional: true }),
        who(LY, 1961, 'Thôn Đoài'),
        who('K? Th? Hoa', 1962, 'Thôn Đoài', { optional: true }),
      ],
      report_rows: [2, 4],
    },
  },
  {
    file: 'position-before-the-name.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, `Đồng chí ${VAN}, Bí thư Chi bộ`, 'Thôn Đông'],
        [2, `Đ/c ${LY} - Phó Bí thư, Trưởng thôn`, 'Thôn Đoài'],
        [3, `${HOA} - Đảng viên (63 tuổi)`, 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(VAN, null, 'Thôn Đông', { pos: 'Bí thư Chi bộ' }),
        who(LY, null, 'Thôn Đoài', { pos: 'Phó Bí thư, Trưởng thôn' }),
        who(HOA, null, 'Thôn Đoài', { pos_any: ['Đảng viên', 'Đảng viên (63 tuổi)'] }),
      ],
    },
  },
];
