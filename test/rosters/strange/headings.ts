import { book, merged, who, type StrangeFile } from './strange-file.ts';

/** Headings, tables and sheets as they are laid out in communes: rows of heading, sections, several tables, several sheets. */
export const HEADINGS: StrangeFile[] = [
  {
    file: 'heading-of-three-rows.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['ĐẢNG BỘ XÃ BẢN MỚI', null, null, null, null, null, null],
          ['DANH SÁCH TRÍCH NGANG ĐẠI BIỂU DỰ HỘI NGHỊ'],
          [],
          ['STT', 'Họ và tên', 'Ngày tháng năm sinh', null, 'Quê quán, nơi ở', null, 'Sinh hoạt tại'],
          [null, null, 'Theo lý lịch', null, 'Quê quán', 'Nơi ở hiện nay', 'chi bộ'],
          [null, null, 'Nam', 'Nữ', null, null, null],
          [1, 'Lò Thị Mẩy', null, 1961, 'Bản Mới', 'Bản Mới', 'Chi bộ Bản Mới'],
          [2, 'Sầm Văn Pá', '12/5/1955', null, 'Bản Cũ', 'Bản Mới', 'Chi bộ Bản Mới'],
          [3, 'Quàng Văn Xôm', 1970, null, 'Nà Lốc', 'Nà Lốc', 'Chi bộ Nà Lốc'],
        ],
        merges: merged(
          [3, 0, 5, 0],
          [3, 1, 5, 1],
          [3, 2, 3, 3],
          [4, 2, 4, 3],
          [3, 4, 3, 5],
          [4, 4, 5, 4],
          [4, 5, 5, 5],
        ),
      }),
    right: {
      people: [
        who('Lò Thị Mẩy', 1961, 'Chi bộ Bản Mới', { sex: 'Nữ' }),
        who('Sầm Văn Pá', 1955, 'Chi bộ Bản Mới', { sex: 'Nam' }),
        who('Quàng Văn Xôm', 1970, 'Chi bộ Nà Lốc', { sex: 'Nam' }),
      ],
    },
  },
  {
    file: 'family-and-given-apart.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và chữ đệm', 'Tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Lê Thị', 'Kỷ', 1962, 'Chi bộ 1'],
        [2, 'Trần Đại', 'Nghĩa', 1958, 'Chi bộ 1'],
        [3, 'Bàn Văn', 'Ký', 1971, 'Chi bộ 2'],
      ]),
    right: {
      people: [
        who('Lê Thị Kỷ', 1962, 'Chi bộ 1'),
        who('Trần Đại Nghĩa', 1958, 'Chi bộ 1'),
        who('Bàn Văn Ký', 1971, 'Chi bộ 2'),
      ],
    },
  },
  {
    file: 'name-cell-merged-over-two-columns.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', null, 'Năm sinh'],
          [1, 'Nông Thị Vân', null, 1960],
          [2, 'Hà Văn Lý', null, 1961],
        ],
        merges: merged([0, 1, 0, 2], [1, 1, 1, 2], [2, 1, 2, 2]),
      }),
    right: { people: [who('Nông Thị Vân', 1960), who('Hà Văn Lý', 1961)] },
  },
  {
    file: 'line-breaks-and-spaces-in-heading.xlsx',
    make: () =>
      book([
        ['SỐ\nTT', 'HỌ  VÀ\nTÊN', 'NGÀY,\nTHÁNG,\nNĂM SINH', 'CHỨC VỤ,\nĐƠN VỊ CÔNG TÁC'],
        [1, 'Nông Thị Vân', '02/09/1960', 'Bí thư chi bộ thôn Đông'],
        [2, 'Hà Văn Lý', '19/05/1961', 'Phó Bí thư chi bộ thôn Đoài'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, null, {
          bd: '1960-09-02',
          unit_any: [null, 'chi bộ thôn Đông', 'Bí thư chi bộ thôn Đông'],
        }),
        who('Hà Văn Lý', 1961, null, {
          bd: '1961-05-19',
          unit_any: [null, 'chi bộ thôn Đoài', 'Phó Bí thư chi bộ thôn Đoài'],
        }),
      ],
    },
  },
  {
    file: 'table-far-from-the-corner.xlsx',
    make: () =>
      book([
        ...Array.from({ length: 11 }, () => []),
        [null, null, null, null, 'TT', null, 'Họ và tên', null, 'Năm sinh', null, 'Chi bộ'],
        [null, null, null, null, 1, null, 'Nông Thị Vân', null, 1960, null, 'Thôn Đông'],
        [null, null, null, null, 2, null, 'Hà Văn Lý', null, 1961, null, 'Thôn Đoài'],
      ]),
    right: { people: [who('Nông Thị Vân', 1960, 'Thôn Đông'), who('Hà Văn Lý', 1961, 'Thôn Đoài')] },
  },
  {
    file: 'unit-first-name-third.xlsx',
    make: () =>
      book([
        ['Đơn vị', 'Chức vụ', 'Họ và tên', 'Nam', 'Nữ', 'Năm sinh'],
        ['Kỹ thuật', 'Tổ trưởng', 'Nông Thị Vân', null, 'x', 1960],
        ['Tổng hợp', 'Thư ký', 'Hà Văn Lý', 'x', null, 1961],
        ['Ghi chép', 'Ủy viên', 'Cộng Văn Hoà', 'x', null, 1962],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Kỹ thuật', { sex: 'Nữ' }),
        who('Hà Văn Lý', 1961, 'Tổng hợp', { sex: 'Nam' }),
        who('Cộng Văn Hoà', 1962, 'Ghi chép', { sex: 'Nam' }),
      ],
    },
  },
  {
    file: 'sections-with-counts.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['DANH SÁCH ĐẢNG VIÊN'],
          ['TT', 'Họ và tên', 'Năm sinh', 'Ghi chú'],
          ['I', 'Chi bộ thôn 1 (2 đ/c)', null, null],
          [1, 'Nông Thị Vân', 1960, null],
          [2, 'Hà Văn Lý', 1961, null],
          ['II', 'Chi bộ thôn 2: 2 đồng chí', null, null],
          [1, 'Tổng Văn Minh', 1962, null],
          [2, 'Kỳ Thị Hoa', 1963, null],
          [null, 'Tổng cộng: 4 đồng chí, trong đó nữ 2', null, null],
        ],
      }),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Chi bộ thôn 1'),
        who('Hà Văn Lý', 1961, 'Chi bộ thôn 1'),
        who('Tổng Văn Minh', 1962, 'Chi bộ thôn 2'),
        who('Kỳ Thị Hoa', 1963, 'Chi bộ thôn 2'),
      ],
    },
  },
  {
    file: 'merged-sections-without-numbers.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['Họ và tên', 'Năm sinh', 'Chức vụ'],
          ['THƯỜNG TRỰC ĐẢNG ỦY', null, null],
          ['Nông Thị Vân', 1960, 'Bí thư'],
          ['Hà Văn Lý', 1961, 'Phó Bí thư'],
          ['MẶT TRẬN VÀ CÁC ĐOÀN THỂ', null, null],
          ['Kỳ Thị Hoa', 1963, 'Chủ tịch'],
          ['Lưu Ý Nhi', 1964, 'Phó Chủ tịch'],
        ],
        merges: merged([1, 0, 1, 2], [4, 0, 4, 2]),
      }),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'THƯỜNG TRỰC ĐẢNG ỦY'),
        who('Hà Văn Lý', 1961, 'THƯỜNG TRỰC ĐẢNG ỦY'),
        who('Kỳ Thị Hoa', 1963, 'MẶT TRẬN VÀ CÁC ĐOÀN THỂ'),
        who('Lưu Ý Nhi', 1964, 'MẶT TRẬN VÀ CÁC ĐOÀN THỂ'),
      ],
    },
  },
  {
    file: 'two-tables-side-by-side-with-titles.xlsx',
    make: () =>
      book([
        ['CHI BỘ THÔN ĐÔNG', null, null, null, 'CHI BỘ THÔN ĐOÀI', null, null],
        ['TT', 'Họ và tên', 'Năm sinh', null, 'TT', 'Họ và tên', 'Năm sinh'],
        [1, 'Nông Thị Vân', 1960, null, 1, 'Hà Văn Lý', 1961],
        [2, 'Lưu Văn Tổng', 1962, null, 2, 'Kỳ Thị Hoa', 1963],
        [3, 'Bàn Thị Sử', 1964, null, null, null, null],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'CHI BỘ THÔN ĐÔNG'),
        who('Lưu Văn Tổng', 1962, 'CHI BỘ THÔN ĐÔNG'),
        who('Bàn Thị Sử', 1964, 'CHI BỘ THÔN ĐÔNG'),
        who('Hà Văn Lý', 1961, 'CHI BỘ THÔN ĐOÀI'),
        who('Kỳ Thị Hoa', 1963, 'CHI BỘ THÔN ĐOÀI'),
      ],
    },
  },
  {
    file: 'second-table-without-heading.xlsx',
    make: () =>
      book([
        ['I. ĐẠI BIỂU CHÍNH THỨC'],
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Nông Thị Vân', 1960, 'Thôn Đông'],
        [2, 'Hà Văn Lý', 1961, 'Thôn Đoài'],
        [],
        ['II. ĐẠI BIỂU DỰ KHUYẾT'],
        [1, 'Kỳ Thị Hoa', 1963, 'Thôn Đông'],
        [2, 'Tống Văn Lượng', 1964, 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Thôn Đông'),
        who('Hà Văn Lý', 1961, 'Thôn Đoài'),
        who('Kỳ Thị Hoa', 1963, 'Thôn Đông'),
        who('Tống Văn Lượng', 1964, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'stacked-tables-in-other-columns.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, 'Nông Thị Vân', 1960],
        [2, 'Hà Văn Lý', 1961],
        [],
        ['TT', 'Đơn vị', 'Năm sinh', 'Họ và tên'],
        [1, 'Thôn Đông', 1963, 'Kỳ Thị Hoa'],
        [2, 'Thôn Đoài', 1964, 'Tống Văn Lượng'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960),
        who('Hà Văn Lý', 1961),
        who('Kỳ Thị Hoa', 1963, 'Thôn Đông'),
        who('Tống Văn Lượng', 1964, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'sheet-for-each-village.xlsx',
    make: () =>
      book(
        ...['Thôn Đông', 'Thôn Đoài', 'Bản Mới'].map((name, i) => ({
          name,
          rows: [
            ['DANH SÁCH ĐẢNG VIÊN DỰ HỌC'],
            ['TT', 'Họ và tên', 'Năm sinh'],
            [1, ['Nông Thị Vân', 'Hà Văn Lý', 'Lò Thị Mẩy'][i] ?? '', 1960 + i],
            [2, ['Kỳ Thị Hoa', 'Tống Văn Lượng', 'Sầm Văn Pá'][i] ?? '', 1970 + i],
          ],
        })),
      ),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Thôn Đông'),
        who('Kỳ Thị Hoa', 1970, 'Thôn Đông'),
        who('Hà Văn Lý', 1961, 'Thôn Đoài'),
        who('Tống Văn Lượng', 1971, 'Thôn Đoài'),
        who('Lò Thị Mẩy', 1962, 'Bản Mới'),
        who('Sầm Văn Pá', 1972, 'Bản Mới'),
      ],
    },
  },
  {
    file: 'guide-list-and-summary-sheets.xlsx',
    make: () =>
      book(
        {
          name: 'Hướng dẫn',
          rows: [['HƯỚNG DẪN ĐIỀN DANH SÁCH'], ['1. Ghi họ tên đầy đủ, có dấu'], ['2. Năm sinh ghi bốn chữ số']],
        },
        {
          name: 'DS dai bieu',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
            [1, 'Nông Thị Vân', 1960, 'Thôn Đông'],
            [2, 'Hà Văn Lý', 1961, 'Thôn Đoài'],
          ],
        },
        {
          name: 'Tổng hợp',
          rows: [
            ['Đơn vị', 'Số lượng'],
            ['Thôn Đông', 1],
            ['Thôn Đoài', 1],
            ['Cộng', 2],
          ],
        },
      ),
    right: { people: [who('Nông Thị Vân', 1960, 'Thôn Đông'), who('Hà Văn Lý', 1961, 'Thôn Đoài')] },
  },
  {
    file: 'heading-on-each-page.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Nông Thị Vân', 1960, 'Thôn Đông'],
        [2, 'Hà Văn Lý', 1961, 'Thôn Đoài'],
        ['Trang 1/2'],
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [3, 'Kỳ Thị Hoa', 1963, 'Thôn Đông'],
        ['Trang 2/2'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Thôn Đông'),
        who('Hà Văn Lý', 1961, 'Thôn Đoài'),
        who('Kỳ Thị Hoa', 1963, 'Thôn Đông'),
      ],
    },
  },
  {
    file: 'numbered-lines-in-one-column.xlsx',
    make: () =>
      book([['DANH SÁCH ĐẠI BIỂU'], ['1. Nông Thị Vân'], ['2. Hà Văn Lý'], ['3. Kỳ Thị Hoa'], ['4. Tống Văn Lượng']]),
    right: { people: ['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa', 'Tống Văn Lượng'].map((name) => who(name)) },
  },
  {
    file: 'columns-of-other-dates-and-people.xlsx',
    make: () =>
      book([
        [
          'TT',
          'Họ và tên',
          'Ngày sinh',
          'Ngày vào Đảng',
          'Ngày cấp CCCD',
          'Số CCCD',
          'Điện thoại',
          'Họ tên người thay',
          'Ký nhận',
        ],
        [1, 'Nông Thị Vân', '02/09/1960', '03/02/1985', '01/07/2021', '008160000123', '0912345678', 'Bế Văn Đàm', null],
        [2, 'Hà Văn Lý', '19/05/1961', '19/05/1990', '02/07/2021', '008061000456', '0987654321', null, null],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, null, { bd: '1960-09-02', l4: '0123' }),
        who('Hà Văn Lý', 1961, null, { bd: '1961-05-19', l4: '0456' }),
      ],
      never: ['Bế Văn Đàm'],
    },
  },
];
