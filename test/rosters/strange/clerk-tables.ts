import { book, merged, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const MAY = 'Lò Thị Mẩy';
const PA = 'Sầm Văn Pá';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';

/** Tables as clerks of communes lay them out: headings in two rows, a unit to a column, pages, totals, groups of people. */
export const CLERK_TABLES: StrangeFile[] = [
  {
    file: 'positions-in-party-and-government.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['ĐẢNG BỘ XÃ BẢN MỚI', null, null, null, null, null, null, null],
          ['DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ', null, null, null, null, null, null, null],
          ['TT', 'Họ và tên', 'Năm sinh', null, 'Chức vụ', null, 'Đơn vị', 'Ghi chú'],
          [null, null, 'Nam', 'Nữ', 'Đảng', 'Chính quyền', null, null],
          ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
          [1, VAN, null, 1960, 'Bí thư', 'Chủ tịch HĐND', DONG, null],
          [2, LY, 1961, null, 'Phó Bí thư', null, DOAI, null],
          [3, HOA, null, 1962, null, 'Trưởng thôn', DOAI, null],
        ],
        merges: merged([2, 0, 3, 0], [2, 1, 3, 1], [2, 2, 2, 3], [2, 4, 2, 5], [2, 6, 3, 6], [2, 7, 3, 7]),
      }),
    right: {
      people: [
        who(VAN, 1960, DONG, { sex: 'Nữ', pos: 'Bí thư; Chủ tịch HĐND' }),
        who(LY, 1961, DOAI, { sex: 'Nam', pos: 'Phó Bí thư' }),
        who(HOA, 1962, DOAI, { sex: 'Nữ', pos: 'Trưởng thôn' }),
      ],
    },
  },
  {
    file: 'two-headings-of-positions.xlsx',
    make: () =>
      book([
        ['STT', 'Họ và tên', 'Ngày sinh', 'Chức vụ Đảng', 'Chức vụ chính quyền, đoàn thể', 'Đơn vị công tác'],
        [1, VAN, '02/09/1960', 'Đảng ủy viên', 'Phó Chủ tịch UBND', 'UBND xã Bản Mới'],
        [2, LY, '19/05/1961', 'Đảng viên', 'Công chức', 'UBND xã Bản Mới'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'UBND xã Bản Mới', { pos: 'Đảng ủy viên; Phó Chủ tịch UBND' }),
        who(LY, 1961, 'UBND xã Bản Mới', { pos: 'Đảng viên; Công chức' }),
      ],
    },
  },
  {
    file: 'family-part-and-given-under-one-heading.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', null, 'Năm sinh', 'Chi bộ'],
          [null, 'Họ đệm', 'Tên', null, null],
          [1, 'Nông Thị', 'Vân', 1960, 'Thôn Đông'],
          [2, 'Hà Văn', 'Lý', 1961, 'Thôn Đoài'],
          [3, 'Kỳ Thị Hoa', 'Hồng', 1962, 'Thôn Đoài'],
        ],
        merges: merged([0, 0, 1, 0], [0, 1, 0, 2], [0, 3, 1, 3], [0, 4, 1, 4]),
      }),
    right: {
      people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đoài'), who('Kỳ Thị Hoa Hồng', 1962, 'Thôn Đoài')],
    },
  },
  {
    file: 'name-in-three-columns.xlsx',
    make: () =>
      book([
        ['STT', 'Họ', 'Tên đệm', 'Tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Nông', 'Thị', 'Vân', 1960, DONG],
        [2, 'Hà', 'Văn', 'Lý', 1961, DONG],
        [3, 'Bàn', null, 'Ký', 1962, DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who('Bàn Ký', 1962, DOAI)] },
  },
  {
    file: 'note-column-holds-the-unit.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Ghi chú'],
        [1, VAN, 1960, 'Bí thư', DONG],
        [2, LY, 1961, 'Đảng viên', DONG],
        [3, HOA, 1962, 'Đảng viên', DOAI],
        [4, LUONG, 1963, 'Đảng viên', DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'note-column-holds-the-year.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Chi bộ', 'Ghi chú'],
        [1, VAN, 'Thôn Đông', 1960],
        [2, LY, 'Thôn Đông', 1961],
        [3, HOA, 'Thôn Đoài', 1962],
      ]),
    right: { people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đông'), who(HOA, 1962, 'Thôn Đoài')] },
  },
  {
    file: 'a-column-for-each-cell.xlsx',
    make: () =>
      book([
        ['DANH SÁCH ĐẢNG VIÊN DỰ HỌC NGHỊ QUYẾT', null, null],
        [],
        [DONG, DOAI, 'Chi bộ Trường học'],
        [VAN, HOA, MAY],
        [LY, LUONG, PA],
        ['Bế Văn Đàm', null, 'Ma Thị Là'],
      ]),
    right: {
      people: [
        who(VAN, null, DONG),
        who(LY, null, DONG),
        who('Bế Văn Đàm', null, DONG),
        who(HOA, null, DOAI),
        who(LUONG, null, DOAI),
        who(MAY, null, 'Chi bộ Trường học'),
        who(PA, null, 'Chi bộ Trường học'),
        who('Ma Thị Là', null, 'Chi bộ Trường học'),
      ],
    },
  },
  {
    file: 'a-numbered-column-for-each-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Chi bộ 1', 'Chi bộ 2', 'Chi bộ 3'],
        [1, VAN, HOA, MAY],
        [2, LY, LUONG, PA],
        [3, null, 'Ma Thị Là', null],
      ]),
    right: {
      people: [
        who(VAN, null, 'Chi bộ 1'),
        who(LY, null, 'Chi bộ 1'),
        who(HOA, null, 'Chi bộ 2'),
        who(LUONG, null, 'Chi bộ 2'),
        who('Ma Thị Là', null, 'Chi bộ 2'),
        who(MAY, null, 'Chi bộ 3'),
        who(PA, null, 'Chi bộ 3'),
      ],
    },
  },
  {
    file: 'signed-in-the-morning-and-afternoon.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị', 'Ký nhận', null],
          [null, null, null, null, 'Sáng', 'Chiều'],
          [1, VAN, 1960, DONG, 'x', null],
          [2, LY, 1961, DOAI, 'x', 'x'],
        ],
        merges: merged([0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 1, 2], [0, 3, 1, 3], [0, 4, 0, 5]),
      }),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI)] },
  },
  {
    file: 'unit-line-above-each-table.xlsx',
    make: () =>
      book([
        ['DANH SÁCH ĐẢNG VIÊN DỰ HỘI NGHỊ'],
        ['Đơn vị: Chi bộ Thôn Đông'],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
        [null, 'Tổng số: 02 đồng chí', null],
        ['Đơn vị: Chi bộ Thôn Đoài'],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, HOA, 1962],
        [2, LUONG, 1963],
        [null, 'Tổng số: 02 đồng chí', null],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'count-beside-each-unit.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        ['I', DONG, 2, null],
        [1, VAN, 1960, 'Bí thư'],
        [2, LY, 1961, null],
        ['II', DOAI, 25, null],
        [1, HOA, 1962, 'Bí thư'],
        [2, LUONG, 1963, null],
        [null, 'Tổng cộng', 27, null],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'title-again-on-each-page.xlsx',
    make: () =>
      book([
        ['ĐẢNG BỘ XÃ BẢN MỚI', null, null],
        ['DANH SÁCH ĐẢNG VIÊN HỌC TẬP NGHỊ QUYẾT', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [null, DONG, null],
        [1, VAN, 1960],
        [2, LY, 1961],
        ['ĐẢNG BỘ XÃ BẢN MỚI', null, null],
        ['DANH SÁCH ĐẢNG VIÊN HỌC TẬP NGHỊ QUYẾT', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [3, HOA, 1962],
        [null, DOAI, null],
        [1, LUONG, 1963],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DONG), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'inserted-as-3a.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, VAN, DONG],
        [2, LY, DONG],
        ['2a', HOA, DONG],
        ['2b', 'Vàng Mí Sính', DOAI],
        [3, LUONG, DOAI],
      ]),
    right: {
      people: [
        who(VAN, null, DONG),
        who(LY, null, DONG),
        who(HOA, null, DONG),
        who('Vàng Mí Sính', null, DOAI),
        who(LUONG, null, DOAI),
      ],
    },
  },
  {
    file: 'numbered-with-letters-and-figures.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Chức vụ'],
        ['A', 'ĐẢNG ỦY XÃ', null],
        ['A1', VAN, 'Bí thư'],
        ['A2', LY, 'Phó Bí thư'],
        ['B', 'TRƯỜNG THCS', null],
        ['B1', HOA, 'Hiệu trưởng'],
        ['B2', LUONG, 'Giáo viên'],
      ]),
    right: {
      people: [
        who(VAN, null, 'ĐẢNG ỦY XÃ'),
        who(LY, null, 'ĐẢNG ỦY XÃ'),
        who(HOA, null, 'TRƯỜNG THCS'),
        who(LUONG, null, 'TRƯỜNG THCS'),
      ],
    },
  },
  {
    file: 'numbered-i-1.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Chức vụ'],
        ['I', 'Chi bộ 1', null],
        ['I.1', VAN, 'Bí thư'],
        ['I.2', LY, null],
        ['II', 'Chi bộ 2', null],
        ['II.1', HOA, 'Bí thư'],
        ['II.2', LUONG, null],
      ]),
    right: {
      people: [
        who(VAN, null, 'Chi bộ 1'),
        who(LY, null, 'Chi bộ 1'),
        who(HOA, null, 'Chi bộ 2'),
        who(LUONG, null, 'Chi bộ 2'),
      ],
    },
  },
  {
    file: 'added-between-without-a-number.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [null, 'Lê Thị Bổ Sung', 1970, DONG],
        [2, LY, 1961, DOAI],
        [null, 'Trần Văn Thêm', null, DOAI],
        [3, HOA, 1962, DOAI],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG),
        who('Lê Thị Bổ Sung', 1970, DONG),
        who(LY, 1961, DOAI),
        who('Trần Văn Thêm', null, DOAI),
        who(HOA, 1962, DOAI),
      ],
    },
  },
  {
    file: 'group-for-discussion-and-unit.xlsx',
    make: () =>
      book([
        ['TT', 'Tổ thảo luận', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Tổ 1', VAN, 1960, DONG],
        [2, 'Tổ 1', LY, 1961, DOAI],
        [3, 'Tổ 2', HOA, 1962, DONG],
        [4, 'Tổ 2', LUONG, 1963, DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI), who(HOA, 1962, DONG), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'summary-table-on-the-right.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chi bộ', null, 'Chi bộ', 'Số lượng'],
        [1, VAN, 1960, 'Thôn Đông', null, 'Thôn Đông', 2],
        [2, LY, 1961, 'Thôn Đông', null, 'Thôn Đoài', 1],
        [3, HOA, 1962, 'Thôn Đoài', null, 'Cộng', 3],
      ]),
    right: { people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đông'), who(HOA, 1962, 'Thôn Đoài')] },
  },
  {
    file: 'units-with-their-delegates-in-one-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Đơn vị', 'Đại biểu dự hội nghị'],
        [1, DONG, `${VAN}, ${LY}`],
        [2, DOAI, `${HOA}, ${LUONG}, ${MAY}`],
      ]),
    right: {
      people: [
        who(VAN, null, DONG),
        who(LY, null, DONG),
        who(HOA, null, DOAI),
        who(LUONG, null, DOAI),
        who(MAY, null, DOAI),
      ],
    },
  },
  {
    file: 'lines-of-name-and-position-in-one-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Đơn vị', 'Thành phần'],
        [1, DONG, `Bà ${VAN} - Bí thư\nÔng ${LY} - Phó Bí thư`],
        [2, DOAI, `1. Bà ${HOA}, Bí thư\n2. Ông ${LUONG}, Trưởng thôn`],
      ]),
    right: {
      people: [
        who(VAN, null, DONG, { pos: 'Bí thư' }),
        who(LY, null, DONG, { pos: 'Phó Bí thư' }),
        who(HOA, null, DOAI, { pos: 'Bí thư' }),
        who(LUONG, null, DOAI, { pos: 'Trưởng thôn' }),
      ],
    },
  },
  {
    file: 'names-and-positions-line-by-line.xlsx',
    make: () =>
      book([
        ['TT', 'Đơn vị', 'Họ và tên', 'Chức vụ', 'Năm sinh'],
        [1, DONG, `${VAN}\n${LY}`, 'Bí thư\nPhó Bí thư', '1960\n1961'],
        [2, DOAI, `${HOA}\n${LUONG}`, 'Bí thư\nTrưởng thôn', '1962\n1963'],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG, { pos: 'Bí thư' }),
        who(LY, 1961, DONG, { pos: 'Phó Bí thư' }),
        who(HOA, 1962, DOAI, { pos: 'Bí thư' }),
        who(LUONG, 1963, DOAI, { pos: 'Trưởng thôn' }),
      ],
    },
  },
  {
    file: 'substitute-on-the-line-below.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [null, `(dự thay đ/c ${MAY})`, null, null],
        [2, LY, 1961, DOAI],
        [null, '(Trưởng đoàn)', null, null],
        [3, HOA, 1962, DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI), who(HOA, 1962, DOAI)], never: [MAY] },
  },
  {
    file: 'bold-groups-numbering-goes-on.xlsx',
    make: () => {
      const groups: [number, string][] = [
        [1, 'Nhà trường'],
        [4, 'Doanh nghiệp Hoa Mai'],
      ];
      return book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
          [null, 'Nhà trường', null, null],
          [1, VAN, 1960, 'Hiệu trưởng'],
          [2, LY, 1961, 'Giáo viên'],
          [null, 'Doanh nghiệp Hoa Mai', null, null],
          [3, HOA, 1962, 'Giám đốc'],
          [4, LUONG, 1963, 'Nhân viên'],
        ],
        cells: new Map(groups.map(([row, value]) => [`${row},1`, { value, style: { font: { bold: true } } }])),
      });
    },
    right: {
      people: [
        who(VAN, 1960, 'Nhà trường'),
        who(LY, 1961, 'Nhà trường'),
        who(HOA, 1962, 'Doanh nghiệp Hoa Mai'),
        who(LUONG, 1963, 'Doanh nghiệp Hoa Mai'),
      ],
    },
  },
  {
    file: 'delegations-in-capitals.xlsx',
    make: () =>
      book([
        ['TT', 'HỌ VÀ TÊN', 'CHỨC VỤ'],
        [null, 'ĐOÀN ĐẢNG ỦY XÃ', null],
        [1, VAN.toUpperCase(), 'BÍ THƯ'],
        [2, LY.toUpperCase(), 'PHÓ BÍ THƯ'],
        [null, 'ĐOÀN CÔNG AN XÃ', null],
        [1, HOA.toUpperCase(), 'TRƯỞNG CÔNG AN'],
      ]),
    right: {
      people: [
        who(VAN.toUpperCase(), null, 'ĐOÀN ĐẢNG ỦY XÃ'),
        who(LY.toUpperCase(), null, 'ĐOÀN ĐẢNG ỦY XÃ'),
        who(HOA.toUpperCase(), null, 'ĐOÀN CÔNG AN XÃ'),
      ],
    },
  },
  {
    file: 'tables-of-units-side-by-side-with-totals.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['CHI BỘ 1', null, null, 'CHI BỘ 2', null, null],
          ['TT', 'Họ và tên', 'Năm sinh', 'TT', 'Họ và tên', 'Năm sinh'],
          [1, VAN, 1960, 1, HOA, 1962],
          [2, LY, 1961, 2, LUONG, 1963],
          [null, null, null, 3, MAY, 1964],
          [null, 'Cộng: 2', null, null, 'Cộng: 3', null],
        ],
        merges: merged([0, 0, 0, 2], [0, 3, 0, 5]),
      }),
    right: {
      people: [
        who(VAN, 1960, 'CHI BỘ 1'),
        who(LY, 1961, 'CHI BỘ 1'),
        who(HOA, 1962, 'CHI BỘ 2'),
        who(LUONG, 1963, 'CHI BỘ 2'),
        who(MAY, 1964, 'CHI BỘ 2'),
      ],
    },
  },
];
