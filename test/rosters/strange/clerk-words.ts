import { book, merged, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';

/** What clerks write over columns, above and below lists. */
export const CLERK_WORDS: StrangeFile[] = [
  {
    file: 'unit-and-name-in-one-heading.xlsx',
    make: () =>
      book([
        ['TT', 'Đơn vị/Họ và tên', 'Năm sinh', 'Chức vụ'],
        ['I', DONG, null, null],
        [1, VAN, 1960, 'Bí thư'],
        [2, LY, 1961, null],
        ['II', DOAI, null, null],
        [1, HOA, 1962, 'Bí thư'],
        [2, LUONG, 1963, null],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)] },
  },
  {
    file: 'short-words-for-columns.xlsx',
    make: () =>
      book([
        ['TT', 'Họ & tên', 'N.sinh', 'C.vụ', 'Đ.vị'],
        [1, VAN, 1960, 'Bí thư', 'Trường THCS Bản Mới'],
        [2, LY, 1961, 'Giáo viên', 'Trường THCS Bản Mới'],
        [3, HOA, 1962, 'Y sĩ', 'Trạm Y tế'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Trường THCS Bản Mới'),
        who(LY, 1961, 'Trường THCS Bản Mới'),
        who(HOA, 1962, 'Trạm Y tế'),
      ],
    },
  },
  {
    file: 'school-as-the-unit.xlsx',
    make: () =>
      book([
        ['TT', 'Họ tên giáo viên', 'Năm sinh', 'Trường'],
        [1, VAN, 1960, 'THCS Bản Mới'],
        [2, LY, 1961, 'THCS Bản Mới'],
        [3, HOA, 1962, 'Mầm non Hoa Ban'],
        [4, LUONG, 1963, 'Mầm non Hoa Ban'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'THCS Bản Mới'),
        who(LY, 1961, 'THCS Bản Mới'),
        who(HOA, 1962, 'Mầm non Hoa Ban'),
        who(LUONG, 1963, 'Mầm non Hoa Ban'),
      ],
    },
  },
  {
    file: 'belongs-to-which-cell.xlsx',
    make: () =>
      book([
        ['STT', 'Họ và tên đảng viên', 'Sinh năm', 'Thuộc chi bộ', 'Năm VĐ'],
        [1, VAN, 1960, 'Thôn Đông', 1985],
        [2, LY, 1961, 'Thôn Đoài', 1990],
      ]),
    right: { people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đoài')] },
  },
  {
    file: 'years-of-something-else.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm VĐ', 'Chi bộ'],
        [1, VAN, 1985, 'Thôn Đông'],
        [2, LY, 1990, 'Thôn Đông'],
        [3, HOA, 1999, 'Thôn Đoài'],
      ]),
    right: { people: [who(VAN, null, 'Thôn Đông'), who(LY, null, 'Thôn Đông'), who(HOA, null, 'Thôn Đoài')] },
  },
  {
    file: 'dates-of-something-else.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Ngày bổ nhiệm', 'Đơn vị'],
        [1, VAN, '01/07/2001', DONG],
        [2, LY, '15/03/1999', DOAI],
      ]),
    right: { people: [who(VAN, null, DONG), who(LY, null, DOAI)] },
  },
  {
    file: 'unit-in-the-cell-beside-its-word.xlsx',
    make: () =>
      book([
        ['DANH SÁCH ĐẢNG VIÊN DỰ HỌC NGHỊ QUYẾT', null, null],
        ['Đơn vị:', DONG, null],
        [],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DONG)] },
  },
  {
    file: 'name-of-the-unit-in-the-title.xlsx',
    make: () =>
      book([
        ['Tên đơn vị: Trường THCS Bản Mới', null, null],
        ['DANH SÁCH CÁN BỘ, GIÁO VIÊN DỰ HỘI NGHỊ', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
      ]),
    right: { people: [who(VAN, 1960, 'Trường THCS Bản Mới'), who(LY, 1961, 'Trường THCS Bản Mới')] },
  },
  {
    file: 'unit-to-be-filled-in.xlsx',
    make: () =>
      book([
        ['Đơn vị: ..............................', null, null],
        ['DANH SÁCH ĐẠI BIỂU', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
      ]),
    right: { people: [who(VAN, 1960), who(LY, 1961)] },
  },
  {
    file: 'title-that-goes-on-behind-the-unit.xlsx',
    make: () =>
      book([
        ['DANH SÁCH ĐẢNG VIÊN CHI BỘ THÔN ĐÔNG THAM DỰ HỘI NGHỊ TRỰC TUYẾN', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
      ]),
    right: {
      people: [
        who(VAN, 1960, null, { unit_any: ['CHI BỘ THÔN ĐÔNG', null] }),
        who(LY, 1961, null, { unit_any: ['CHI BỘ THÔN ĐÔNG', null] }),
      ],
    },
  },
  {
    file: 'title-in-two-lines-of-a-cell.xlsx',
    make: () =>
      book([
        ['DANH SÁCH\nĐẢNG VIÊN CHI BỘ THÔN ĐÔNG\ndự học tập Nghị quyết Đại hội', null, null],
        ['(Kèm theo Công văn số 12-CV/ĐU, ngày 10/11/2026 của Đảng ủy)', null, null],
        ['TT', 'Họ và tên', 'Năm sinh'],
        [1, VAN, 1960],
        [2, LY, 1961],
      ]),
    right: {
      people: [
        who(VAN, 1960, null, { unit_any: ['CHI BỘ THÔN ĐÔNG', null] }),
        who(LY, 1961, null, { unit_any: ['CHI BỘ THÔN ĐÔNG', null] }),
      ],
    },
  },
  {
    file: 'names-like-closing-words.xlsx',
    make: () =>
      book([
        ['Họ và tên', 'Đơn vị'],
        [VAN, DONG],
        ['Cộng Thị Số', DONG],
        ['Tổng Văn Cộng', DONG],
        ['Trang Thị Mười', DOAI],
        ['Đại Văn Diện', DOAI],
        ['Ký Văn Tên', DOAI],
        ['Lưu Ý', DOAI],
        ['Ghi Văn Chú', DOAI],
        ['Thủ Văn Trưởng', DOAI],
      ]),
    right: {
      people: [
        who(VAN, null, DONG),
        who('Cộng Thị Số', null, DONG),
        who('Tổng Văn Cộng', null, DONG),
        who('Trang Thị Mười', null, DOAI),
        who('Đại Văn Diện', null, DOAI),
        who('Ký Văn Tên', null, DOAI),
        who('Lưu Ý', null, DOAI),
        who('Ghi Văn Chú', null, DOAI),
        who('Thủ Văn Trưởng', null, DOAI),
      ],
    },
  },
  {
    file: 'totals-with-parts.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Nam', 'Nữ', 'Đơn vị'],
        [1, VAN, null, 1960, DONG],
        [2, LY, 1961, null, DOAI],
        [null, 'Tổng số: 02; Nữ: 01; DTTS: 02', null, null, null],
        [null, 'Trong đó: chính thức 02', null, null, null],
        [null, '(Bằng chữ: Hai đồng chí)', null, null, null],
      ]),
    right: { people: [who(VAN, 1960, DONG, { sex: 'Nữ' }), who(LY, 1961, DOAI, { sex: 'Nam' })] },
  },
  {
    file: 'total-with-figures-in-columns.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', null, 'Đơn vị'],
        [null, null, 'Nam', 'Nữ', null],
        [1, VAN, null, 1960, DONG],
        [2, LY, 1961, null, DOAI],
        ['Cộng', 2, 1, 1, null],
      ]),
    right: { people: [who(VAN, 1960, DONG, { sex: 'Nữ' }), who(LY, 1961, DOAI, { sex: 'Nam' })] },
  },
  {
    file: 'three-signatures-in-a-row.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Đơn vị'],
        [1, VAN, 1960, 'Bí thư', DONG],
        [2, LY, 1961, null, DOAI],
        [null, null, null, null, 'Bản Mới, ngày 20 tháng 11 năm 2026'],
        [null, 'NGƯỜI LẬP BIỂU', null, 'KẾ TOÁN', 'CHỦ TỊCH'],
        [],
        [],
        [null, 'Trần Thị Lập', null, 'Lê Văn Toán', 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI)],
      never: ['Trần Thị Lập', 'Lê Văn Toán', 'Đinh Quang Tổng'],
    },
  },
  {
    file: 'signature-with-a-telephone.xlsx',
    make: () =>
      book([
        ['Họ và tên', 'Năm sinh', 'Chi bộ'],
        [VAN, 1960, 'Thôn Đông'],
        [LY, 1961, 'Thôn Đoài'],
        [null, null, null],
        ['Người lập: Trần Thị Lập - 0912345678', null, null],
        [null, null, 'TM. CHI ỦY'],
        [null, null, 'Đinh Quang Tổng'],
      ]),
    right: {
      people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đoài')],
      never: ['Trần Thị Lập', 'Đinh Quang Tổng'],
    },
  },
  {
    file: 'alternates-after-a-remark.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Chi bộ'],
        [1, VAN, 1960, 'Thôn Đông'],
        [2, LY, 1961, 'Thôn Đoài'],
        ['Đại biểu dự khuyết:', null, null, null],
        [1, HOA, 1962, 'Thôn Đông'],
        ['Khách mời:', null, null, null],
        [1, LUONG, 1963, null],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông'),
        who(LY, 1961, 'Thôn Đoài'),
        who(HOA, 1962, 'Thôn Đông'),
        who(LUONG, 1963, null, { unit_any: ['Khách mời', null] }),
      ],
    },
  },
  {
    file: 'women-only-are-ticked.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Nữ', 'Dân tộc', 'Chi bộ'],
        [1, VAN, 1960, 'x', 'Tày', 'Thôn Đông'],
        [2, LY, 1961, null, 'Kinh', 'Thôn Đông'],
        [3, HOA, 1962, 'x', 'Dao', 'Thôn Đoài'],
      ]),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông', { sex: 'Nữ' }),
        who(LY, 1961, 'Thôn Đông'),
        who(HOA, 1962, 'Thôn Đoài', { sex: 'Nữ' }),
      ],
    },
  },
  {
    file: 'day-month-and-year-apart.xlsx',
    make: () =>
      book({
        name: 'DS',
        rows: [
          ['STT', 'Họ và tên', 'Ngày, tháng, năm sinh', null, null, 'Chi bộ'],
          [null, null, 'Ngày', 'Tháng', 'Năm', null],
          [1, VAN, 2, 9, 1960, 'Thôn Đông'],
          [2, LY, 19, 5, 1961, 'Thôn Đoài'],
          [3, HOA, null, null, 1962, 'Thôn Đoài'],
        ],
        merges: merged([0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 4], [0, 5, 1, 5]),
      }),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông', { bd: '1960-09-02' }),
        who(LY, 1961, 'Thôn Đoài', { bd: '1961-05-19' }),
        who(HOA, 1962, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'old-and-new-cards.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Số CMND (cũ)', 'Số CCCD', 'Số thẻ đảng viên', 'Số điện thoại'],
        [1, VAN, '080123456', '008160000123', '08.012345', '0912345678'],
        [2, LY, '080123457', '008061000456', '08.012346', '0987654321'],
      ]),
    right: { people: [who(VAN, null, null, { l4: '0123' }), who(LY, null, null, { l4: '0456' })] },
  },
  {
    file: 'first-row-of-the-list-looks-like-headings.xlsx',
    make: () =>
      book([
        ['Đơn vị', 'Họ và tên', 'Chức vụ hiện nay', 'Ghi chú'],
        ['Đảng ủy', VAN, 'Bí thư', null],
        ['Văn phòng', LY, 'Chuyên viên', null],
        ['Khối Mặt trận', HOA, 'Chủ tịch', null],
      ]),
    right: { people: [who(VAN, null, 'Đảng ủy'), who(LY, null, 'Văn phòng'), who(HOA, null, 'Khối Mặt trận')] },
  },
  {
    file: 'blank-heading-over-the-year.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', null, 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [2, LY, 1961, DOAI],
      ]),
    right: { people: [who(VAN, 1960, DONG), who(LY, 1961, DOAI)] },
  },
  {
    file: 'paper-form-number-and-notes-beside.xlsx',
    make: () =>
      book([
        [null, null, null, null, null, null, 'Mẫu 02-HD'],
        [null, 'ĐẢNG ỦY XÃ BẢN MỚI'],
        [],
        [null, null, 'TT', 'Họ và tên', 'Năm sinh', 'Chi bộ', null, 'Lưu ý: gửi trước 16h ngày 20/11'],
        [null, null, 1, VAN, 1960, 'Thôn Đông', null, 'Liên hệ đ/c Trần Văn Nam'],
        [null, null, 2, LY, 1961, 'Thôn Đoài'],
      ]),
    right: { people: [who(VAN, 1960, 'Thôn Đông'), who(LY, 1961, 'Thôn Đoài')], never: ['Trần Văn Nam'] },
  },
];
