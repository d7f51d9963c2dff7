/** The support file on the help page. */
export const viSupport = {
  title: 'Gói hỗ trợ',
  why: 'Nếu gọi điện chưa giải quyết được, hãy lưu gói hỗ trợ ra USB rồi gửi cho người hỗ trợ. Gói gồm nhật ký, kết quả kiểm tra, phiên bản và tình trạng dữ liệu.',
  without: 'Trong gói không có tên người, số giấy tờ, mã PIN hay mật khẩu.',
  open: 'Lưu gói hỗ trợ…',
  holds: 'Trong gói có',
  holdsWhat:
    'nhật ký của chương trình, kết quả kiểm tra trước giờ, phiên bản, số lượng bản ghi, cài đặt của máy, các bước của từng buổi, các lần gửi báo cáo.',
  lacks: 'Trong gói không có',
  lacksWhat:
    'tên người, số căn cước, số thẻ đảng, mã đại biểu, mã PIN, mật khẩu, khóa của máy, nội dung danh sách và báo cáo.',
  save: 'Lưu gói hỗ trợ',
  saving: 'Đang gom và lưu. Điểm danh vẫn làm việc bình thường.',
  saved: 'Đã lưu {{file}} ({{size}}) ở {{place}}',
  send: 'Hãy gửi tệp này cho người hỗ trợ và cho biết sự cố xảy ra lúc mấy giờ.',
  failed: {
    technician_only: 'Chỉ cán bộ kỹ thuật lưu được gói này. Hãy khóa rồi mở lại bằng mã PIN của cán bộ kỹ thuật.',
    busy: 'Đang lưu một gói khác. Hãy chờ vài giây rồi thử lại.',
    no_such_place: 'Nơi lưu không còn. Hãy cắm lại USB, bấm “Tìm lại” rồi chọn nơi khác.',
    not_saved: 'Chưa lưu được: nơi đó hết chỗ hoặc không cho ghi. Hãy chọn nơi khác.',
    unreachable: 'Máy chưa trả lời. Hãy thử lại sau vài giây.',
  },
} as const;
