import { utf8 } from '../../fixtures/rosters/files.ts';
import { book, merged, who, type StrangeFile } from './strange-file.ts';

const PEOPLE = ['Nông Thị Vân', 'Hà Văn Lý', 'Kỳ Thị Hoa', 'Tống Văn Lượng'] as const;

/** Habits of people who write lists: long headings, rows added by hand, two lines for a person, lists without headings. */
export const HABITS: StrangeFile[] = [
  {
    file: 'long-headings.xlsx',
    make: () =>
      book([
        [
          'Số TT',
          'Họ và tên học viên tham gia lớp học',
          'Ngày, tháng, năm sinh (ghi theo CCCD)',
          'Chức danh hiện đang đảm nhiệm',
          'Nơi sinh hoạt Đảng hiện nay',
          'Số căn cước công dân/định danh cá nhân',
        ],
        [1, PEOPLE[0], '02/09/1960', 'Bí thư', 'Chi bộ Thôn Đông', '008160000123'],
        [2, PEOPLE[1], '1961', 'Đảng viên', 'Chi bộ Thôn Đoài', '008061000456'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Chi bộ Thôn Đông', { bd: '1960-09-02', l4: '0123', pos: 'Bí thư' }),
        who(PEOPLE[1], 1961, 'Chi bộ Thôn Đoài', { l4: '0456', pos: 'Đảng viên' }),
      ],
    },
  },
  {
    file: 'heading-nobody-knows.xlsx',
    make: () =>
      book([
        ['#', 'Thành phần', 'Sinh', 'Thuộc'],
        [1, PEOPLE[0], 1960, 'Thôn Đông'],
        [2, PEOPLE[1], 1961, 'Thôn Đoài'],
        [3, PEOPLE[2], 1962, 'Thôn Đoài'],
      ]),
    right: {
      people: [who(PEOPLE[0], 1960, 'Thôn Đông'), who(PEOPLE[1], 1961, 'Thôn Đoài'), who(PEOPLE[2], 1962, 'Thôn Đoài')],
    },
  },
  {
    file: 'no-heading-at-all.csv',
    make: () => utf8('1,Nông Thị Vân,1960,Thôn Đông\n2,Hà Văn Lý,1961,Thôn Đoài\n3,Kỳ Thị Hoa,1962,Thôn Đoài\n'),
    right: {
      people: [who(PEOPLE[0], 1960, 'Thôn Đông'), who(PEOPLE[1], 1961, 'Thôn Đoài'), who(PEOPLE[2], 1962, 'Thôn Đoài')],
    },
  },
  {
    file: 'letterhead-left-and-right.xlsx',
    make: () =>
      book([
        ['ĐẢNG BỘ XÃ BẢN MỚI', null, null, 'ĐẢNG CỘNG SẢN VIỆT NAM'],
        ['CHI BỘ THÔN ĐÔNG', null, null, 'Bản Mới, ngày 20 tháng 11 năm 2026'],
        ['*'],
        ['DANH SÁCH ĐẢNG VIÊN DỰ HỌC NGHỊ QUYẾT'],
        ['TT', 'Họ và tên', 'Năm sinh', 'Ghi chú'],
        [1, PEOPLE[0], 1960, null],
        [2, PEOPLE[1], 1961, null],
        [null, null, null, 'T/M CHI BỘ'],
        [null, null, null, 'BÍ THƯ'],
        [null, null, null, 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who(PEOPLE[0], 1960, 'CHI BỘ THÔN ĐÔNG'), who(PEOPLE[1], 1961, 'CHI BỘ THÔN ĐÔNG')],
      never: ['Đinh Quang Tổng'],
    },
  },
  {
    file: 'unit-in-the-title-of-each-sheet.xlsx',
    make: () =>
      book(
        { name: 'Sheet1', rows: [['CHI BỘ THÔN ĐÔNG'], ['TT', 'Họ và tên', 'Năm sinh'], [1, PEOPLE[0], 1960]] },
        {
          name: 'Sheet2',
          rows: [
            ['DANH SÁCH ĐẢNG VIÊN'],
            ['Chi bộ: Thôn Đoài'],
            [],
            ['TT', 'Họ và tên', 'Năm sinh'],
            [1, PEOPLE[1], 1961],
          ],
        },
        { name: 'Sheet3', rows: [] },
      ),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'CHI BỘ THÔN ĐÔNG'),
        who(PEOPLE[1], 1961, 'Thôn Đoài', { unit_any: ['Thôn Đoài', 'Chi bộ Thôn Đoài'] }),
      ],
    },
  },
  {
    file: 'remark-then-people-without-numbers.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, PEOPLE[0], 1960, 'Thôn Đông'],
        [2, PEOPLE[1], 1961, 'Thôn Đoài'],
        [null, 'Lưu ý: các đồng chí sau bổ sung ngày 18/11', null, null],
        [null, PEOPLE[2], 1962, 'Thôn Đông'],
        [null, PEOPLE[3], 1963, 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Thôn Đông'),
        who(PEOPLE[1], 1961, 'Thôn Đoài'),
        who(PEOPLE[2], 1962, 'Thôn Đông'),
        who(PEOPLE[3], 1963, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'two-lines-for-a-person.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
          [1, PEOPLE[0], 1960, 'Bí thư Đảng ủy'],
          [null, null, null, 'Chủ tịch HĐND'],
          [2, PEOPLE[1], 1961, 'Phó Bí thư'],
          [null, null, null, 'Chủ tịch UBND'],
        ],
        merges: merged([1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 2, 2], [3, 0, 4, 0], [3, 1, 4, 1], [3, 2, 4, 2]),
      }),
    right: { people: [who(PEOPLE[0], 1960), who(PEOPLE[1], 1961)] },
  },
  {
    file: 'blank-row-between-all.xlsx',
    make: () => book([['TT', 'Họ và tên', 'Năm sinh'], ...PEOPLE.flatMap((name, i) => [[i + 1, name, 1960 + i], []])]),
    right: { people: PEOPLE.map((name, i) => who(name, 1960 + i)) },
  },
  {
    file: 'number-column-last.xlsx',
    make: () =>
      book([
        ['Họ và tên', 'Giới tính', 'Năm sinh', 'Số TT'],
        ...PEOPLE.map((name, i) => [name, i % 2 === 0 ? 'Nữ' : 'Nam', 1960 + i, i + 1]),
      ]),
    right: { people: PEOPLE.map((name, i) => who(name, 1960 + i, null, { sex: i % 2 === 0 ? 'Nữ' : 'Nam' })) },
  },
  {
    file: 'small-letters.xlsx',
    make: () =>
      book([
        ['stt', 'họ và tên', 'năm sinh', 'chi bộ'],
        ...PEOPLE.map((name, i) => [i + 1, name.toLowerCase(), 1960 + i, 'thôn đông']),
      ]),
    right: { people: PEOPLE.map((name, i) => who(name.toLowerCase(), 1960 + i, 'thôn đông', { any: [name] })) },
  },
  {
    file: 'old-numbers-of-nine-digits.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'CMND/CCCD'],
        [1, PEOPLE[0], '080123456'],
        [2, PEOPLE[1], '008061000456'],
        [3, PEOPLE[2], '00816200078'],
        [4, PEOPLE[3], 25064000666.4],
      ]),
    right: {
      people: [
        who(PEOPLE[0], null, null, { l4_any: ['3456', null] }),
        who(PEOPLE[1], null, null, { l4: '0456' }),
        who(PEOPLE[2]),
        who(PEOPLE[3]),
      ],
      report_rows: [4, 5],
    },
  },
  {
    file: 'added-at-the-end-by-hand.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, PEOPLE[0], 1960, 'Thôn Đông'],
        [2, PEOPLE[1], 1961, 'Thôn Đoài'],
        [null, PEOPLE[2], null, 'Thôn Đoài'],
      ]),
    right: {
      people: [who(PEOPLE[0], 1960, 'Thôn Đông'), who(PEOPLE[1], 1961, 'Thôn Đoài'), who(PEOPLE[2], null, 'Thôn Đoài')],
    },
  },
  {
    file: 'name-position-unit-in-one-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Họ tên, chức vụ', 'Đơn vị'],
        [1, 'Nông Thị Vân - Bí thư', 'Thôn Đông'],
        [2, 'Hà Văn Lý, Trưởng thôn', 'Thôn Đoài'],
        [3, 'Kỳ Thị Hoa/Phó Bí thư', 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(PEOPLE[0], null, 'Thôn Đông', { pos: 'Bí thư' }),
        who(PEOPLE[1], null, 'Thôn Đoài', { pos: 'Trưởng thôn' }),
        who(PEOPLE[2], null, 'Thôn Đoài', { pos: 'Phó Bí thư' }),
      ],
    },
  },
  {
    file: 'units-numbered-over-people.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, 'Chi bộ Thôn Đông', null],
        ['1.1', PEOPLE[0], 1960],
        ['1.2', PEOPLE[1], 1961],
        [2, 'Chi bộ Quân sự', null],
        ['2.1', PEOPLE[2], 1962],
        ['2.2', PEOPLE[3], 1963],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'Chi bộ Thôn Đông'),
        who(PEOPLE[1], 1961, 'Chi bộ Thôn Đông'),
        who(PEOPLE[2], 1962, 'Chi bộ Quân sự'),
        who(PEOPLE[3], 1963, 'Chi bộ Quân sự'),
      ],
    },
  },
  {
    file: 'husband-and-wife.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, 'Ông Hà Văn Lý và bà Kỳ Thị Hoa', 'Thôn Đông'],
        [2, PEOPLE[0], 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who('Hà Văn Lý', null, 'Thôn Đông'),
        who('Kỳ Thị Hoa', null, 'Thôn Đông'),
        who(PEOPLE[0], null, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'tabs-in-utf16.csv',
    make: () =>
      new Uint8Array(
        Buffer.from(
          '\ufeffTT\tHọ và tên\tNăm sinh\tĐơn vị\r\n1\tNông Thị Vân\t1960\t"Thôn ""Đông"""\r\n2\tHà Văn Lý\t1961\tThôn Đoài\r\n',
          'utf16le',
        ),
      ),
    right: { people: [who(PEOPLE[0], 1960, 'Thôn "Đông"'), who(PEOPLE[1], 1961, 'Thôn Đoài')] },
  },
  {
    file: 'direction-marks-and-hard-blanks.xlsx',
    make: () =>
      book([
        ['TT', 'Họ\u00a0và\u00a0tên', 'Năm sinh', 'Đơn\u00a0vị'],
        [1, '\u202aNông\u00a0Thị\u200b Vân\u202c', '\u20601960', 'Thôn\u00a0Đông\ufe0f'],
        [2, 'Hà  Văn\u3000Lý\u00ad', ' 1961 ', '\ufeffThôn Đông'],
      ]),
    right: { people: [who(PEOPLE[0], 1960, 'Thôn Đông'), who(PEOPLE[1], 1961, 'Thôn Đông')] },
  },
  {
    file: 'sections-in-capitals-unmerged.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        [null, 'LÃNH ĐẠO UBND XÃ', null, null],
        [1, PEOPLE[0], 1960, 'Chủ tịch'],
        [2, PEOPLE[1], 1961, 'Phó Chủ tịch'],
        [null, 'BAN CHỈ HUY QUÂN SỰ', null, null],
        [1, PEOPLE[2], 1962, 'Chỉ huy trưởng'],
        [null, 'KHÁCH MỜI', null, null],
        [1, PEOPLE[3], 1963, null],
      ]),
    right: {
      people: [
        who(PEOPLE[0], 1960, 'LÃNH ĐẠO UBND XÃ'),
        who(PEOPLE[1], 1961, 'LÃNH ĐẠO UBND XÃ'),
        who(PEOPLE[2], 1962, 'BAN CHỈ HUY QUÂN SỰ'),
        who(PEOPLE[3], 1963, 'KHÁCH MỜI'),
      ],
    },
  },
  {
    file: 'three-tables-stacked-with-letters.xlsx',
    make: () =>
      book(
        ['A. ĐẢNG ỦY', 'B. HĐND', 'C. KHÁCH MỜI'].flatMap((title, i) => [
          [title],
          ['STT', 'Họ tên', 'Sinh năm'],
          [1, PEOPLE[i] ?? '', 1960 + i],
          ['Cộng: 1'],
          [],
        ]),
      ),
    right: {
      people: [who(PEOPLE[0], 1960, 'ĐẢNG ỦY'), who(PEOPLE[1], 1961, 'HĐND'), who(PEOPLE[2], 1962, 'KHÁCH MỜI')],
    },
  },
];
