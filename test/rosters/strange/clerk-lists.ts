import { utf8 } from '../../fixtures/rosters/files.ts';
import { book, merged, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const MAY = 'Lò Thị Mẩy';
const PA = 'Sầm Văn Pá';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';

/** Lists of delegates as offices send them: forms, attachments, lists for seats and meals, lists that were typed in a hurry. */
export const CLERK_LISTS: StrangeFile[] = [
  {
    file: 'names-over-three-columns-of-one-heading.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', null, null, 'Năm sinh'],
          [1, 'Nông', 'Thị', 'Vân', 1960],
          [2, 'Hà', 'Văn', 'Lý', 1961],
          [3, 'Kỳ', 'Thị', 'Hoa', 1962],
        ],
        merges: merged([0, 1, 0, 3]),
      }),
    right: { people: [who(VAN, 1960), who(LY, 1961), who(HOA, 1962)] },
  },
  {
    file: 'given-name-first-in-a-column-for-sorting.xlsx',
    make: () =>
      book([
        ['TT', 'Tên', 'Họ và tên', 'Năm sinh'],
        [1, 'Hoa', HOA, 1962],
        [2, 'Lý', LY, 1961],
        [3, 'Vân', VAN, 1960],
      ]),
    right: { people: [who(HOA, 1962), who(LY, 1961), who(VAN, 1960)] },
  },
  {
    file: 'two-lists-apart-by-many-rows.xlsx',
    make: () =>
      book([
        ['A. ĐẠI BIỂU CỦA XÃ'],
        ['TT', 'Họ và tên', 'Chức vụ'],
        [1, VAN, 'Bí thư'],
        [2, LY, 'Phó Bí thư'],
        [],
        [],
        [],
        ['B. ĐẠI BIỂU KHÁCH MỜI'],
        ['TT', 'Họ và tên', 'Chức vụ'],
        [1, HOA, 'Chủ tịch'],
        [2, LUONG, 'Phó Chủ tịch'],
      ]),
    right: {
      people: [
        who(VAN, null, 'ĐẠI BIỂU CỦA XÃ'),
        who(LY, null, 'ĐẠI BIỂU CỦA XÃ'),
        who(HOA, null, 'ĐẠI BIỂU KHÁCH MỜI'),
        who(LUONG, null, 'ĐẠI BIỂU KHÁCH MỜI'),
      ],
    },
  },
  {
    file: 'seats-and-tables.xlsx',
    make: () =>
      book([
        ['Ghế', 'Họ tên đại biểu', 'Đơn vị', 'Bàn số', 'Suất ăn'],
        ['A1', VAN, DONG, 1, 'x'],
        ['A2', LY, DONG, 1, null],
        ['B1', HOA, DOAI, 2, 'x'],
      ]),
    right: { people: [who(VAN, null, DONG), who(LY, null, DONG), who(HOA, null, DOAI)] },
  },
  {
    file: 'absent-people-struck-off-by-a-mark.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Có mặt', 'Vắng', 'Lý do'],
        [1, VAN, 1960, 'x', null, null],
        [2, LY, 1961, null, 'x', 'Ốm'],
        [3, HOA, 1962, 'x', null, null],
      ]),
    right: { people: [who(VAN, 1960), who(LY, 1961), who(HOA, 1962)] },
  },
  {
    file: 'party-age-and-date-of-admission.xlsx',
    make: () =>
      book([
        ['STT', 'Họ và tên', 'Ngày sinh', 'Ngày kết nạp', 'Ngày chính thức', 'Tuổi Đảng', 'Số thẻ ĐV', 'Chi bộ'],
        [1, VAN, '02/09/1960', '03/02/1985', '03/02/1986', 41, '08.012345', 'Thôn Đông'],
        [2, LY, '19/05/1961', '19/05/1990', '19/05/1991', 36, '08.012346', 'Thôn Đoài'],
      ]),
    right: {
      people: [who(VAN, 1960, 'Thôn Đông', { bd: '1960-09-02' }), who(LY, 1961, 'Thôn Đoài', { bd: '1961-05-19' })],
    },
  },
  {
    file: 'education-and-party-theory-under-one-heading.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Trình độ', null, 'Đơn vị'],
          [null, null, null, 'Chuyên môn', 'Lý luận', null],
          [1, VAN, 1960, 'Đại học', 'Trung cấp', DONG],
          [2, LY, 1961, 'Trung cấp', 'Sơ cấp', DOAI],
        ],
        merges: merged([0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 1, 2], [0, 3, 0, 4], [0, 5, 1, 5]),
      }),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI)] },
  },
  {
    file: 'unit-once-above-blank-rows.csv',
    make: () =>
      utf8(
        `DANH SÁCH ĐẢNG VIÊN,,,\n,,,\nTT,Họ và tên,Năm sinh,Chức vụ\n${DONG},,,\n1,${VAN},1960,Bí thư\n2,${LY},1961,\n,,,\n${DOAI},,,\n1,${HOA},1962,Bí thư\n2,${LUONG},1963,\n`,
      ),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'section-number-and-name-in-one-cell.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
        ['I. Chi bộ Thôn Đông (02 đồng chí)', null, null, null],
        [1, VAN, 1960, 'Bí thư'],
        [2, LY, 1961, null],
        ['II. Chi bộ Thôn Đoài (01 đồng chí)', null, null, null],
        [3, HOA, 1962, 'Bí thư'],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI)] },
  },
  {
    file: 'sections-behind-a-colon.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh'],
        [null, 'Chi bộ: Thôn Đông', null],
        [1, VAN, 1960],
        [2, LY, 1961],
        [null, 'Chi bộ: Thôn Đoài', null],
        [1, HOA, 1962],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Chi bộ: Thôn Đông', { unit_any: ['Chi bộ: Thôn Đông', 'Thôn Đông', DONG] }),
        who(LY, 1961, 'Chi bộ: Thôn Đông', { unit_any: ['Chi bộ: Thôn Đông', 'Thôn Đông', DONG] }),
        who(HOA, 1962, 'Chi bộ: Thôn Đoài', { unit_any: ['Chi bộ: Thôn Đoài', 'Thôn Đoài', DOAI] }),
      ],
    },
  },
  {
    file: 'sections-with-names-of-places-only.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
          ['I', 'Lương Sơn', null, null],
          [1, VAN, 1960, 'Bí thư'],
          [2, LY, 1961, null],
          ['II', 'Hà Đông', null, null],
          [1, HOA, 1962, 'Bí thư'],
          [2, LUONG, 1963, null],
        ],
      }),
    right: {
      people: [
        who(VAN, 1960, 'Lương Sơn'),
        who(LY, 1961, 'Lương Sơn'),
        who(HOA, 1962, 'Hà Đông'),
        who(LUONG, 1963, 'Hà Đông'),
      ],
    },
  },
  {
    file: 'units-that-are-names-of-places.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Thôn'],
        [1, VAN, 1960, 'Lương Sơn'],
        [2, LY, 1961, 'Lương Sơn'],
        [3, HOA, 1962, 'Hà Đông'],
        [4, LUONG, 1963, 'Đào Viên'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Lương Sơn'),
        who(LY, 1961, 'Lương Sơn'),
        who(HOA, 1962, 'Hà Đông'),
        who(LUONG, 1963, 'Đào Viên'),
      ],
    },
  },
  {
    file: 'unit-columns-that-are-names-of-places-side-by-side.xlsx',
    make: () =>
      book([
        ['TT', 'Thôn Lương Sơn', 'Thôn Hà Đông'],
        [1, VAN, HOA],
        [2, LY, LUONG],
      ]),
    right: {
      people: [
        who(VAN, null, 'Thôn Lương Sơn'),
        who(LY, null, 'Thôn Lương Sơn'),
        who(HOA, null, 'Thôn Hà Đông'),
        who(LUONG, null, 'Thôn Hà Đông'),
      ],
    },
  },
  {
    file: 'a-column-for-each-cell-with-counts.xlsx',
    make: () =>
      book([
        ['DANH SÁCH HỌC NGHỊ QUYẾT'],
        ['Chi bộ 1 (3 đ/c)', 'Chi bộ 2 (2 đ/c)'],
        [`1. ${VAN}`, `1. ${HOA}`],
        [`2. ${LY}`, `2. ${LUONG}`],
        [`3. ${MAY}`, null],
        ['Cộng: 3', 'Cộng: 2'],
      ]),
    right: {
      people: [
        who(VAN, null, 'Chi bộ 1'),
        who(LY, null, 'Chi bộ 1'),
        who(MAY, null, 'Chi bộ 1'),
        who(HOA, null, 'Chi bộ 2'),
        who(LUONG, null, 'Chi bộ 2'),
      ],
    },
  },
  {
    file: 'lists-in-the-same-columns-with-other-headings.xlsx',
    make: () =>
      book([
        ['DANH SÁCH ĐẢNG VIÊN CHÍNH THỨC'],
        ['TT', 'Họ và tên', 'Năm sinh', 'Chi bộ'],
        [1, VAN, 1960, 'Thôn Đông'],
        [2, LY, 1961, 'Thôn Đông'],
        [],
        ['DANH SÁCH ĐẢNG VIÊN DỰ BỊ'],
        ['STT', 'Họ tên', 'Ngày sinh', 'Chi bộ'],
        [1, HOA, '02/09/1990', 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông'),
        who(LY, 1961, 'Thôn Đông'),
        who(HOA, 1990, 'Thôn Đoài', { bd: '1990-09-02' }),
      ],
    },
  },
  {
    file: 'typed-with-spare-commas-and-spaces.csv',
    make: () =>
      utf8(
        `STT, Họ và tên , Năm sinh , Đơn vị\n1, ${VAN} , 1960 , ${DONG}\n2 ,  ${LY}, 1961, ${DONG} \n3,${HOA},1962 ,${DOAI},,\n`,
      ),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI)] },
  },
  {
    file: 'commas-inside-without-quotes.csv',
    make: () =>
      utf8(
        `STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n1,${VAN},1960,Bí thư,${DONG}\n2,${LY},1961,"Phó Bí thư, Trưởng thôn",${DONG}\n3,${HOA},1962,Đảng viên,${DOAI}\n`,
      ),
    right: {
      people: [who(VAN, 1960, DONG), who(LY, 1961, DONG, { pos: 'Phó Bí thư, Trưởng thôn' }), who(HOA, 1962, DOAI)],
    },
  },
  {
    file: 'message-copied-from-a-telephone.txt',
    make: () => utf8(`Danh sách đi họp sáng mai:\n- ${VAN}\n- ${LY}\n- ${HOA}\n- ${LUONG}\nCảm ơn các đồng chí!\n`),
    right: { people: [who(VAN), who(LY), who(HOA), who(LUONG)] },
  },
  {
    file: 'names-and-years-in-one-line.txt',
    make: () => utf8(`1. ${VAN}, 1960, ${DONG}\n2. ${LY}, 1961, ${DOAI}\n3. ${HOA}, 1962, ${DOAI}\n`),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI), who(HOA, 1962, DOAI)] },
  },
  {
    file: 'supplement-after-the-signature.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [2, LY, 1961, DOAI],
        [null, 'Tổng cộng: 2 đồng chí', null, null],
        [null, null, null, 'BÍ THƯ'],
        [null, null, null, 'Đinh Quang Tổng'],
        [],
        ['DANH SÁCH BỔ SUNG'],
        [3, HOA, 1962, DONG],
        [4, LUONG, 1963, DOAI],
      ]),
    right: {
      people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI), who(HOA, 1962, DONG), who(LUONG, 1963, DOAI)],
      never: ['Đinh Quang Tổng'],
    },
  },
  {
    file: 'signature-names-below-numbers-alone.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Đơn vị'],
        [1, VAN, DONG],
        [2, LY, DOAI],
        [3, null, null],
        [4, null, null],
        [],
        [null, 'NGƯỜI LẬP', 'T.M BAN CHẤP HÀNH'],
        [null, null, 'BÍ THƯ'],
        [],
        [null, 'Trần Thị Lập', 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who(VAN, null, DONG), who(LY, null, DOAI)],
      never: ['Trần Thị Lập', 'Đinh Quang Tổng'],
      max_warnings: 0,
    },
  },
  {
    file: 'names-only-with-signature.xlsx',
    make: () =>
      book([
        ['Họ và tên'],
        [VAN],
        [LY],
        [HOA],
        [],
        ['Bản Mới, ngày 20 tháng 11 năm 2026'],
        ['NGƯỜI LẬP DANH SÁCH'],
        [],
        ['Trần Thị Lập'],
      ]),
    right: { people: [who(VAN), who(LY), who(HOA)], never: ['Trần Thị Lập'] },
  },
  {
    file: 'four-corners-of-merged-units.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['TT', 'Đơn vị', 'TT', 'Họ và tên', 'Năm sinh', 'Ký tên'],
          [1, DONG, 1, VAN, 1960, null],
          [null, null, 2, LY, 1961, null],
          [2, DOAI, 1, HOA, 1962, null],
          [null, null, 2, LUONG, 1963, null],
          ['Tổng', null, 4, null, null, null],
        ],
        merges: merged([1, 0, 2, 0], [1, 1, 2, 1], [3, 0, 4, 0], [3, 1, 4, 1]),
      }),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'unit-with-its-address-in-lines.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, `${DONG}\n(xã Bản Mới)`],
        [2, LY, 1961, `${DONG}\n(xã Bản Mới)`],
        [3, HOA, 1962, DOAI],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG, { unit_any: [DONG, `${DONG} (xã Bản Mới)`] }),
        who(LY, 1961, DONG, { unit_any: [DONG, `${DONG} (xã Bản Mới)`] }),
        who(HOA, 1962, DOAI),
      ],
    },
  },
  {
    file: 'sex-by-one-letter-and-figures.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Giới tính', 'Năm sinh'],
        [1, VAN, 'N', 1960],
        [2, LY, 'Nam', 1961],
        [3, HOA, 'Nữ', 1962],
        [4, LUONG, 'nam', 1963],
      ]),
    right: {
      people: [
        who(VAN, 1960),
        who(LY, 1961, null, { sex: 'Nam' }),
        who(HOA, 1962, null, { sex: 'Nữ' }),
        who(LUONG, 1963, null, { sex: 'Nam' }),
      ],
    },
  },
  {
    file: 'one-person-only.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
      ]),
    right: { people: [who(VAN, 1960, DONG)] },
  },
  {
    file: 'two-people-without-heading.xlsx',
    make: () =>
      book([
        [VAN, 1960],
        [LY, 1961],
      ]),
    right: { people: [who(VAN, 1960), who(LY, 1961)] },
  },
  {
    file: 'heading-in-english-and-vietnamese.xlsx',
    make: () =>
      book([
        ['No.', 'Họ và tên/Full name', 'Ngày sinh/Date of birth', 'Đơn vị/Unit', 'Giới tính/Sex'],
        [1, VAN, '02/09/1960', DONG, 'Nữ'],
        [2, LY, '19/05/1961', DOAI, 'Nam'],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG, { bd: '1960-09-02', sex: 'Nữ' }),
        who(LY, 1961, DOAI, { bd: '1961-05-19', sex: 'Nam' }),
      ],
    },
  },
  {
    file: 'headings-without-marks.xlsx',
    make: () =>
      book([
        ['STT', 'HO VA TEN', 'NGAY SINH', 'CHUC VU', 'DON VI', 'SO CCCD', 'GHI CHU'],
        [1, VAN, '02/09/1960', 'Bí thư', DONG, '008160000123', null],
        [2, LY, '19/05/1961', 'Đảng viên', DOAI, '008061000456', null],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG, { l4: '0123', pos: 'Bí thư' }),
        who(LY, 1961, DOAI, { l4: '0456', pos: 'Đảng viên' }),
      ],
    },
  },
  {
    file: 'names-without-marks.xlsx',
    make: () =>
      book([
        ['STT', 'Ho ten', 'Nam sinh', 'Chi bo'],
        [1, 'Nong Thi Van', 1960, 'Thon Dong'],
        [2, 'Ha Van Ly', 1961, 'Thon Dong'],
        [3, 'Ky Thi Hoa', 1962, 'Thon Doai'],
      ]),
    right: {
      people: [
        who('Nong Thi Van', 1960, 'Thon Dong'),
        who('Ha Van Ly', 1961, 'Thon Dong'),
        who('Ky Thi Hoa', 1962, 'Thon Doai'),
      ],
    },
  },
  {
    file: 'years-and-sex-of-delegates-in-one-tick-table.csv',
    make: () =>
      utf8(
        `TT;Họ và tên;Năm sinh;;Dân tộc;Đơn vị\n;;Nam;Nữ;;\n1;${VAN};;1960;Tày;${DONG}\n2;${LY};1961;;Kinh;${DOAI}\n3;${PA};1965;;Thái;${DOAI}\n`,
      ),
    right: {
      people: [
        who(VAN, 1960, DONG, { sex: 'Nữ' }),
        who(LY, 1961, DOAI, { sex: 'Nam' }),
        who(PA, 1965, DOAI, { sex: 'Nam' }),
      ],
    },
  },
  {
    file: 'notes-between-numbered-rows.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        ['Đồng chí Lý dự thay đồng chí Bế Văn Đàm', null, null, null],
        [2, LY, 1961, DONG],
        [null, '(vắng có lý do)', null, null],
        [3, HOA, 1962, DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI)], never: ['Bế Văn Đàm'] },
  },
  {
    file: 'replaced-behind-an-arrow.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [2, `${LY} (thay ${LUONG})`, 1961, DONG],
        [3, `${HOA} → ${MAY}`, 1962, DOAI],
      ]),
    right: {
      people: [
        who(VAN, 1960, DONG),
        who(LY, 1961, DONG, { any: [`${LY} (thay ${LUONG})`] }),
        who(HOA, 1962, DOAI, { optional: true, any: [`${HOA} → ${MAY}`] }),
      ],
      never: [LUONG],
      report_rows: [4],
    },
  },
];
