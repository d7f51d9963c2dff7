import { toTcvn3, toVni, utf8 } from '../../fixtures/rosters/files.ts';
import { repack } from '../../fixtures/rosters/zips.ts';
import { book, merged, who, type StrangeFile } from './strange-file.ts';

/** What stands in cells and around the list: marks, titles, years, numbers, encodings, signatures, containers. */
export const CELLS: StrangeFile[] = [
  {
    file: 'ditto-marks.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Đơn vị'],
        [1, 'Nông Thị Vân', 1960, 'Đảng viên', 'Chi bộ Thôn Đông'],
        [2, 'Hà Văn Lý', 1961, '"', '"'],
        [3, 'Kỳ Thị Hoa', 1962, 'nt', '- nt -'],
        [4, 'Tống Văn Lượng', 1963, '//', 'như trên'],
        [5, 'Lò Thị Mẩy', 1964, '〃', '〃'],
        [6, 'Sầm Văn Pá', 1965, 'Bí thư', 'Chi bộ Thôn Đoài'],
        [7, 'Ma Thị Là', 1966, "''", "-''-"],
      ]),
    right: {
      people: [
        ...['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa', 'Tống Văn Lượng', 'Lò Thị Mẩy'].map((name, i) =>
          who(name, 1960 + i, 'Chi bộ Thôn Đông', { pos: 'Đảng viên' }),
        ),
        who('Sầm Văn Pá', 1965, 'Chi bộ Thôn Đoài', { pos: 'Bí thư' }),
        who('Ma Thị Là', 1966, 'Chi bộ Thôn Đoài', { pos_any: ['Bí thư', ''] }),
      ],
    },
  },
  {
    file: 'titles-before-and-behind-names.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, 'Đ/c Nông Thị Vân', 1960, 'Thôn Đông'],
        [2, 'Ông Hà Văn Lý', 1961, 'Thôn Đông'],
        [3, 'ThS.BS. Kỳ Thị Hoa', 1962, 'Thôn Đông'],
        [4, 'Đại tá Tống Văn Lượng', 1963, 'Thôn Đông'],
        [5, 'Lò Thị Mẩy (Trưởng bản)', 1964, 'Thôn Đông'],
        [6, 'Sầm Văn Pá, Phó Chủ tịch HĐND', 1965, 'Thôn Đông'],
        [7, 'Bà: Ma Thị Là', 1966, 'Thôn Đông'],
        [8, 'PGS.TS Bàn Văn Ký', 1967, 'Thôn Đông'],
      ]),
    right: {
      people: [
        'Nông Thị Vân',
        'Hà Văn Lý',
        'Kỳ Thị Hoa',
        'Tống Văn Lượng',
        'Lò Thị Mẩy',
        'Sầm Văn Pá',
        'Ma Thị Là',
        'Bàn Văn Ký',
      ].map((name, i) => who(name, 1960 + i, 'Thôn Đông')),
    },
  },
  {
    file: 'year-with-words.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Ngày sinh', 'Đơn vị'],
        [1, 'Nông Thị Vân', 'SN 1960', 'Thôn Đông'],
        [2, 'Hà Văn Lý', 'sinh năm 1961', 'Thôn Đông'],
        [3, 'Kỳ Thị Hoa', "'72", 'Thôn Đông'],
        [4, 'Tống Văn Lượng', '1963 (Nam)', 'Thôn Đông'],
        [5, 'Lò Thị Mẩy', 'Tháng 5/1964', 'Thôn Đông'],
        [6, 'Sầm Văn Pá', '12.5.1965', 'Thôn Đông'],
        [7, 'Ma Thị Là', '1966-05-12', 'Thôn Đông'],
        [8, 'Bàn Văn Ký', new Date(Date.UTC(1967, 4, 12)), 'Thôn Đông'],
        [9, 'Tô Thị Hạ', '00/00/1968', 'Thôn Đông'],
        [10, 'Đỗ Văn Thu', '--/--/1969', 'Thôn Đông'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Thôn Đông'),
        who('Hà Văn Lý', 1961, 'Thôn Đông'),
        who('Kỳ Thị Hoa', 1972, 'Thôn Đông'),
        who('Tống Văn Lượng', 1963, 'Thôn Đông', { sex: 'Nam' }),
        who('Lò Thị Mẩy', 1964, 'Thôn Đông'),
        who('Sầm Văn Pá', 1965, 'Thôn Đông'),
        who('Ma Thị Là', 1966, 'Thôn Đông'),
        who('Bàn Văn Ký', 1967, 'Thôn Đông', { bd: '1967-05-12' }),
        who('Tô Thị Hạ', 1968, 'Thôn Đông'),
        who('Đỗ Văn Thu', 1969, 'Thôn Đông'),
      ],
    },
  },
  {
    file: 'year-in-the-name-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên, năm sinh', 'Đơn vị'],
        [1, 'Nông Thị Vân (1960)', 'Thôn Đông'],
        [2, 'Hà Văn Lý - 1961', 'Thôn Đông'],
        [3, 'Kỳ Thị Hoa, SN 1962', 'Thôn Đông'],
        [4, 'Tống Văn Lượng sinh năm 1963', 'Thôn Đông'],
      ]),
    right: {
      people: ['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa', 'Tống Văn Lượng'].map((name, i) =>
        who(name, 1960 + i, 'Thôn Đông'),
      ),
    },
  },
  {
    file: 'numbers-in-every-dress.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Số định danh cá nhân/CCCD'],
          [1, 'Nông Thị Vân', '008 160 000 123'],
          [2, 'Hà Văn Lý', '008.061.000.456'],
          [3, 'Kỳ Thị Hoa', "'008162000789"],
          [4, 'Tống Văn Lượng', 8063000321],
          [5, 'Lò Thị Mẩy', 8164000654],
          [6, 'Sầm Văn Pá', '8.06500E+10'],
          [7, 'Ma Thị Là', '\u200e008166000987\u200f'],
          [8, 'Bàn Văn Ký', 'chưa có'],
        ],
        cells: new Map([['5,2', { value: 8164000654, style: { numFmt: '000000000000' } }]]),
      }),
    right: {
      people: [
        who('Nông Thị Vân', null, null, { l4: '0123' }),
        who('Hà Văn Lý', null, null, { l4: '0456' }),
        who('Kỳ Thị Hoa', null, null, { l4: '0789' }),
        who('Tống Văn Lượng', null, null, { l4_any: ['0321', null] }),
        who('Lò Thị Mẩy', null, null, { l4: '0654' }),
        who('Sầm Văn Pá'),
        who('Ma Thị Là', null, null, { l4: '0987' }),
        who('Bàn Văn Ký'),
      ],
      report_rows: [7],
    },
  },
  {
    file: 'one-number-for-two.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'CCCD'],
        [1, 'Nông Thị Vân', 1960, '008160000123'],
        [2, 'Hà Văn Lý', 1961, '008160000123'],
        [3, 'Kỳ Thị Hoa', 1962, '008162000789'],
      ]),
    right: {
      people: [who('Nông Thị Vân', 1960), who('Hà Văn Lý', 1961), who('Kỳ Thị Hoa', 1962, null, { l4: '0789' })],
      report_rows: [2, 3],
    },
  },
  {
    file: 'hidden-and-struck.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh'],
          [1, 'Nông Thị Vân', 1960],
          [2, 'Hà Văn Lý', 1961],
          [3, 'Kỳ Thị Hoa', 1962],
          [4, 'Tống Văn Lượng', 1963],
        ],
        rowDefs: new Map([[2, { hidden: true }]]),
        cells: new Map([['3,1', { value: 'Kỳ Thị Hoa', style: { font: { strikethrough: true } } }]]),
      }),
    right: { people: [who('Nông Thị Vân', 1960), who('Tống Văn Lượng', 1963)] },
  },
  {
    file: 'two-in-a-cell-by-line.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, 'Nông Thị Vân\nHà Văn Lý', 'Thôn Đông'],
        [2, 'Kỳ Thị Hoa', 'Thôn Đoài'],
        [3, 'Tống Văn Lượng; Lò Thị Mẩy', 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', null, 'Thôn Đông'),
        who('Hà Văn Lý', null, 'Thôn Đông'),
        who('Kỳ Thị Hoa', null, 'Thôn Đoài'),
        who('Tống Văn Lượng', null, 'Thôn Đoài'),
        who('Lò Thị Mẩy', null, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'signatures-and-recipients.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Chức vụ', 'Đơn vị'],
        [1, 'Nông Thị Vân', 'Bí thư', 'Thôn Đông'],
        [2, 'Hà Văn Lý', 'Phó Bí thư', 'Thôn Đoài'],
        [null, 'Ấn định danh sách này có 02 đồng chí./.'],
        [],
        [null, 'Nơi nhận:', null, 'T/M ĐẢNG ỦY'],
        [null, '- Như trên;', null, 'KT. BÍ THƯ'],
        [null, '- Lưu VP.', null, 'PHÓ BÍ THƯ THƯỜNG TRỰC'],
        [],
        [],
        [null, null, null, 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who('Nông Thị Vân', null, 'Thôn Đông'), who('Hà Văn Lý', null, 'Thôn Đoài')],
      never: ['Đinh Quang Tổng'],
    },
  },
  {
    file: 'signatures-below-names-alone.xlsx',
    make: () =>
      book([
        ['Họ và tên', 'Năm sinh'],
        ['Nông Thị Vân', 1960],
        ['Kỳ Thị Hoa', 1961],
        ['Tống Công Minh', 1962],
        ['Lưu Ý Nhi', 1963],
        [],
        ['NGƯỜI LẬP BIỂU', 'XÁC NHẬN CỦA ĐẢNG ỦY'],
        ['(Ký, ghi rõ họ tên)', '(Ký tên, đóng dấu)'],
        [],
        ['Bế Văn Đàm', 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who('Nông Thị Vân', 1960), who('Kỳ Thị Hoa', 1961), who('Tống Công Minh', 1962), who('Lưu Ý Nhi', 1963)],
      never: ['Bế Văn Đàm', 'Đinh Quang Tổng'],
    },
  },
  {
    file: 'a-note-in-the-middle.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Ghi chú'],
        [1, 'Nông Thị Vân', 1960, null],
        [null, 'Ghi chú: đồng chí Hà Văn Lý chuyển sinh hoạt từ tháng 6', null, null],
        [2, 'Kỳ Thị Hoa', 1961, 'Ủy quyền cho đ/c Bế Văn Đàm'],
        [3, 'Ghi Thị Chú', 1962, null],
        [4, 'Tống Văn Lượng', 1963, 'Vắng'],
      ]),
    right: {
      people: [
        who('Nông Thị Vân', 1960),
        who('Kỳ Thị Hoa', 1961),
        who('Ghi Thị Chú', 1962),
        who('Tống Văn Lượng', 1963),
      ],
      never: ['Hà Văn Lý', 'Bế Văn Đàm'],
    },
  },
  {
    file: 'names-of-the-highlands.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Buôn'],
        [1, "H'Wen Êban", 1960, 'Buôn Đung'],
        [2, 'Y Bhăm Niê Kdăm', 1961, 'Buôn Đung'],
        [3, "K'Brếu", 1962, 'Buôn Tơng'],
        [4, 'Ksor H’Lan', 1963, 'Buôn Tơng'],
        [5, 'Rơ Chăm Y', 1964, 'Buôn Tơng'],
        [6, 'Ma Seo Dìn', 1965, 'Buôn Đung'],
        [7, 'Điểu Kỹ', 1966, 'Buôn Đung'],
      ]),
    right: {
      people: [
        who("H'Wen Êban", 1960, 'Buôn Đung'),
        who('Y Bhăm Niê Kdăm', 1961, 'Buôn Đung'),
        who("K'Brếu", 1962, 'Buôn Tơng'),
        who('Ksor H’Lan', 1963, 'Buôn Tơng', { any: ["Ksor H'Lan"] }),
        who('Rơ Chăm Y', 1964, 'Buôn Tơng'),
        who('Ma Seo Dìn', 1965, 'Buôn Đung'),
        who('Điểu Kỹ', 1966, 'Buôn Đung'),
      ],
    },
  },
  {
    file: 'units-alike-but-for-a-mark.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Đơn vị'],
          [1, 'Nông Thị Vân', 'Thôn Hạ'],
          [2, 'Hà Văn Lý', 'Thôn Hà'],
          [3, 'Kỳ Thị Hoa', 'Xóm Đình'],
          [4, 'Tống Văn Lượng', 'Xóm Dinh'],
        ],
      }),
    right: {
      people: [
        who('Nông Thị Vân', null, 'Thôn Hạ'),
        who('Hà Văn Lý', null, 'Thôn Hà'),
        who('Kỳ Thị Hoa', null, 'Xóm Đình'),
        who('Tống Văn Lượng', null, 'Xóm Dinh'),
      ],
    },
  },
  {
    file: 'unit-merged-down-on-the-right.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Chi bộ'],
          [1, 'Nông Thị Vân', 1960, 'Thôn Đông'],
          [2, 'Hà Văn Lý', 1961, null],
          [3, 'Kỳ Thị Hoa', 1962, null],
          [4, 'Tống Văn Lượng', 1963, 'Thôn Đoài'],
          [5, 'Lò Thị Mẩy', 1964, null],
          [6, 'Sầm Văn Pá', 1965, null],
        ],
        merges: merged([1, 3, 3, 3], [4, 3, 5, 3]),
      }),
    right: {
      people: [
        ...['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa'].map((name, i) => who(name, 1960 + i, 'Thôn Đông')),
        ...['Tống Văn Lượng', 'Lò Thị Mẩy'].map((name, i) => who(name, 1963 + i, 'Thôn Đoài')),
        who('Sầm Văn Pá', 1965, null),
      ],
    },
  },
  {
    file: 'all-in-tcvn3.xlsx',
    make: () =>
      book(
        [
          ['STT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
          [1, 'Nguyễn Thị Đào', 1960, 'Chi bộ Thôn Đông'],
          [2, 'Trần Văn Hoà', 1961, 'Chi bộ Thôn Đoài'],
          // Old fonts have no capital letters with marks: a font of capitals shows these.
          [3, 'Lê Đức ánh', 1962, 'Chi bộ Thôn Đoài'],
        ].map((row) => row.map((cell) => (typeof cell === 'string' ? toTcvn3(cell) : cell))),
      ),
    right: {
      people: [
        who('Nguyễn Thị Đào', 1960, 'Chi bộ Thôn Đông'),
        who('Trần Văn Hoà', 1961, 'Chi bộ Thôn Đoài'),
        who('Lê Đức Ánh', 1962, 'Chi bộ Thôn Đoài', { any: ['Lê Đức ánh'] }),
      ],
    },
  },
  {
    file: 'names-in-vni-heading-in-unicode.xlsx',
    make: () =>
      book([
        ['STT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, toVni('Nguyễn Thị Đào'), 1960, toVni('Chi bộ Thôn Đông')],
        [2, toVni('Trần Văn Hoà'), 1961, toVni('Chi bộ Thôn Đoài')],
        [3, toVni('Lê Đức Ánh'), 1962, toVni('Chi bộ Thôn Đoài')],
      ]),
    right: {
      people: [
        who('Nguyễn Thị Đào', 1960, 'Chi bộ Thôn Đông'),
        who('Trần Văn Hoà', 1961, 'Chi bộ Thôn Đoài'),
        who('Lê Đức Ánh', 1962, 'Chi bộ Thôn Đoài'),
      ],
    },
  },
  {
    file: 'stray-quotes.csv',
    make: () =>
      utf8(
        'TT;Họ và tên;Năm sinh;Đơn vị\r\n1;Nông Thị Vân;1960;Tổ "Tự quản\r\n2;Hà Văn "Tám" Lý;1961;Thôn Đoài\r\n3;Kỳ Thị Hoa;1962;"Thôn Đông"\r\n4;Tống Văn Lượng;1963;Thôn Đoài"\r\n',
      ),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Tổ "Tự quản', { unit_any: ['Tổ "Tự quản', 'Tổ Tự quản'] }),
        who('Hà Văn "Tám" Lý', 1961, 'Thôn Đoài', { any: ['Hà Văn Lý', 'Hà Văn Tám Lý'] }),
        who('Kỳ Thị Hoa', 1962, 'Thôn Đông'),
        who('Tống Văn Lượng', 1963, 'Thôn Đoài', { unit_any: ['Thôn Đoài', 'Thôn Đoài"'] }),
      ],
    },
  },
  {
    file: 'excel-formulas-as-text.csv',
    make: () =>
      utf8(
        '\ufeffsep=;\r\nTT;Họ và tên;Năm sinh;Số CCCD\r\n1;Nông Thị Vân;1960;="008160000123"\r\n2;Hà Văn Lý;1961;8,06100E+10\r\n3;Kỳ Thị Hoa;1962;#N/A\r\n4;#N/A;1963;\r\n',
      ),
    right: {
      people: [who('Nông Thị Vân', 1960, null, { l4: '0123' }), who('Hà Văn Lý', 1961), who('Kỳ Thị Hoa', 1962)],
      // As a spreadsheet counts, which does not show the line that says what separates.
      report_rows: [3, 5],
    },
  },
  {
    file: 'lines-in-quotes.csv',
    make: () =>
      utf8(
        '"Số\nTT",Họ và tên,"Ngày,\ntháng sinh",Đơn vị\n1,Nông Thị Vân,02/09/1960,"Chi bộ\nThôn Đông"\n2,Hà Văn Lý,19/05/1961,"Chi bộ\nThôn Đoài"\n',
      ),
    right: {
      people: [
        who('Nông Thị Vân', 1960, 'Chi bộ Thôn Đông', { bd: '1960-09-02' }),
        who('Hà Văn Lý', 1961, 'Chi bộ Thôn Đoài', { bd: '1961-05-19' }),
      ],
    },
  },
  {
    file: 'page-saved-as.xls',
    make: () =>
      utf8(
        '<html><head><meta charset="utf-8"></head><body><table><tr><td>TT</td><td>Họ và tên</td><td>Năm sinh</td></tr><tr><td>1</td><td>Nông Thị Vân</td><td>1960</td></tr></table></body></html>',
      ),
    right: { reject: 'not a spreadsheet: save as .xlsx' },
  },
  {
    file: 'wide-archive-with-tail.xlsx',
    make: async () =>
      repack(
        await book([
          ['TT', 'Họ và tên', 'Năm sinh'],
          [1, 'Nông Thị Vân', 1960],
          [2, 'Hà Văn Lý', 1961],
        ]),
        {
          zip64: true,
          tail: 3_000,
          version: 22,
          rename: (name) => name.replaceAll('/', '\\'),
        },
      ),
    right: { people: [who('Nông Thị Vân', 1960), who('Hà Văn Lý', 1961)] },
  },
  {
    file: 'capitals-without-numbers.xlsx',
    make: () =>
      book([
        ['HỌ VÀ TÊN', 'NĂM SINH', 'ĐƠN VỊ'],
        ['NÔNG THỊ VÂN', 1960, 'THÔN ĐÔNG'],
        ['KỲ THỊ HOA', 1961, 'THÔN ĐOÀI'],
        ['TỔNG VĂN CỘNG', 1962, 'THÔN ĐOÀI'],
      ]),
    right: {
      people: [
        who('NÔNG THỊ VÂN', 1960, 'THÔN ĐÔNG'),
        who('KỲ THỊ HOA', 1961, 'THÔN ĐOÀI'),
        who('TỔNG VĂN CỘNG', 1962, 'THÔN ĐOÀI'),
      ],
    },
  },
  {
    file: 'numbers-with-marks.xlsx',
    make: () =>
      book([
        ['Số thứ tự', 'Họ và tên', 'Năm sinh'],
        ['01/', 'Nông Thị Vân', 1960],
        ['2)', 'Tống Công Minh', 1961],
        ['3.', 'Tống Số Lượng', 1962],
        ['(4)', 'Kỳ Thị Hoa', 1963],
        ['5-', 'Lò Thị Mẩy', 1964],
      ]),
    right: {
      people: ['Nông Thị Vân', 'Tống Công Minh', 'Tống Số Lượng', 'Kỳ Thị Hoa', 'Lò Thị Mẩy'].map((name, i) =>
        who(name, 1960 + i),
      ),
    },
  },
  {
    file: 'numbered-empty-rows.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, 'Nông Thị Vân', 1960],
        [2, 'Hà Văn Lý', 1961],
        ...Array.from({ length: 60 }, (_, i) => [i + 3, null, null]),
      ]),
    right: { people: [who('Nông Thị Vân', 1960), who('Hà Văn Lý', 1961)], max_warnings: 0 },
  },
];
